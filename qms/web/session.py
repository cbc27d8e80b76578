"""Coming in and going out: one-time links, passwords, one's own account."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import LoginManager, login_user, logout_user

from qms.errors import NotFound, QmsError
from qms.model.enums import Via
from qms.model.permissions import Act
from qms.usecases import people
from qms.web import answers, asked, failures
from qms.web.doorway import SignedIn, house, work

pages = Blueprint("session", __name__)


def install(app: Flask) -> None:
    """Let Flask-Login know people by their number."""
    manager = LoginManager(app, add_context_processor=False)
    manager.session_protection = "basic"
    manager.user_loader(_known)


@pages.get("/sign-in")
def form() -> ResponseReturnValue:
    """Show the form to sign in."""
    work().allow(Act.SIGN_IN)
    return render_template("session/sign_in.html", next=asked.query("next"), typed={})


@pages.post("/sign-in")
def enter() -> ResponseReturnValue:
    """Sign in with login and password."""
    try:
        person = people.sign_in(work(), asked.form("login"), asked.form_text("password"))
    except QmsError as error:
        return failures.again("session/sign_in.html", error, next=asked.form("next"))
    return _welcome(person, asked.form("next"))


@pages.get("/sign-in/<token>")
def link(token: str) -> ResponseReturnValue:
    """Show a button: a program that only looks at links must not use them up."""
    work().allow(Act.SIGN_IN)
    return render_template("session/link.html", link_token=token)


@pages.post("/sign-in/<token>")
def redeem(token: str) -> ResponseReturnValue:
    """Sign in with a one-time link."""
    return _welcome(people.redeem(work(), token), "")


@pages.post("/sign-out")
def leave() -> ResponseReturnValue:
    """Sign out."""
    work().allow(Act.SIGN_IN)
    logout_user()
    cookie.clear()
    return redirect(url_for("session.form"))


@pages.get("/account")
def account() -> ResponseReturnValue:
    """Show who one is here, and the form to set a password."""
    work().allow(Act.CHANGE_PASSWORD)
    return render_template("session/account.html", typed={})


@pages.post("/account")
def set_password() -> ResponseReturnValue:
    """Set one's own password."""
    try:
        people.set_password(work(), asked.form_text("password"))
    except QmsError as error:
        return failures.again("session/account.html", error)
    flash(_("Đã đặt mật khẩu mới."))
    return redirect(url_for("session.account"))


def _welcome(person_id: int, target: str) -> ResponseReturnValue:
    user = _known(str(person_id))
    if user is not None:
        cookie.clear()
        cookie.permanent = True
        login_user(user)
    return redirect(answers.safe_next(target))


def _known(person_id: str) -> SignedIn | None:
    try:
        return SignedIn(house().qms.person(int(person_id), Via.WEB))
    except (NotFound, ValueError):
        return None

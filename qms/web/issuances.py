"""The issuing decisions: those on record, and the form that records a new one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from qms.errors import QmsError
from qms.model.permissions import Act
from qms.usecases import issuances, issuing
from qms.web import answers, asked, failures
from qms.web.doorway import work

pages = Blueprint("issuances", __name__)


@pages.get("/issuances")
def listing() -> ResponseReturnValue:
    """Show the decisions on record, latest first."""
    number = asked.query_page()
    found = issuances.listing(work(), (number - 1) * asked.PAGE_SIZE, asked.PAGE_SIZE + 1)
    return render_template(
        "issuances/list.html",
        lines=found[: asked.PAGE_SIZE],
        number=number,
        more=len(found) > asked.PAGE_SIZE,
    )


@pages.get("/issuances/new")
def new() -> ResponseReturnValue:
    """Show the approved revisions and the form of what the paper says."""
    work().allow(Act.ISSUE)
    chosen = request.args.getlist("document")
    return render_template("issuances/new.html", ready=issuing.ready(work()), chosen=chosen, typed={})


@pages.post("/issuances")
def issue() -> ResponseReturnValue:
    """Record the decision: all chosen revisions take effect by it, or none does."""
    chosen = request.form.getlist("documents")
    try:
        asked.compared()
        done = issuing.issue(work(), chosen, asked.decision())
    except QmsError as error:
        return failures.again("issuances/new.html", error, ready=lambda: issuing.ready(work()), chosen=chosen)
    flash(_("Đã ghi nhận quyết định ban hành."))
    return redirect(url_for("issuances.page", id=done.issuance_id))


@pages.get("/issuances/<id>")
def page(id: str) -> ResponseReturnValue:
    """Show one decision and the documents it is about."""
    return render_template("issuances/page.html", page=issuances.page(work(), id))


@pages.get("/issuances/<id>/scan")
def scan(id: str) -> ResponseReturnValue:
    """Hand out the scanned decision."""
    found = issuances.scan(work(), id)
    return answers.attachment(found.name, found.data)

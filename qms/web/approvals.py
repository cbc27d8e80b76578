"""What waits for a person, and the page on which they decide."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from qms.errors import QmsError
from qms.usecases import deciding, tasks
from qms.web import asked, failures
from qms.web.doorway import work

pages = Blueprint("approvals", __name__)


@pages.get("/approvals")
def inbox() -> ResponseReturnValue:
    """Show what waits: to decide, to finish, to issue."""
    return render_template("approvals/inbox.html", tasks=tasks.waiting(work()))


@pages.get("/approvals/<id>")
def page(id: str) -> ResponseReturnValue:
    """Show what changed and why, and the buttons to decide."""
    return render_template("approvals/page.html", page=deciding.page(work(), id), typed={})


@pages.post("/approvals/<id>/review")
def review(id: str) -> ResponseReturnValue:
    """Record a review of exactly the content that was shown."""
    try:
        deciding.review(work(), id, asked.form("content_sha256"), asked.form("comment"))
    except QmsError as error:
        return _again(id, error)
    return _done(_("Đã ghi nhận ý kiến xem xét."))


@pages.post("/approvals/<id>/approve")
def approve(id: str) -> ResponseReturnValue:
    """Approve exactly the content that was shown."""
    try:
        deciding.approve(work(), id, asked.form("content_sha256"), asked.form("comment"))
    except QmsError as error:
        return _again(id, error)
    return _done(_("Đã duyệt. Bản này chờ văn thư ghi nhận quyết định ban hành."))


@pages.post("/approvals/<id>/return")
def send_back(id: str) -> ResponseReturnValue:
    """Return a revision to its author with a reason."""
    try:
        deciding.send_back(work(), id, asked.form("comment"))
    except QmsError as error:
        return _again(id, error)
    return _done(_("Đã trả lại cho người soạn kèm lý do."))


def _again(id: str, error: QmsError) -> ResponseReturnValue:
    return failures.again("approvals/page.html", error, page=lambda: deciding.page(work(), id))


def _done(message: str) -> ResponseReturnValue:
    flash(message)
    return redirect(url_for("approvals.inbox"))

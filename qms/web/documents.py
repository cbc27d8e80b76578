"""One document: its page on any day, old revisions, what changed, its file, its end."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from qms.errors import QmsError
from qms.model.permissions import Act
from qms.usecases import issuing, linking, reading, retiring
from qms.web import answers, asked, failures
from qms.web.doorway import work

pages = Blueprint("documents", __name__)


@pages.get("/documents/<id>")
def page(id: str) -> ResponseReturnValue:
    """Show the text that applies on a day, what it rests on and its history."""
    return render_template("documents/page.html", page=reading.page(work(), id, asked.query_day()))


@pages.get("/documents/<id>/revisions/<int:sequence>")
def revision(id: str, sequence: int) -> ResponseReturnValue:
    """Show one issued revision, whatever its status."""
    found = reading.page(work(), id, asked.query_day(), sequence)
    return render_template("documents/revision.html", page=found)


@pages.get("/documents/<id>/redline")
def redline(id: str) -> ResponseReturnValue:
    """Show what changed between two revisions."""
    found = reading.redline(work(), id, asked.query_number("old"), asked.query_number("new"))
    return render_template("documents/redline.html", redline=found)


@pages.get("/documents/<id>/files/<int:sequence>")
def file(id: str, sequence: int) -> ResponseReturnValue:
    """Hand out the file of a revision as it was issued: of what applies on a day to all who may read that."""
    found = reading.file(work(), id, sequence, asked.query_day())
    return answers.attachment(found.name, found.data)


@pages.post("/documents/<id>/links")
def link(id: str) -> ResponseReturnValue:
    """Tie a form that the procedure uses, or a model that it adopts."""
    linking.link(work(), id, asked.form("other"), asked.link_kind())
    flash(_("Đã gắn tài liệu."))
    return redirect(url_for("documents.page", id=id))


@pages.post("/documents/<id>/links/remove")
def unlink(id: str) -> ResponseReturnValue:
    """Untie two documents."""
    linking.unlink(work(), id, asked.form("other"), asked.link_kind())
    flash(_("Đã bỏ gắn."))
    return redirect(url_for("documents.page", id=id))


@pages.get("/d/<path:code>")
def by_code(code: str) -> ResponseReturnValue:
    """Lead from a code on paper to its document; offer the choice where several bear it."""
    found = reading.candidates(work(), code)
    if len(found) == 1:
        return redirect(url_for("documents.page", id=found[0][0], on=asked.query("on") or None))
    return render_template("documents/choice.html", candidates=found)


@pages.get("/documents/<id>/retire")
def retiring_form(id: str) -> ResponseReturnValue:
    """Show the form that records the decision ending a document."""
    work().allow(Act.RETIRE)
    return render_template("documents/retire.html", page=reading.page(work(), id), typed={})


@pages.post("/documents/<id>/retire")
def retire(id: str) -> ResponseReturnValue:
    """Record the decision that ends a document."""
    try:
        asked.compared()
        done = retiring.retire(work(), [id], asked.form("reason"), asked.decision())
    except QmsError as error:
        return failures.again("documents/retire.html", error, page=lambda: reading.page(work(), id))
    flash(_("Đã ghi nhận quyết định ngừng áp dụng."))
    return redirect(url_for("issuances.page", id=done.issuance_id))


@pages.get("/documents/<id>/withdraw")
def withdrawing(id: str) -> ResponseReturnValue:
    """Show the form that takes back a revision before its day."""
    work().allow(Act.WITHDRAW)
    return render_template("documents/withdraw.html", page=reading.page(work(), id), typed={})


@pages.post("/documents/<id>/withdraw")
def withdraw(id: str) -> ResponseReturnValue:
    """Take back a revision before its day."""
    try:
        issuing.withdraw(work(), id, asked.form("reason"))
    except QmsError as error:
        return failures.again("documents/withdraw.html", error, page=lambda: reading.page(work(), id))
    flash(_("Đã rút lại lần ban hành chưa đến ngày áp dụng."))
    return redirect(url_for("documents.page", id=id))

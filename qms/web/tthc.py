"""Administrative procedures (TTHC): the catalogue, one procedure, decisions taken in, documents linked to them."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from qms.errors import QmsError, WrongUse
from qms.model.permissions import Act
from qms.usecases import tthc, tthc_importing, tthc_linking
from qms.web import asked, failures
from qms.web.doorway import work

pages = Blueprint("tthc", __name__)

GIVEN = ("decision", "issuer", "effective", "source", "change")
PASTED = "bảng dán vào"


class NothingHanded(WrongUse):
    """Neither a file nor a pasted table."""

    code = "nothing_handed"
    sentence = "Hãy chọn tệp quyết định hoặc dán bảng thủ tục vào ô."


@pages.get("/tthc")
def listing() -> ResponseReturnValue:
    """Show the catalogue as it stands on a day, with the documents that cover each procedure."""
    wanted = tthc.Wanted(
        asked.query("q"), asked.query("field"), asked.query("decision"), bool(asked.query("gaps"))
    )
    number, on = asked.query_page(), asked.query_day()
    found = tthc.listing(work(), wanted, on, (number - 1) * asked.PAGE_SIZE, asked.PAGE_SIZE)
    return render_template(
        "tthc/list.html",
        found=found,
        wanted=wanted,
        number=number,
        more=found.total > number * asked.PAGE_SIZE,
        on=on or work().today,
        review=_review(wanted.decision),
    )


@pages.get("/tthc/<stem>")
def page(stem: str) -> ResponseReturnValue:
    """Show one procedure: what holds on the day, every row about it, the documents with their three times."""
    found = tthc.page(work(), stem, asked.query_day())
    return render_template("tthc/page.html", page=found, review=_review(found.entry.standing.decision))


@pages.get("/tthc/import")
def import_form() -> ResponseReturnValue:
    """Show where a decision is handed in."""
    work().allow(Act.MANAGE_TTHC)
    return render_template("tthc/import.html", typed={})


@pages.post("/tthc/import")
def preview() -> ResponseReturnValue:
    """Show what each row of a file or a pasted table would change; nothing is written."""
    work().allow(Act.MANAGE_TTHC)
    try:
        found = tthc_importing.preview(work(), _handed())
    except QmsError as error:
        return failures.again("tthc/import.html", error)
    rows = tthc_importing.as_text(found.handed)
    return render_template("tthc/preview.html", preview=found, rows=rows)


@pages.post("/tthc/import/take")
def take_in() -> ResponseReturnValue:
    """Take in the rows that were shown."""
    rows = asked.form_text("rows").encode()
    taken = tthc_importing.take_in(work(), tthc_importing.read(work(), PASTED, rows, {}))
    flash(
        _(
            "Đã ghi: thêm %(created)s dòng, sửa %(updated)s, không đổi %(unchanged)s, bỏ qua %(rejected)s.",
            created=taken.created,
            updated=taken.updated,
            unchanged=taken.unchanged,
            rejected=len(taken.rejected),
        )
    )
    decision = taken.decisions[0] if len(taken.decisions) == 1 else None
    return redirect(url_for("tthc.listing", decision=decision))


@pages.get("/tthc/link")
def link_form() -> ResponseReturnValue:
    """Show the procedures without TTHC, each with what the catalogue proposes."""
    number = asked.query_page()
    start = (number - 1) * asked.PAGE_SIZE
    waiting = tthc_linking.waiting(work(), start, asked.PAGE_SIZE)
    more = waiting.total > number * asked.PAGE_SIZE
    same = bool(asked.query("same"))
    return render_template("tthc/link.html", waiting=waiting, number=number, more=more, same=same)


@pages.post("/tthc/link")
def link() -> ResponseReturnValue:
    """Record every tick of the page, and codes typed for one document, in one act."""
    pairs = [tthc_linking.Pair(*tick.partition(" ")[::2]) for tick in request.form.getlist("tick")]
    if asked.form("document"):
        codes = asked.form("codes").replace(",", " ").replace(";", " ").split()
        pairs += [tthc_linking.Pair(asked.form("document"), code) for code in codes]
    count = tthc_linking.link(work(), pairs)
    flash(_("Đã gắn %(count)s thủ tục hành chính.", count=count))
    return redirect(_back(url_for("tthc.link_form")))


@pages.post("/tthc/unlink")
def unlink() -> ResponseReturnValue:
    """Take a link back."""
    document = asked.form("document")
    tthc_linking.unlink(work(), document, asked.form("stem"))
    flash(_("Đã bỏ gắn thủ tục hành chính."))
    return redirect(url_for("documents.page", id=document))


def _handed() -> tthc_importing.Handed:
    given = {name: asked.form(name) for name in GIVEN}
    handed = asked.optional_file("file")
    if handed is not None:
        return tthc_importing.read(work(), handed.name, handed.data, given)
    pasted = asked.form_text("text")
    if not pasted.strip():
        raise NothingHanded
    return tthc_importing.read(work(), PASTED, pasted.encode(), given)


def _review(decision: str) -> str:
    """Return where a change of law is taken up as work, once there is such a page."""
    known = decision and "changes.new" in current_app.view_functions
    return url_for("changes.new", number=decision) if known else ""


def _back(otherwise: str) -> str:
    document = asked.form("document")
    return url_for("documents.page", id=document) if document else otherwise

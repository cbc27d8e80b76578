"""Controlled copies: the book of a document, what is still out, the record of fetching back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from qms.errors import QmsError
from qms.model.enums import CopyFate
from qms.usecases import copies, exporting
from qms.web import answers, asked, failures, words
from qms.web.doorway import work

pages = Blueprint("copies", __name__)


@pages.get("/copies")
def listing() -> ResponseReturnValue:
    """Show every copy that somebody still holds, those to be fetched back first."""
    return render_template("copies/list.html", lines=copies.outstanding(work()))


@pages.get("/copies/ledger.<any(xlsx, docx, csv):form>")
def ledger(form: str) -> ResponseReturnValue:
    """Hand out the book of all copies as a file for an office program."""
    lines = copies.ledger(work())
    data = exporting.copies(lines, exporting.SheetFormat(form), words.sheet_words())
    return answers.attachment(f"{_('Sổ phân phối, thu hồi tài liệu')}.{form}", data)


@pages.get("/copies/minutes")
def minutes() -> ResponseReturnValue:
    """Show the record of the copies that came back on a day, to be printed and signed."""
    return render_template("copies/minutes.html", minutes=copies.minutes(work(), asked.query_day()))


@pages.get("/documents/<id>/copies")
def book(id: str) -> ResponseReturnValue:
    """Show the copies of a document."""
    return render_template("copies/book.html", book=copies.book(work(), id), typed={})


@pages.post("/documents/<id>/copies")
def give_out(id: str) -> ResponseReturnValue:
    """Give out a numbered copy of the revision that applies."""
    try:
        number = copies.give_out(
            work(), id, asked.form("holder"), asked.form("place"), number=asked.form_number("number")
        )
    except QmsError as error:
        return failures.again("copies/book.html", error, book=lambda: copies.book(work(), id))
    flash(_("Đã ghi bản kiểm soát số %(number)s; hãy in và giao cho người giữ.", number=f"{number:02d}"))
    return redirect(url_for("copies.book", id=id))


@pages.post("/documents/<id>/copies/renew")
def renew(id: str) -> ResponseReturnValue:
    """Give every holder of an old copy the revision that applies."""
    count = copies.renew(work(), id)
    flash(
        _("Đã ghi %(count)s bản mới cho người đang giữ bản cũ; hãy in, đổi bản mới lấy bản cũ.", count=count)
    )
    return redirect(url_for("copies.book", id=id))


@pages.post("/documents/<id>/copies/recall")
def recall(id: str) -> ResponseReturnValue:
    """Write down what became of a copy."""
    try:
        copies.recall(
            work(),
            id,
            asked.form_number("sequence") or 0,
            asked.form_number("number") or 0,
            asked.form_word("fate", CopyFate) or CopyFate.RETURNED,
            asked.optional_day("on"),
            asked.form("note"),
        )
    except QmsError as error:
        return failures.again("copies/book.html", error, book=lambda: copies.book(work(), id))
    flash(_("Đã ghi thu hồi bản kiểm soát."))
    return redirect(url_for("copies.book", id=id))

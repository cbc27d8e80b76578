"""Filling the legal register from the web: what it lacks, rows pasted or in a file, one instrument typed."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from flask_babel import gettext as _

from qms.errors import NotFound, QmsError
from qms.model.enums import RelationKind
from qms.model.legal_status import VERBS, Step, part_of
from qms.usecases import exporting, law_listing, law_missing, law_page, law_paste, legislating
from qms.usecases.exporting import TableFormat
from qms.usecases.law_page import RelationLine, Which
from qms.usecases.law_paste import Pasted
from qms.usecases.legislating import Correction, Taken
from qms.web import answers, asked, failures, words
from qms.web.doorway import work

pages = Blueprint("lawbook", __name__)

_FACTS = ("number", "type", "title", "issuer", "issued", "effective", "expires")


@pages.app_template_filter("count")
def count(value: int) -> str:
    """Return a count as people write it: 3.602."""
    return str(format_decimal(value))


@pages.app_template_filter("topic")
def topic(kept: str) -> str:
    """Return topics as people read them; registers name them by plain words with dashes ("ho-tich")."""
    parts = [one.strip() for one in kept.split(";")]
    return "; ".join(
        one if " " in one or one != one.lower() else one.replace("-", " ").capitalize() for one in parts
    )


@pages.app_template_filter("by_kind")
def by_kind(lines: Sequence[RelationLine]) -> list[tuple[RelationKind, list[RelationLine]]]:
    """Return relations kind by kind: what ends an instrument first."""
    return [(kind, mine) for kind in RelationKind if (mine := [line for line in lines if line.kind is kind])]


@pages.app_template_filter("step")
def step(one: Step) -> str:
    """Return one step of a path as a sentence."""
    return _sentence(one, one.provisions)


@pages.app_template_filter("steps")
def steps(path: Sequence[Step]) -> list[str]:
    """Return the path that explains a status as sentences, one for all that one instrument does on one day."""
    told: dict[tuple[object, ...], tuple[Step, list[str]]] = {}
    for one in path:
        same = (one.source, one.kind, one.target, one.starts, bool(one.provisions))
        told.setdefault(same, (one, []))[1].extend(one.provisions)
    return [_sentence(one, provisions) for one, provisions in told.values()]


def _sentence(one: Step, provisions: Sequence[str]) -> str:
    told = f"{one.source} {VERBS[one.kind]} {part_of(one.target, provisions)}"
    return f"{told}, {_('từ %(day)s', day=words.day(one.starts))}" if one.starts else told


@pages.get("/legal/missing")
def missing() -> ResponseReturnValue:
    """Show what documents cite and relations name that the register lacks, the most cited first."""
    number = asked.query_page()
    start = (number - 1) * asked.PAGE_SIZE
    found = law_missing.missing(work(), asked.query_day(), start, asked.PAGE_SIZE)
    more = start + asked.PAGE_SIZE < found.total
    return render_template("legal/missing.html", found=found, number=number, more=more)


@pages.get("/legal/paste")
def paste() -> ResponseReturnValue:
    """Show where rows are pasted, handed in as a file or typed one by one."""
    return _paste_page()


@pages.post("/legal/paste")
def try_paste() -> ResponseReturnValue:
    """Show how pasted rows are understood and what would become of them; nothing is kept."""
    legislating.may_correct(work())
    try:
        pasted = law_paste.read(asked.form_text("rows"))
        taken = legislating.attempt(work(), [legislating.pasted_table(pasted)])
    except QmsError as error:
        return failures.again("legal/paste.html", error, tried=None, result=None)
    return _paste_page(rows=asked.form_text("rows"), tried=taken)


@pages.post("/legal/paste/confirmed")
def take_paste() -> ResponseReturnValue:
    """Take pasted rows in; those that are wrong are given back as they were typed, with what is wrong."""
    legislating.may_correct(work())
    try:
        pasted = law_paste.read(asked.form_text("rows"))
        taken = legislating.take_in(work(), [legislating.pasted_table(pasted)])
    except QmsError as error:
        return failures.again("legal/paste.html", error, tried=None, result=None)
    if not taken.rejected:
        flash(_told(taken))
        return redirect(url_for("lawbook.missing"))
    return _paste_page(rows=_wrong(pasted, taken), result=taken)


@pages.post("/legal/import")
def take_file() -> ResponseReturnValue:
    """Take a table in a file into the register and tell what became of its rows."""
    legislating.may_correct(work())
    try:
        handed = asked.file("file")
        taken = legislating.take_in(work(), [legislating.read(handed.name, handed.data)])
    except QmsError as error:
        return failures.again("legal/paste.html", error, tried=None, result=None)
    if not taken.rejected:
        flash(_told(taken))
        return redirect(url_for("legal.listing"))
    return _paste_page(result=taken)


@pages.get("/legal/new")
def new() -> ResponseReturnValue:
    """Show the fields of one instrument, its number filled in where it is known to be missing."""
    legislating.may_correct(work())
    told = law_paste.lacking(asked.query("number")[:200]) if asked.query("number") else {}
    typed = {**told, "issuer": asked.query("issuer") or told.get("issuer", "")}
    return render_template("legal/new.html", typed=typed, error=None, error_field=None)


@pages.post("/legal/new")
def register_one() -> ResponseReturnValue:
    """Take one instrument in as it was typed."""
    try:
        number = legislating.register_one(work(), {name: asked.form(name) for name in _FACTS})
    except QmsError as error:
        return failures.again("legal/new.html", error)
    flash(_("Đã ghi %(number)s vào sổ.", number=number))
    return redirect(
        url_for("lawbook.missing") if asked.form("back") else url_for("legal.page", number=number)
    )


@pages.get("/legal/<path:number>/edit")
def edit(number: str) -> ResponseReturnValue:
    """Show the facts of an instrument to be put right."""
    legislating.may_correct(work())
    found = law_page.page(work(), number, None, Which(asked.query("issuer"), asked.query("type")))
    return render_template("legal/edit.html", page=found, typed={}, error=None, error_field=None)


@pages.post("/legal/<path:number>/edit")
def correct(number: str) -> ResponseReturnValue:
    """Put the facts of an instrument right."""
    try:
        kept = legislating.correct(work(), asked.query_number("id"), _correction())
    except NotFound:
        raise
    except QmsError as error:
        which = Which(asked.form("which_issuer"), asked.form("which_type"))
        return failures.again(
            "legal/edit.html", error, page=lambda: law_page.page(work(), number, None, which)
        )
    flash(_("Đã sửa thông tin văn bản."))
    return redirect(
        url_for("legal.page", number=kept.number, issuer=kept.issuer_key or None, type=kept.type or None)
    )


@pages.get("/legal/export.<form>")
def export(form: str) -> ResponseReturnValue:
    """Hand out the whole register, or its relations, as a table that can be taken in again."""
    if form not in set(TableFormat):
        raise NotFound(what="dạng tệp này")
    relations = asked.query("what") == "relations"
    rows = law_listing.relation_rows(work()) if relations else law_listing.instrument_rows(work())
    head = law_listing.RELATION_COLUMNS if relations else law_listing.INSTRUMENT_COLUMNS
    name = _("Quan hệ giữa các văn bản") if relations else _("Sổ văn bản")
    data = exporting.law(rows, head, TableFormat(form))
    return answers.attachment(f"{name} {work().today}.{form}", data)


def _paste_page(
    rows: str = "", tried: Taken | None = None, result: Taken | None = None
) -> ResponseReturnValue:
    legislating.may_correct(work())
    return render_template(
        "legal/paste.html", typed={"rows": rows}, tried=tried, result=result, error=None, error_field=None
    )


def _wrong(pasted: Pasted, taken: Taken) -> str:
    return pasted.only([line for _file, line, _fault in taken.rejected])


def _told(taken: Taken) -> str:
    counts = {"created": taken.created, "updated": taken.updated, "unchanged": taken.unchanged}
    return str(_("Đã ghi vào sổ: thêm %(created)s, sửa %(updated)s, không đổi %(unchanged)s.", **counts))


def _correction() -> Correction:
    return Correction(
        type=asked.form("type"),
        title=asked.form("title"),
        issuer=asked.form("issuer"),
        issued=asked.optional_day("issued"),
        effective=asked.optional_day("effective"),
        expires=asked.optional_day("expires"),
        base=asked.form("base"),
    )

"""The law that documents rest on: the list, one instrument with who cites it, and what its change means."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from qms.model.enums import InstrumentStatus
from qms.model.permissions import Act
from qms.usecases import impact as impacts
from qms.usecases import law_listing, law_missing, law_page
from qms.usecases.law_listing import Choice
from qms.usecases.law_page import Which
from qms.usecases.naming import AmbiguousInstrument
from qms.web import asked
from qms.web.doorway import may, work

pages = Blueprint("legal", __name__)


@pages.get("/legal")
def listing() -> ResponseReturnValue:
    """Show the instruments as they stand on a day, those most cited first."""
    number, on = asked.query_page(), asked.query_day()
    start = (number - 1) * asked.PAGE_SIZE
    found = law_listing.listing(work(), on, _choice(), start, asked.PAGE_SIZE)
    lacking = law_missing.missing(work(), on, limit=0).total
    return render_template(
        "legal/list.html",
        found=found,
        lacking=lacking,
        choice=_choice(),
        number=number,
        more=start + asked.PAGE_SIZE < found.total,
        on=on or work().today,
        statuses=list(InstrumentStatus),
    )


@pages.get("/legal/<path:number>")
def page(number: str) -> ResponseReturnValue:
    """Show one instrument: how it stands, what changed it, who cites it."""
    first = (asked.query_page() - 1) * law_page.CITING_SHOWN
    which = Which(asked.query("issuer"), asked.query("type"))
    try:
        found = law_page.page(work(), number, asked.query_day(), which, first)
    except AmbiguousInstrument:
        return redirect(url_for("legal.listing", q=number, on=asked.query("on") or None))
    return render_template(
        "legal/page.html",
        page=found,
        number=asked.query_page(),
        shown=first + len(found.citing),
        may_open_change="changes.new" in current_app.view_functions and may(Act.MANAGE_CHANGES),
    )


@pages.get("/legal/<path:number>/impact")
def impact(number: str) -> ResponseReturnValue:
    """Show which documents a change reaches, why, and until when they must follow."""
    try:
        found = impacts.impact(work(), number, asked.query_day(), asked.query("issuer"))
    except AmbiguousInstrument:
        return redirect(url_for("legal.listing", q=number, on=asked.query("on") or None))
    return render_template("legal/impact.html", impact=found)


def _choice() -> Choice:
    status = asked.query("status")
    return Choice(
        text=asked.query("q")[:200],
        type=asked.query("type"),
        status=InstrumentStatus(status) if status in set(InstrumentStatus) else None,
        topic=asked.query("topic"),
        cited=asked.query("cited") == "1",
    )

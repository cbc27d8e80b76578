"""The law that documents rest on: the list, one instrument with who cites it, and what its change means."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from qms.usecases import impact as impacts
from qms.usecases import legislating
from qms.web import asked
from qms.web.doorway import work

pages = Blueprint("legal", __name__)


@pages.get("/legal")
def listing() -> ResponseReturnValue:
    """Show the instruments as they stand on a day, those most cited first."""
    number, on = asked.query_page(), asked.query_day()
    start = (number - 1) * asked.PAGE_SIZE
    found = legislating.listing(work(), on, asked.query("q"), start, asked.PAGE_SIZE + 1)
    more = len(found) > asked.PAGE_SIZE
    lines = found[: asked.PAGE_SIZE]
    return render_template("legal/list.html", lines=lines, number=number, more=more, on=on or work().today)


@pages.get("/legal/<path:number>")
def page(number: str) -> ResponseReturnValue:
    """Show one instrument: how it stands, what changed it, who cites it."""
    return render_template("legal/page.html", page=legislating.page(work(), number, asked.query_day()))


@pages.get("/legal/<path:number>/impact")
def impact(number: str) -> ResponseReturnValue:
    """Show which documents a change reaches, why, and until when they must follow."""
    found = impacts.impact(work(), number, asked.query_day())
    return render_template("legal/impact.html", impact=found)

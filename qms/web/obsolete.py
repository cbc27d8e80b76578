"""What applies today and should not, or not so: the officer's list, each line with the next act."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from qms.model.enums import ObsoleteKind
from qms.usecases import obsolete as finding
from qms.web import asked
from qms.web.doorway import work

pages = Blueprint("obsolete", __name__)


@pages.get("/obsolete")
def listing() -> ResponseReturnValue:
    """Show the documents in force that need work, gravest first; all reasons or one kind."""
    chosen = asked.query("kind")
    kind = ObsoleteKind(chosen) if chosen in set(ObsoleteKind) else None
    found = finding.obsolete(work(), asked.query_day())
    number = asked.query_page()
    return render_template("obsolete/list.html", found=found, kind=kind, number=number, size=asked.PAGE_SIZE)

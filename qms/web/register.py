"""The register of the agency's own documents on any day."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from qms.usecases import registering
from qms.web import asked
from qms.web.doorway import work

pages = Blueprint("register", __name__)


@pages.get("/register")
def internal() -> ResponseReturnValue:
    """Show every document that was issued, as it stands on a day."""
    on = asked.query_day()
    lines = registering.register(work(), on)
    return render_template("register/internal.html", lines=lines, on=on or work().today)

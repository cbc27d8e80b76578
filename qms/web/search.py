"""The first page, and what is found."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from qms.errors import QmsError
from qms.model.permissions import Act
from qms.usecases import searching, tasks
from qms.web import asked, failures
from qms.web.doorway import work

pages = Blueprint("search", __name__)


@pages.get("/")
def home() -> ResponseReturnValue:
    """Show the search box and what waits for the person."""
    return render_template("search/home.html", tasks=tasks.home(work()))


@pages.get("/search")
def results() -> ResponseReturnValue:
    """Show what applies on a day and answers the words."""
    search = searching.search_all if asked.query("all") else searching.search
    try:
        answer = search(work(), asked.query("q"), asked.query_day(), limit=asked.PAGE_SIZE)
    except QmsError as error:
        return failures.again("search/results.html", error, answer=None)
    return render_template("search/results.html", answer=answer)


@pages.get("/tra-cuu")
def old_address() -> ResponseReturnValue:
    """Send the address that was handed out in Vietnamese on to the one page there is."""
    work().allow(Act.SEARCH)
    return redirect(url_for("search.results", q=asked.query("q") or None, on=asked.query("on") or None))

"""Paper: prints of a document, and whether a printed page still holds."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from qms.model.enums import PaperForm
from qms.model.permissions import Act
from qms.usecases import checking, printing
from qms.web import answers, asked, failures
from qms.web.doorway import house, work

pages = Blueprint("printing", __name__)

NUMBER = "<int(max=9999):copy>"


@pages.get("/documents/<id>/print.<any(pdf, docx):form>")
def printed(id: str, form: str) -> ResponseReturnValue:
    """Hand out a revision ready to be printed: the one that applies, that of a day, or one named by its order."""
    wanted = printing.Wanted(
        address=house().qms.config.public_url or request.url_root.rstrip("/"),
        form=PaperForm(form),
        on=asked.query_day(),
        sequence=asked.query_number("revision") or None,
        copy=asked.query_number("copy") or None,
    )
    paper = printing.paper(work(), id, wanted)
    return answers.attachment(paper.name, paper.data)


@pages.get("/v")
def look_up() -> ResponseReturnValue:
    """Show the box for the short code, and lead from a code to its page."""
    typed = asked.query("code")
    if not typed:
        work().allow(Act.CHECK)
        return render_template("printing/look_up.html", typed={}, candidates=())
    try:
        found = checking.look_up(work(), typed)
    except checking.NothingToCheck as error:
        page = render_template(
            "printing/look_up.html", typed={"code": typed}, candidates=(), error=failures.sentence(error)
        )
        return page, error.http_status
    if len(found) == 1:
        return redirect(url_for("printing.check", token=found[0].token, copy=found[0].copy))
    return render_template("printing/look_up.html", typed={"code": typed}, candidates=found)


@pages.get("/v/<token>")
@pages.get(f"/v/<token>/{NUMBER}")
def check(token: str, copy: int | None = None) -> ResponseReturnValue:
    """Say whether the page that bears a token still applies."""
    return render_template("printing/check.html", page=checking.check(work(), token, copy))

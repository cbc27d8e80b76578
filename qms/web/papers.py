"""Papers from the record, one button each: registers, lists to be signed, requests, what is put before the head."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from qms.errors import NotFound
from qms.usecases import (
    change_proof,
    comparing,
    law_external,
    paper_offers,
    papers,
    registering,
    signing_sets,
)
from qms.usecases.letterheads import Paper
from qms.web import answers, asked, words
from qms.web.doorway import work

pages = Blueprint("papers", __name__)


@pages.get("/papers")
def listing() -> ResponseReturnValue:
    """Show which papers there are, each with a sentence."""
    return render_template("papers/list.html", offer=paper_offers.offer(work()))


@pages.get("/papers/internal.docx")
def internal() -> ResponseReturnValue:
    """Hand out the list of internal documents."""
    on = asked.query_day()
    return _file(papers.internal(work(), registering.register(work(), on), words.sheet_words(), on))


@pages.get("/papers/external.docx")
def external() -> ResponseReturnValue:
    """Hand out the list of external documents."""
    on = asked.query_day()
    return _file(papers.external(work(), law_external.external(work(), on), words.sheet_words(), on))


@pages.get("/papers/records.<form>")
def records(form: str) -> ResponseReturnValue:
    """Hand out the list of records to keep."""
    return _file(papers.records(work(), asked.query_day(), sheet=_is_sheet(form)))


@pages.get("/papers/revisions.<form>")
def revisions(form: str) -> ResponseReturnValue:
    """Hand out the table that follows the amendments."""
    return _file(papers.revisions(work(), asked.query_day(), sheet=_is_sheet(form)))


@pages.get("/papers/updates/<int:year>.docx")
def updates(year: int) -> ResponseReturnValue:
    """Hand out the table that follows how changes of law of a year were taken up."""
    lines = change_proof.proof_of_year(work(), asked.year(year))
    return _file(papers.updates(work(), lines, year, words.proof_words()))


@pages.get("/papers/changes/<id>/<document>.docx")
def request_for(id: str, document: str) -> ResponseReturnValue:
    """Hand out the request to amend one document, filled from a change of law."""
    return _file(papers.request(work(), id, document))


@pages.get("/papers/informed.docx")
def informed() -> ResponseReturnValue:
    """Hand out the list on which people sign that they were told of a decision's documents."""
    return _file(papers.informed(work(), asked.query("decision")))


@pages.get("/papers/signing.zip")
def signing() -> ResponseReturnValue:
    """Hand out what is put before the head of the agency for the chosen approved drafts."""
    return _file(signing_sets.signing_set(work(), request.args.getlist("documents")))


@pages.get("/documents/<id>/compare.docx")
def compare(id: str) -> ResponseReturnValue:
    """Hand out the table that compares a draft with the edition it was made from."""
    return _file(comparing.table(work(), id))


def _is_sheet(form: str) -> bool:
    if form not in ("docx", "xlsx"):
        raise NotFound(what="dạng tệp này")
    return form == "xlsx"


def _file(paper: Paper) -> ResponseReturnValue:
    return answers.attachment(paper.name, paper.data)

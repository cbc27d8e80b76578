"""A change of law as work: what it reaches, what is decided for each document, notices, drafts, proof, the end."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from qms.errors import NotFound, QmsError
from qms.model.basis import BasisEdit
from qms.model.enums import BasisAction, ImpactDecision
from qms.model.permissions import Act
from qms.usecases import (
    change_drafts,
    change_proof,
    changes,
    clearing,
    deciding,
    exporting,
    impact,
    noticing,
    submitting,
)
from qms.usecases.exporting import SheetFormat
from qms.usecases.naming import AmbiguousInstrument
from qms.web import answers, asked, failures, words
from qms.web.doorway import work

pages = Blueprint("changes", __name__)


@pages.get("/changes")
def listing() -> ResponseReturnValue:
    """Show the changes of law that are work, those still open first."""
    return render_template("changes/list.html", lines=changes.listing(work()))


@pages.get("/changes/new")
def new() -> ResponseReturnValue:
    """Show what an instrument reaches before it is taken up as work."""
    work().allow(Act.MANAGE_CHANGES)
    number = asked.query("number")
    try:
        found = impact.impact(work(), number, issuer=asked.query("issuer")) if number else None
    except AmbiguousInstrument:
        return redirect(url_for("legal.listing", q=number))
    return render_template("changes/new.html", impact=found, number=number)


@pages.post("/changes")
def open_change() -> ResponseReturnValue:
    """Take a change of law up as work."""
    return redirect(
        url_for(
            "changes.page", id=changes.open_change(work(), asked.form("number"), issuer=asked.form("issuer"))
        )
    )


@pages.get("/changes/<id>")
def page(id: str) -> ResponseReturnValue:
    """Show one change with its documents, and what may be done about them."""
    return _shown(id)


@pages.get("/changes/<id>/proof")
def proof(id: str) -> ResponseReturnValue:
    """Show the proof table of one change: what was asked of each document, and when it was done."""
    lines = change_proof.proof(work(), id)
    return render_template("changes/proof.html", lines=lines, id=id, year=None)


@pages.get("/changes/<id>/proof.<form>")
def proof_file(id: str, form: str) -> ResponseReturnValue:
    """Hand out the proof table of one change for an office program."""
    lines = change_proof.proof(work(), id)
    return _table(lines, form, lines[0].instrument if lines else id)


@pages.get("/changes/years/<int:year>")
def year(year: int) -> ResponseReturnValue:
    """Show the proof table of every change that starts in a year."""
    lines = change_proof.proof_of_year(work(), asked.year(year))
    return render_template("changes/proof.html", lines=lines, id=None, year=year)


@pages.get("/changes/years/<int:year>/proof.<form>")
def year_file(year: int, form: str) -> ResponseReturnValue:
    """Hand out the proof table of a year for an office program."""
    return _table(change_proof.proof_of_year(work(), asked.year(year)), form, str(year))


@pages.post("/changes/<id>/refresh")
def refresh(id: str) -> ResponseReturnValue:
    """Take up the documents that became affected since."""
    count = changes.refresh(work(), id)
    flash(_("Đã đưa thêm %(count)s tài liệu vào đợt rà soát.", count=count))
    return redirect(url_for("changes.page", id=id))


@pages.post("/changes/<id>/decide")
def decide(id: str) -> ResponseReturnValue:
    """Decide what becomes of the chosen documents."""
    try:
        count = changes.decide(work(), id, _decisions())
    except QmsError as error:
        return _again(id, error)
    flash(_("Đã ghi quyết định cho %(count)s tài liệu.", count=count))
    return redirect(url_for("changes.page", id=id))


@pages.post("/changes/<id>/notices")
def notify(id: str) -> ResponseReturnValue:
    """Give one interim notice on all chosen documents."""
    try:
        count = noticing.give(
            work(),
            _chosen(),
            asked.form_text("notice"),
            starts=asked.optional_day("notice_starts"),
            ends=asked.optional_day("notice_ends"),
            change_id=id,
        )
    except QmsError as error:
        return _again(id, error)
    flash(_("Thông báo áp dụng tạm thời đã hiện trên %(count)s tài liệu.", count=count))
    return redirect(url_for("changes.page", id=id))


@pages.post("/notices/<int:number>/end")
def end_notice(number: int) -> ResponseReturnValue:
    """End an interim notice from today on."""
    noticing.end(work(), number)
    flash(_("Thông báo đã thôi áp dụng."))
    return redirect(asked.came_from() or url_for("changes.listing"))


@pages.post("/changes/<id>/drafts")
def open_drafts(id: str) -> ResponseReturnValue:
    """Open the next revision of the chosen documents, their legal basis brought up to date inside the file."""
    try:
        opened = change_drafts.open_drafts(work(), id, _chosen(), _edits())
    except QmsError as error:
        return _again(id, error)
    return render_template("changes/drafts.html", id=id, opened=opened)


@pages.post("/changes/<id>/take-up")
def take_up(id: str) -> ResponseReturnValue:
    """Take in documents that a person found by eye."""
    try:
        count = changes.take_up(work(), id, _chosen(), asked.form("reason"))
    except QmsError as error:
        return _again(id, error)
    flash(_("Đã đưa thêm %(count)s tài liệu vào đợt rà soát.", count=count))
    return redirect(url_for("changes.page", id=id))


@pages.post("/changes/<id>/submit")
def submit(id: str) -> ResponseReturnValue:
    """Send every draft of the change to be decided on."""
    try:
        sent = submitting.submit_batch(work(), id, asked.form("basis_reason"))
    except QmsError as error:
        return _again(id, error)
    return render_template("changes/outcome.html", id=id, outcomes=sent, act="submit")


@pages.post("/changes/<id>/approve")
def approve(id: str) -> ResponseReturnValue:
    """Approve the chosen drafts, each of exactly the content that was shown."""
    # what has no draft in this change was not shown, so nothing is decided of it
    chosen = [(document, sha) for document in _chosen() if (sha := asked.form(f"sha-{document}"))]
    try:
        done = deciding.approve_batch(work(), chosen, asked.form("comment"))
    except QmsError as error:
        return _again(id, error)
    return render_template("changes/outcome.html", id=id, outcomes=done, act="approve")


@pages.post("/changes/<id>/clear/<document>")
def clear(id: str, document: str) -> ResponseReturnValue:
    """Say of one document, with a note, that nothing is left to do."""
    try:
        clearing.clear(work(), id, document, asked.form(f"note-{document}"))
    except QmsError as error:
        return _again(id, error)
    flash(_("Đã xác nhận."))
    return redirect(url_for("changes.page", id=id))


@pages.post("/changes/<id>/close")
def close(id: str) -> ResponseReturnValue:
    """Close a change of which nothing is left."""
    try:
        clearing.close(work(), id, asked.form("closing_note"))
    except QmsError as error:
        return _again(id, error)
    flash(_("Đã kết thúc đợt rà soát."))
    return redirect(url_for("changes.page", id=id))


def _table(lines: list[change_proof.ProofLine], form: str, of: str) -> ResponseReturnValue:
    if form not in set(SheetFormat):
        raise NotFound(what="dạng tệp này")
    data = exporting.proof(lines, SheetFormat(form), words.proof_words())
    name = f"{_('Bảng theo dõi cập nhật văn bản')} {of.replace('/', '-')}.{form}"
    return answers.attachment(name, data)


def _shown(id: str) -> ResponseReturnValue:
    found = changes.page(work(), id, asked.query_day())
    return render_template(
        "changes/page.html", page=found, typed={}, decisions=list(ImpactDecision), chosen=None
    )


def _again(id: str, error: QmsError) -> ResponseReturnValue:
    return failures.again(
        "changes/page.html",
        error,
        page=lambda: changes.page(work(), id),
        decisions=list(ImpactDecision),
        chosen=_chosen(),
    )


def _chosen() -> list[str]:
    return request.form.getlist("documents")


def _edits() -> list[BasisEdit] | None:
    """Return the lines of the legal basis as the officer left them; None where the page offered none."""
    rows = [name.partition("-")[2] for name in request.form if name.startswith("cites-")]
    if not rows:
        return None
    return [
        BasisEdit(
            cites=asked.form(f"cites-{row}"),
            action=BasisAction(action),
            text=asked.form(f"words-{row}"),
            issuer=asked.form(f"of-{row}"),
        )
        for row in rows
        if (action := asked.form(f"action-{row}")) in set(BasisAction)
    ]


def _decisions() -> list[changes.ItemDecision]:
    typed = asked.form("decision")
    decision = ImpactDecision(typed) if typed in set(ImpactDecision) else ImpactDecision.REVISE
    owner, due = asked.form("owner") or None, asked.optional_day("due")
    return [
        changes.ItemDecision(document, decision, asked.form("reason"), owner, due) for document in _chosen()
    ]

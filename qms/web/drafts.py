"""Drafting: a new document or the next revision, typed or uploaded, looked at and sent to be decided on."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from qms.errors import Forbidden, QmsError
from qms.usecases import creating, drafting, submitting
from qms.usecases.drafting import EditConflict
from qms.web import answers, asked, failures, words
from qms.web.doorway import work

pages = Blueprint("drafts", __name__)


@pages.get("/drafts/new")
def new() -> ResponseReturnValue:
    """Show the form of a new document."""
    return render_template("drafts/new.html", units=creating.units(work()), typed={})


@pages.post("/drafts/new")
def create() -> ResponseReturnValue:
    """Begin a new document."""
    wanted = creating.NewDocument(
        asked.form("code"), asked.form("title"), asked.document_type(), asked.form("unit") or None
    )
    try:
        document_id = creating.create(work(), wanted, asked.form_text("text"))
    except QmsError as error:
        return failures.again("drafts/new.html", error, units=lambda: creating.units(work()))
    flash(_("Đã tạo bản soạn."))
    return redirect(url_for("drafts.page", id=document_id))


@pages.post("/documents/<id>/draft/begin")
def begin(id: str) -> ResponseReturnValue:
    """Open the next revision from the one that was issued last."""
    drafting.begin(work(), id)
    return redirect(url_for("drafts.page", id=id))


@pages.get("/documents/<id>/draft")
def page(id: str) -> ResponseReturnValue:
    """Show the draft: its text to be edited, or its file to be changed."""
    return render_template("drafts/page.html", draft=drafting.draft(work(), id), typed={})


@pages.get("/documents/<id>/draft/file")
def file(id: str) -> ResponseReturnValue:
    """Hand out the draft's file."""
    return answers.attachment(*drafting.draft_file(work(), id))


@pages.post("/documents/<id>/draft")
def save(id: str) -> ResponseReturnValue:
    """Save a typed text; somebody else's newer text is never written over."""
    try:
        drafting.save_text(work(), id, asked.form_text("text"), asked.form("base"), asked.form("change_note"))
    except EditConflict as conflict:
        return _conflict(id, conflict)
    except QmsError as error:
        return failures.again("drafts/page.html", error, draft=lambda: drafting.draft(work(), id))
    return _saved(id)


@pages.post("/documents/<id>/draft/file")
def upload(id: str) -> ResponseReturnValue:
    """Take a file that was edited outside."""
    try:
        handed = asked.file("file")
        drafting.upload(work(), id, handed.name, handed.data, asked.form("base"), asked.form("change_note"))
    except EditConflict as conflict:
        return _conflict(id, conflict)
    except QmsError as error:
        return failures.again("drafts/page.html", error, draft=lambda: drafting.draft(work(), id))
    return _saved(id)


@pages.post("/documents/<id>/draft/cover")
def write_cover(id: str) -> ResponseReturnValue:
    """Write number, day and note of this edition into the draft's Word file."""
    try:
        done = drafting.write_cover(work(), id, asked.optional_day("day"))
    except QmsError as error:
        return failures.again("drafts/page.html", error, draft=lambda: drafting.draft(work(), id))
    for line in words.of_cover(done):
        flash(line)
    return redirect(url_for("drafts.page", id=id))


@pages.post("/documents/<id>/draft/preview")
def preview(id: str) -> ResponseReturnValue:
    """Show how a typed text will look; nothing is saved and nothing that was typed is lost."""
    fragment = "HX-Request" in request.headers
    try:
        html, wrong = drafting.preview(work(), asked.form_text("text")), None
    except Forbidden:
        raise
    except QmsError as error:
        html, wrong = "", failures.sentence(error)
    if fragment:
        return render_template("drafts/_preview.html", html=html, error=wrong)
    draft = drafting.draft(work(), id)
    return render_template("drafts/page.html", draft=draft, typed=asked.typed(), html=html, error=wrong)


@pages.post("/documents/<id>/draft/rebase")
def rebase(id: str) -> ResponseReturnValue:
    """Say that the draft has taken in what was issued meanwhile."""
    submitting.rebase(work(), id)
    flash(_("Đã xác nhận soạn theo bản ban hành mới nhất."))
    return redirect(url_for("drafts.check", id=id))


@pages.get("/documents/<id>/draft/submit")
def check(id: str) -> ResponseReturnValue:
    """Show once more what is about to be sent."""
    return render_template("drafts/check.html", draft=drafting.draft(work(), id), stale=False, typed={})


@pages.post("/documents/<id>/draft/submit")
def submit(id: str) -> ResponseReturnValue:
    """Send the draft to be decided on."""
    try:
        submitting.submit(work(), id, asked.form("basis_reason"))
    except QmsError as error:
        stale = isinstance(error, submitting.StaleBase)
        return failures.again(
            "drafts/check.html", error, draft=lambda: drafting.draft(work(), id), stale=stale
        )
    flash(_("Đã trình duyệt."))
    return redirect(url_for("approvals.inbox"))


@pages.post("/documents/<id>/draft/abandon")
def abandon(id: str) -> ResponseReturnValue:
    """Give the draft up."""
    drafting.abandon(work(), id)
    flash(_("Đã bỏ bản soạn."))
    return redirect(url_for("approvals.inbox"))


def _saved(id: str) -> ResponseReturnValue:
    flash(_("Đã lưu bản soạn."))
    return redirect(url_for("drafts.check" if "review" in request.form else "drafts.page", id=id))


def _conflict(id: str, conflict: EditConflict) -> ResponseReturnValue:
    facts = {name: conflict.facts[name] for name in ("mine", "theirs", "base")}
    return failures.again("drafts/conflict.html", conflict, draft=lambda: drafting.draft(work(), id), **facts)

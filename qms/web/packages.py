"""Packages of documents: handed in, placed against what is in control, recorded by one decision, reported."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from qms.errors import QmsError
from qms.model.enums import DocumentType, IssuanceKind
from qms.model.issuance import IssuingDecision
from qms.model.package import PackageChoice
from qms.model.permissions import Act
from qms.usecases import exporting, package_issuing, packages, retiring
from qms.usecases.exporting import SheetFormat
from qms.usecases.package_files import Handed
from qms.web import answers, asked, failures, words
from qms.web.doorway import work

pages = Blueprint("packages", __name__)


@pages.get("/packages")
def listing() -> ResponseReturnValue:
    """Show the packages and where a new one is handed in."""
    return render_template(
        "packages/list.html", lines=packages.listing(work()), units=packages.units(work()), typed={}
    )


@pages.post("/packages")
def begin() -> ResponseReturnValue:
    """Keep the files that were handed in as a new package."""
    try:
        key = packages.begin(work(), _handed(), asked.form("unit") or None)
    except QmsError as error:
        return failures.again(
            "packages/list.html",
            error,
            lines=lambda: packages.listing(work()),
            units=lambda: packages.units(work()),
        )
    return redirect(url_for("packages.page", id=key))


@pages.post("/packages/<id>/files")
def add(id: str) -> ResponseReturnValue:
    """Keep more files in a package."""
    count = packages.add(work(), id, _handed())
    flash(_("Đã thêm %(count)s tệp vào gói.", count=count))
    return redirect(url_for("packages.page", id=id))


@pages.get("/packages/<id>")
def page(id: str) -> ResponseReturnValue:
    """Show the matrix of a package and what is to be decided."""
    found = packages.page(work(), id)
    return render_template("packages/page.html", page=found, typed={})


@pages.get("/packages/<id>/progress")
def progress(id: str) -> ResponseReturnValue:
    """Tell how far the reading has come; once it is done the page is loaded anew."""
    found = packages.page(work(), id)
    answer = Response(render_template("packages/_progress.html", page=found))
    if not found.waiting:
        answer.headers["HX-Refresh"] = "true"
    return answer


@pages.post("/packages/<id>/again")
def again(id: str) -> ResponseReturnValue:
    """Read once more what could not be read."""
    packages.again(work(), id)
    return redirect(url_for("packages.page", id=id))


@pages.post("/packages/<id>/choices")
def choose(id: str) -> ResponseReturnValue:
    """Keep what the officer says of the files in doubt."""
    try:
        packages.choose(work(), id, _choices())
    except QmsError as error:
        return failures.again("packages/page.html", error, page=lambda: packages.page(work(), id))
    flash(_("Đã ghi lựa chọn."))
    return redirect(asked.came_from() or url_for("packages.page", id=id))


@pages.get("/packages/<id>/files/<int:file>")
def file(id: str, file: int) -> ResponseReturnValue:
    """Show what was read from one file, and where its cover is typed."""
    found = packages.file_page(work(), id, file)
    return render_template("packages/file.html", page=found, types=words.as_choices(DocumentType), typed={})


@pages.get("/packages/<id>/files/<int:file>/original")
def original(id: str, file: int) -> ResponseReturnValue:
    """Hand out a file as it was handed in, to be looked at."""
    found = packages.original(work(), id, file)
    return answers.attachment(found.name, found.data)


@pages.post("/packages/<id>/files/<int:file>")
def describe(id: str, file: int) -> ResponseReturnValue:
    """Keep what was typed of a file."""
    try:
        packages.describe(work(), id, file, asked.typed(), asked.optional_day("issue_date"))
    except QmsError as error:
        return failures.again(
            "packages/file.html",
            error,
            page=lambda: packages.file_page(work(), id, file),
            types=words.as_choices(DocumentType),
        )
    flash(_("Đã ghi thông tin tài liệu."))
    return redirect(url_for("packages.page", id=id))


@pages.post("/packages/<id>/publish")
def publish(id: str) -> ResponseReturnValue:
    """Record everything that is ready by one decision, or without one by the dates on the covers."""
    try:
        kind, decision = _decision()
        done = package_issuing.publish(work(), id, kind, decision)
    except QmsError as error:
        return failures.again("packages/page.html", error, page=lambda: packages.page(work(), id))
    flash(_("Đã ghi nhận %(count)s tài liệu.", count=done.taken))
    if done.held:
        flash(_("%(count)s tệp chưa ghi nhận được, xem lý do ở mục cần quyết định.", count=done.held))
    return redirect(url_for("packages.page", id=id))


@pages.post("/packages/<id>/close")
def close(id: str) -> ResponseReturnValue:
    """End a package; what is left in it is not taken in."""
    packages.close(work(), id)
    flash(_("Gói đã kết thúc."))
    return redirect(url_for("packages.page", id=id))


@pages.get("/packages/<id>/report.xlsx")
def report(id: str) -> ResponseReturnValue:
    """Hand out the matrix as a file for a spreadsheet."""
    found = packages.page(work(), id)
    data = exporting.package(found, SheetFormat.XLSX, words.package_words())
    return answers.attachment(f"{_('Đối chiếu gói tài liệu')} {found.name}.xlsx", data)


@pages.get("/packages/<id>/retire")
def retiring_form(id: str) -> ResponseReturnValue:
    """Show what was not in the package, to be ended by one decision."""
    work().allow(Act.RETIRE)
    return render_template("packages/retire.html", page=packages.page(work(), id), typed={})


@pages.post("/packages/<id>/retire")
def retire(id: str) -> ResponseReturnValue:
    """End the chosen documents by one decision."""
    work().allow(Act.IMPORT)
    chosen = request.form.getlist("documents")
    try:
        asked.compared()
        done = retiring.retire(work(), chosen, asked.form_text("reason"), asked.decision())
    except QmsError as error:
        return failures.again("packages/retire.html", error, page=lambda: packages.page(work(), id))
    flash(_("Đã ghi nhận ngừng áp dụng %(count)s tài liệu.", count=len(chosen)))
    return redirect(url_for("issuances.page", id=done.issuance_id))


def _handed() -> list[Handed]:
    return [Handed(one.name, one.data) for one in asked.files("files")]


def _choices() -> dict[int, tuple[PackageChoice | None, str]]:
    """Read the chosen values: ``new``, ``leave_out``, ``next ID``; with a code typed beside, that document's next."""
    found: dict[int, tuple[PackageChoice | None, str]] = {}
    for name in request.form:
        field, _dash, key = name.partition("-")
        if field != "choice" or not (key.isascii() and key.isdigit() and len(key) < 10):
            continue
        typed = asked.form(f"of-{key}")
        chosen, _blank, of = asked.form(name).partition(" ")
        if typed:
            found[int(key)] = (PackageChoice.NEXT, typed)
        elif chosen in set(PackageChoice):
            found[int(key)] = (PackageChoice(chosen), of)
        elif chosen == "ask":
            found[int(key)] = (None, "")
    return found


def _decision() -> tuple[IssuanceKind, IssuingDecision | None]:
    """Return what is recorded: a decision (adopting or recording), or nothing but the dates on the covers."""
    if asked.form("kind") == "covers":
        return IssuanceKind.RECORD, None
    asked.compared()
    kind = IssuanceKind.RECORD if asked.form("kind") == "record" else IssuanceKind.ADOPT
    return kind, asked.decision()

"""The registers of the agency's own and of external documents on any day, on the screen and as files."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from qms.errors import NotFound
from qms.usecases import exporting, law_external, registering
from qms.usecases.exporting import SheetFormat
from qms.web import answers, asked, words
from qms.web.doorway import work

pages = Blueprint("register", __name__)


@pages.get("/register")
def internal() -> ResponseReturnValue:
    """Show every document that was issued, as it stands on a day."""
    on = asked.query_day()
    lines = registering.register(work(), on)
    return render_template("register/internal.html", lines=lines, on=on or work().today)


@pages.get("/register/internal.<form>")
def internal_file(form: str) -> ResponseReturnValue:
    """Hand out the register as a file for an office program."""
    on = asked.query_day() or work().today
    lines = registering.register(work(), on)
    data = exporting.register(lines, _sheet(form), words.sheet_words())
    return answers.attachment(f"{_('Danh mục tài liệu nội bộ')} {on}.{form}", data)


@pages.get("/register/external.<form>")
def external_file(form: str) -> ResponseReturnValue:
    """Hand out the external documents that are cited, as a file for an office program."""
    on = asked.query_day() or work().today
    lines = law_external.external(work(), on)
    data = exporting.external(lines, _sheet(form), words.sheet_words(), on)
    return answers.attachment(f"{_('Danh mục tài liệu bên ngoài')} {on}.{form}", data)


def _sheet(form: str) -> SheetFormat:
    if form not in set(SheetFormat):
        raise NotFound(what="dạng tệp này")
    return SheetFormat(form)

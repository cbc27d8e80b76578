"""The registers of the agency's own and of external documents on any day, on the screen and as files."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from qms.errors import NotFound
from qms.model.enums import DayStatus, DocumentType
from qms.usecases import exporting, law_external, registering
from qms.usecases.exporting import SheetFormat
from qms.web import answers, asked, words
from qms.web.doorway import work

pages = Blueprint("register", __name__)


@pages.get("/register")
def internal() -> ResponseReturnValue:
    """Show a page of the documents that were issued, as they stand on a day, narrowed as one likes."""
    number, on = asked.query_page(), asked.query_day()
    wanted = registering.Wanted(
        type=asked.query_word("type", DocumentType),
        unit=asked.query("unit") or None,
        field=asked.query("field") or None,
        status=asked.query_word("status", DayStatus),
        text=asked.query("q"),
    )
    found = registering.page(work(), wanted, on, (number - 1) * asked.PAGE_SIZE, asked.PAGE_SIZE)
    narrowed = {
        name: asked.query(name) for name in ("q", "type", "unit", "field", "status") if asked.query(name)
    }
    return render_template(
        "register/internal.html",
        found=found,
        number=number,
        more=number * asked.PAGE_SIZE < found.total,
        narrowed=narrowed,
        types=words.as_choices(DocumentType),
        statuses=words.as_choices(DayStatus),
        on=on or work().today,
    )


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

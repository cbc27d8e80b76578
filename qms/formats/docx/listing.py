"""A list as a Word file: a heading, the day it speaks of, one table that repeats its head on every page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FONT = "Times New Roman"
SIZE = Pt(11)


def write_listing(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Return a landscape A4 document with the rows under ``head``, numbered; dates are written dd/MM/yyyy."""
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, SIZE
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    _landscape(document.sections[0])
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.add_run(title.upper()).bold = True
    table = document.add_table(rows=1, cols=len(head) + 1, style="Table Grid")
    for cell, name in zip(table.rows[0].cells, ("STT", *head), strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for number, row in enumerate(rows, 1):
        for cell, value in zip(table.add_row().cells, (number, *row), strict=True):
            cell.paragraphs[0].add_run(_text(value))
    document.core_properties.title = title
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _landscape(section: object) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE  # type: ignore[attr-defined]
    section.page_width, section.page_height = Mm(297), Mm(210)  # type: ignore[attr-defined]
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(15))


def _text(value: object) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)

"""Word papers as agencies hand them in: a cover table with code, edition and date, then numbered sections."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from docx import Document

from qms.usecases.candidates import Source

BASIS = ("Luật Hộ tịch năm 2014;", "Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ.")


def word_paper(
    code: str = "QT-TP-01",
    title: str = "Đăng ký thử nghiệm",
    *,
    issue: str = "01",
    day: date | None = date(2025, 7, 1),
    issuer: str = "SỞ TƯ PHÁP TỈNH MẪU",
    body: str = "Bước 1. Tiếp nhận hồ sơ của công dân.",
    basis: Sequence[str] = BASIS,
) -> bytes:
    """Return the bytes of a DOCX procedure."""
    paper = Document()
    cover = paper.add_table(rows=3, cols=4)
    left, name = cover.cell(0, 0).merge(cover.cell(2, 0)), cover.cell(0, 1).merge(cover.cell(2, 1))
    left.text, name.text = issuer, f"QUY TRÌNH\n{title}"
    facts = {
        "MÃ HIỆU": code,
        "LẦN BAN HÀNH": issue,
        "NGÀY BAN HÀNH": f"{day:%d/%m/%Y}" if day else "",
    }
    for row, (label, value) in enumerate(facts.items()):
        cover.cell(row, 2).text, cover.cell(row, 3).text = label, value
    sections = {
        "1. MỤC ĐÍCH": [f"Quy định cách làm: {title}."],
        "2. CĂN CỨ PHÁP LÝ": basis,
        "3. NỘI DUNG": [body],
    }
    for heading, paragraphs in sections.items():
        paper.add_paragraph().add_run(heading).bold = True
        for text in paragraphs:
            paper.add_paragraph(text)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def regulation_paper(lines: Sequence[str], head: Sequence[Sequence[str]] = ()) -> bytes:
    """Return the bytes of a DOCX regulation: its head as a table of two columns, then a paragraph a line."""
    paper = Document()
    if head:
        table = paper.add_table(rows=len(head), cols=2)
        for row, cells in enumerate(head):
            for column, text in enumerate(cells):
                table.cell(row, column).text = text
    for line in lines:
        paper.add_paragraph(line)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def source(name: str, data: bytes) -> Source:
    """Return a file as it is handed in."""
    return Source(name, lambda: data)

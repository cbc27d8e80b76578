"""The plain text of a regulation's file: Word, PDF with a text layer, Markdown or plain text; told apart by content.

A paragraph is one line of the text, whatever lines it was printed in. Tables are given a second time as rows of
cells, for whoever reads a decision's list from them.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import PurePath

from qms.formats.anatomy.values import Doubt
from qms.formats.docx.package import Package
from qms.formats.docx.preflight import check_kind, check_size, preflight
from qms.formats.docx.reader import read_package
from qms.formats.frontmatter import split
from qms.formats.markdown import from_markdown
from qms.formats.pdf import MAX_CHARACTERS, is_pdf, read_pdf
from qms.formats.reader import BINARY, decoded
from qms.formats.refusals import NotWhatItsNameSays, TooMuchInside
from qms.formats.text import Table, Text
from qms.model.enums import WarningCode

Rows = tuple[tuple[str, ...], ...]

MARKDOWN = frozenset({".md", ".markdown"})
_TEXTUAL = MARKDOWN | {".txt", ""}
_MARKS = re.compile(r"^\s*(?:#{1,6} +|> ?)|\*\*|__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|^\|?[\s:|-]+\|$")
_ABOVE = 12
_BREAK = re.compile(r"<br ?/?>")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
NO_TEXT = (
    "Tệp chỉ là ảnh quét, máy không đọc được chữ nào; hãy nhập tay năm mục (số ký hiệu, loại, trích yếu, ngày ban "
    "hành, ngày hiệu lực) hoặc gửi bản Word, PDF có lớp chữ."
)


@dataclass(frozen=True)
class RegulationText:
    """The words of a regulation, a paragraph a line, its tables as rows of cells, and what is doubtful about them.

    A merged cell stands in every place that it covers. ``above`` are, for each table, the paragraphs before it, back
    to the table before: headings that say what its rows are about.
    """

    text: str
    tables: tuple[Rows, ...] = ()
    above: tuple[tuple[str, ...], ...] = ()
    warnings: tuple[Doubt, ...] = ()


def read_regulation_file(data: bytes, name: str) -> RegulationText:
    """Read a file by its content; a scan has no text and a warning; raises ``refusals.Unacceptable``."""
    check_size(data)
    paper = _read(data, PurePath(name).suffix.lower())
    if len(paper.text) > MAX_CHARACTERS:
        raise TooMuchInside(what=f"hơn {MAX_CHARACTERS // 1_000_000} triệu chữ")
    return paper


def _read(data: bytes, extension: str) -> RegulationText:
    if is_pdf(data):
        return _read_pdf(data)
    if data.startswith(BINARY):
        check_kind(data)
        return _read_docx(data)
    return _read_text(data, extension)


def regulation_to_json(paper: RegulationText) -> str:
    """Return the text as JSON; ``regulation_from_json`` gives back an equal one."""
    return json.dumps(asdict(paper), ensure_ascii=False)


def regulation_from_json(text: str) -> RegulationText:
    """Return what ``regulation_to_json`` wrote."""
    values = json.loads(text)
    return RegulationText(
        text=values["text"],
        tables=tuple(tuple(tuple(row) for row in rows) for rows in values["tables"]),
        above=tuple(tuple(lines) for lines in values.get("above", ())),
        warnings=tuple(Doubt(WarningCode(one["code"]), one["message"]) for one in values["warnings"]),
    )


def _read_docx(data: bytes) -> RegulationText:
    preflight(data)
    found = read_package(Package(data))
    warnings = []
    if found.tracked_changes:
        message = (
            "Tệp còn sửa đổi chưa chấp nhận (Track Changes); nội dung đọc được có thể chưa phải bản cuối."
        )
        warnings.append(Doubt(WarningCode.TRACKED_CHANGES, message))
    return _from_text(found.text, warnings)


def _read_pdf(data: bytes) -> RegulationText:
    paper = read_pdf(data)
    if not paper.text.strip():
        return RegulationText("", warnings=(Doubt(WarningCode.NO_TEXT, NO_TEXT),))
    if not paper.empty_pages:
        return RegulationText(paper.text)
    pages = ", ".join(str(page) for page in paper.empty_pages[:10])
    message = f"Trang {pages} không có chữ (có thể là ảnh quét), chưa được đọc."
    return RegulationText(paper.text, warnings=(Doubt(WarningCode.NOT_EXAMINED, message),))


def _read_text(data: bytes, extension: str) -> RegulationText:
    if extension not in _TEXTUAL:
        raise NotWhatItsNameSays(extension=extension)
    words = decoded(data)
    lines = words.splitlines()
    if extension in MARKDOWN:
        _, body = split(words)
        lines = [cell for line in body.splitlines() for cell in _cells(line)]
        text = from_markdown(words)
        return RegulationText("\n".join(map(_unmarked, lines)), _tables(text), _above(text))
    return RegulationText("\n".join(lines))


def _cells(line: str) -> list[str]:
    """Return the cells of a table's row, a line each, as every other format gives them."""
    if not line.lstrip().startswith("|"):
        return [line]
    return [part for cell in line.strip().strip("|").split("|") for part in _BREAK.split(cell)]


def _unmarked(line: str) -> str:
    """Return a line of Markdown without its marks; a line is a paragraph, whatever Markdown makes of it."""
    return _ESCAPED.sub(r"\1", _MARKS.sub("", line))


def _from_text(text: Text, warnings: list[Doubt]) -> RegulationText:
    plain = text.plain()
    if not plain.strip():
        warnings = [Doubt(WarningCode.NO_TEXT, NO_TEXT)]
    return RegulationText(plain, _tables(text), _above(text), tuple(warnings))


def _tables(text: Text) -> tuple[Rows, ...]:
    return tuple(
        tuple(tuple(slot.cell.text if slot else "" for slot in row) for row in table.grid())
        for table in text.tables()
    )


def _above(text: Text) -> tuple[tuple[str, ...], ...]:
    found: list[tuple[str, ...]] = []
    lines: list[str] = []
    for block in text.blocks:
        if isinstance(block, Table):
            found.append(tuple(lines))
            lines = []
        elif block.text:
            lines = [*lines, block.shown][-_ABOVE:]
    return tuple(found)

"""What single parts say: time limit, fee, legal basis, forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from qms.formats.anatomy.labels import FORM_WORDS, ITEMS, NO_FORM
from qms.formats.anatomy.lines import Flow, Line, lines_in, placed_lines_in, split_number
from qms.formats.anatomy.outline import Outline, Part
from qms.formats.anatomy.tables import read_columns
from qms.formats.text import Table
from qms.model.ids import fold

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZĐÀ-Ỹ(\"“-])")
_LAST_BRACKET = re.compile(
    r"\s*\((?:nếu|theo mẫu)\b[^()]*(?:\([^()]*\)[^()]*)*\)\s*$",
    re.I,
)
_BY_MODEL = re.compile(r"\s*\(?\b(?:theo mẫu(?: quy định| số .*)?|kèm theo)\)?$", re.I)
_CONDITION = re.compile(r"(?:trường hợp|đối với|nếu)\b[^:]*:\s*(?=\S)", re.I)
_FORM_NAMES = re.compile(
    r"ten (?:bieu mau|mau|ho so|to khai)\b.*|ten|(?:cac )?bieu mau|mau (?:don|to khai)\b.*"
)
_OTHER_TABLES = re.compile(r"\b(?:luu|sua doi|trinh tu|trach nhiem|nguoi thuc hien|cong viec)\b")
_INSTRUMENT_AFTER_SEMICOLON = re.compile(
    r";\s*(?=(?:Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Thông tư|Quyết định|Chỉ thị|Công văn)\b)"
)
_SEMICOLON = re.compile(r"\s*;\s*")


def read_sentence(outline: Outline, flow: Flow, kind: str) -> str | None:
    """Return the first sentence of an item (time limit, fee), or the first value of a column of that name."""
    part = outline.item(kind)
    if part is not None and (text := _first_words(part, kind)):
        return first_sentence(text)
    for value in _column_values(flow, ITEMS[kind].pattern):
        return first_sentence(value)
    return None


def first_sentence(text: str) -> str:
    """Return the first sentence; a full stop inside a number ends none."""
    return _SENTENCE_END.split(text.strip(), maxsplit=1)[0]


def read_legal_basis(outline: Outline, flow: Flow) -> tuple[Line, ...]:
    """Return the lines of the legal basis in order, bullets and end marks dropped, each with its place."""
    part = outline.item("legal_basis")
    lines = tuple(_lines_of(part)) if part is not None else ()
    if not lines:
        lines = tuple(_column_lines(flow, ITEMS["legal_basis"].pattern))
    if not lines and (references := outline.section("references")) is not None:
        lines = tuple(_lines_of(references))
    if len(lines) == 1:
        pieces = _INSTRUMENT_AFTER_SEMICOLON.split(lines[0].text)
        lines = tuple(replace(lines[0], text=piece) for piece in pieces)
    return tuple(replace(line, text=words) for line in lines if (words := line.text.rstrip(" ;.")))


def read_forms(outline: Outline) -> tuple[str, ...]:
    """Return the names of the forms: those of the form item, then those of the section of forms."""
    names: list[str] = []
    item = outline.item("forms")
    section = outline.section("forms")
    if item is not None:
        names.extend(_form_names(item))
    if section is not None and (item is None or section.start != item.start):
        names.extend(_form_names(section))
    return tuple(dict.fromkeys(names))


def form_name(text: str) -> str:
    """Return a form's name without bullet, condition and end marks; '' when the words name no form."""
    name = _CONDITION.sub("", split_number(text.strip())[1]).rstrip(" ;.,")
    shorter = _BY_MODEL.sub("", _LAST_BRACKET.sub("", name)).rstrip(" ;.,")
    in_brackets = shorter.startswith("(") and shorter.rstrip(".").endswith(")")
    if in_brackets or NO_FORM.fullmatch(fold(shorter)) or len(shorter) > 600:
        return ""
    return shorter


def _first_words(part: Part, kind: str) -> str:
    if part.rest:
        return split_number(part.rest)[1] if part.rest[:1] in "-–+*•" else part.rest
    for block in part.body:
        if isinstance(block, Line):
            return block.text
        for value in _column_values((block,), ITEMS[kind].pattern):
            return value
    return ""


def _lines_of(part: Part) -> Iterator[Line]:
    if part.rest and fold(part.rest) not in {"", "khong"}:
        yield Line("", part.rest, place=part.place)
    for block in part.body:
        if isinstance(block, Line):
            yield block
        else:
            yield from _table_lines(block)


def _table_lines(table: Table) -> Iterator[Line]:
    """Yield the lines of each row's longest cell, for the other ones hold numbers and marks."""
    for row in table.rows:
        longest = max(row.cells, key=lambda cell: len(" ".join(lines_in(cell))), default=None)
        if longest is not None:
            yield from placed_lines_in(longest)


def _form_names(part: Part) -> Iterator[str]:
    if part.rest:
        yield from _names_in(part.rest)
    for block in part.body:
        if isinstance(block, Table):
            yield from _names_in_table(block)
        else:
            yield from _names_in(block.text)


def _names_in(text: str) -> Iterator[str]:
    pieces = _SEMICOLON.split(text)
    if not all(FORM_WORDS.match(split_number(piece)[1]) for piece in pieces if piece):
        pieces = [text]
    for piece in pieces:
        for one in _side_by_side(piece):
            if name := form_name(one):
                yield name


def _side_by_side(piece: str) -> list[str]:
    """Part names joined by a stroke, only where the next begins with the same word (a stroke is also in names)."""
    words = split_number(piece)[1].split()
    if not words or (
        FORM_WORDS.match(words[0] + " ") is None and FORM_WORDS.match(" ".join(words[:2])) is None
    ):
        return [piece]
    return re.split(rf"\s*/\s*(?={re.escape(words[0])}\b)", piece)


def _names_in_table(table: Table) -> Iterator[str]:
    columns = read_columns(table, {"name": _FORM_NAMES})
    if columns is None:
        names: Iterable[str] = (
            max((cell.text for cell in row.cells), key=len, default="") for row in table.rows
        )
    else:
        names = (columns.text(row, "name") for row in range(columns.head_rows, len(columns.grid)))
    for name in names:
        if name and (kept := form_name(name) or ""):
            yield kept


def _column_values(flow: Flow, pattern: str) -> Iterator[str]:
    for lines in _column_cells(flow, pattern):
        yield " ".join(line.text for line in lines)


def _column_lines(flow: Flow, pattern: str) -> Iterator[Line]:
    for lines in _column_cells(flow, pattern):
        yield from (replace(line, text=split_number(line.text)[1]) for line in lines)


def _column_cells(flow: Flow, pattern: str) -> Iterator[tuple[Line, ...]]:
    """Yield the cells below the first head that is this item's name, in tables of no other purpose."""
    wanted = re.compile(rf"(?:{pattern})(?: .*)?")
    for block in flow:
        if not isinstance(block, Table):
            continue
        columns = read_columns(block, {"wanted": wanted})
        column = None if columns is None else columns.first("wanted")
        if columns is None or column is None or _OTHER_TABLES.search(fold(" ".join(columns.heads))):
            continue
        for row in range(columns.head_rows, len(columns.grid)):
            slot = columns.grid[row][column]
            if slot is not None and slot.first_row == row and slot.cell.text:
                yield placed_lines_in(slot.cell)

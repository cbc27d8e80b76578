"""Writes one row into the sheet of amendments of a Word file: its next empty row, or a new one like the last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from qms.formats.anatomy.labels import REVISION_COLUMNS
from qms.formats.anatomy.tables import Columns, read_columns
from qms.formats.docx.lines import refuse_protected
from qms.formats.docx.names import VAL, W, parent_of
from qms.formats.docx.words import Words, has_pending_changes, new_run
from qms.formats.text import Table
from qms.model.basis import LineLeft
from qms.model.cover import CoverValues, SheetRow
from qms.model.ids import clean, fold

TAKEN = "Bảng theo dõi sửa đổi đã có dòng cho lần này; nếu cần, hãy sửa dòng đó trong Word."
UNCLEAR = "Không nhận ra chắc chắn các ô của bảng theo dõi sửa đổi; hãy ghi bằng tay trong Word."
_WRAPPERS = (f"{W}sdt", f"{W}sdtContent", f"{W}customXml")
_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_NOT_COPIED = tuple(
    f"{W}{name}"
    for name in (
        "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd", "tblHeader",
    )
)  # fmt: skip
_KINDS = ("summary", "basis", "revision", "day")


@dataclass(frozen=True)
class SheetChange:
    """What changed: paragraphs, or a row that was put behind another; ``cells`` is what the new row says by kind."""

    changed: tuple[etree._Element, ...]
    added: tuple[tuple[etree._Element, etree._Element], ...]
    cells: Mapping[str, str]


def write_row(
    element: etree._Element, table: Table, values: CoverValues, row: SheetRow
) -> SheetChange | None:
    """Write a row; None where it stands there already; raises ``LineLeft``."""
    columns = read_columns(table, REVISION_COLUMNS)
    rows = list(_rows(element))
    if (
        columns is None
        or len(rows) != len(table.rows)
        or any(map(has_pending_changes, element.iter(f"{W}p")))
    ):
        raise LineLeft(reason=UNCLEAR)
    filled = [at for at in range(columns.head_rows, len(rows)) if _is_filled(columns, at)]
    cells = _cells(columns, values, row, filled)
    if len(filled) > row.known:
        own = filled[row.known]
        kept = {kind: columns.text(own, kind) for kind in cells if kind in ("revision", "day")}
        return _grown(rows[own], columns, columns.text(own, "summary"), cells | kept)
    at = filled[-1] + 1 if filled else columns.head_rows
    number = _number(columns, filled, at)
    if at < len(rows):
        return SheetChange(tuple(_fill(rows, at, columns, cells, number)), (), cells)
    model = rows[-1]
    if at == columns.head_rows:
        raise LineLeft(reason=UNCLEAR)
    new = _copy(model)
    parent_of(model).insert(parent_of(model).index(model) + 1, new)
    list(_fill([*rows, new], at, columns, cells, number))
    return SheetChange((), ((model, new),), cells)


def _grown(
    row: etree._Element, columns: Columns, before: str, cells: Mapping[str, str]
) -> SheetChange | None:
    """Write a row of this edition anew whose summary goes on where it ended; raises ``LineLeft`` for any other."""
    if before == cells["summary"]:
        return None
    if not before or not cells["summary"].startswith(before):
        raise LineLeft(reason=TAKEN)
    changed = []
    for kind in ("summary", "basis"):
        column = columns.first(kind)
        cell = None if column is None else _cell(row, column)
        paragraph = None if cell is None else next(cell.iter(f"{W}p"))
        if paragraph is None or not cells[kind]:
            continue
        refuse_protected(paragraph)
        words = Words(paragraph)
        if words.text:
            words.replace(0, len(words.text), cells[kind])
            changed.append(paragraph)
    return SheetChange(tuple(changed), (), cells)


def _cells(columns: Columns, values: CoverValues, row: SheetRow, filled: list[int]) -> dict[str, str]:
    """Return the words of each column that the sheet has."""
    head = fold(columns.heads[columns.first("revision") or 0])
    both = "ban hanh" in head and "sua doi" in head
    issue, revision = f"{values.issue or 0:02d}", f"{values.revision or len(filled) + 1:02d}"
    words = {
        "summary": clean("; ".join(row.summary.splitlines())),
        "basis": clean(row.basis),
        "revision": f"{issue}/{revision}" if both else issue if "ban hanh" in head else revision,
        "day": row.day,
    }
    return {kind: words[kind] for kind in _KINDS if kind in columns.at}


def _is_filled(columns: Columns, at: int) -> bool:
    return any(columns.text(at, kind) for kind in _KINDS)


def _number(columns: Columns, filled: list[int], at: int) -> str:
    """Return the number that the row's first column lacks, written as the row above writes its own."""
    if "no" not in columns.at or (at < len(columns.grid) and columns.text(at, "no")):
        return ""
    above = columns.text(at - 1, "no") if filled or at > columns.head_rows else ""
    match = re.match(r"(\d+)(\.?)$", above)
    if match is None:
        return "" if above or filled else "1"
    return f"{int(match[1]) + 1:0{len(match[1])}d}{match[2]}"


def _fill(
    rows: list[etree._Element], at: int, columns: Columns, cells: Mapping[str, str], number: str
) -> Iterator[etree._Element]:
    for kind, words in ({"no": number} | dict(cells)).items():
        column = columns.first(kind)
        cell = None if column is None else _cell(rows[at], column)
        if not words:
            continue
        if cell is None:
            raise LineLeft(reason=UNCLEAR)
        paragraph = next(cell.iter(f"{W}p"))
        refuse_protected(paragraph)
        paragraph.append(new_run(_look(rows, at, column or 0), words))
        yield paragraph


def _look(rows: list[etree._Element], at: int, column: int) -> etree._Element | None:
    """Return how words of a column look: as its cell says for words to come, else as in a row above or the head."""
    own = _cell(rows[at], column)
    mark = None if own is None else next(own.iter(f"{W}p")).find(f"{W}pPr/{W}rPr")
    if mark is not None and len(mark):
        return _plain(mark)
    for row in reversed(rows[:at]):
        cell = _cell(row, column)
        for run in () if cell is None else cell.iter(f"{W}r"):
            properties = run.find(f"{W}rPr")
            if properties is not None and run.find(f"{W}t") is not None:
                found = _plain(properties)
                if row is rows[0]:
                    for bold in [*found.findall(f"{W}b"), *found.findall(f"{W}bCs")]:
                        found.remove(bold)
                return found
    return None


def _plain(properties: etree._Element) -> etree._Element:
    found = deepcopy(properties)
    found.tail = None
    for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange"):
        for one in found.findall(f"{W}{name}"):
            found.remove(one)
    return found


def _copy(model: etree._Element) -> etree._Element:
    """Return a row like the last one without its words."""
    new = deepcopy(model)
    new.tail = None
    for unwanted in [*new.iter(*_NOT_COPIED)]:
        parent_of(unwanted).remove(unwanted)
    for cell in new.iter(f"{W}tc"):
        first, *others = cell.findall(f"{W}p")
        for other in others:
            cell.remove(other)
        look = next(
            (run.find(f"{W}rPr") for run in first.iter(f"{W}r") if run.find(f"{W}rPr") is not None), None
        )
        for child in [child for child in first if child.tag != f"{W}pPr"]:
            first.remove(child)
        _keep_look(first, look)
    for one in new.iter(f"{W}tr", f"{W}p"):
        for name in [name for name in one.attrib if str(name).startswith(_WORD_2010)]:
            del one.attrib[name]
    return new


def _keep_look(paragraph: etree._Element, look: etree._Element | None) -> None:
    """Have an emptied paragraph remember how its words looked."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    if look is not None and properties.find(f"{W}rPr") is None:
        place = next((at for at, one in enumerate(properties) if one.tag in _AFTER_LOOK), len(properties))
        properties.insert(place, _plain(look))


_AFTER_LOOK = (f"{W}sectPr", f"{W}pPrChange")


def _rows(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == f"{W}tr":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _rows(child)


def _cell(row: etree._Element, column: int) -> etree._Element | None:
    """Return the cell that begins at a column of the grid, None for one that continues the cell above."""
    at = _count(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for cell in row.iter(f"{W}tc"):
        if next(cell.iterancestors(f"{W}tr")) is not row:
            continue
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        if at == column:
            return None if merge is not None and merge.get(VAL) != "restart" else cell
        at += _count(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
    return None


def _count(element: etree._Element | None, otherwise: int) -> int:
    text = "" if element is None else element.get(VAL, "")
    return int(text) if text.isdecimal() else otherwise

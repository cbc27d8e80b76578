"""A text as the typesetter takes it: what belongs on the cover, then the body, as plain JSON values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from qms.formats.press.sheet import Sheet
from qms.formats.refusals import TooLongToPrint
from qms.formats.text import Block, Heading, Table, Text, lines_of
from qms.model.ids import fold, fold_code

MAX_COLUMNS = 40
"""A wider table cannot be read on paper as one: each row is printed as a paragraph, so that no word is lost."""
MAX_PIECES = 10_000
"""Paragraphs and cells of one print; measured: 20,000 are laid out within 1 GiB, some 300 pages."""
NARROW, WIDE = 4, 60
"""Characters that a column is at least and at most counted for, when columns share the width of the page."""

_CODE_LABELS = frozenset({"ma hieu", "ma so", "ma hieu tai lieu", "ky hieu"})
_ANSWERS = frozenset({"soan thao", "nguoi soan thao", "nguoi viet", "bien soan"})

Plain = dict[str, Any]


def laid_out(text: Text, sheet: Sheet) -> Plain:
    """Return cover blocks, body blocks, footnotes, and whether the text tells itself who answers for it.

    Title and code of the master's own cover are left out where they say what the printed cover says already. Raises
    ``TooLongToPrint``.
    """
    pieces = sum(map(_pieces, text.blocks))
    if pieces > MAX_PIECES:
        raise TooLongToPrint(count=pieces, limit=MAX_PIECES)
    front, body = _parted(text.blocks)
    kept = [block for block in front if not _told_by_sheet(block, sheet)]
    words = {fold(line) for block in front if isinstance(block, Table) for line in lines_of((block,))}
    return {
        "front": [_plain(block) for block in kept],
        "body": [_plain(block) for block in body],
        "notes": [{"mark": note.mark, "blocks": _all(note.blocks)} for note in text.footnotes],
        "tells_answers": bool(words & _ANSWERS),
    }


def _pieces(block: Block) -> int:
    return sum(len(row.cells) for row in block.rows) if isinstance(block, Table) else 1


def _parted(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """Part what stands before the first section from the rest; a text without sections is all body."""
    for at, block in enumerate(blocks):
        if isinstance(block, Heading) and (block.level > 1 or at > 0):
            return blocks[:at], blocks[at:]
    first = 1 if blocks and isinstance(blocks[0], Heading) else 0
    return blocks[:first], blocks[first:]


def _told_by_sheet(block: Block, sheet: Sheet) -> bool:
    if isinstance(block, Table):
        words = list(lines_of((block,)))
        is_cover = any(fold(word).rstrip() in _CODE_LABELS for word in words)
        return is_cover and any(fold_code(word) == fold_code(sheet.code) for word in words)
    said = fold(block.text)
    return isinstance(block, Heading) and said in (fold(sheet.title), fold(f"{sheet.kind} {sheet.title}"))


def _all(blocks: Iterable[Block]) -> list[Plain]:
    return [_plain(block) for block in blocks]


def _plain(block: Block) -> Plain:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": block.shown}
    return {
        "kind": "paragraph",
        "number": block.number,
        "lines": block.text.split("\n"),
        "bold": block.bold,
        "centred": block.centred,
        "notes": list(block.notes),
    }


def _paragraph(lines: Sequence[str]) -> Plain:
    return {
        "kind": "paragraph",
        "number": "",
        "lines": list(lines),
        "bold": False,
        "centred": False,
        "notes": [],
    }


def _table(table: Table) -> Plain:
    grid = table.grid()
    columns = len(grid[0]) if grid else 0
    if columns > MAX_COLUMNS:
        return _paragraph([" | ".join(cell.text for cell in row.cells) for row in table.rows])
    cells: list[Plain] = []
    for at, row in enumerate(grid):
        for column, slot in enumerate(row):
            if slot is not None and (slot.first_row, slot.first_column) == (at, column):
                cells.append(
                    {
                        "x": column,
                        "y": at,
                        "colspan": slot.cell.colspan,
                        "rowspan": min(slot.cell.rowspan, len(grid) - at),
                        "blocks": _all(slot.cell.blocks),
                    }
                )
    return {
        "kind": "table",
        "rows": len(grid),
        "columns": _widths(table, columns),
        "header": _header_rows(table),
        "cells": cells,
    }


def _header_rows(table: Table) -> int:
    """Return how many rows are repeated on each page; in Markdown the first row of a table is its head."""
    count = 1
    while count < len(table.rows) and table.rows[count].header:
        count += 1
    # a header row whose cells reach into the body cannot be repeated apart from it
    reach = max(
        (at + cell.rowspan for at, row in enumerate(table.rows[:count]) for cell in row.cells), default=0
    )
    return count if reach <= count < len(table.rows) else 0


def _widths(table: Table, columns: int) -> list[float]:
    """Return shares of the width: as many characters as a column's longest line, within bounds."""
    longest = [NARROW] * columns
    for at, row in enumerate(table.grid()):
        for column, slot in enumerate(row):
            if slot is None or slot.cell.colspan > 1 or (slot.first_row, slot.first_column) != (at, column):
                continue
            words = [len(word) for line in lines_of(slot.cell.blocks) for word in line.split()]
            lines = [len(line) for line in lines_of(slot.cell.blocks)]
            wanted = max([*words, min(max(lines, default=0), WIDE)], default=0)
            longest[column] = max(longest[column], min(wanted, WIDE))
    return [float(count + 2) for count in longest]

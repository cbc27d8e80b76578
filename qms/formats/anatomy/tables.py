"""Tables inside a document: which column is which, by the words of its head."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from qms.formats.text import Slot, Table
from qms.model.ids import fold

Grid = tuple[tuple[Slot | None, ...], ...]
_MOST_HEAD_ROWS = 4


@dataclass(frozen=True)
class Columns:
    """A table with known columns: ``at`` says for each kind which columns, ``head_rows`` how many rows are head."""

    grid: Grid
    head_rows: int
    at: Mapping[str, tuple[int, ...]]
    heads: tuple[str, ...]

    def first(self, kind: str) -> int | None:
        """Return the first column of a kind."""
        columns = self.at.get(kind)
        return columns[0] if columns else None

    def text(self, row: int, kind: str) -> str:
        """Return the words in the first column of a kind, '' when there is none."""
        column = self.first(kind)
        return "" if column is None else text_at(self.grid, row, column)


def text_at(grid: Grid, row: int, column: int) -> str:
    """Return the words that stand in one place of a grid."""
    slot = grid[row][column] if column < len(grid[row]) else None
    return "" if slot is None else slot.cell.text


def read_columns(table: Table, patterns: Mapping[str, re.Pattern[str]], start: int = 0) -> Columns | None:
    """Return the columns of a table whose head begins in row ``start``; None if no head cell is known."""
    grid = table.grid()
    if start >= len(grid):
        return None
    height = _head_height(grid, start)
    heads = tuple(_head(grid, start, height, column) for column in range(len(grid[start])))
    at: dict[str, list[int]] = {}
    for column, head in enumerate(heads):
        kind = _kind(head, patterns)
        if kind is not None:
            at.setdefault(kind, []).append(column)
    if not at:
        return None
    return Columns(
        grid, start + height, {kind: _distinct(grid, start, columns) for kind, columns in at.items()}, heads
    )


def _distinct(grid: Grid, start: int, columns: list[int]) -> tuple[int, ...]:
    """Drop columns that one head cell covers only because it spans, when the rows below span them too."""
    kept: list[int] = []
    for column in columns:
        if kept and all(
            row[column] is not None and column < len(row) and row[column] == row[kept[-1]]
            for row in grid[start:]
        ):
            continue
        kept.append(column)
    return tuple(kept)


def _head_height(grid: Grid, start: int) -> int:
    spans = [slot.cell.rowspan for slot in grid[start] if slot is not None and slot.cell.text]
    height = max(spans, default=1)
    if height == 1 or len({slot.cell.rowspan for slot in grid[start] if slot is not None}) == 1:
        return 1 if height == 1 else min(height, _MOST_HEAD_ROWS)
    return min(height, _MOST_HEAD_ROWS, len(grid) - start)


def _head(grid: Grid, start: int, height: int, column: int) -> str:
    words: list[str] = []
    for row in grid[start : start + height]:
        slot = row[column]
        if slot is not None and slot.cell.text and slot.cell.text not in words:
            words.append(slot.cell.text)
    return " | ".join(words)


def _kind(head: str, patterns: Mapping[str, re.Pattern[str]]) -> str | None:
    parts = [fold(part) for part in (head, *head.split(" | "))]
    return next(
        (kind for kind, pattern in patterns.items() if any(pattern.fullmatch(part) for part in parts)), None
    )

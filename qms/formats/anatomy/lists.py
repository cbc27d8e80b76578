"""The small tables: records to keep, amendments, who drafted, reviewed and approved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from qms.formats.anatomy.labels import (
    APPROVAL_ROLES,
    POSITION_LABEL,
    POSITION_PREFIX,
    POSITION_START,
    RECORD_COLUMNS,
    REVISION_COLUMNS,
)
from qms.formats.anatomy.lines import Flow, Line, lines_in
from qms.formats.anatomy.outline import Outline
from qms.formats.anatomy.tables import Columns, Grid, read_columns, text_at
from qms.formats.anatomy.values import Record, RevisionRow
from qms.formats.text import Table
from qms.model.ids import fold

_KEPT_AT = re.compile(
    r"^(?P<name>.*?)\s*(?:được )?lưu (?:trữ )?tại (?P<keeper>[^;.]+?)"
    r"(?:[,;]? (?:trong )?(?:thời (?:gian|hạn) lưu(?: trữ)?:? )(?P<retention>[^;.]+))?(?:[;.].*)?$",
    re.IGNORECASE,
)
_KEEPING = re.compile(r"\bluu\b(?! do\b)")
_ALL_OF_THEM = re.compile(r"(?:cac )?ho so(?: (?:tren|nay))?")


def read_records(outline: Outline, flow: Flow) -> tuple[Record, ...]:
    """Return the records to keep: rows of the records table, or the lines of that section."""
    section = outline.section("records")
    places = section.body if section is not None else flow
    for block in places:
        if isinstance(block, Table) and (columns := _record_columns(block)) is not None:
            return tuple(_records(columns))
    return _listed_records(section.body) if section is not None else ()


def read_revision_rows(flow: Flow) -> tuple[RevisionRow, ...]:
    """Return the filled rows of the sheet of amendments; a row with only its number is empty."""
    for block in flow:
        if not isinstance(block, Table):
            continue
        columns = _revision_columns(block)
        if columns is None:
            continue
        rows = (_revision_row(columns, row) for row in range(columns.head_rows, len(columns.grid)))
        return tuple(row for row in rows if any((row.summary, row.basis, row.revision, row.day)))
    return ()


def is_revision_sheet(table: Table) -> bool:
    """Tell whether a table is the sheet of amendments (its dates and numbers are no cover)."""
    return _revision_columns(table) is not None


def read_roles(flow: Flow) -> dict[str, str]:
    """Return the positions of who drafted, reviewed and approved, from the approval table."""
    for block in flow:
        if isinstance(block, Table):
            roles = _roles_in(block)
            if roles:
                return roles
    return {}


def _revision_columns(table: Table) -> Columns | None:
    columns = read_columns(table, REVISION_COLUMNS)
    return columns if columns is not None and {"summary", "revision"} <= set(columns.at) else None


def _record_columns(table: Table) -> Columns | None:
    columns = read_columns(table, RECORD_COLUMNS)
    if columns is None or "name" not in columns.at or not {"keeper", "retention"} & set(columns.at):
        return None
    return columns if _KEEPING.search(fold(" ".join(columns.heads))) else None


def _records(columns: Columns) -> Iterator[Record]:
    for row in range(columns.head_rows, len(columns.grid)):
        name = columns.text(row, "name")
        if name:
            yield Record(name, columns.text(row, "keeper"), columns.text(row, "retention"))


def _listed_records(body: Flow) -> tuple[Record, ...]:
    found: list[Record] = []
    for block in body:
        if not isinstance(block, Line) or not block.text:
            continue
        match = _KEPT_AT.match(block.text)
        if match is None:
            found.append(Record(block.text.rstrip(" ;.")))
            continue
        keeper, retention = match["keeper"].strip(" ,"), (match["retention"] or "").strip(" ,")
        if found and _ALL_OF_THEM.fullmatch(fold(match["name"])):
            found = [one if one.keeper else replace(one, keeper=keeper, retention=retention) for one in found]
        else:
            found.append(Record(match["name"].strip(" ,;"), keeper, retention))
    return tuple(found)


def _revision_row(columns: Columns, row: int) -> RevisionRow:
    return RevisionRow(
        summary=columns.text(row, "summary"),
        basis=columns.text(row, "basis"),
        revision=columns.text(row, "revision"),
        day=columns.text(row, "day"),
    )


def _roles_in(table: Table) -> dict[str, str]:
    grid = table.grid()
    places: dict[str, tuple[int, int]] = {}
    positions: list[tuple[int, int]] = []
    for row, slots in enumerate(grid):
        for column in range(len(slots)):
            folded = fold(text_at(grid, row, column))
            if POSITION_LABEL.fullmatch(folded):
                positions.append((row, column))
            role = next((role for role, pattern in APPROVAL_ROLES.items() if pattern.fullmatch(folded)), None)
            if role is not None:
                places.setdefault(role, (row, column))
    if len(places) < 2:
        return {}
    if positions:
        found = _beside_label(grid, places, positions[0])
    else:
        found = {role: _position_below(grid, row, column) for role, (row, column) in places.items()}
    return {role: words for role, words in found.items() if words}


def _beside_label(
    grid: Grid, places: Mapping[str, tuple[int, int]], label: tuple[int, int]
) -> dict[str, str]:
    at_row, at_column = label
    across = len({row for row, _ in places.values()}) == 1
    return {
        role: POSITION_PREFIX.sub(
            "", text_at(grid, at_row, column) if across else text_at(grid, row, at_column)
        )
        for role, (row, column) in places.items()
    }


def _position_below(grid: Grid, row: int, column: int) -> str:
    """Return the first words below a role that are a position: this table has no row that is called so."""
    for below in range(row + 1, len(grid)):
        slot = grid[below][column] if column < len(grid[below]) else None
        for line in () if slot is None else lines_in(slot.cell):
            if POSITION_START.match(fold(line)):
                return line
    return ""

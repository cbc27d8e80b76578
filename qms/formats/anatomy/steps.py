"""The step tables: who does what in which time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from qms.formats.anatomy.labels import STEP_COLUMNS
from qms.formats.anatomy.lines import Flow, Line, split_number
from qms.formats.anatomy.tables import Columns, read_columns, text_at
from qms.formats.anatomy.values import Step
from qms.formats.text import Table
from qms.model.ids import fold

_KEEPING = re.compile(r"\bluu\b(?! do\b)")
_TOTAL = re.compile(r"tong\b(?! hop)|cong(?: cong)?$")
_NUMBER = re.compile(r"(?:[Bb](?:ước)?\s*)?\d{1,2}[.)]?")
_NUMBER_BEFORE = re.compile(r"(?P<no>B(?:ước)?\s*\d{1,2}|\d{1,2})\s*[.:)]\s*(?=[^\W\d_])", re.IGNORECASE)
_HEAD_ROWS_SEARCHED = 3


def read_steps(flow: Flow) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """Return the steps of all step tables in order, and the heads of the first one's time columns."""
    tables = [(_case_before(flow, at), columns) for at, columns in step_tables(flow)]
    steps: list[Step] = []
    for case, columns in tables:
        steps.extend(_steps(columns, case if len(tables) > 1 else ""))
    heads = tables[0][1] if tables else None
    time_heads = () if heads is None else tuple(heads.heads[column] for column in heads.at.get("time", ()))
    return tuple(steps), time_heads


def read_total(flow: Flow) -> str | None:
    """Return the time in the total row of the first step table that has one."""
    for _, columns in step_tables(flow):
        column = columns.first("time")
        for row in range(columns.head_rows, len(columns.grid)):
            if column is not None and _is_total(columns, row):
                total = text_at(columns.grid, row, column)
                return None if not total or _TOTAL.match(fold(total)) else total
    return None


def step_tables(flow: Flow) -> Iterator[tuple[int, Columns]]:
    """Yield each step table with its place in the flow."""
    for at, block in enumerate(flow):
        if isinstance(block, Table):
            columns = _step_columns(block)
            if columns is not None:
                yield at, columns


def _step_columns(table: Table) -> Columns | None:
    for start in range(min(_HEAD_ROWS_SEARCHED, len(table.rows))):
        columns = read_columns(table, STEP_COLUMNS, start)
        if columns is None or _KEEPING.search(fold(" ".join(columns.heads))):
            continue
        columns = _with_action(_with_numbers(columns))
        known = set(columns.at)
        if "action" in known and len(known & {"responsible", "time", "no"}) >= 2:
            return columns
    return None


def _with_numbers(columns: Columns) -> Columns:
    """Take the first column for the numbers when its cells hold numbers though its head is empty, misspelt or broad.

    "Các bước" heads numbers in one paper and what is done in another.
    """
    first = next((kind for kind, places in columns.at.items() if 0 in places), None)
    actions = columns.at.get("action", ())
    if "no" in columns.at or (first is not None and (first != "action" or len(actions) < 2)):
        return columns
    cells = [text_at(columns.grid, row, 0) for row in range(columns.head_rows, len(columns.grid))]
    if not cells or 2 * sum(bool(_NUMBER.fullmatch(cell)) for cell in cells) < len(cells):
        return columns
    others = {"action": tuple(column for column in actions if column)} if actions else {}
    return replace(columns, at={**columns.at, **others, "no": (0,)})


def _with_action(columns: Columns) -> Columns:
    """Take the wordiest column without another purpose for what is done, when no head says so.

    "Bước | Bộ phận giải quyết | Trách nhiệm thực hiện | Thời gian": the third tells what the second does.
    """
    if "action" in columns.at or not {"time", "responsible"} <= set(columns.at):
        return columns
    kept = {places[0] for places in columns.at.values()} | set(columns.at["time"])
    free = [column for column in range(len(columns.heads)) if column not in kept]
    best = max(free, key=lambda column: _words_below(columns, column), default=None)
    if best is None or not _words_below(columns, best):
        return columns
    others = {kind: tuple(one for one in places if one != best) for kind, places in columns.at.items()}
    return replace(columns, at={**others, "action": (best,)})


def _words_below(columns: Columns, column: int) -> int:
    rows = range(columns.head_rows, len(columns.grid))
    return sum(len(text_at(columns.grid, row, column).split()) for row in rows)


def _case_before(flow: Flow, at: int) -> str:
    for block in reversed(flow[max(0, at - 4) : at]):
        if isinstance(block, Line) and block.number and not block.bulleted and not block.rest:
            return block.number
    return ""


def _steps(columns: Columns, case: str) -> Iterator[Step]:
    group = case
    for row in range(columns.head_rows, len(columns.grid)):
        if _is_head_again(columns, row):
            continue
        only = _only_text(columns, row)
        if only is not None:
            group = split_number(only)[0] or only if only and not _TOTAL.match(fold(only)) else group
            continue
        if _is_total(columns, row) or not columns.text(row, "action"):
            continue
        yield _step(columns, row, group)


def _step(columns: Columns, row: int, case: str) -> Step:
    action_column = columns.first("action")
    responsible_column = columns.first("responsible")
    cells = columns.grid[row]
    action = cells[action_column] if action_column is not None else None
    responsible = (
        "" if _same(columns, row, action_column, responsible_column) else columns.text(row, "responsible")
    )
    result_column = columns.first("result")
    result = "" if _same(columns, row, action_column, result_column) else columns.text(row, "result")
    times = tuple(text_at(columns.grid, row, column) for column in columns.at.get("time", ()))
    time_column = columns.first("time")
    time_slot = cells[time_column] if time_column is not None else None
    return Step(
        no=_number_of(columns, row),
        action=action.cell.text if action is not None else "",
        responsible=responsible,
        time=times[0] if times else "",
        times=times,
        time_merged=time_slot is not None and time_slot.cell.rowspan > 1,
        result=result,
        case=case,
        no_merged=_continues(columns, row, columns.first("no")),
        times_repeated=tuple(
            at for at, column in enumerate(columns.at.get("time", ())) if _continues(columns, row, column)
        ),
    )


def _number_of(columns: Columns, row: int) -> str | None:
    if "no" in columns.at:
        return columns.text(row, "no").rstrip(".)") or None
    match = _NUMBER_BEFORE.match(columns.text(row, "action"))
    return None if match is None else match["no"]


def _continues(columns: Columns, row: int, column: int | None) -> bool:
    slot = columns.grid[row][column] if column is not None else None
    return slot is not None and slot.first_row != row


def _same(columns: Columns, row: int, one: int | None, other: int | None) -> bool:
    if one is None or other is None:
        return False
    cells = columns.grid[row]
    return cells[one] is not None and cells[one] == cells[other]


def _only_text(columns: Columns, row: int) -> str | None:
    """Return the text of a row that one cell covers, which parts the table into cases; else None."""
    slots = {(slot.first_row, slot.first_column) for slot in columns.grid[row] if slot is not None}
    return text_at(columns.grid, row, 0) if len(slots) == 1 and len(columns.grid[row]) > 1 else None


def _is_head_again(columns: Columns, row: int) -> bool:
    action = columns.first("action")
    return action is not None and fold(text_at(columns.grid, row, action)) == fold(columns.heads[action])


def _is_total(columns: Columns, row: int) -> bool:
    texts = {text_at(columns.grid, row, column) for column in range(len(columns.grid[row]))}
    return any(_TOTAL.match(fold(text)) and len(text) < 60 for text in texts)

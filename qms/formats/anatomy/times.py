"""Where the times of the steps and the time limit do not fit together, or leave open what they count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from qms.formats.anatomy.lines import Flow, Line
from qms.formats.anatomy.outline import Outline
from qms.formats.anatomy.steps import step_tables
from qms.formats.anatomy.tables import Columns, text_at
from qms.formats.anatomy.values import Anatomy, Doubt, Step
from qms.model.durations import read_days
from qms.model.enums import WarningCode
from qms.model.ids import fold

_AT_MOST = re.compile(r"(?:khong qua|toi da)\b")
_BARE_NUMBER = re.compile(r"-?\s*(?:\d{1,3}(?:[.,]\d{1,2}|\s*/\s*\d{1,2})?|\d?\s*[½¼¾])")
_UNIT = re.compile(r"\b(?:ngày|giờ|phút|buổi|tuần|tháng)\b", re.IGNORECASE)
_DAYS = re.compile(
    r"\b(?P<count>\d{1,3}(?:[.,]\d{1,2})?)\s*(?:\([^()]*\)\s*)?ngày(?P<working>\s+làm việc)?(?!\s*\d)",
    re.IGNORECASE,
)


def time_doubts(anatomy: Anatomy, outline: Outline, flow: Flow) -> Iterator[Doubt]:
    """Yield what is missing, what has no unit, what mixes units and what does not add up."""
    yield from _sums(anatomy)
    yield from _units(anatomy, outline)
    for _, columns in step_tables(flow):
        if doubt := _empty_column(columns):
            yield doubt
            break


def _units(anatomy: Anatomy, outline: Outline) -> Iterator[Doubt]:
    without = [
        step.no or f"«{step.action[:40]}»"
        for step in anatomy.steps
        if any(map(_has_no_unit, step.times, anatomy.step_time_columns))
    ]
    if without:
        message = f"Thời gian không ghi đơn vị (ngày hay giờ) ở bước: {', '.join(dict.fromkeys(without))}."
        yield Doubt(WarningCode.STEP_TIME_WITHOUT_UNIT, message)
    stated = [*_DAYS.finditer(_limit_text(outline)), *_DAYS.finditer(" ; ".join(anatomy.step_time_columns))]
    working = _once(match["count"] for match in stated if match["working"])
    plain = _once(match["count"] for match in stated if not match["working"])
    if working and plain:
        message = f"Thời hạn ghi lẫn ngày làm việc ({', '.join(working)}) và ngày ({', '.join(plain)})."
        yield Doubt(WarningCode.TIME_UNITS_MIXED, message)
    elif plain:
        message = f"Thời hạn ghi {', '.join(plain)} ngày, không nói rõ có phải ngày làm việc không."
        yield Doubt(WarningCode.TIME_UNIT_UNCLEAR, message)


def _once(counts: Iterable[str]) -> list[str]:
    """Return counts of days as first written, each once (``03`` and ``3`` are the same)."""
    found: dict[str, str] = {}
    for count in counts:
        found.setdefault(count.lstrip("0"), count)
    return list(found.values())


def _has_no_unit(time: str, head: str) -> bool:
    return _BARE_NUMBER.fullmatch(time) is not None and not _UNIT.search(head)


def _limit_text(outline: Outline) -> str:
    part = outline.item("time_limit")
    if part is None:
        return ""
    return " ; ".join([part.rest, *(block.text for block in part.body if isinstance(block, Line))])


def _empty_column(columns: Columns) -> Doubt | None:
    """Return a doubt about a column of a step table that nothing names."""
    for column, head in enumerate(columns.heads):
        if head or any(column in places for places in columns.at.values()):
            continue
        cells = [text_at(columns.grid, row, column) for row in range(columns.head_rows, len(columns.grid))]
        what = "không có tên" if any(cells) else "để trống"
        return Doubt(WarningCode.STEP_COLUMN_EMPTY, f"Bảng các bước: cột thứ {column + 1} {what}.")
    return None


def _sums(anatomy: Anatomy) -> Iterator[Doubt]:
    without = [step.no or f"«{step.action[:40]}»" for step in anatomy.steps if not step.time]
    if anatomy.step_time_columns and without:
        message = f"Chưa ghi thời gian ở bước: {', '.join(without)}."
        yield Doubt(WarningCode.STEP_TIME_MISSING, message)
    if len({step.case for step in anatomy.steps}) > 1:
        return
    for column, head in enumerate(anatomy.step_time_columns):
        total = None if _in_hours(head) else _total(anatomy.steps, column)
        stated, source = _stated(anatomy, head)
        if total is None or stated is None or total == stated:
            continue
        if total < stated and source and _AT_MOST.search(fold(source)):
            continue
        where = head or "thời hạn giải quyết"
        message = f"Cộng các bước được {_days(total)} ngày, trong khi ghi {_days(stated)} ngày ({where})."
        yield Doubt(WarningCode.STEP_TIME_TOTAL, message)


def _stated(anatomy: Anatomy, head: str) -> tuple[Fraction | None, str]:
    from_head = read_days(head.rpartition(":")[2].rpartition("(")[2].rpartition("|")[2].rstrip(" )"))
    if from_head is not None:
        return from_head, head
    if len(anatomy.step_time_columns) == 1 and anatomy.time_limit:
        return read_days(anatomy.time_limit), anatomy.time_limit
    return None, ""


def _in_hours(head: str) -> bool:
    return "giờ" in head.lower() and "ngày" not in head.lower()


def _total(steps: Sequence[Step], column: int) -> Fraction | None:
    total = Fraction(0)
    for step in steps:
        if column in step.times_repeated:
            continue
        text = step.times[column]
        days = read_days(text) if text else Fraction(0)
        if days is None:
            return None
        total += days
    return total if steps else None


def _days(count: Fraction) -> str:
    return str(count) if count.denominator == 1 else f"{float(count):g}".replace(".", ",")

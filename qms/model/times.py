"""Three times side by side (``domain.md`` §8.7): what is published, the internal process, the total of the ISO steps.

Pure. A commune may not take longer than what is published (Decree 63/2010/NĐ-CP art. 8 makes the limit a mandatory
part of a procedure), nor lengthen the province's internal process alone. A time that several steps share counts once;
what cannot be added up says so. Times are in days of 8 hours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from qms.model.durations import Duration, Limit, Unread, in_words, read_duration, read_limit
from qms.model.ids import fold


class TimesVerdict(StrEnum):
    """What comes of comparing times; the gravest first."""

    EXCEEDS = "exceeds"
    DIFFERS = "differs"
    SAME = "same"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class StepCell:
    """The time of one step in one column; ``repeated`` where the cell is that of a row above, ``part`` of the table."""

    step: str
    text: str
    repeated: bool = False
    part: str = ""


@dataclass(frozen=True)
class StepColumn:
    """One time column of the step table: its head (which may state the unit and the case) and its cells."""

    head: str
    cells: tuple[StepCell, ...]


@dataclass(frozen=True)
class Total:
    """The steps of one column, of one part of the table, added up; ``doubts`` say what was not.

    ``days`` is None where nothing could be added; ``whole`` is False where a part of the sum is missing.
    """

    head: str
    part: str
    days: Fraction | None
    whole: bool
    doubts: tuple[str, ...] = ()
    steps: int = 0


@dataclass(frozen=True)
class TimesFinding:
    """One thing that the comparison says, in a sentence."""

    verdict: TimesVerdict
    sentence: str


@dataclass(frozen=True)
class ThreeTimes:
    """The three times of one procedure, the document's own statement, and what comparing them says."""

    published: Limit
    internal: Limit
    stated: Limit
    totals: tuple[Total, ...]
    findings: tuple[TimesFinding, ...]

    @property
    def verdict(self) -> TimesVerdict:
        """Return the gravest finding; unknown where nothing could be compared."""
        found = {finding.verdict for finding in self.findings}
        return next((verdict for verdict in TimesVerdict if verdict in found), TimesVerdict.UNKNOWN)


def three_times(
    published: str, internal: str, stated: str, columns: Sequence[StepColumn], *, abolished: bool = False
) -> ThreeTimes:
    """Compare the published limit, the internal process, the document's own statement and the sum of its steps."""
    public, inside, own = read_limit(published), read_limit(internal), read_limit(stated)
    totals = tuple(total for column in columns for total in add_up(column))
    # one sum needs no name
    named = totals if len(totals) > 1 else tuple(replace(total, head="") for total in totals)
    findings: list[TimesFinding] = []
    if not abolished:
        findings.extend(_against_published(public, named, own, inside))
        findings.extend(_against_internal(inside, named))
    return ThreeTimes(public, inside, own, totals, tuple(findings))


def add_up(column: StepColumn) -> list[Total]:
    """Return the sums of a column, one for each case; a shared cell counts once.

    Parts of a table whose steps are numbered on are phases of one way and are added together; parts that begin again
    at step 1 are cases, each with its own sum.
    """
    parts = dict.fromkeys(cell.part for cell in column.cells)
    if len(parts) > 1 and not _begin_again(column.cells):
        return [_sum(column.head, "", column.cells)]
    return [_sum(column.head, part, [cell for cell in column.cells if cell.part == part]) for part in parts]


def _begin_again(cells: Sequence[StepCell]) -> bool:
    """Tell whether a step number stands in two parts."""
    where: dict[str, str] = {}
    return any(where.setdefault(fold(cell.step), cell.part) != cell.part for cell in cells)


def _sum(head: str, part: str, cells: Sequence[StepCell]) -> Total:
    hours = "giờ" in head.lower() and "ngày" not in head.lower()
    counted, doubts = Fraction(0), list[str]()
    read = 0
    whole = True
    for cell in cells:
        if cell.repeated:
            continue
        time = read_duration(cell.text, hours=hours)
        if isinstance(time, Duration):
            counted, read = counted + time.days, read + 1
            continue
        whole = whole and time is Unread.NOT_COUNTED
        doubts.append(_WHY[time].format(step=_named(cell.step), text=cell.text))
    return Total(head, part, counted if read else None, whole, tuple(doubts), len(cells))


def _named(step: str) -> str:
    return step if fold(step).startswith("buoc") else f"Bước {step}"


_WHY = {
    Unread.NOTHING: "{step} chưa ghi thời gian.",
    Unread.WITHIN_DAY: "{step} ghi «{text}», không cộng được.",
    Unread.NOT_COUNTED: "{step} ghi «{text}» nên không tính vào tổng.",
    Unread.NO_UNIT: "{step} ghi «{text}», không rõ đơn vị.",
    Unread.LONGER_UNIT: "{step} ghi «{text}», không quy ra ngày được.",
    Unread.WORDS: "{step} ghi «{text}», không cộng được.",
}
_WHY_LIMIT = {
    Unread.NOTHING: "Chưa có thời hạn công bố để so.",
    Unread.WITHIN_DAY: "Thời hạn công bố là trong ngày, không phải số ngày: hãy tự đối chiếu.",
    Unread.NO_UNIT: "Thời hạn công bố «{text}» không ghi đơn vị ngày hay giờ: hãy tra lại quyết định công bố.",
    Unread.LONGER_UNIT: "Thời hạn công bố «{text}» tính theo tuần, tháng hoặc năm, không quy ra ngày được.",
    Unread.NOT_COUNTED: "Thời hạn công bố «{text}» không phải số ngày.",
    Unread.WORDS: "Thời hạn công bố «{text}» không đọc được thành số ngày.",
}


def _against_published(
    published: Limit, totals: Sequence[Total], stated: Limit, internal: Limit
) -> Iterator[TimesFinding]:
    if published.unread is Unread.WITHIN_DAY and any(total.days is not None for total in totals):
        yield from _against_a_day(totals)
        return
    if published.unread is not None:
        yield TimesFinding(
            TimesVerdict.UNKNOWN, _WHY_LIMIT[published.unread].format(text=published.text[:80])
        )
        return
    yield from _totals_against(published, totals, "thời hạn công bố", TimesVerdict.EXCEEDS)
    yield from _said_against(stated, published, "Tài liệu ghi thời hạn")
    yield from _said_against(internal, published, "Quy trình nội bộ ghi")
    if stated.values and {v.working for v in stated.values} != {v.working for v in published.values}:
        sentence = "Công bố và tài liệu dùng đơn vị khác nhau (ngày làm việc, ngày): hãy đối chiếu."
        yield TimesFinding(TimesVerdict.UNKNOWN, sentence)


def _against_internal(internal: Limit, totals: Sequence[Total]) -> Iterator[TimesFinding]:
    if internal.values:
        yield from _totals_against(internal, totals, "quy trình nội bộ", TimesVerdict.DIFFERS)


def _against_a_day(totals: Sequence[Total]) -> Iterator[TimesFinding]:
    """Compare sums with «trong ngày»: one working day at most; other cases of the table have no limit of their own."""
    first, *others = [total for total in totals if total.days is not None]
    if (first.days or 0) > 1:
        yield _finding(TimesVerdict.EXCEEDS, first, "vượt thời hạn công bố (trong ngày)")
    elif first.whole:
        yield _finding(TimesVerdict.SAME, first, "không quá thời hạn công bố (trong ngày)")
    else:
        yield _finding(TimesVerdict.UNKNOWN, first, "chưa cộng đủ để so với thời hạn công bố (trong ngày)")
    yield from _without_limit(others, "thời hạn công bố")


def _without_limit(totals: Sequence[Total], name: str) -> Iterator[TimesFinding]:
    for total in totals:
        case = f"«{total.part or total.head}»" if total.part or total.head else "trường hợp khác"
        yield TimesFinding(TimesVerdict.UNKNOWN, f"Không có {name} riêng để so với {case}.")


def _totals_against(
    limit: Limit, totals: Sequence[Total], name: str, beyond: TimesVerdict
) -> Iterator[TimesFinding]:
    """Compare sums with a limit: by case where both have as many cases, else the first sum with one limit."""
    parts = {total.part for total in totals}
    counted = [total for total in totals if total.days is not None]
    if not counted:
        yield TimesFinding(TimesVerdict.UNKNOWN, "Tài liệu không có thời gian từng bước cộng được.")
        return
    longest = limit.values[-1].days
    if len(parts) > 1:
        for total in counted:
            if (total.days or 0) > longest:
                yield _finding(beyond, total, f"vượt {name} {in_words(longest)}")
        yield TimesFinding(TimesVerdict.UNKNOWN, "Bảng bước chia nhiều phần, không cộng chung được.")
        return
    if len(counted) == len(limit.values):
        for total, value in zip(
            sorted(counted, key=lambda t: t.days or Fraction(0)), limit.values, strict=True
        ):
            yield _compared(total, value.days, name, beyond)
        return
    if len(limit.values) == 1:
        yield _compared(counted[0], longest, name, beyond)
        yield from _without_limit(counted[1:], name)
        return
    for total in counted:
        near = min(limit.values, key=lambda value: abs(value.days - (total.days or 0))).days
        yield _compared(total, longest if (total.days or 0) > longest else near, name, beyond)


def _compared(total: Total, limit: Fraction, name: str, beyond: TimesVerdict) -> TimesFinding:
    days = total.days or Fraction(0)
    if days > limit:
        return _finding(beyond, total, f"vượt {name} {in_words(limit)}")
    if not total.whole:
        return _finding(TimesVerdict.UNKNOWN, total, f"chưa cộng đủ để so với {name} {in_words(limit)}")
    if days < limit:
        return _finding(TimesVerdict.DIFFERS, total, f"ít hơn {name} {in_words(limit)}")
    return _finding(TimesVerdict.SAME, total, f"khớp {name}")


def _finding(verdict: TimesVerdict, total: Total, rest: str) -> TimesFinding:
    where = f" ({total.part or total.head})" if total.part or total.head else ""
    return TimesFinding(verdict, f"Tổng các bước {in_words(total.days or Fraction(0))}{where}, {rest}.")


def _said_against(said: Limit, published: Limit, name: str) -> Iterator[TimesFinding]:
    """Compare what is written with what is published: by case where both state as many."""
    if not said.values:
        return
    pairs = (
        list(zip(said.values, published.values, strict=True))
        if len(said.values) == len(published.values)
        else [(said.values[0], published.values[0])]
    )
    for one, other in pairs:
        if one.days > other.days:
            sentence = f"{name} {in_words(one.days)}, vượt thời hạn công bố {in_words(other.days)}."
            yield TimesFinding(TimesVerdict.EXCEEDS, sentence)
        elif one.days < other.days:
            sentence = f"{name} {in_words(one.days)}, khác thời hạn công bố {in_words(other.days)}."
            yield TimesFinding(TimesVerdict.DIFFERS, sentence)

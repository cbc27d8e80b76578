"""Durations and time limits as offices write them: ½ ngày, 1/2, 1,5 ngày, 04 giờ, «không quá 02 (hai) ngày làm việc».

Pure. The unit is the day of 8 working hours, as the notes of the procedures themselves say ("1 ngày làm việc = 8 giờ").
What cannot be counted is never guessed: it is named (``Unread``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from qms.model.ids import clean, fold

HOURS_A_DAY = 8
_HALVES = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_NUMBER = r"(?P<whole>\d{1,4})?\s*(?P<glyph>[½¼¾])?(?:\s*/\s*(?P<under>\d{1,2})|[.,](?P<tenths>\d{1,2}))?"
_DURATION = re.compile(
    rf"-?\s*{_NUMBER}\s*(?:\([^()]*\)\s*)?(?P<unit>ngày|giờ|h\b)?(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_LEADS = re.compile(r"^(?:không quá|tối đa|trong(?: thời hạn)?|thời (?:gian|hạn):?)\s+", re.IGNORECASE)
_WORKING = re.compile(
    r"^\s*(?:làm việc)?\s*[.;,]?\s*(?:$|[,;.(]?\s*(?:kể từ|tính từ|sau khi|\(|trường hợp|hoặc)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_AMOUNT = re.compile(
    rf"(?<![\d/.,])(?=[\d½¼¾]){_NUMBER}\s*(?:\([^()]*\)\s*)?(?P<unit>ngày|giờ|phút|buổi|tuần|tháng|năm|h(?=\s|$|[.,;)]))"
    r"(?P<working>\s*(?:làm việc|lv)\b)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:sau|trước|lúc|đến)\s*$", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:và|,|\+)?\s*")
_CALENDAR_DAY = re.compile(r"\s*(?:ngày\s+)?\d{1,2}\s*[/-]")
_WITHIN_DAY = re.compile(
    r"\btrong (?:cung )?(?:mot )?(?:ngay|buoi)\b(?! (?:lam viec )?(?:tiep theo|ke tiep))"
    r"|\bgiai quyet ngay\b|^ngay$"
)
_NOT_COUNTED = re.compile(r"\bkhong tinh (?:thoi gian|vao)\b|^(?:theo |trong )?gio hanh chinh$")
_NO_UNIT = re.compile(r"\bdon vi khong ghi\b")
_PARTS = {"giờ": 1, "h": 1, "buổi": 4, "ngày": HOURS_A_DAY}
_LONGER = frozenset({"tuần", "tháng", "năm"})


class Unread(StrEnum):
    """Why a text is no number of days."""

    NOTHING = "nothing"
    WITHIN_DAY = "within_day"
    NOT_COUNTED = "not_counted"
    NO_UNIT = "no_unit"
    LONGER_UNIT = "longer_unit"
    WORDS = "words"


@dataclass(frozen=True)
class Duration:
    """A length of time in days of 8 hours; ``working`` tells whether the text says «ngày làm việc»."""

    days: Fraction
    working: bool = False


@dataclass(frozen=True)
class Limit:
    """What a text says of a time limit: one duration, several by case, or why it cannot be counted."""

    text: str
    values: tuple[Duration, ...] = ()
    unread: Unread | None = None


def read_days(text: str) -> Fraction | None:
    """Return a duration in days; None when the text is no single plain duration. A bare number counts days."""
    words = _LEADS.sub("", text.strip())
    match = _DURATION.fullmatch(words)
    if match is None or not (match["whole"] or match["glyph"]):
        return None
    if not _WORKING.match(match["rest"]):
        return None
    count = _count(match)
    return count if (match["unit"] or "ngày").lower() == "ngày" else count / HOURS_A_DAY


def read_duration(text: str, *, hours: bool = False) -> Duration | Unread:
    """Return the time of one step, or why it cannot be counted; a bare number is in days, or in ``hours``."""
    words = clean(text)
    plain = None if _NO_UNIT.search(fold(words)) else read_days(words)
    if plain is not None:
        bare = hours and not re.search(r"ngày|giờ|\d\s*h\b", words, re.IGNORECASE)
        return Duration(plain / HOURS_A_DAY if bare else plain, "làm việc" in words.lower())
    found = read_limit(words)
    if found.unread is None and len(found.values) == 1 and _is_all(words):
        return found.values[0]
    return found.unread or Unread.WORDS


def read_limit(text: str) -> Limit:
    """Return the durations that a text states, each once in order of length; hours of the clock are none.

    «Trong ngày» beside other cases counts as one working day; alone it is no number of days.
    """
    words = clean(text)
    if not words or words in {"-", "–", "—"}:
        return Limit(words, (), Unread.NOTHING)
    if _NO_UNIT.search(fold(words)) or words.isdigit():
        return Limit(words, (), Unread.NO_UNIT)
    values: dict[Fraction, Duration] = {}
    for amount in _amounts(words):
        if amount.days is None:
            return Limit(words, (), Unread.LONGER_UNIT)
        known = values.get(amount.days)
        values[amount.days] = Duration(amount.days, amount.working or (known is not None and known.working))
    within_day = _WITHIN_DAY.search(fold(words)) is not None
    if within_day and not values:
        return Limit(words, (), Unread.WITHIN_DAY)
    if within_day:
        # one case within the day, others longer
        values.setdefault(Fraction(1), Duration(Fraction(1), working=True))
    if values:
        return Limit(words, tuple(values[days] for days in sorted(values)))
    return Limit(words, (), Unread.NOT_COUNTED if _NOT_COUNTED.search(fold(words)) else Unread.WORDS)


def same_limit(one: str, other: str) -> bool:
    """Tell whether two texts state the same limit, however they are written (``05 ngày``, ``5 Ngày``)."""
    first, second = read_limit(one), read_limit(other)
    return fold(one) == fold(other) or (bool(first.values) and first.values == second.values)


def in_words(days: Fraction) -> str:
    """Return a number of days as papers write it: ``2,5 ngày``; less than a day also in hours."""
    count = str(days) if days.denominator == 1 else f"{float(days):.3g}".replace(".", ",")
    if 0 < days < 1 and (days * HOURS_A_DAY).denominator == 1:
        return f"{count} ngày ({days * HOURS_A_DAY} giờ)"
    return f"{count} ngày"


@dataclass(frozen=True)
class _Amount:
    """An amount with its unit where it stands in a text; ``days`` is None for a unit that is no number of days."""

    start: int
    end: int
    days: Fraction | None
    working: bool
    unit: str


def _amounts(words: str) -> list[_Amount]:
    """Return every amount with its unit; hours that follow days belong to them (1 ngày 4 giờ)."""
    found: list[_Amount] = []
    for match in _AMOUNT.finditer(words):
        unit = match["unit"].lower()
        if unit in ("giờ", "h") and _CLOCK.search(words[: match.start()]):
            continue
        if unit == "ngày" and _CALENDAR_DAY.match(words[match.end("unit") :]):
            continue
        amount = _Amount(match.start(), match.end(), _days(match, unit), bool(match["working"]), unit)
        before = found[-1] if found else None
        if (
            before is not None
            and _JOINED.fullmatch(words[before.end : amount.start])
            and _adds(before, amount)
        ):
            days = (before.days or Fraction(0)) + (amount.days or Fraction(0))
            found[-1] = _Amount(before.start, amount.end, days, before.working, unit)
        else:
            found.append(amount)
    return found


def _adds(before: _Amount, amount: _Amount) -> bool:
    return before.unit == "ngày" and amount.unit in ("giờ", "h", "phút")


def _days(match: re.Match[str], unit: str) -> Fraction | None:
    if unit in _LONGER:
        return None
    if unit == "phút":
        return _count(match) / 60 / HOURS_A_DAY
    return _count(match) * _PARTS[unit] / HOURS_A_DAY


def _count(match: re.Match[str]) -> Fraction:
    count = Fraction(int(match["whole"] or 0)) + _HALVES.get(match["glyph"] or "", Fraction(0))
    if match["under"]:
        return count / int(match["under"]) if int(match["under"]) else count
    if match["tenths"]:
        count += Fraction(int(match["tenths"]), 10 ** len(match["tenths"]))
    return count


def _is_all(words: str) -> bool:
    """Tell whether a text is one amount and nothing that would change it."""
    amounts = _amounts(words)
    if len(amounts) != 1:
        return False
    before, after = _LEADS.sub("", words[: amounts[0].start] + " ").strip(), words[amounts[0].end :]
    return not before and bool(_WORKING.match(after))

"""Days of the calendar: a *day* is a date in the agency's zone, an interval is ``[from, until)``."""

from __future__ import annotations

import calendar
import re
from datetime import date

from qms.errors import WrongUse

YEARS = range(1900, 2200)
"""Years that a paper of ours can name; anything else is a slip of the hand."""


class BadDay(WrongUse):
    """A text that is no day of the calendar."""

    code = "bad_day"
    sentence = "«{text}» không phải là ngày hợp lệ; hãy viết dạng 2026-01-15 hoặc 15/01/2026."


def add_months(day: date, months: int) -> date:
    """Return the day ``months`` calendar months later, clamped to the month's end, weekends not moved.

    30/11 and three months is 28/02, or 29/02 in a leap year (``design.md`` §3, day rule 7).
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def parse_day(text: str) -> date:
    """Read ``2026-01-15`` or ``15/01/2026`` as typed by a person; raises ``BadDay``."""
    typed = text.strip()
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", typed, re.ASCII):
        year, month, day = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", typed, re.ASCII):
        day, month, year = (int(part) for part in match.groups())
    else:
        raise BadDay(text=text)
    if year not in YEARS:
        raise BadDay(text=text)
    try:
        return date(year, month, day)
    except ValueError:
        raise BadDay(text=text) from None

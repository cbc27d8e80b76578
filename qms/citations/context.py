"""What stands around a mention: its date, and whether it is only quoted inside another's title.

Pure. Dates are read in every form of ``domain.md`` §4.4 (``15/11/2015``, ``5-3-2014``, ``11 tháng 6 năm 2025``);
a date that is no day of the calendar is none.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

DAY = (
    r"(?:(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?((?:19|20)\d\d)"
    r"|(\d{1,2}) tháng (\d{1,2}),? năm ((?:19|20)\d\d))"
)
_DATE = re.compile(rf"[,.]? ?\(?(?:(?:được )?(?:ban hành|ký) ?)?(?:ngày|n gày) ?(?:ký )?{DAY}", re.IGNORECASE)
_BY = re.compile(r",? ?(?:của|do|giữa) [^;:()\d\n]{2,120}?(?=,? (?:ban hành )?ngày \d)", re.IGNORECASE)
_LATER_DATE = re.compile(
    rf"(?:ban hành ngày|(?<!từ )(?<!đến )(?<!trước )(?<!vào )(?<!sau )ngày) {DAY}(?= của|[;\n]|$)"
)
_STOP = re.compile(r"[;\n]|, có hiệu lực|\. [A-ZĐ]")
_LONGEST_TITLE = 400
_FURTHEST_DAY = 160

_QUOTING = re.compile(
    r"(?:(?:một số|các|\d{1,3}) (?:điều|nội dung|quy định|khoản|điểm|biểu mẫu)"
    r"(?: và biện pháp)?(?: thi hành)?(?: của| tại)?(?: các)?"
    r"|thi hành(?: các)?|hướng dẫn(?: thực hiện| áp dụng)?|sửa đổi|bổ sung|thay thế|bãi bỏ|đính chính|hợp nhất"
    r"|(?:để |quy định )thực hiện) ?$",
    re.IGNORECASE,
)
_QUOTING_ENDS = (
    *("của", "tại", "các", "hành", "dẫn", "hiện", "dụng", "đổi", "sung", "thế", "bỏ", "chính", "nhất"),
    *("điều", "dung", "định", "khoản", "điểm", "mẫu", "pháp"),
)
"""The words with which the pattern may end: most text between two citations ends otherwise."""
_PASSIVE = re.compile(r"(?:được|bị|đã)[^,;]{0,60}(?:bởi|theo|bằng|tại)[^,;]{0,20}$", re.IGNORECASE)
_AMENDED_BY = re.compile(
    r"được (?:sửa đổi|bổ sung|thay thế|đính chính)[^;]{0,80}(?:bởi|theo|bằng|tại)(?: các)? ?$", re.IGNORECASE
)
_ALSO = re.compile(r"(?:,| và|, và)(?: các)? ?$", re.IGNORECASE)
_NEAR = 60


@dataclass(frozen=True)
class Dated:
    """A date read from a text, and where it ends there."""

    day: datetime.date
    end: int


def date_after(text: str, position: int, *, behind_issuer: bool) -> Dated | None:
    """Return the date that follows, directly or ``behind_issuer`` ("của Chính phủ ngày ..."); no day, no date."""
    # most mentions have no date near: one plain search spares the patterns
    near = position + _FURTHEST_DAY
    if text.find("gày", position, near) < 0 and text.find("GÀY", position, near) < 0:
        return None
    match = _DATE.match(text, position)
    if match is None and behind_issuer and (issuer := _BY.match(text, position)):
        match = _DATE.match(text, issuer.end())
    return _read_day(match) if match else None


def date_behind_title(text: str, position: int, limit: int) -> Dated | None:
    """Return the date that closes a title, as the codification prints it ("... ban hành ngày 16/04/2018")."""
    limit = min(limit, position + _LONGEST_TITLE)
    if text.find("ngày ", position, limit) < 0:
        return None
    stop = _STOP.search(text, position, limit)
    match = _LATER_DATE.search(text, position, stop.start() + 1 if stop else limit)
    return _read_day(match) if match else None


def is_quoted(between: str) -> bool:
    """Tell from the words since the citation before it whether an instrument is quoted in that one's title."""
    near = between[-_NEAR:]
    if not near.rstrip().lower().endswith(_QUOTING_ENDS):
        return False
    return bool(_QUOTING.search(near)) and not _PASSIVE.search(near)


def is_amended_by(between: str) -> bool:
    """Tell whether the second of two citations is said to have amended the first ("được sửa đổi ... theo")."""
    return bool(_AMENDED_BY.search(between))


def goes_on(between: str) -> bool:
    """Tell whether two citations are members of one list ("... và Thông tư ...")."""
    return bool(_ALSO.search(between[-8:]))


def _read_day(match: re.Match[str]) -> Dated | None:
    day, month, year = [int(group) for group in match.groups() if group is not None][:3]
    try:
        return Dated(datetime.date(year, month, day), match.end())
    except ValueError:
        return None

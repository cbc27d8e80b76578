"""What stands around a mention: its date, who issued it, and whether it is only quoted inside another's title.

Pure. Dates are read in every form of ``domain.md`` §4.4 (``15/11/2015``, ``5-3-2014``, ``11 tháng 6 năm 2025``);
a date that is no day of the calendar is none. The issuer of a central instrument follows from its symbol; a
resolution or decision of a People's Council or Committee is only identified by the place that stands after it.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

from qms.citations.symbols import Number
from qms.citations.vocabulary import AGENCIES, CITIES, LOCAL_AGENCIES, LOCAL_BODIES, LOCAL_LEVELS, PROVINCES

_DAY = (
    r"(?:(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?((?:19|20)\d\d)"
    r"|(\d{1,2}) tháng (\d{1,2}),? năm ((?:19|20)\d\d))"
)
_DATE = re.compile(
    rf"[,.]? ?\(?(?:(?:được )?(?:ban hành|ký) ?)?(?:ngày|n gày) ?(?:ký )?{_DAY}", re.IGNORECASE
)
_BY = re.compile(r",? ?(?:của|do|giữa) [^;:()\d\n]{2,120}?(?=,? (?:ban hành )?ngày \d)", re.IGNORECASE)
_LATER_DATE = re.compile(
    rf"(?:ban hành ngày|(?<!từ )(?<!đến )(?<!trước )(?<!vào )(?<!sau )ngày) {_DAY}(?= của|[;\n]|$)"
)
_STOP = re.compile(r"[;\n]|, có hiệu lực|\. [A-ZĐ]")
_LONGEST_TITLE = 400
_FURTHEST_DAY = 160

_NAMES = "|".join(sorted(map(re.escape, PROVINCES), key=len, reverse=True))
_NAMED = (
    r"[^\W\d_a-z]\w{0,8}"
    r"(?: (?!(?:Quy|Ban|Về|Sửa|Bãi|Phê|Công|Ngày|Thông|Hướng)\b)[A-ZĐÁÀẢÃẠÂĂÊÔƠƯỨỪÍÝÚÓÉ]\w{0,8}){0,3}"
)
_PLACE = re.compile(
    rf"[, ]*(?:{_DAY})?[, ]*(?:của|do)? ?(?:chủ tịch )?(?P<body>{'|'.join(LOCAL_BODIES)})"
    rf"(?: (?:(?P<level>{'|'.join(LOCAL_LEVELS)})\.? (?P<name>(?-i:{_NAMES}|{_NAMED}))|(?P<place>{_NAMES})))?",
    re.IGNORECASE,
)
_BARE_PLACE = re.compile(rf",? ?\(?(?:(?:của )?({'|'.join(LOCAL_LEVELS)})\.? )?((?-i:{_NAMES}))")
_BODY = {word.casefold(): name for word, name in LOCAL_BODIES.items()}

_QUOTING = re.compile(
    r"(?:(?:một số|các|\d{1,3}) (?:điều|nội dung|quy định|khoản|điểm|biểu mẫu)"
    r"(?: và biện pháp)?(?: thi hành)?(?: của| tại)?(?: các)?"
    r"|thi hành(?: các)?|hướng dẫn(?: thực hiện| áp dụng)?|sửa đổi|bổ sung|thay thế|bãi bỏ|đính chính|hợp nhất"
    r"|(?:để |quy định )thực hiện) ?$",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"(?:được|bị|đã)[^,;]{0,60}(?:bởi|theo|bằng|tại)[^,;]{0,20}$", re.IGNORECASE)
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
    if text.find("gày", position, position + _FURTHEST_DAY) < 0:
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


def issuer_of(number: Number | None, text: str, position: int) -> str | None:
    """Return who issued the instrument: from the symbol if central, from the words after it if local."""
    if number is None or not number.agencies:
        return None
    bodies = _local_bodies(number.agencies)
    return _local_issuer(bodies, text, position) if bodies else _central_issuers(number.agencies)


@lru_cache(1024)
def _local_bodies(agencies: tuple[str, ...]) -> str | None:
    local = [code for code in agencies if code in LOCAL_AGENCIES]
    return AGENCIES[local[0]] if local else None


@lru_cache(1024)
def _central_issuers(agencies: tuple[str, ...]) -> str | None:
    names = [AGENCIES.get(code.rstrip("0123456789")) or AGENCIES.get(code) for code in agencies]
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def is_quoted(between: str) -> bool:
    """Tell from the words since the citation before it whether an instrument is quoted in that one's title."""
    near = between[-_NEAR:]
    return bool(_QUOTING.search(near)) and not _PASSIVE.search(near)


def goes_on(between: str) -> bool:
    """Tell whether two citations are members of one list ("... và Thông tư ...")."""
    return bool(_ALSO.search(between[-8:]))


def _read_day(match: re.Match[str]) -> Dated | None:
    day, month, year = [int(group) for group in match.groups() if group is not None][:3]
    try:
        return Dated(datetime.date(year, month, day), match.end())
    except ValueError:
        return None


def _local_issuer(body: str, text: str, position: int) -> str | None:
    window = text[position : position + 160]
    dated = _DATE.match(window)
    start = dated.end() if dated else 0
    if place := _PLACE.match(window, start):
        level, name = place["level"], place["name"] or place["place"]
        stated = _BODY[place["body"].casefold()]
        return f"{stated} {_level(level, name)} {name}" if name else None
    if bare := _BARE_PLACE.match(window, start):
        return f"{body} {_level(bare.group(1), bare.group(2))} {bare.group(2)}"
    return None


def _level(level: str | None, name: str) -> str:
    if level is None:
        return "thành phố" if name in CITIES else "tỉnh"
    return "thành phố" if level.upper() == "TP" else level.lower()

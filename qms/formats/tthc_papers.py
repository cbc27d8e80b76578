"""What the head of a decision about administrative procedures says: number, who issued it, when, and which kind it is.

Pure; on the plain text of the paper. A Quyết định công bố publishes procedures, a Quyết định phê duyệt quy trình nội bộ
binds the steps (``domain.md`` §8.7). What is not found stays empty: an officer types it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qms.formats.tthc_tables import read_change
from qms.model.days import BadDay, parse_day
from qms.model.ids import clean, fold

_HEAD_LINES = 40
_NUMBER = re.compile(
    r"\bSố\s*:?\s*(\d{1,5}\s*/\s*(?:\d{4}\s*/\s*)?QĐ\s*-\s*[A-ZĐ0-9&]+(?:\s*-\s*[A-ZĐ0-9]+)*)"
)
_DAY = r"(?:ngày\s+)?(\d{1,2})\s*(?:tháng|/|-|\.)\s*(\d{1,2})\s*(?:năm|/|-|\.)\s*(\d{4})"
_SIGNED = re.compile(r"\bngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_EFFECTIVE = re.compile(
    rf"hiệu\s+lực(?:\s+thi\s+hành)?(?:\s+kể)?\s+từ\s+(?:(?P<signed>ngày\s+ký)|{_DAY})", re.IGNORECASE
)
_LOCAL = re.compile(r"^(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)\b(.*)$", re.IGNORECASE)
_PLACE = re.compile(r"^(?:tỉnh|thành phố|tp\.?|xã|phường|đặc khu)\b.*$", re.IGNORECASE)
_MINISTRY = re.compile(r"^(?:bộ|ngân hàng nhà nước|thanh tra chính phủ|văn phòng chính phủ)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"^(?:về việc|v/v)\b", re.IGNORECASE)


@dataclass(frozen=True)
class PaperHead:
    """What the head of a decision says; ``change`` holds its subject where that says what is done, else ''."""

    number: str = ""
    issuer: str = ""
    signed: date | None = None
    effective: date | None = None
    internal: bool = False
    change: str = ""


def read_head(plain: str) -> PaperHead:
    """Return what the head of a decision says, and its day of effect wherever that stands."""
    lines = [clean(line) for line in plain.splitlines()]
    head = lines[:_HEAD_LINES]
    text = "\n".join(head)
    number = _NUMBER.search(text)
    signed = _day(_SIGNED.search(text))
    subject = _subject(head)
    return PaperHead(
        number="".join(number[1].split()) if number else "",
        issuer=_issuer(head),
        signed=signed,
        effective=_effective(lines, signed),
        internal="quy trinh noi bo" in fold(subject) and "cong bo" not in fold(subject),
        change=_one_change(subject),
    )


def _subject(lines: Sequence[str]) -> str:
    for at, line in enumerate(lines):
        if _SUBJECT.match(line):
            return " ".join(lines[at : at + 4])
        if fold(line) == "quyet dinh" and at + 1 < len(lines):
            return " ".join(lines[at + 1 : at + 4])
    return ""


def _one_change(subject: str) -> str:
    try:
        return subject if read_change(subject) is not None else ""
    except ValueError:
        return ""


def _issuer(lines: Sequence[str]) -> str:
    for at, line in enumerate(lines[:12]):
        if match := _LOCAL.match(line):
            after = lines[at + 1] if at + 1 < len(lines) else ""
            return line if match[1].strip() or not _PLACE.match(after) else f"{line} {after}"
        if _MINISTRY.match(line):
            return line
    return ""


def _effective(lines: Sequence[str], signed: date | None) -> date | None:
    match = _EFFECTIVE.search(" ".join(lines))
    if match is None:
        return None
    return signed if match["signed"] else _day(match, 2)


def _day(match: re.Match[str] | None, first: int = 1) -> date | None:
    if match is None:
        return None
    day, month, year = match.groups()[first - 1 : first + 2]
    try:
        return parse_day(f"{day}/{month}/{year}")
    except BadDay:
        return None

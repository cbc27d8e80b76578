"""Who issued an instrument: told by its symbol if central, by the words around it if local.

Pure. A resolution or decision of a People's Council or Committee is only identified by the place that stands after it
("của HĐND tỉnh Sóc Trăng", "Sơn La"), between its kind and its number, or before it ("UBND tỉnh Hà Tĩnh ban hành
Quyết định số ..."). Other offices are read as they are written ("của Sở Y tế tỉnh Bắc Ninh"). ``issuers.py`` folds
what is read here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from qms.citations.context import DAY
from qms.citations.symbols import Number
from qms.citations.vocabulary import AGENCIES, CITIES, LOCAL_AGENCIES, LOCAL_BODIES, LOCAL_LEVELS, PROVINCES

_NAMES = "|".join(sorted(map(re.escape, PROVINCES), key=len, reverse=True))
_NO_NAME = r"(?!(?:Quy|Ban|Về|Sửa|Bãi|Phê|Công|Ngày|Thông|Hướng|Khóa|Nghị|Quyết)\b)"
_CAPITAL = "A-ZĐÁÀẢÃẠÂẤẦẨẪẬĂẮẰẲẴẶÊẾỀỂỄỆÉÈẺẼẸÔỐỒỔỖỘƠỚỜỞỠỢÓÒỎÕỌƯỨỪỬỮỰÚÙỦŨỤÍÌỈĨỊÝỲỶỸỴ"
_WORD = rf"{_NO_NAME}[{_CAPITAL}][\w'’]{{0,8}}"
_NAMED = rf"(?:{_WORD}(?: {_WORD}){{0,3}}|\d{{1,2}}(?![\w/.-]\w))"
_LEVELS = "|".join(LOCAL_LEVELS)
_BODIES = "|".join(LOCAL_BODIES)
_BODY = {word.casefold(): name for word, name in LOCAL_BODIES.items()}
_INSIDE = "(?P<inside>(?:,? (?:thuộc )?(?i:huyện|quận|thị xã|thành phố|tỉnh|TP)\\.? {name}){{0,2}})".format(
    name=f"(?:{_NAMES}|{_NAMED})"
)
_PLACE = (
    rf"(?i:chủ tịch )?(?P<body>(?i:{_BODIES}))"
    rf"(?: (?:(?P<level>(?i:{_LEVELS}))\.? (?P<name>{_NAMES}|{_NAMED}){_INSIDE}|(?P<province>{_NAMES})))?"
)
_AFTER = re.compile(rf"[, ]*(?:\(?(?i:ban hành |ký )?(?i:ngày )?{DAY}\)?)?[, ]*(?:(?:của|do) )?{_PLACE}")
_BETWEEN = re.compile(rf" (?:của|do) {_PLACE}")
_BEFORE = re.compile(rf"{_PLACE},? (?:đã )?(?:ban hành|thông qua|có|ra)(?: các)? $")
_BARE = re.compile(
    rf",? ?(?:(?i:ngày ){DAY})? ?\(?(?:(?:của )?(?P<level>(?i:{_LEVELS}))\.? )?(?P<name>{_NAMES})(?!\w)"
)
_OFFICE = re.compile(
    rf"[, ]*(?:\(?(?i:ngày )?{DAY}\)?)? ?(?:của|do) (?:(?:Giám đốc|(?:Chi c|Tổng c|C)ục trưởng|Chánh án|Viện trưởng) )?"
    r"((?:Sở|Cục|Chi cục|Tổng cục|Ban|Phòng|Trung tâm|Công an|Tòa án|Viện|Kho bạc|Bảo hiểm|Văn phòng)\b"
    r"[^,;:.()\d\n]{2,70}?)"
    r"(?= (?:về|ban hành|quy định|phê duyệt|công bố|sửa đổi|hướng dẫn|ngày|việc|v/v)\b|[,;:.()\n]|$)"
)
_WINDOW = 200
_LOOK_BACK = 110


def issuer_of(number: Number | None, text: str, start: int, end: int) -> str | None:
    """Return who issued the instrument that ``text[start:end]`` mentions, or None where nothing says it."""
    if number is None or not number.agencies:
        return None
    if body := _local_body(number.agencies):
        return _local_issuer(body, number, text, start, end)
    if central := _central_issuers(number.agencies):
        return central
    office = _OFFICE.match(text, end, end + _WINDOW)
    return office[office.re.groups] if office else None


def central_issuer(number: Number) -> str | None:
    """Return the issuer that the symbol alone tells."""
    return None if _local_body(number.agencies) else _central_issuers(number.agencies)


@lru_cache(1024)
def _local_body(agencies: tuple[str, ...]) -> str | None:
    local = [code for code in agencies if code in LOCAL_AGENCIES]
    return AGENCIES[local[0]] if local else None


@lru_cache(1024)
def _central_issuers(agencies: tuple[str, ...]) -> str | None:
    names = [AGENCIES.get(code.rstrip("0123456789")) or AGENCIES.get(code) for code in agencies]
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def _local_issuer(body: str, number: Number, text: str, start: int, end: int) -> str | None:
    between = _BETWEEN.search(text, start, number.start)
    after = _AFTER.match(text, end, end + _WINDOW)
    for place in (between, after):
        if place is not None:
            return _named(place)
    if bare := _BARE.match(text, end, end + _WINDOW):
        return f"{body} {_level(bare['level'], bare['name'])} {bare['name']}"
    before = _BEFORE.search(text, max(0, start - _LOOK_BACK), start)
    return _named(before) if before else None


def _named(place: re.Match[str]) -> str | None:
    name = place["name"] or place["province"]
    stated = _BODY[place["body"].casefold()]
    return f"{stated} {_level(place['level'], name)} {name}{place['inside'] or ''}" if name else None


def _level(level: str | None, name: str) -> str:
    if level is None:
        return "thành phố" if name in CITIES else "tỉnh"
    return "thành phố" if level.upper() == "TP" else level.lower()

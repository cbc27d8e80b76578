"""The head of a regulation: number, type, title, issuer and day of issue, as Decree 30/2020 (appendix I) lays them out.

Pure. A text without a head (only its entry-into-force article) gives what its own words tell: its type from "Thông tư
này", its day from "được Quốc hội thông qua ngày ...".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qms.citations.intake.effect import DAY, KINDS, day_in
from qms.citations.intake.layout import LEVELS, Line
from qms.citations.keys import OTHER, instrument_type, is_local, parse_key
from qms.citations.reader import find
from qms.model.ids import clean

LONGEST_HEAD = 60
"""Lines in which a head is looked for; the longest list of grounds seen has 25."""

LONGEST_NUMBER_LINE = 60
_TYPE_WORDS = (
    "Hiến pháp|Bộ luật|Luật|Pháp lệnh|Lệnh|Nghị quyết liên tịch|Nghị quyết|Nghị định|Thông tư liên tịch|Thông tư"
    "|Quyết định|Chỉ thị|Công văn|Văn bản hợp nhất|Thông báo|Kế hoạch|Hướng dẫn"
)
_TYPE = re.compile(rf"({_TYPE_WORDS.upper()})(?!\w)[:.]? *(.*)")
_SYMBOL = r"(?P<number>\d[^\s,;]*(?: ?[/-] ?[^\s,;]+){0,3})"
_NUMBER = re.compile(rf"(?:(?:luật|nghị quyết|pháp lệnh) )?số ?[.:]? ?{_SYMBOL}", re.IGNORECASE)
_NUMBER_WITHIN = re.compile(rf"(?<!\w)số ?: ?{_SYMBOL}", re.IGNORECASE)
_PLACED_DAY = re.compile(rf"(?:^|[,.] ?|[^\W\d_] )ngày ?{DAY}", re.IGNORECASE)
_ADOPTED = re.compile(
    rf"{KINDS} (?:này|số \S+) (?:đã )?được [^.;]{{3,160}}? thông qua (?:tại [^.;]{{3,120}}? )?ngày ?(?P<day>{DAY})",
    re.IGNORECASE,
)
_OWN_KIND = re.compile(rf"({KINDS}) này(?!\w)", re.IGNORECASE)
_NATIONAL = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập ?- ?Tự do ?- ?Hạnh phúc", re.IGNORECASE
)
_GROUNDS = re.compile(r"(?:căn cứ|theo đề nghị|xét |thực hiện |để |chương |điều )", re.IGNORECASE)
_SIGNER = re.compile(
    r"(?:QUỐC HỘI|ỦY BAN|UỶ BAN|HỘI ĐỒNG|CHÍNH PHỦ|THỦ TƯỚNG|BỘ TRƯỞNG|CHỦ TỊCH|TỔNG|CHÁNH ÁN|VIỆN TRƯỞNG|THỐNG ĐỐC"
    r"|GIÁM ĐỐC|BỘ [A-ZĐ]{2,})\b"
)
_COUNCIL = re.compile(r"(ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND)\s+(.*)", re.IGNORECASE)
_UNDER = re.compile(
    r"(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND)\s+(.+?)\s+(SỞ|CHI CỤC|THANH TRA|VĂN PHÒNG)\s+(.*)",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"(tỉnh|thành phố|TP\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+(.*)", re.IGNORECASE
)
_BODY = {"u": "Ủy ban nhân dân", "h": "Hội đồng nhân dân"}


@dataclass(frozen=True)
class Masthead:
    """What a head tells; ``whole`` says that the text has one, ``title_line`` is where its title stands."""

    number: str | None = None
    type: str | None = None
    title: str = ""
    issuer: str | None = None
    issued: date | None = None
    whole: bool = False


def read_masthead(lines: Sequence[Line], number: str | None = None) -> Masthead:
    """Return what the head of a text tells; ``number`` is what the user says it is, which wins."""
    head = _head(lines)
    stated = _number(head)
    key = number or stated
    kind, title = _type_and_title(head)
    if kind is None and key is not None:
        known = instrument_type(key)
        kind = None if known == OTHER else known
    return Masthead(
        number=key,
        type=kind or _own_kind(lines),
        title=title,
        issuer=_issuer(key, head),
        issued=_issued(head, lines),
        whole=stated is not None or bool(title),
    )


def stated_number(lines: Sequence[Line]) -> str | None:
    """Return the number that the head states, whatever the user says."""
    return _number(_head(lines))


def _head(lines: Sequence[Line]) -> list[str]:
    """Return the lines before the first article; a text that begins with one, or with "này", has no head."""
    head: list[str] = []
    for line in lines[:LONGEST_HEAD]:
        if LEVELS[line.level] == "article" or line.quoted:
            break
        head.append(line.words)
    shows = any(_NATIONAL.search(words) or _is_heading(words) or _is_number_line(words) for words in head)
    return head if shows and not _OWN_KIND.search(head[0]) else []


def _is_number_line(words: str) -> bool:
    return len(words) < LONGEST_NUMBER_LINE and _NUMBER.match(words) is not None


def _is_heading(words: str) -> bool:
    return words.isupper() and len(words) > len("LUẬT") - 1 and not any(map(str.isdigit, words))


def _number(head: Sequence[str]) -> str | None:
    for words in head:
        if _GROUNDS.match(words):
            return None
        found = _NUMBER.match(words) if _is_number_line(words) else _NUMBER_WITHIN.search(words)
        if found:
            typed = re.sub(r"\s*([/-])\s*", r"\1", found["number"])
            first = next(iter(find(typed)), None)
            return first.instrument if first is not None and first.start == 0 else parse_key(typed)
    return None


def _type_and_title(head: Sequence[str]) -> tuple[str | None, str]:
    for at, words in enumerate(head):
        if (found := _TYPE.match(words)) and not _NUMBER.match(words):
            return found[1].lower(), _title(found[2], head[at + 1 :], found[1].lower())
    return None, ""


def _title(first: str, following: Sequence[str], kind: str) -> str:
    pieces = [first] if first else []
    for words in following:
        if _GROUNDS.match(words) or _NATIONAL.search(words) or _NUMBER.match(words):
            break
        if pieces and _SIGNER.match(words) and kind not in ("luật", "bộ luật"):
            break
        pieces.append(words)
        if len(pieces) > 8:
            break
    title = clean(" ".join(pieces)).rstrip(".;:")
    return title.capitalize() if title.isupper() else title


def _issued(head: Sequence[str], lines: Sequence[Line]) -> date | None:
    for words in head:
        # days behind the type are those of instruments that the title names
        if _GROUNDS.match(words) or _TYPE.match(words):
            break
        if found := _PLACED_DAY.search(words):
            return day_in(found.group())
    adopted = next((found for line in lines if (found := _ADOPTED.search(line.words))), None)
    return day_in(adopted["day"]) if adopted else None


def _own_kind(lines: Sequence[Line]) -> str | None:
    found = next((found for line in lines if (found := _OWN_KIND.search(line.words))), None)
    if found is None:
        return None
    kind = found[1].lower()
    return None if kind in ("quy chế", "quy định", "quy chuẩn", "văn bản") else kind


def _issuer(key: str | None, head: Sequence[str]) -> str | None:
    if key is not None and not is_local(key):
        return next((one.issuer for one in find(key)), None)
    words = []
    for line in head[:6]:
        shown = _NATIONAL.sub("", line).strip()
        if _NUMBER.search(shown) or _TYPE.match(shown):
            break
        words.append(shown)
    name = clean(" ".join(words)).strip("-_ ")
    return _local(name) if name else None


def _local(name: str) -> str:
    if under := _UNDER.match(name):
        return (
            f"{under[2][:1]}{under[2][1:].lower()} {under[3].strip().capitalize()} {_place(under[1])}".strip()
        )
    council = _COUNCIL.match(name)
    if council is None:
        return name.capitalize() if name.isupper() else name
    body = _BODY["h" if council[1][0].lower() == "h" else "u"]
    return f"{body} {_place(council[2])}"


def _place(words: str) -> str:
    level = _LEVEL.match(words)
    if level is None:
        return _named(words)
    kind = "thành phố" if level[1].lower().startswith("tp") else level[1].lower()
    return f"{kind} {_named(level[2])}"


def _named(place: str) -> str:
    return " ".join(word.capitalize() for word in place.split())

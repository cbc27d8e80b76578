"""What a careful reader of a paper would stumble over: letters, abbreviations, counts, copied tables, blanks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from qms.formats.anatomy.labels import COMMON_ABBREVIATIONS, KEPT_OF, OFFICIALS
from qms.formats.anatomy.lines import Flow, Line, line_of, lines_in
from qms.formats.anatomy.outline import Outline, Part, item_kind
from qms.formats.anatomy.values import Anatomy, Doubt
from qms.formats.text import Paragraph, Table, Text
from qms.model.enums import WarningCode
from qms.model.ids import fold

_LETTER = re.compile(r"[a-zđ]")
_BARE_LETTER = re.compile(r"(?P<letter>[a-zđ])\s+(?=[A-ZĐÀ-Ỹ])")
_COUNT = re.compile(
    r"\bso luong(?: [a-z]+){0,3} (?:\d|theo\b)|\b\d{1,2} (?:[a-z]+ )?bo\b|\b(?:mot|hai) bo\b|^theo (?:tung|quy dinh)\b"
)
_ABBREVIATION = re.compile(r"(?<![\w/.&-])[A-ZĐ]{3,}(?:&[A-ZĐ]+)*(?![\w/&]|-[A-ZĐ])")
_EXPLAINED = re.compile(
    r"(?:viết tắt(?: là)?|gọi (?:tắt )?là)\s*:?\s*[\"“«(]?\s*(?P<short>[^\s\"”»);,]+)", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"[^\W\d_]\s+\((?P<short>[A-ZĐ&]{2,})\)")
_DEFINED = re.compile(r"(?P<short>[^:=]{1,25}?)\s*(?::|=|\s[–-]\s|\blà\b)")
_DEFINED_BEHIND = re.compile(r"[^\W\d_]{2,}\s*(?::|=|\blà\b)\s*(?P<short>[A-ZĐ&]{2,15})[;.]?$")
"""The other way about: ``Quản lý khoa học: QLKH``."""
_FEWEST_DEFINITIONS = 3
_WORD = re.compile("[^\\W\\d_A-ZĐ]{3,}")
_BLANK_DECISION = re.compile(r"quyết định số\s*:?\s*[.…_ ]*/\s*(?:\d{4}\s*/\s*)?QĐ", re.IGNORECASE)
_HEAD_LINES = 15


def wording_doubts(anatomy: Anatomy, outline: Outline, flow: Flow, text: Text) -> Iterator[Doubt]:
    """Yield each kind of slip once, with the words that it is about."""
    yield from _letters(outline, text)
    yield from _dossier(outline)
    yield from _agency(outline)
    yield from _abbreviations(outline, flow)
    yield from _records(anatomy, outline)
    for block in flow[:_HEAD_LINES]:
        if isinstance(block, Line) and _BLANK_DECISION.search(block.text):
            message = f"Số quyết định ban hành để trống: «{block.text[:120]}»."
            yield Doubt(WarningCode.DECISION_BLANK, message)
            break


def _letters(outline: Outline, text: Text) -> Iterator[Doubt]:
    counts = Counter(part.number for part in outline.items if _LETTER.fullmatch(part.number))
    if repeated := [letter for letter, count in counts.items() if count > 1]:
        message = f"Điểm {', '.join(repeated)} dùng cho nhiều nội dung trong phần nội dung quy trình."
        yield Doubt(WarningCode.ITEM_NUMBER_REPEATED, message)
    bare = [
        match["letter"]
        for block in text.blocks
        if isinstance(block, Paragraph)
        and (match := _BARE_LETTER.match(block.text))
        and item_kind(line_of(block)) is not None
    ]
    if bare and len(bare) < sum(counts.values()):
        message = f"Điểm {', '.join(dict.fromkeys(bare))} thiếu dấu chấm sau chữ cái."
        yield Doubt(WarningCode.ITEM_MARK_MISSING, message)


def _dossier(outline: Outline) -> Iterator[Doubt]:
    parts = [part for part in outline.items if part.kind == "dossier"]
    if not parts or "so luong" not in fold(parts[0].title.partition(":")[0]):
        return
    if not any(_COUNT.search(fold(words)) for part in parts for words in _words_of(part)):
        head = parts[0].title.partition(":")[0].strip()
        message = f"Mục «{head}» không ghi số lượng (bao nhiêu bộ hồ sơ)."
        yield Doubt(WarningCode.DOSSIER_COUNT_MISSING, message)


def _agency(outline: Outline) -> Iterator[Doubt]:
    part = outline.item("agency")
    words = "" if part is None else next((one for one in _words_of(part)[1:] if one), "")
    if OFFICIALS.match(fold(words)):
        message = f"Cơ quan thực hiện ghi người thay vì cơ quan: «{words[:80]}»."
        yield Doubt(WarningCode.AGENCY_IS_OFFICIAL, message)


def _words_of(part: Part) -> list[str]:
    """Return the title of a part, what stands on its own line, then its lines and cells."""
    words = [part.title, part.rest]
    for block in part.body:
        words.extend(_lines(block))
    return words


def _lines(block: Line | Table) -> list[str]:
    if isinstance(block, Line):
        return [block.text]
    return [line for row in block.rows for cell in row.cells for line in lines_in(cell)]


def _abbreviations(outline: Outline, flow: Flow) -> Iterator[Doubt]:
    section = outline.section("definitions")
    if section is None:
        return
    shorts = [short for block in section.body if (short := _short(block))]
    for block in section.body:
        if isinstance(block, Table):
            shorts.extend(
                short for row in block.rows if (short := _short_in_row([cell.text for cell in row.cells]))
            )
    if repeated := [short for short, count in Counter(shorts).items() if count > 1]:
        message = f"Chữ viết tắt giải thích nhiều lần: {', '.join(repeated)}."
        yield Doubt(WarningCode.ABBREVIATION_REPEATED, message)
    if sum(map(_is_abbreviation, shorts)) < _FEWEST_DEFINITIONS:
        return
    last = outline.sections[-1]
    used = _used(flow[outline.body_start : last.start + len(last.body) + 1], frozenset(shorts))
    if used:
        message = f"Chữ viết tắt chưa được giải thích: {', '.join(used)}."
        yield Doubt(WarningCode.ABBREVIATION_UNDEFINED, message)


def _is_abbreviation(short: str) -> bool:
    return sum(map(str.isupper, short)) >= 2 and not _WORD.search(short)


def _short(block: Line | Table) -> str:
    if isinstance(block, Line) and (behind := _DEFINED_BEHIND.search(block.text)):
        return behind["short"]
    match = _DEFINED.match(block.text) if isinstance(block, Line) else None
    return "" if match is None else match["short"].strip(" -–•*")


def _short_in_row(cells: list[str]) -> str:
    words = [cell.strip(" :.") for cell in cells if cell.strip(" :.") and not cell.strip(" .").isdecimal()]
    return words[0] if len(words) > 1 and len(words[0]) <= 25 and any(map(str.isupper, words[0])) else ""


def _used(body: Flow, defined: frozenset[str]) -> list[str]:
    known, found = set(defined) | COMMON_ABBREVIATIONS, dict[str, None]()
    for block in body:
        for line in _lines(block):
            known.update(
                match["short"] for pattern in (_EXPLAINED, _IN_BRACKETS) for match in pattern.finditer(line)
            )
            if not Line("", line).capitals:
                found.update(dict.fromkeys(_ABBREVIATION.findall(line)))
    return [short for short in found if short not in known]


def _records(anatomy: Anatomy, outline: Outline) -> Iterator[Doubt]:
    """Tell of kept registers and certificates about a matter that neither the title nor the result names."""
    result = outline.item("result")
    about = fold(" ".join([anatomy.title or "", *(() if result is None else _words_of(result))]))
    foreign = []
    for record in anatomy.records:
        name = fold(record.name)
        match = KEPT_OF.search(name) if result is not None and anatomy.title else None
        if match is not None and match["what"] not in about:
            foreign.append(record.name)
    if foreign:
        shown = "; ".join(f"«{name}»" for name in foreign)
        message = f"Hồ sơ lưu có loại của thủ tục khác, có thể chép nhầm: {shown}."
        yield Doubt(WarningCode.RECORDS_OF_ANOTHER, message)

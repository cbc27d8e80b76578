"""Writes code, issue and dates where labels say that they stand, in the format that is there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from qms.formats.anatomy.cover import read_code
from qms.formats.anatomy.labels import COVER_LABELS
from qms.formats.docx.lines import refuse_protected
from qms.formats.docx.names import W, parent_of
from qms.formats.docx.words import Words
from qms.model.cover import CoverField, CoverValues

_DAY = re.compile(r"\d{1,2}\s*([/.-])\s*\d{1,2}\s*[/.-]\s*\d{4}")
_DAY_IN_WORDS = re.compile(r"\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}", re.IGNORECASE)
_NO_DAY = re.compile(r"[\d\s./…_–-]*[./…_][\d\s./…_–-]*")
_NUMBER = re.compile(r"\d{1,3}(?!\d)")
_AROUND = " \t\u00a0:"
_KINDS = {
    CoverField.CODE: ("code",),
    CoverField.ISSUE: ("issue",),
    CoverField.REVISION: ("revision",),
    CoverField.ISSUED: ("issued", "day"),
    CoverField.EFFECTIVE: ("effective",),
}


@dataclass(frozen=True)
class _Value:
    """A label's value in the raw text of a paragraph; empty where the label stands alone."""

    kind: str
    start: int
    end: int


def write_field(
    paragraphs: Sequence[etree._Element], field: CoverField, values: CoverValues
) -> list[etree._Element]:
    """Write one field wherever it is labelled and return the paragraphs that changed; raises ``LineLeft``."""
    changed: list[etree._Element] = []
    for paragraph in paragraphs:
        words = Words(paragraph)
        for value in reversed(_values(words.text)):
            if value.kind not in _KINDS[field]:
                continue
            if words.text[value.start : value.end].strip(_AROUND):
                changed.extend(_over(words, value.start, value.end, field, values))
            else:
                changed.extend(_beside(words, value, field, values))
    return changed


def _values(text: str) -> list[_Value]:
    """Return where the value of each label stands; a value ends where the next label or the line does."""
    found: list[_Value] = []
    for line in re.finditer(r"[^\n]+", text):
        hits: list[tuple[int, int, str]] = []
        for hit in sorted(_hits(line[0])):
            if not hits or hit[0] >= hits[-1][1]:
                hits.append(hit)
        stops = [*(start for start, _, _ in hits[1:]), len(line[0])]
        for (_, end, kind), stop in zip(hits, stops, strict=False):
            found.append(_Value(kind, line.start() + end, line.start() + stop))
    return _shared(text, found)


def _hits(line: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, kind) of every label; accents may be made of several characters."""
    composed, places = _composed(line)
    for kind, pattern in COVER_LABELS.items():
        for match in pattern.finditer(composed):
            yield places[match.start()], places[match.end()], kind


def _composed(line: str) -> tuple[str, list[int]]:
    """Return a line with one character a letter, blanks plain, and for each of them where it stood."""
    composed, places = [], []
    at = 0
    while at < len(line):
        end = at + 1
        while end < len(line) and (unicodedata.combining(line[end]) or line[end] == "\u200e"):
            end += 1
        for char in unicodedata.normalize("NFC", line[at:end].replace("\u200e", "")):
            composed.append(" " if char.isspace() else char)
            places.append(at)
        at = end
    return "".join(composed), [*places, len(line)]


def _shared(text: str, values: list[_Value]) -> list[_Value]:
    """Part a value that two labels share: "Lần ban hành/sửa đổi: 01/02"."""
    found: list[_Value] = []
    waiting: list[_Value] = []
    for value in values:
        if text[value.start : value.end].strip(_AROUND) in {"/", "-", "–"}:
            waiting.append(value)
            continue
        parts = list(re.finditer(r"[^/–-]+", text[value.start : value.end])) if waiting else []
        if waiting and len(parts) == len(waiting) + 1:
            for one, part in zip((*waiting, value), parts, strict=True):
                found.append(_Value(one.kind, value.start + part.start(), value.start + part.end()))
        else:
            found.append(value)
        waiting = []
    return found


def _over(
    words: Words, start: int, end: int, field: CoverField, values: CoverValues
) -> Iterator[etree._Element]:
    """Write a value in place of the one that stands there; yield the paragraph if it changed."""
    raw = words.text[start:end]
    place = _place(raw, field)
    new = _new(raw[place[0] : place[1]] if place else "", field, values)
    if not place or not new or raw[place[0] : place[1]] == new:
        return
    refuse_protected(words.paragraph)
    words.replace(start + place[0], start + place[1], new)
    yield words.paragraph


def _place(raw: str, field: CoverField) -> tuple[int, int] | None:
    """Return where in the words behind a label its value stands, None for words that are no such value."""
    begin = len(raw) - len(raw.lstrip(_AROUND))
    whole = (begin, len(raw.rstrip()))
    if field is CoverField.CODE:
        code = read_code(raw)
        at = raw.find(code) if code else -1
        return (at, at + len(code)) if at >= 0 else None
    if field in (CoverField.ISSUE, CoverField.REVISION):
        number = _NUMBER.search(raw)
        return number.span() if number else None
    day = _DAY.search(raw) or _DAY_IN_WORDS.search(raw)
    if day is not None:
        return day.span()
    return whole if _NO_DAY.fullmatch(raw[slice(*whole)]) else None


def _new(old: str, field: CoverField, values: CoverValues) -> str:
    """Return a value in the style of the old one."""
    if field is CoverField.CODE:
        return values.code or ""
    if field in (CoverField.ISSUE, CoverField.REVISION):
        number = values.issue if field is CoverField.ISSUE else values.revision
        bare = old.isdecimal() and len(old) == 1
        return "" if number is None else str(number) if bare else f"{number:02d}"
    day = (values.issued if field is CoverField.ISSUED else values.effective) or ""
    number_parts = day.split("/")
    if not all(part.isdecimal() for part in number_parts):
        return day
    if _DAY_IN_WORDS.fullmatch(old):
        return f"{number_parts[0]} tháng {number_parts[1]} năm {number_parts[2]}"
    mark = _DAY.fullmatch(old)
    return (mark[1] if mark else "/").join(number_parts)


def _beside(words: Words, value: _Value, field: CoverField, values: CoverValues) -> Iterator[etree._Element]:
    """Write the value of a label that stands alone: into the cell beside or below it, else behind it."""
    cell = _cell_of(words.paragraph)
    last_in_cell = cell is not None and not words.text[value.end :].strip()
    for other in _neighbours(cell) if cell is not None and last_in_cell else ():
        for paragraph in other.iter(f"{W}p"):
            inner = Words(paragraph)
            if _values(inner.text):
                break
            if inner.text.strip():
                yield from _over(inner, 0, len(inner.text), field, values)
                return
    new = _new("", field, values)
    if new:
        refuse_protected(words.paragraph)
        colon = "" if ":" in words.text[value.start : value.end] else ":"
        words.insert(value.end, f"{colon} {new}" if not words.text[: value.end].endswith(" ") else new)
        yield words.paragraph


def _cell_of(paragraph: etree._Element) -> etree._Element | None:
    return next(paragraph.iterancestors(f"{W}tc"), None)


def _neighbours(cell: etree._Element) -> Iterator[etree._Element]:
    """Yield the cell right of a cell, then the one below it."""
    row = parent_of(cell)
    cells = row.findall(f"{W}tc")
    at = cells.index(cell) if cell in cells else -1
    if at < 0:
        return
    if at + 1 < len(cells):
        yield cells[at + 1]
    below = next(row.itersiblings(f"{W}tr"), None)
    under = [] if below is None else below.findall(f"{W}tc")
    if at < len(under):
        yield under[at]

"""Abolished names: words of bodies, levels and papers that a text may no longer use as if they were alive.

Pure. The names, their last days and their successors are data (``abolished_names.toml``); the titles of old
instruments keep their words, so what is quoted is spared (``domain.md`` §8.14).
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from qms.citations.citation import Citation
from qms.citations.reader import find

_CAPITALS = "A-Z" + "".join(chr(code) for code in range(0xC0, 0x1EFA) if chr(code).isupper())
_PROPER_NAME = rf"[ \t\u00a0]+(?:[{_CAPITALS}]\w*(?:[ \t\u00a0]+[{_CAPITALS}]\w*){{0,3}}|\d+)"
_WORD = re.compile(r"\w+")
_TITLE_BEGINS = re.compile(
    r"[\s,\"“(]*(?:(?:ngày|năm|của|do|về|quy\s+định|sửa\s+đổi|hướng\s+dẫn|ban\s+hành|thay\s+thế|bãi\s+bỏ|công\s+bố|phê\s+duyệt)\b)",
    re.IGNORECASE,
)
_TITLE_ENDS = re.compile(r"[;\n\r\t|]|\.(?=\s|$)")
_QUOTED = re.compile(r"“[^”\n]{0,400}”|\"[^\"\n]{0,400}\"|«[^»\n]{0,400}»")
_FORMERLY_AFTER = re.compile(
    r"\s*\(?\s*(?:cũ\b|nay\s+là|trước\s+đây|\(cũ\)|trước\s+(?:khi\s+)?(?:sắp\s+xếp|sáp\s+nhập))",
    re.IGNORECASE,
)
_FORMERLY_BEFORE = re.compile(
    r"(?:trước\s+đây\s+(?:là|do)|nguyên\s+là|thuộc\s+địa\s+bàn)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)


@dataclass(frozen=True)
class AbolishedName:
    """One place where a text uses a name that is out of use: ``text`` is exactly ``input[start:end]``."""

    start: int
    end: int
    text: str
    since: date
    instead: str
    note: str


@dataclass(frozen=True)
class _Entry:
    since: date
    instead: str
    note: str


def abolished_names(
    text: str, day: date, citations: Sequence[Citation] | None = None
) -> tuple[AbolishedName, ...]:
    """Return every living use of a name that was out of use on ``day``, in order; quoted titles are spared.

    ``citations`` are those of the same text where the caller has them already.
    """
    entries = _names()[1]
    found: list[AbolishedName] = []
    spared: _Spans | None = None
    for match in _named(text):
        entry = entries[int((match.lastgroup or "n0_0")[1:].partition("_")[0])]
        if day < entry.since or _spoken_of_as_past(text, match.start(), match.end()):
            continue
        spared = spared or _Spans(_quoted(text, find(text) if citations is None else citations))
        if not spared.hold(match.start()):
            found.append(AbolishedName(*match.span(), match[0], entry.since, entry.instead, entry.note))
    return tuple(found)


def _named(text: str) -> Iterator[re.Match[str]]:
    """Yield the names in order: a word is looked up before any pattern is tried, for most begin no name."""
    patterns, end = _names()[0], 0
    for word in _WORD.finditer(text):
        pattern = patterns.get(word[0].lower())
        match = pattern.match(text, word.start()) if pattern and word.start() >= end else None
        if match:
            end = match.end()
            yield match


def _spoken_of_as_past(text: str, start: int, end: int) -> bool:
    if _FORMERLY_AFTER.match(text, end):
        return True
    return _FORMERLY_BEFORE.search(text, max(0, start - 40), start) is not None


def _quoted(text: str, citations: Iterable[Citation]) -> Iterator[tuple[int, int]]:
    """Yield what a text quotes: each citation with the title that follows it, and what stands between marks."""
    for citation in citations:
        end = citation.end
        if citation.instrument or citation.title:
            begins = _TITLE_BEGINS.match(text, end)
            if begins:
                stop = _TITLE_ENDS.search(text, begins.end())
                end = stop.start() if stop else len(text)
        yield citation.start, end
    for match in _QUOTED.finditer(text):
        yield match.span()


class _Spans:
    """Stretches of a text, joined where they overlap, asked by position."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
                continue
            self._starts.append(start)
            self._ends.append(end)

    def hold(self, position: int) -> bool:
        """Tell whether a position lies in one of them."""
        at = bisect_right(self._starts, position) - 1
        return at >= 0 and position < self._ends[at]


@cache
def _names() -> tuple[dict[str, re.Pattern[str]], tuple[_Entry, ...]]:
    """Return for each first word a pattern of its names, the longest first, and what the groups stand for."""
    data = tomllib.loads(files("qms.citations").joinpath("abolished_names.toml").read_text("utf-8"))
    entries: list[_Entry] = []
    spellings: list[tuple[str, str, int]] = []
    for row in _rows(data):
        for words in row["words"]:
            spellings.append((words, _PROPER_NAME if row.get("proper_name") else "", len(entries)))
        entries.append(_Entry(row["from"], row["instead"], row["note"]))
    # the pattern is case-blind, but a proper name must begin with a capital: that part is not
    spellings.sort(key=lambda spelling: -len(spelling[0]))
    patterns: dict[str, list[str]] = {}
    for i, (words, after, number) in enumerate(spellings):
        group = f"(?P<n{number}_{i}>{_words(words)}{f'(?-i:{after})' if after else ''})"
        patterns.setdefault(_WORD.findall(words)[0].lower(), []).append(group)
    return {
        word: re.compile(f"(?:{'|'.join(groups)})(?!\\w)", re.IGNORECASE) for word, groups in patterns.items()
    }, tuple(entries)


def _rows(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from data["name"]
    provinces = data["provinces"]
    for name, now in provinces["merged"].items():
        words = [f"tỉnh {name}", f"UBND tỉnh {name}", f"T. {name}"]
        yield {"words": words, "from": provinces["from"], "instead": now, "note": provinces["note"]}


def _words(words: str) -> str:
    """Any white space where the data has a blank, either dash where it has one, an optional blank around commas."""
    spelled = re.escape(words).replace(r"\ ", r"\s+").replace(r"\-", "[-–]")
    return spelled.replace(",", r"\s*,")

"""Automatic numbers as a reader sees them: ``numbering.xml`` played through in document order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from qms.formats.docx.names import VAL, W, is_on

_LEVELS = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True)
class Level:
    """One level of a list: where it starts, how it counts, what it prints, what makes it begin anew."""

    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    legal: bool = False
    restart: int | None = None


@dataclass(frozen=True)
class ListNumber:
    """A list instance (``w:num``): which definition it counts on, which levels it starts anew or replaces."""

    abstract: str
    starts: Mapping[int, int] = field(default_factory=dict)
    levels: Mapping[int, Level] = field(default_factory=dict)


class Numbering:
    """The counters of all lists; ``next`` must be called once for each numbered paragraph, in order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstracts: dict[str, dict[int, Level]] = {}
        self._numbers: dict[str, ListNumber] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._load(root)

    def next(self, number_id: str, level: int) -> str:
        """Count on and return what Word prints before this paragraph ('' for an unknown list)."""
        number = self._numbers.get(number_id)
        if number is None or not 0 <= level < _LEVELS:
            return ""
        counters = self._counters.setdefault(number.abstract, [None] * _LEVELS)
        self._count(number_id, number, level, counters)
        return self._printed(number, level, counters)

    def _count(self, number_id: str, number: ListNumber, level: int, counters: list[int | None]) -> None:
        first_time = (number_id, level) not in self._begun
        self._begun.add((number_id, level))
        current = counters[level]
        if first_time and level in number.starts:
            counters[level] = number.starts[level]
        elif current is None:
            counters[level] = self._level(number, level).start
        else:
            counters[level] = current + 1
        for deeper in range(level + 1, _LEVELS):
            restart = self._level(number, deeper).restart
            if restart is None or level < restart:
                counters[deeper] = None

    def _printed(self, number: ListNumber, level: int, counters: list[int | None]) -> str:
        own = self._level(number, level)
        if own.format == "none":
            return ""
        if own.format == "bullet":
            return _bullet(own.pattern)

        def counted(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            shown = self._level(number, at)
            count = counters[at]
            return spell(shown.start if count is None else count, "decimal" if own.legal else shown.format)

        return re.sub(r"%([1-9])", counted, own.pattern).strip()

    def _level(self, number: ListNumber, level: int) -> Level:
        if level in number.levels:
            return number.levels[level]
        return self._abstracts.get(number.abstract, {}).get(level, Level())

    def _load(self, root: etree._Element) -> None:
        links: dict[str, str] = {}
        styles: dict[str, str] = {}
        for element in root.findall(f"{W}abstractNum"):
            key = element.get(f"{W}abstractNumId", "")
            self._abstracts[key] = {_at(level): _level_of(level) for level in element.findall(f"{W}lvl")}
            for name, kept in (("numStyleLink", links), ("styleLink", styles)):
                found = element.find(f"{W}{name}")
                if found is not None:
                    kept[key] = found.get(VAL, "")
        by_style = {style: key for key, style in styles.items()}
        for key, style in links.items():
            self._abstracts[key] = self._abstracts.get(by_style.get(style, ""), self._abstracts[key])
        for element in root.findall(f"{W}num"):
            self._numbers[element.get(f"{W}numId", "")] = _number_of(element)


def spell(count: int, style: str) -> str:
    """Return a count as Word prints it in this number format."""
    if style in {"lowerLetter", "upperLetter"}:
        letters = (
            chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count < 1000 else str(count)
        )
        return letters if style == "lowerLetter" else letters.upper()
    if style in {"lowerRoman", "upperRoman"}:
        roman = _roman(count)
        return roman if style == "lowerRoman" else roman.upper()
    if style == "decimalZero":
        return f"{count:02d}"
    return str(count)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    written = ""
    for value, letters in (*_ROMAN, *_ROMAN_SMALL):
        written += letters * (count // value)
        count %= value
    return written


def _bullet(pattern: str) -> str:
    mark = pattern.strip()
    if not mark:
        return ""
    return "•" if _PRIVATE_USE.search(mark) or mark in {"o", "§"} else mark


def _at(element: etree._Element) -> int:
    text = element.get(f"{W}ilvl", "0")
    return int(text) if text.isdecimal() else 0


def _level_of(element: etree._Element) -> Level:
    legal = element.find(f"{W}isLgl")
    restart = _text(element, "lvlRestart")
    return Level(
        start=_whole(_text(element, "start"), 1),
        format=_text(element, "numFmt") or "decimal",
        pattern=_text(element, "lvlText") or "",
        legal=legal is not None and is_on(legal.get(VAL)),
        restart=None if restart is None else _whole(restart, 0),
    )


def _number_of(element: etree._Element) -> ListNumber:
    starts: dict[int, int] = {}
    levels: dict[int, Level] = {}
    for override in element.findall(f"{W}lvlOverride"):
        at = _at(override)
        replaced = override.find(f"{W}lvl")
        if replaced is not None:
            levels[at] = _level_of(replaced)
        start = _text(override, "startOverride")
        if start is not None:
            starts[at] = _whole(start, 1)
    return ListNumber(_text(element, "abstractNumId") or "", starts, levels)


def _text(element: etree._Element, name: str) -> str | None:
    found = element.find(f"{W}{name}")
    return None if found is None else found.get(VAL)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 7 else otherwise

"""A legal basis that is a table of its own, one row an instrument, at most with a number beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Self

from lxml import etree

from qms.formats.basis_lines import counted_on
from qms.formats.docx.lines import Spot, refuse_protected
from qms.formats.docx.names import W, parent_of
from qms.formats.docx.words import Words
from qms.model.basis import LineLeft

_NUMBER = re.compile(r"\s*(\d{1,3})[.)]?\s*")
_NOT_COPIED = tuple(
    f"{W}{name}"
    for name in (
        "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd",
    )
)  # fmt: skip
_CARRIED = tuple(
    f"{W}{name}"
    for name in ("drawing", "pict", "object", "footnoteReference", "endnoteReference", "commentReference")
)
_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"

CARRIES = "Dòng này của bảng còn mang hình hoặc chú thích; hãy sửa bằng tay trong Word."


class Rows:
    """The rows of a table of instruments, one line each; ``row`` is that of the line ``spot``."""

    def __init__(
        self, spot: Spot, row: etree._Element, placed: Sequence[tuple[Spot, etree._Element]]
    ) -> None:
        self._spot = spot
        self.row = row
        self.group = [one for one, _ in placed]
        self._rows = [own for _, own in placed]

    @classmethod
    def of(cls, spot: Spot, known: Sequence[Spot]) -> Self | None:
        """Return the rows of the table that a line stands in, None where that is not a list of instruments."""
        row = _row_of(spot)
        if row is None:
            return None
        placed = [
            (one, own)
            for one in known
            if (own := _row_of(one)) is not None and own.getparent() is row.getparent()
        ]
        is_list = 1 < len(placed) == len({own for _, own in placed})
        return cls(spot, row, placed) if is_list else None

    def add(self, lead: str, text: str, mark: str) -> tuple[etree._Element, list[etree._Element]]:
        """Put a row like that of the line behind it; return it and the paragraphs that count on."""
        if any(True for _ in self.row.iter(*_CARRIED)):
            raise LineLeft(reason=CARRIES)
        new = deepcopy(self.row)
        new.tail = None
        for unwanted in list(new.iter(*_NOT_COPIED)):
            parent_of(unwanted).remove(unwanted)
        for element in new.iter(f"{W}tr", f"{W}p"):
            for name in [name for name in element.attrib if str(name).startswith(_WORD_2010)]:
                del element.attrib[name]
        at = list(self.row.iter(f"{W}p")).index(self._spot.paragraph)
        words = Words(list(new.iter(f"{W}p"))[at])
        words.replace(self._spot.lead, self._spot.stop, f"{lead}{text}{mark}")
        own, numbers = counted_on(self._numbers(), self._at, change=1)
        _write_number(new, own)
        parent_of(self.row).insert(parent_of(self.row).index(self.row) + 1, new)
        return new, self._count_on(numbers)

    def remove(self) -> list[etree._Element]:
        """Return the paragraphs that count on once the row of the line is gone; raises ``LineLeft``."""
        if any(True for _ in self.row.iter(*_CARRIED)):
            raise LineLeft(reason=CARRIES)
        return self._count_on(counted_on(self._numbers(), self._at, change=-1)[1])

    @property
    def _at(self) -> int:
        return self._rows.index(self.row)

    def _numbers(self) -> list[str]:
        return [f"{_number_in(row)}." for row in self._rows]

    def _count_on(self, numbers: Sequence[str]) -> list[etree._Element]:
        before = self._numbers()
        changed = []
        for row, old, new in zip(self._rows, before, numbers, strict=True):
            if old != new:
                changed.extend(_write_number(row, new))
        return changed


def _row_of(spot: Spot) -> etree._Element | None:
    """Return the table row that is this line's own: nothing else in it than a number."""
    cell = spot.paragraph.getparent()
    row = None if cell is None or cell.tag != f"{W}tc" else cell.getparent()
    if row is None or row.tag != f"{W}tr" or any(True for _ in row.iter(f"{W}vMerge", f"{W}tbl")):
        return None
    others = [Words(one).text for one in row.iter(f"{W}p") if one is not spot.paragraph]
    return row if all(not text.strip() or _NUMBER.fullmatch(text) for text in others) else None


def _number_in(row: etree._Element) -> str:
    return next((match[1] for _, match in _numbered(row)), "")


def _write_number(row: etree._Element, number: str) -> list[etree._Element]:
    for words, match in _numbered(row):
        refuse_protected(words.paragraph)
        words.correct(match.start(1), match.end(1), number.rstrip("."))
        return [words.paragraph]
    return []


def _numbered(row: etree._Element) -> Iterator[tuple[Words, re.Match[str]]]:
    for one in row.iter(f"{W}p"):
        words = Words(one)
        if match := _NUMBER.fullmatch(words.text):
            yield words, match

"""Where the lines of the legal basis stand in the raw text of a Markdown file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qms.formats.anatomy.lines import Line
from qms.formats.anatomy.reader import read_basis
from qms.formats.basis_lines import Shown, core, is_lead, mark_of
from qms.formats.markdown import begins_block, from_markdown
from qms.formats.text import Block, Paragraph, Table

EMPHASIS = "*_~`"
OPENED = re.compile(r"\*\*|__|(?<![*\\])\*(?![*\s])|(?<![_\\])_(?!_)")
"""Emphasis that begins before the words of a line; a star before a blank is a bullet."""

_BREAK = re.compile(r"<br\s*/?>[^\S\n]*(?:\r?\n)?", re.IGNORECASE)
_IN_ROW = re.compile(r"<br\s*/?>\s*|(?<!\\)\|", re.IGNORECASE)
_TAIL = re.compile(r"(?:\s|[;.*_~`]|\[\^[^\]\s]{1,40}\])*")
_BULLET_AT_END = re.compile(r"[\s\\–—+•●▪■-]*$")
_CELL_NUMBER = re.compile(r"\s*(\d{1,3})\\?[.)]?\s*")


@dataclass(frozen=True)
class Spot:
    """One line of the basis: offsets of its number or bullet, its words, its end, and of the block that holds it.

    ``headed`` means that the block begins with something else ("**Căn cứ pháp lý:** ..."); ``row`` that it is a row
    of a table.
    """

    lead: int
    start: int
    end: int
    stop: int
    block: tuple[int, int]
    headed: bool
    row: bool


class RawBasis:
    """The raw text of a file and where in it each line of the basis stands (None where that is not sure)."""

    def __init__(self, text: str) -> None:
        self.text = text
        parsed = from_markdown(text)
        self.lines = read_basis(parsed)
        self._rows = frozenset(_rows_in(parsed.blocks))
        self._raw = text.split("\n")
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._shown = Shown(text, f"{EMPHASIS}\\")
        self.spots = list(self._spots())

    @property
    def line_end(self) -> str:
        """Return how lines of this file end."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def lead_of(self, spot: Spot) -> str:
        """Return the raw number or bullet of a line."""
        return self.text[spot.lead : spot.start]

    def mark(self, spot: Spot) -> str:
        """Return the closing mark of a line."""
        return mark_of(re.sub(r"\[\^[^\]]*\]|[*_~`]", "", self.text[spot.end : spot.stop]))

    def group_of(self, spot: Spot) -> list[Spot]:
        """Return the lines that make one list with this one, itself among them, in order."""
        known = [one for one in self.spots if one is not None]
        if not spot.row:
            return [one for one in known if not one.row]
        rows = [one for one in known if self.number_beside(one) is not None]
        if spot in rows and 1 < len(rows) == len({one.block for one in rows}):
            return rows
        return [one for one in known if one.block == spot.block]

    def number_beside(self, spot: Spot) -> tuple[int, int] | None:
        """Return where the number of a row stands whose other cells hold nothing else; (0, 0) when there is none."""
        if not spot.row:
            return None
        found = (0, 0)
        at = spot.block[0]
        for cell in re.split(r"(?<!\\)(\|)", self.text[slice(*spot.block)]):
            holds_line = at <= spot.start < at + len(cell)
            match = _CELL_NUMBER.fullmatch(cell)
            if match is not None:
                found = (at + match.start(1), at + match.end(1))
            elif not holds_line and cell.strip(" |"):
                return None
            at += len(cell)
        return found

    def _spots(self) -> Iterator[Spot | None]:
        after = 0
        for line in self.lines:
            spot = self._spot(line, after)
            after = spot.stop if spot is not None else after
            yield spot

    def _spot(self, line: Line, after: int) -> Spot | None:
        if line.place is None:
            return None
        row = line.place in self._rows
        block = self._block(line.place, row)
        begins = block[0]
        found = self._shown.find(core(line.text), max(begins, after))
        if found is None or found[1] > block[1]:
            return None
        start, end = found
        for separator in (_IN_ROW if row else _BREAK).finditer(self.text, begins, start):
            begins = separator.end()
        lead = max(begins, after)
        while row and self.text[lead] in " \t":
            lead += 1
        headed = not is_lead(OPENED.sub("", self.text[lead:start]).lstrip("> \t"))
        if headed and (bullet := _BULLET_AT_END.search(self.text, lead, start)):
            lead = bullet.start()
        tail = _TAIL.match(self.text, end, block[1])
        return Spot(lead, start, end, end if tail is None else tail.end(), block, headed, row)

    def _block(self, place: int, row: bool) -> tuple[int, int]:
        raw, end = self._raw, place + 1
        while not row and end < len(raw) and raw[end].strip() and not begins_block(raw[end]):
            end += 1
        last = self._starts[end - 1] + len(raw[end - 1].rstrip("\r"))
        return self._starts[place], last


def _rows_in(blocks: Sequence[Block]) -> Iterator[int]:
    for block in blocks:
        for row in block.rows if isinstance(block, Table) else ():
            for cell in row.cells:
                yield from (
                    one.place for one in cell.blocks if isinstance(one, Paragraph) and one.place is not None
                )

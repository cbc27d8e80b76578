"""The one intermediate form between any two formats: blocks of words as a reader of the page sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias


class Numbered:
    """Words that Word shows behind an automatic number, letter or bullet."""

    text: str
    number: str

    @property
    def shown(self) -> str:
        """Return number and words in one line, as a reader sees them."""
        return " ".join(f"{self.number} {self.text}".split())

    @property
    def shown_lines(self) -> tuple[str, ...]:
        """Return the lines as soft breaks part them, the number before the first."""
        first, *others = self.text.split("\n")
        return (" ".join(f"{self.number} {first}".split()), *others)


@dataclass(frozen=True)
class Paragraph(Numbered):
    """One paragraph: words NFC with every run of blanks one blank, a line break kept as a newline.

    ``number`` is the automatic number, letter or bullet that Word shows before the words; a typed one stays
    in ``text``. ``bold`` means that every visible letter is bold. ``notes`` are the marks of its footnotes,
    ``pictures`` how many images or diagrams without words of their own it holds.
    ``place`` is where it stands in the file, so that it can be changed there: the ordinal of its ``w:p`` in a
    Word file, its first line in Markdown, counted from 0.
    """

    text: str
    number: str = ""
    bold: bool = False
    centred: bool = False
    notes: tuple[str, ...] = ()
    place: int | None = field(default=None, compare=False, repr=False)
    pictures: int = 0


@dataclass(frozen=True)
class Heading(Numbered):
    """A heading by style (``level`` 1 to 6), with its automatic ``number`` if it has one."""

    level: int
    text: str
    number: str = ""
    place: int | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Cell:
    """A cell at the place where it begins, covering ``colspan`` columns and ``rowspan`` rows of the grid."""

    blocks: tuple[Block, ...] = ()
    colspan: int = 1
    rowspan: int = 1

    @property
    def text(self) -> str:
        """Return all words of the cell in one line, lines and paragraphs joined by a blank."""
        return " ".join(" ".join(lines_of(self.blocks)).split())


@dataclass(frozen=True)
class Row:
    """The cells that begin in one row, left to right; ``header`` means repeated at the top of each page."""

    cells: tuple[Cell, ...]
    header: bool = False


@dataclass(frozen=True)
class Slot:
    """One place of a table's grid and the cell that covers it."""

    cell: Cell
    first_row: int
    first_column: int


@dataclass(frozen=True)
class Table:
    """A table as rows of cells at their origin; ``grid`` gives every place with the cell that covers it."""

    rows: tuple[Row, ...]

    def grid(self) -> tuple[tuple[Slot | None, ...], ...]:
        """Return the table as a rectangle of slots; a merged cell stands in every place that it covers."""
        return self._grid

    @cached_property
    def _grid(self) -> tuple[tuple[Slot | None, ...], ...]:
        return _lay_out(self.rows)


Block: TypeAlias = "Heading | Paragraph | Table"


@dataclass(frozen=True)
class Running:
    """A header or footer on some pages of section ``section`` (counted from 0).

    ``pages`` are ``default``, ``first``, ``even``, or ``none`` for one that the file has but no page shows.
    """

    blocks: tuple[Block, ...]
    section: int = 0
    pages: str = "default"

    @property
    def text(self) -> str:
        """Return its words in one line."""
        return " ".join(" ".join(lines_of(self.blocks)).split())


@dataclass(frozen=True)
class Footnote:
    """A footnote or endnote and the mark that points to it."""

    mark: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Text:
    """A document's words in reading order; text boxes stand, once, after the paragraph that holds them."""

    blocks: tuple[Block, ...]
    headers: tuple[Running, ...] = ()
    footers: tuple[Running, ...] = ()
    footnotes: tuple[Footnote, ...] = ()

    def plain(self) -> str:
        """Return every word once, a line a paragraph: body, footnotes, then distinct headers and footers."""
        lines = list(lines_of(self.blocks))
        for note in self.footnotes:
            lines.extend(lines_of(note.blocks))
        lines.extend(
            dict.fromkeys(running.text for running in (*self.headers, *self.footers) if running.text)
        )
        return "\n".join(lines)

    def running(self) -> tuple[Running, ...]:
        """Return the headers and footers that a page shows."""
        return tuple(one for one in (*self.headers, *self.footers) if one.pages != "none")

    def tables(self) -> tuple[Table, ...]:
        """Return the tables of the body, outermost only, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


def lines_of(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the non-empty paragraphs of blocks and of all cells in them, with automatic numbers.

    A number without words counts (the first cell of a row in a step table), a bullet without words does not.
    """
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from lines_of(cell.blocks)
        elif block.text or any(mark.isalnum() for mark in block.number):
            yield block.shown


def _lay_out(rows: tuple[Row, ...]) -> tuple[tuple[Slot | None, ...], ...]:
    places: list[dict[int, Slot]] = [{} for _ in rows]
    for at, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while column in places[at]:
                column += 1
            slot = Slot(cell, at, column)
            for down in places[at : at + cell.rowspan]:
                down.update(dict.fromkeys(range(column, column + cell.colspan), slot))
            column += cell.colspan
    width = max((max(taken, default=-1) + 1 for taken in places), default=0)
    return tuple(tuple(taken.get(column) for column in range(width)) for taken in places)

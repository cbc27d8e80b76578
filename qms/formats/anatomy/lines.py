"""A document as a flow of lines and tables: numbers apart from words, big tables unfolded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeAlias

from qms.formats.anatomy.labels import SECTIONS
from qms.formats.text import Block, Cell, Heading, Paragraph, Row, Table
from qms.model.ids import fold

_TYPED = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[a-zđA-ZĐ])(?:[.)](?!\d)\s*|(?<=\d)\.(?=[^\W\d]))"
    r"|(?P<stroked>\d{1,2})\s?[/–-]\s+(?=[A-ZĐÀ-Ỹ])"
    r"|(?P<named>(?:Mục|Phần|Chương|Điều|MỤC|PHẦN|CHƯƠNG|ĐIỀU)\s+(?:\d{1,3}|[IVX]{1,5}))[.:]\s*(?=[^\W\d_])"
    r"|(?P<nested>\d{1,2}(?:\.\d{1,2}){1,3})\s+(?=[^\W\d])"
    r"|(?P<bare>[a-zđ])\s+(?=[A-ZĐÀ-Ỹ])"
)
_BULLET = re.compile(r"(?P<number>[-–—+*•●▪■o])(?:\)|\s|(?<=[-–—+*•●▪■])(?=\S))\s*")
_BULLETS = frozenset("-–—+*•●▪■")
_DOTTED = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?")


@dataclass(frozen=True)
class Line:
    """One paragraph: its number or bullet, typed or automatic, without full stop; its words; how it looks."""

    number: str
    text: str
    bold: bool = False
    heading: int | None = None
    centred: bool = False
    place: int | None = field(default=None, compare=False, repr=False)

    @property
    def bulleted(self) -> bool:
        """Tell whether the number is only a bullet."""
        return self.number in _BULLETS

    @property
    def capitals(self) -> bool:
        """Tell whether the words are written in capitals."""
        return _in_capitals(self.text)

    @property
    def head(self) -> str:
        """Return what stands before the first colon."""
        return self.text.partition(":")[0].strip()

    @property
    def rest(self) -> str:
        """Return what stands after the first colon ('' if there is none)."""
        return self.text.partition(":")[2].strip()


Flow: TypeAlias = "tuple[Line | Table, ...]"


@lru_cache(maxsize=1024)
def _in_capitals(text: str) -> bool:
    capitals = sum(map(str.isupper, text))
    letters = sum(map(str.isalpha, text)) if capitals else 0
    return letters > 1 and capitals > 0.8 * letters


def flow_of(blocks: Iterable[Block]) -> Flow:
    """Return the blocks as lines and tables; a table that is really a form of the whole text is unfolded."""
    found: list[Line | Table] = []
    for block in blocks:
        if isinstance(block, Table):
            found.extend(_unfolded(block) if _holds_the_text(block) else (block,))
        elif block.text:
            found.extend(_lines_in_paragraph(block))
    return tuple(found)


def line_of(block: Paragraph | Heading) -> Line:
    """Return a paragraph as a line; soft line breaks are blanks."""
    words = " ".join(block.text.split())
    number = block.number.strip().rstrip(".)")
    bold = isinstance(block, Heading) or block.bold
    level = block.level if isinstance(block, Heading) else None
    centred = isinstance(block, Paragraph) and block.centred
    if not number:
        number, words = split_number(words)
    return Line(number, words, bold, level, centred, block.place)


def _lines_in_paragraph(block: Paragraph | Heading) -> Iterator[Line]:
    """Yield one line, or several where soft breaks stand before bullets or numbers (a list typed with Shift+Enter)."""
    first, *others = block.text.split("\n")
    pieces = [first]
    for other in others:
        if split_number(other)[0]:
            pieces.append(other)
        else:
            pieces[-1] = f"{pieces[-1]} {other}"
    yield line_of(replace(block, text=pieces[0]))
    for piece in pieces[1:]:
        yield line_of(replace(block, text=piece, number=""))


def split_number(words: str) -> tuple[str, str]:
    """Part a typed number, letter or bullet from the words: ``5. NỘI DUNG`` -> ``('5', 'NỘI DUNG')``."""
    if match := _TYPED.match(words):
        return str(match[match.lastgroup or 0]), words[match.end() :].strip()
    if match := _BULLET.match(words):
        return match["number"], words[match.end() :].strip()
    return "", words


def lines_in(cell: Cell) -> tuple[str, ...]:
    """Return the lines of a cell, soft breaks apart, nested tables flattened, empty ones dropped."""
    return tuple(words for words, _ in _cell_lines(cell.blocks))


def placed_lines_in(cell: Cell) -> tuple[Line, ...]:
    """Return the lines of a cell as ``lines_in`` does, each with its place and the number still in its words."""
    return tuple(Line("", words, place=place) for words, place in _cell_lines(cell.blocks))


def section_kind(title: str) -> str | None:
    """Return which known main section these words name, if any."""
    folded = fold(title)
    if len(folded.split()) > 12:
        return None
    return next((kind for kind, pattern in SECTIONS.items() if pattern.fullmatch(folded)), None)


def _cell_lines(blocks: Iterable[Block]) -> Iterator[tuple[str, int | None]]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _cell_lines(cell.blocks)
        else:
            yield from ((line, block.place) for line in block.shown_lines if line)


def _holds_the_text(table: Table) -> bool:
    firsts = [(row.cells[0].text, row.cells[1].text) for row in table.rows if len(row.cells) > 1]
    dotted = sum(bool(_DOTTED.fullmatch(number)) for number, _ in firsts)
    known = {section_kind(title) for number, title in firsts if number.rstrip(".").isdecimal()} - {None}
    return dotted >= 3 or len(known) >= 2


def _unfolded(table: Table) -> Iterator[Line | Table]:
    pending: list[Row] = []
    for row in table.rows:
        number = row.cells[0].text.rstrip(".") if row.cells else ""
        numbered = number.isdecimal() or _DOTTED.fullmatch(number) is not None
        if not numbered or not _is_head_row(row, number):
            pending.append(row)
            continue
        yield from _pending(pending)
        pending = []
        yield from _head_lines(number, row)
    yield from _pending(pending)


def _is_head_row(row: Row, number: str) -> bool:
    if len(row.cells) < 2:
        return False
    return "." in number or section_kind(row.cells[1].text) is not None or len(row.cells) <= 3


def _head_lines(number: str, row: Row) -> Iterator[Line]:
    lines = [line for cell in row.cells[1:] for line in placed_lines_in(cell)]
    yield replace(lines[0], number=number, bold=True) if lines else Line(number, "", bold=True)
    for line in lines[1:]:
        yield _parted(line)


def _parted(line: Line) -> Line:
    number, words = split_number(line.text)
    return replace(line, number=number, text=words)


def _pending(rows: list[Row]) -> Iterator[Line | Table]:
    if rows and all(len(row.cells) <= 2 for row in rows):
        for row in rows:
            for cell in row.cells[1:] or row.cells:
                yield from map(_parted, placed_lines_in(cell))
    elif rows:
        yield Table(tuple(rows))

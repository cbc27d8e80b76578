"""Text as the reader matches it: composed letters, one blank for many, look-alikes mended, offsets kept.

Pure. Every position of the plain text leads back to the input exactly as given, so a citation found in NFD,
with no-break blanks, invisible marks or Cyrillic letters still spans the original characters. Most text is plain
already: one search tells, and it is taken as it is. Else the odd places are replaced in one pass and only the
edges between the pieces are kept. Runs in time linear in the input: the composition looks at one letter and at
most four marks at a time.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\ufeff\u2060\u00ad"
_ALIKE = "АВЕКМНОРСТХУÐðƉ‐‑‒–—−∕／："
_LOOK_ALIKE = str.maketrans(_ALIKE, "ABEKMHOPCTXYĐđĐ------//:")
_MARKS = "\u0300-\u036f"
_BREAK = re.compile("[\n\r\v\f\x85\u2028\u2029]")
_ODD = re.compile(rf"(\s{{2,}}|[^\S ]|[{_INVISIBLE}]+|[^\W\d_][{_MARKS}]{{1,4}})")
_BLANKS = "\t\r\x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_ODD_CHARACTER = re.compile(f"[{_BLANKS}{_INVISIBLE}{_MARKS}{_ALIKE}]")
_HAS_ALIKE = re.compile(f"[{_ALIKE}]")
_HAS_MARKS = re.compile(f"[{_MARKS}]")
_ODD_BUT_MARKS = re.compile(rf"(\s{{2,}}|[^\S ]|[{_INVISIBLE}]+)")


@dataclass(frozen=True)
class Plain:
    """The matched text, its line breaks, and the edges of the pieces where it and the input differ in length."""

    text: str
    breaks: tuple[int, ...] = ()
    edges: tuple[int, ...] = ()
    input_edges: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the input that ``text[start:end]`` was read from; ``start < end``."""
        if not self.edges:
            return start, end
        return self._of_input(start, 0), self._of_input(end - 1, 1)

    def _of_input(self, position: int, side: int) -> int:
        piece = bisect_right(self.edges, position) - 1
        if piece % 2:
            return self.input_edges[piece + side]
        return self.input_edges[piece] + position - self.edges[piece] + side


def read_plain(text: str) -> Plain:
    """Return the plain form of ``text``; never raises, whatever the text holds."""
    if "\n" not in text and "  " not in text and _ODD_CHARACTER.search(text) is None:
        return Plain(text)
    pieces = (_ODD if _HAS_MARKS.search(text) else _ODD_BUT_MARKS).split(text)
    if len(pieces) == 1:
        return Plain(_mended(text))
    input_edges = (0, *accumulate(map(len, pieces)))
    odd = pieces[1::2]
    pieces[1::2] = map(_shown, odd)
    edges = (0, *accumulate(map(len, pieces)))
    breaks = tuple(
        edges[2 * index + 1]
        for index, written in enumerate(odd)
        if written.isspace() and _BREAK.search(written)
    )
    return Plain(_mended("".join(pieces)), breaks, edges, input_edges)


def _mended(text: str) -> str:
    return text.translate(_LOOK_ALIKE) if _HAS_ALIKE.search(text) else text


class Page:
    """Lines of a text laid one under the other in their plain form, so that all are searched in one go.

    Every position of ``text`` lies in one of the lines; nothing that is read goes over the line feeds between them.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.text = "\n".join(lines)
        self._starts = _starts(lines)
        self._odd = {index: read_plain(lines[index]) for index in _odd_lines(lines, self.text, self._starts)}
        self._breaks: list[int] = []
        if self._odd:
            plain = list(lines)
            for index, line in self._odd.items():
                plain[index] = line.text
            self.text = "\n".join(plain)
            self._starts = _starts(plain)
            breaks = ((self._starts[index], line.breaks) for index, line in self._odd.items())
            self._breaks = sorted(start + position for start, of_line in breaks for position in of_line)

    def place(self, start: int, end: int) -> tuple[int, int, int]:
        """Return the number of the line that holds ``text[start:end]`` and the span in that line as given."""
        index = bisect_right(self._starts, start) - 1
        first = self._starts[index]
        odd = self._odd.get(index)
        return (index, *(odd.span(start - first, end - first) if odd else (start - first, end - first)))

    def next_break(self, position: int) -> int:
        """Return where the line of ``position`` ends, on the page or inside a line that goes over several."""
        end = self._starts[bisect_right(self._starts, position)] - 1
        index = bisect_left(self._breaks, position)
        return min(end, self._breaks[index]) if index < len(self._breaks) else end


def _starts(lines: Sequence[str]) -> tuple[int, ...]:
    return (0, *accumulate(len(line) + 1 for line in lines))


def _odd_lines(lines: Sequence[str], together: str, starts: Sequence[int]) -> Iterator[int]:
    """Yield the numbers of the lines that are not plain as they stand, found by searching all of them at once."""
    yield from (index for index, line in enumerate(lines) if "\n" in line)
    odd = _ODD_CHARACTER.search(together)
    while odd is not None:
        index = bisect_right(starts, odd.start()) - 1
        yield index
        odd = _ODD_CHARACTER.search(together, starts[index + 1])
    blanks = together.find("  ")
    while blanks >= 0:
        index = bisect_right(starts, blanks) - 1
        yield index
        blanks = together.find("  ", starts[index + 1])


def _shown(odd: str) -> str:
    if odd.isspace():
        return " "
    if odd[0] in _INVISIBLE:
        return ""
    return unicodedata.normalize("NFC", odd)

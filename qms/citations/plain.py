"""Text as the reader matches it: composed letters, one blank for many, look-alikes mended, offsets kept.

Pure. Every position of the plain text leads back to the input exactly as given, so a citation found in NFD,
with no-break blanks, invisible marks or Cyrillic letters still spans the original characters. Runs in time
linear in the input: the composition looks at one letter and at most four marks at a time.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from dataclasses import dataclass

_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\ufeff\u2060\u00ad"
_LOOK_ALIKE = str.maketrans(
    "АВЕКМНОРСТХУÐĐðƉ‐‑‒–—−∕／：",
    "ABEKMHOPCTXYĐĐđĐ------//:",
)
_MARKS = "\u0300-\u036f"
_ODD = re.compile(rf"\s+|[{_INVISIBLE}]+|[^\W\d_][{_MARKS}]{{1,4}}")


@dataclass(frozen=True)
class Plain:
    """The matched text, where each of its characters begins and ends in the input, and its line breaks."""

    text: str
    starts: tuple[int, ...] | range
    ends: tuple[int, ...] | range
    breaks: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the input that ``text[start:end]`` was read from; ``start < end``."""
        return self.starts[start], self.ends[end - 1]

    def next_break(self, position: int) -> int:
        """Return where the line of ``position`` ends in the plain text."""
        index = bisect.bisect_left(self.breaks, position)
        return self.breaks[index] if index < len(self.breaks) else len(self.text)


def read_plain(text: str) -> Plain:
    """Return the plain form of ``text``; never raises, whatever the text holds."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks: list[int] = []

    def keep(start: int, end: int) -> None:
        pieces.append(text[start:end])
        starts.extend(range(start, end))
        ends.extend(range(start + 1, end + 1))

    last = 0
    for odd in _ODD.finditer(text):
        keep(last, odd.start())
        last = odd.end()
        shown = _shown(odd.group())
        if shown == " " and any(mark in odd.group() for mark in "\n\r\v\f\x85\u2028\u2029"):
            breaks.append(len(starts))
        pieces.append(shown)
        starts.extend([odd.start()] * len(shown))
        ends.extend([odd.end()] * len(shown))
    keep(last, len(text))
    return Plain("".join(pieces).translate(_LOOK_ALIKE), tuple(starts), tuple(ends), tuple(breaks))


def _shown(odd: str) -> str:
    if odd.isspace():
        return " "
    if odd[0] in _INVISIBLE:
        return ""
    return unicodedata.normalize("NFC", odd)

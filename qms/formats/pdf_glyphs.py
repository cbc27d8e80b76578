"""The letters of a PDF page by where they stand, put into lines and words.

Pure but for pdfium. Lengths are points. Letters are taken by their place, never by their order in the file: where a
font lacks Vietnamese letters, writers draw these from a second font after the rest of the line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

SPACE = 0.09
"""How wide a gap between two letters parts words, in sizes of the letter."""
COLUMN = 2.5
"""How wide a gap parts columns: the two halves of a regulation's head, the cells of a table."""
SAME_HEIGHT = 0.35

_MENDED = {2: "-", 0xFFFE: "-", 0xAD: "-", 0xA0: " ", 0x2007: " ", 0x202F: " "}


@dataclass(frozen=True)
class Glyph:
    """One letter with its marks: where it begins and ends, the height of its base line, its size."""

    text: str
    left: float
    right: float
    base: float
    size: float


def read_glyphs(page: PdfTextPage) -> list[Glyph]:
    """Return the letters of a page in the order of the file, without the blanks that pdfium makes up."""
    from ctypes import byref, c_double

    from pypdfium2 import raw

    box, x, y = raw.FS_RECTF(), c_double(), c_double()
    glyphs: list[Glyph] = []
    for index in range(page.count_chars()):
        code = raw.FPDFText_GetUnicode(page, index)
        if not code or raw.FPDFText_IsGenerated(page, index) == 1:
            continue
        letter = _MENDED.get(code, chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "")
        if not letter or letter in "\r\n":
            continue
        # the loose box ends where the next letter begins, whatever the ink does
        raw.FPDFText_GetLooseCharBox(page, index, byref(box))
        if glyphs and unicodedata.combining(letter):
            last = glyphs[-1]
            glyphs[-1] = replace(last, text=last.text + letter, right=max(last.right, box.right))
            continue
        raw.FPDFText_GetCharOrigin(page, index, byref(x), byref(y))
        size = raw.FPDFText_GetFontSize(page, index) or 12.0
        glyphs.append(Glyph(letter, x.value, max(box.right, x.value), y.value, size))
    return glyphs


def by_height(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the letters of each printed line, top to bottom, left to right in it."""
    line: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda one: -one.base):
        if line and line[0].base - glyph.base > SAME_HEIGHT * max(line[0].size, glyph.size):
            yield sorted(line, key=lambda one: one.left)
            line = []
        line.append(glyph)
    if line:
        yield sorted(line, key=lambda one: one.left)


def in_columns(line: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the parts of a line that wide gaps set apart; blanks at their ends are no part of them."""
    part: list[Glyph] = []
    end = 0.0
    for glyph in line:
        blank = glyph.text.isspace()
        if part and not blank and glyph.left - end > COLUMN * glyph.size:
            yield part
            part = []
        if part or not blank:
            part.append(glyph)
        if not blank:
            end = glyph.right
    if part:
        yield part


def spelled(part: Sequence[Glyph]) -> str:
    """Return the words of a part, blanks where they stand or gaps are, letters composed (NFC)."""
    pieces: list[str] = []
    before: Glyph | None = None
    for glyph in part:
        if before is not None and glyph.left - before.right > SPACE * min(glyph.size, before.size):
            pieces.append(" ")
        pieces.append(glyph.text)
        before = glyph
    return unicodedata.normalize("NFC", "".join(pieces))

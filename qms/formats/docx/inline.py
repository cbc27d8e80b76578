"""The words inside one paragraph: runs joined, fields as shown, text boxes and notes set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from qms.formats.docx.diagrams import diagrams_in
from qms.formats.docx.fonts import Fonts
from qms.formats.docx.legacy import Legacy, shown_in
from qms.formats.docx.names import MC, VAL, M, W, is_on
from qms.model.ids import clean

_SKIPPED = frozenset(
    f"{W}{name}"
    for name in (
        "pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "del", "moveFrom", "delText",
        "annotationRef", "fldData", "ffData",
    )
)  # fmt: skip
_FIXED = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_DRAWN = frozenset(f"{W}{name}" for name in ("drawing", "pict", "object"))
_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_SYMBOLS = {
    0xA8: "☐",
    0xFF: "☐",
    0x2A: "☐",
    0x6F: "☐",
    0x71: "☐",
    0xFE: "☑",
    0xFD: "☒",
    0xFC: "✓",
    0xE0: "→",
    0xF0: "⇨",
    0xD8: "➢",
}
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
_TEXT_BOX = f"{W}txbxContent"
_RUN, _TEXT, _RUN_PROPERTIES, _BREAK, _SYMBOL = (f"{W}{name}" for name in ("r", "t", "rPr", "br", "sym"))
_HIDDEN, _BOLD, _SIMPLE_FIELD, _FIELD_CHAR = (
    f"{W}{name}" for name in ("vanish", "b", "fldSimple", "fldChar")
)
_INSTRUCTION, _RUBY, _SOFT_HYPHEN = (f"{W}{name}" for name in ("instrText", "ruby", "softHyphen"))
_ALTERNATIVES, _FORMULA_TEXT = f"{MC}AlternateContent", f"{M}t"
_NOTES = {f"{W}{kind}Reference": kind for kind in ("footnote", "endnote")}
_REMOVED = frozenset({f"{W}del", f"{W}moveFrom"})
_ADDED = frozenset({f"{W}ins", f"{W}moveTo"})
_FIXED_TEXTS = frozenset({"\t", "\n"})
_PICTURES = tuple(
    f"{{{namespace}}}{name}"
    for namespace, name in (
        ("http://schemas.openxmlformats.org/drawingml/2006/main", "blip"),
        ("urn:schemas-microsoft-com:vml", "imagedata"),
        ("http://schemas.openxmlformats.org/drawingml/2006/diagram", "relIds"),
        ("http://schemas.openxmlformats.org/drawingml/2006/chart", "chart"),
    )
)


@dataclass(slots=True)
class Inline:
    """What one paragraph holds, while it is gathered; ``sources`` are the elements that ``parts`` stand in.

    ``parts`` are as they stand in the file, ``codes`` the old code of each (none at all in a file of Unicode fonts).
    """

    parts: list[str] = field(default_factory=list)
    sources: list[etree._Element] = field(default_factory=list)
    codes: list[Legacy | None] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)
    letters: int = 0
    bold_letters: int = 0
    tracked: bool = False
    pictures: int = 0
    unclear_is_old: bool = False

    @property
    def text(self) -> str:
        """Return the words cleaned, line breaks as newlines, empty lines dropped."""
        words = self._shown[0]
        if not words:
            return ""
        if _PRIVATE_USE.search(words):
            words = _PRIVATE_USE.sub(lambda match: _symbol_at(ord(match[0])), words)
        if "\n" not in words:
            return clean(words)
        return "\n".join(line for line in map(clean, words.split("\n")) if line)

    @property
    def converted(self) -> bool:
        """Tell whether words were in the code of an old font."""
        return bool(self.codes) and self._shown[1]

    @property
    def _shown(self) -> tuple[str, bool]:
        if not self.codes:
            return "".join(self.parts), False
        return shown_in(zip(self.parts, self.codes, strict=True), self.unclear_is_old)

    @property
    def bold(self) -> bool:
        """Tell whether every visible letter is bold."""
        return 0 < self.letters == self.bold_letters


class InlineReader:
    """Walks paragraphs; a complex field may run over several of them, so its state is kept in between.

    ``fonts`` are needed only for a file that names fonts older than Unicode.
    """

    def __init__(self, fonts: Fonts | None = None) -> None:
        self._fields: list[list[str]] = []
        self._instructing: list[bool] = []
        self._fonts = fonts
        self._code: Legacy | None = None

    def gather(self, paragraph: etree._Element, bold: bool) -> Inline:
        """Return what a ``w:p`` holds; ``bold`` is what its style says."""
        found = Inline(unclear_is_old=self._fonts is not None and self._fonts.unclear_is_old)
        self._code = None
        self._walk(paragraph, found, bold)
        return found

    def _walk(self, element: etree._Element, found: Inline, bold: bool) -> None:
        for child in element:
            tag = child.tag
            if tag == _RUN:
                self._run(child, found, bold)
            elif tag == _ALTERNATIVES:
                self._walk(_alternative(child), found, bold)
            elif tag == _SIMPLE_FIELD:
                if not _counts_pages(child.get(f"{W}instr", "")):
                    self._walk(child, found, bold)
            elif tag in _DRAWN:
                self._drawn(child, found)
            elif tag == _FORMULA_TEXT:
                self._keep(child, child.text or "", found)
            elif tag in _SKIPPED:
                found.tracked = found.tracked or tag in _REMOVED
            elif len(child):
                found.tracked = found.tracked or tag in _ADDED
                self._walk(child, found, bold)

    def _run(self, run: etree._Element, found: Inline, bold: bool) -> None:
        self._code = None if self._fonts is None else self._fonts.code_of(run)
        for child in run:
            tag = child.tag
            if tag == _TEXT:
                self._add(child, child.text or "", found, bold)
            elif tag == _RUN_PROPERTIES:
                for one in child:
                    if one.tag == _BOLD:
                        bold = is_on(one.get(VAL))
                    elif one.tag == _HIDDEN and is_on(one.get(VAL)):
                        return
            else:
                self._piece(child, found, bold)

    def _piece(self, child: etree._Element, found: Inline, bold: bool) -> None:
        tag = child.tag
        shown = _shown(child) if self._code is None else _shown_in_old_font(child)
        if shown is not None:
            self._add(child, shown, found, bold)
        elif tag == _FIELD_CHAR:
            self._field(child.get(f"{W}fldCharType", ""))
        elif tag == _INSTRUCTION:
            if self._fields and self._instructing[-1]:
                self._fields[-1].append(child.text or "")
        elif tag in _NOTES:
            found.notes.append((_NOTES[tag], child.get(f"{W}id", "")))
        elif tag == _ALTERNATIVES:
            for piece in _alternative(child):
                self._piece(piece, found, bold)
        elif tag in _DRAWN:
            self._drawn(child, found)
        elif tag == _RUBY:
            self._walk(child, found, bold)

    def _add(self, source: etree._Element, text: str, found: Inline, bold: bool) -> None:
        if self._fields and (self._instructing[-1] or _counts_pages("".join(self._fields[-1]))):
            return
        found.parts.append(text)
        found.sources.append(source)
        if self._fonts is not None:
            found.codes.append(self._code)
        letters = len(text) - text.count(" ") if text not in _FIXED_TEXTS else 0
        found.letters += letters
        if bold:
            found.bold_letters += letters

    def _keep(self, source: etree._Element, text: str, found: Inline) -> None:
        found.parts.append(text)
        found.sources.append(source)
        if self._fonts is not None:
            found.codes.append(self._code)

    def _drawn(self, drawing: etree._Element, found: Inline) -> None:
        boxes = text_boxes(drawing)
        found.boxes.extend(boxes)
        if not boxes and any(True for _ in drawing.iter(*_PICTURES)):
            found.pictures += 1
            found.diagrams.extend(diagrams_in(drawing))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append([])
            self._instructing.append(True)
        elif kind == "separate" and self._fields:
            self._instructing[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()
            self._instructing.pop()


def text_boxes(element: etree._Element) -> list[etree._Element]:
    """Return the outermost text boxes below a drawing, each once (never box and fallback copy)."""
    if element.tag == _TEXT_BOX:
        return [element]
    if element.tag == _ALTERNATIVES:
        element = _alternative(element)
    return [box for child in element for box in text_boxes(child)]


def _alternative(element: etree._Element) -> etree._Element:
    choices = [child for child in element if child.tag in {f"{MC}Choice", f"{MC}Fallback"}]
    for choice in choices:
        if any(True for _ in choice.iter(_TEXT_BOX, f"{W}t")):
            return choice
    return choices[0] if choices else element


def _counts_pages(instruction: str) -> bool:
    words = instruction.split(None, 1)
    return bool(words) and words[0].upper() in _PAGE_FIELDS


def _shown(piece: etree._Element) -> str | None:
    tag = piece.tag
    if tag == _TEXT:
        return piece.text or ""
    if tag == _BREAK:
        return "\n" if piece.get(f"{W}type", "textWrapping") == "textWrapping" else " "
    if tag == _SYMBOL:
        return _symbol(piece.get(f"{W}char", ""))
    return _FIXED.get(str(tag))


def _shown_in_old_font(piece: etree._Element) -> str | None:
    # Word's own soft hyphen is the place of ư in TCVN3
    return "\u00ad" if piece.tag == _SOFT_HYPHEN else _shown(piece)


def _symbol(code: str) -> str:
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    if 0xE000 <= point <= 0xF8FF:
        return _symbol_at(point)
    return chr(point) if 0x20 <= point < 0xD800 else ""


def _symbol_at(point: int) -> str:
    """Return what a place of a symbol font (Wingdings) looks like; boxes to tick are the most common."""
    return _SYMBOLS.get(point & 0xFF, "•")

"""The words of one paragraph as a reader sees them, each with the element it stands in, and careful changes of them."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from qms.formats.basis_lines import Shown, is_lead
from qms.formats.docx.inline import InlineReader
from qms.formats.docx.names import W, parent_of
from qms.model.basis import LineLeft

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LINKS = frozenset(f"{W}{name}" for name in ("hyperlink", "fldSimple"))
_HOLDERS = _LINKS | {f"{W}smartTag"}
_NO_CONTENT = frozenset(f"{W}{name}" for name in ("rPr", "lastRenderedPageBreak", "smartTagPr"))
_LINK_LOOKS = frozenset(f"{W}{name}" for name in ("rStyle", "u", "color"))
_PENDING = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange"))
_IN_FIELD = "Dòng này nằm trong trường tự động của Word; hãy sửa bằng tay."


@dataclass(frozen=True)
class Piece:
    """A stretch of words in one element (``w:t``, ``w:tab``, ``w:br`` ...), from ``start`` of the paragraph's text."""

    element: etree._Element
    text: str
    start: int

    @property
    def end(self) -> int:
        """Return where the stretch ends."""
        return self.start + len(self.text)


class Words:
    """The text of a paragraph; after each change the text and the pieces are read anew."""

    def __init__(self, paragraph: etree._Element) -> None:
        self.paragraph = paragraph
        self._shown: Shown | None = None
        self._read()

    def find(self, words: str, start: int) -> tuple[int, int] | None:
        """Return where cleaned words stand at or after ``start``, whatever blanks and accents are made of."""
        if self._shown is None:
            self._shown = Shown(self.text)
        return self._shown.find(words, start)

    def replace(self, start: int, end: int, text: str) -> None:
        """Put words in place of others, in the format of the first of them; raises ``LineLeft``.

        Links and fields whose words all go (to what was named before) are dissolved.
        """
        self._dissolve_fields(start, end)
        self._dissolve_links(start, end)
        self._read()
        touched = self._between(start, end)
        host = next((piece for piece in touched if self._is_free(piece)), None)
        if host is None and text:
            self._beside(touched[0], text, after=False)
        self._write_over(touched, start, end, text, host)

    def correct(self, start: int, end: int, text: str) -> None:
        """Put a number or mark in place of another, where it stands."""
        touched = self._between(start, end)
        host = next((piece for piece in touched if _is_text(piece.element)), None)
        self._write_over(touched, start, end, text, host)

    def insert(self, at: int, text: str) -> None:
        """Put words in behind the character before ``at``, in its format; a newline becomes a line break."""
        piece = next(piece for piece in reversed(self.pieces) if piece.start < at)
        offset = at - piece.start
        if not self._is_free(piece):
            self._beside(piece, text, after=True)
        elif "\n" not in text:
            _write(piece.element, piece.text[:offset] + text + piece.text[offset:])
        else:
            run = parent_of(piece.element)
            for element in reversed(_elements(text)):
                run.insert(run.index(piece.element) + 1, element)
        self._read()

    def format_at(self, start: int, end: int) -> etree._Element | None:
        """Return a copy of the run properties that most of these words have, looks of links left out."""
        inside = self._between(start, end)
        free = [piece for piece in inside if self._is_free(piece)]
        best = max(free or inside, key=lambda piece: len(piece.text), default=None)
        if best is None:
            best = next((piece for piece in self.pieces if self._is_free(piece)), None)
        return None if best is None else _properties(best)

    def _read(self) -> None:
        found = InlineReader().gather(self.paragraph, False)
        self.pieces: list[Piece] = []
        self.text = ""
        for element, text in zip(found.sources, found.parts, strict=True):
            self.pieces.append(Piece(element, text, len(self.text)))
            self.text += text
        self._shown = None
        self._fields = _fields(self.paragraph)
        self._in_fields = frozenset(run for runs in self._fields for run in runs)

    def _is_free(self, piece: Piece) -> bool:
        """Tell whether words may be written into a piece: plain text, outside of links and fields."""
        if piece.element.tag != f"{W}t" or parent_of(piece.element) in self._in_fields:
            return False
        return not any(True for _ in piece.element.iterancestors(*_LINKS))

    def _beside(self, piece: Piece, text: str, *, after: bool) -> None:
        """Put a new run beside the link or field that a piece stands in, in the format of free words near it."""
        outer = parent_of(piece.element)
        while parent_of(outer) is not self.paragraph and parent_of(outer).tag != f"{W}sdtContent":
            outer = parent_of(outer)
        free = [one for one in self.pieces if self._is_free(one)]
        near = min(free, key=lambda one: abs(one.start - piece.start), default=None)
        run = new_run(_properties(near or piece), text)
        holder = parent_of(outer)
        holder.insert(holder.index(outer) + (1 if after else 0), run)

    def _between(self, start: int, end: int) -> list[Piece]:
        return [piece for piece in self.pieces if piece.start < end and piece.end > start]

    def _write_over(self, touched: list[Piece], start: int, end: int, text: str, host: Piece | None) -> None:
        for piece in touched:
            before = piece.text[: max(0, start - piece.start)]
            behind = piece.text[max(0, end - piece.start) :]
            if _is_text(piece.element):
                _write(piece.element, before + (text if piece is host else "") + behind)
            elif not before + behind:
                parent_of(piece.element).remove(piece.element)
        for piece in touched:
            _tidy(piece.element)
        self._read()

    def _holds_more(self, held: Sequence[Piece], start: int, end: int) -> bool:
        """Tell whether pieces show more than what stands between two places, number or bullet and mark aside."""
        before = "".join(one.text[: max(0, start - one.start)] for one in held)
        behind = "".join(one.text[max(0, end - one.start) :] for one in held)
        return not is_lead(before) or any(char.isalnum() for char in behind)

    def _dissolve_fields(self, start: int, end: int) -> None:
        for runs in self._fields:
            shown = [piece for piece in self.pieces if parent_of(piece.element) in runs]
            if not any(piece in shown for piece in self._between(start, end)):
                continue
            if self._holds_more(shown, start, end):
                raise LineLeft(reason=_IN_FIELD)
            for run in runs:
                for mark in [*run.findall(f"{W}fldChar"), *run.findall(f"{W}instrText")]:
                    run.remove(mark)
                _look_plain(run)
                _tidy_run(run)

    def _dissolve_links(self, start: int, end: int) -> None:
        for link in list(self.paragraph.iter(*_LINKS)):
            shown = [piece for piece in self.pieces if link in piece.element.iterancestors(*_LINKS)]
            touched = any(piece in shown for piece in self._between(start, end))
            if not touched or self._holds_more(shown, start, end):
                continue
            for run in link.iter(f"{W}r"):
                _look_plain(run)
            for child in list(link):
                if child.tag != f"{W}fldData":
                    link.addprevious(child)
            parent_of(link).remove(link)


def has_pending_changes(paragraph: etree._Element) -> bool:
    """Tell whether somebody's tracked changes in a paragraph wait to be accepted."""
    return any(True for _ in paragraph.iter(*_PENDING))


def new_run(properties: etree._Element | None, text: str) -> etree._Element:
    """Return a run with these words."""
    run = etree.Element(f"{W}r")
    if properties is not None:
        run.append(properties)
    run.extend(_elements(text))
    return run


def _elements(text: str) -> list[etree._Element]:
    found: list[etree._Element] = []
    for at, line in enumerate(text.split("\n")):
        if at:
            found.append(etree.Element(f"{W}br"))
        for column, words in enumerate(line.split("\t")):
            if column:
                found.append(etree.Element(f"{W}tab"))
            if words:
                found.append(etree.Element(f"{W}t"))
                _write(found[-1], words)
    return found


def _is_text(element: etree._Element) -> bool:
    return str(element.tag).endswith("}t")


def _fields(paragraph: etree._Element) -> list[list[etree._Element]]:
    """Return the runs of each complex field of a paragraph, nested ones with the outermost; raises ``LineLeft``."""
    found: list[list[etree._Element]] = []
    depth = 0
    for run in paragraph.iter(f"{W}r"):
        kinds = [mark.get(f"{W}fldCharType") for mark in run.findall(f"{W}fldChar")]
        if depth == 0 and "begin" in kinds:
            found.append([])
        depth += kinds.count("begin")
        if depth:
            found[-1].append(run)
        depth -= kinds.count("end")
        if depth < 0:
            raise LineLeft(reason=_IN_FIELD)
    if depth:
        raise LineLeft(reason=_IN_FIELD)
    return found


def _properties(piece: Piece) -> etree._Element | None:
    found = parent_of(piece.element).find(f"{W}rPr")
    if found is None:
        return None
    copy = deepcopy(found)
    copy.tail = None
    linked = any(True for _ in piece.element.iterancestors(*_LINKS))
    for child in list(copy):
        if child.tag in _PENDING or (linked and child.tag in _LINK_LOOKS):
            copy.remove(child)
    return copy


def _write(element: etree._Element, text: str) -> None:
    element.text = text
    if text != text.strip() and element.tag == f"{W}t":
        element.set(_SPACE, "preserve")


def _look_plain(run: etree._Element) -> None:
    """Take the looks of a link from a run."""
    properties = run.find(f"{W}rPr")
    for look in [] if properties is None else [one for one in properties if one.tag in _LINK_LOOKS]:
        parent_of(look).remove(look)


def _tidy(element: etree._Element) -> None:
    """Take out an emptied text, then the run and link that hold nothing any more; pictures and bookmarks stay."""
    run = element.getparent()
    if run is not None:
        if _is_text(element) and not element.text:
            run.remove(element)
        _tidy_run(run)


def _tidy_run(run: etree._Element) -> None:
    parent = run.getparent()
    if parent is None or any(child.tag not in _NO_CONTENT for child in run):
        return
    holder = parent
    holder.remove(run)
    while holder.tag in _HOLDERS and not any(child.tag not in _NO_CONTENT for child in holder):
        inner, holder = holder, parent_of(holder)
        holder.remove(inner)

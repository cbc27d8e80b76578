"""Reads a Word package into the intermediate form: body, tables with their merges, notes, visible headers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from lxml import etree

from qms.formats.docx.diagrams import diagram_lines
from qms.formats.docx.fonts import Fonts
from qms.formats.docx.inline import Inline, InlineReader
from qms.formats.docx.names import MC, VAL, W
from qms.formats.docx.numbering import Numbering
from qms.formats.docx.package import Package
from qms.formats.docx.running import read_running
from qms.formats.docx.styles import Style, Styles
from qms.formats.text import Block, Cell, Footnote, Heading, Paragraph, Row, Running, Table, Text

_MAX_COLUMNS = 63
"""Word's own limit of columns."""

_NONE: Mapping[str, etree._Element] = MappingProxyType({})
PartOf = Callable[[str], etree._Element | None]
NOWHERE: Mapping[etree._Element, int] = MappingProxyType({})
_LONGEST_HEADING = 200
_PARAGRAPH, _TABLE, _PARAGRAPH_PROPERTIES = (f"{W}{name}" for name in ("p", "tbl", "pPr"))
_STYLE, _NUMBERING, _OUTLINE, _ALIGNMENT = (f"{W}{name}" for name in ("pStyle", "numPr", "outlineLvl", "jc"))
_WRAPPERS = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)


@dataclass(frozen=True)
class DocxText:
    """The text of a Word file and what of it could not be read as settled words.

    ``old_fonts`` means that words in the code of a font older than Unicode were converted.
    """

    text: Text
    tracked_changes: bool = False
    embedded_parts: bool = False
    old_fonts: bool = False


def read_docx(data: bytes) -> Text:
    """Return the text of a Word file; ``preflight`` has judged it; raises ``refusals.Unacceptable``."""
    return read_package(Package(data)).text


def read_package(package: Package) -> DocxText:
    """Return the text of an opened package, and whether it has pending changes or embedded documents."""
    main = package.main_part()
    root = package.parse(main)
    body = root.find(f"{W}body")
    parts = _Parts(package, main)
    reader = parts.reader(places_in(root), root)
    reader.part_of = parts.root_of
    blocks = () if body is None else tuple(reader.blocks(body))
    headers, footers = _running(parts, root)
    text = Text(blocks, headers, footers, _footnotes(parts, reader))
    embedded = any(True for _ in root.iter(f"{W}altChunk", f"{W}subDoc"))
    return DocxText(text, reader.tracked, embedded, parts.converted())


def places_in(root: etree._Element) -> dict[etree._Element, int]:
    """Return for each paragraph of a part the how-manieth it is, text boxes and both copies of them counted."""
    return {element: at for at, element in enumerate(root.iter(f"{W}p"))}


class _Parts:
    """The parts beside the body, each parsed when it is there and whole."""

    def __init__(self, package: Package, main: str) -> None:
        self.package = package
        self.relations = package.relations(main)
        self.styles = Styles(self.root("styles"))
        self.numbering = Numbering(self.root("numbering"))
        self._readers: list[BlockReader] = []
        self._body_is_old = False

    def reader(self, places: Mapping[etree._Element, int], *roots: etree._Element) -> BlockReader:
        """Return a reader of one story; letters that could be of an old font or not are read as those of the body."""
        fonts = None
        if self.package.names_old_fonts:
            fonts = Fonts(self.styles, roots, otherwise=self._body_is_old)
            self._body_is_old = self._body_is_old or (not self._readers and fonts.unclear_is_old)
            fonts = fonts if fonts.in_use or self._body_is_old else None
        self._readers.append(BlockReader(self.styles, self.numbering, places, fonts))
        return self._readers[-1]

    def converted(self) -> bool:
        """Tell whether any story had words in the code of an old font."""
        return any(reader.converted for reader in self._readers)

    def root(self, kind: str) -> etree._Element | None:
        for relation in self.relations.values():
            if relation.kind == kind and not relation.external and self.package.has(relation.target):
                return self.package.parse(relation.target)
        return None

    def root_of(self, relation_id: str) -> etree._Element | None:
        relation = self.relations.get(relation_id)
        if relation is None or relation.external or not self.package.has(relation.target):
            return None
        return self.package.parse(relation.target)


class BlockReader:
    """Walks block-level content in document order; one reader a story, for lists count on through it."""

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        places: Mapping[etree._Element, int] = NOWHERE,
        fonts: Fonts | None = None,
    ) -> None:
        self._places = places
        self._styles = styles
        self._numbering = numbering
        self._inline = InlineReader(fonts)
        self.part_of: PartOf = _no_part
        """How the story gets a part that it points to by the id of its relationship."""
        self.notes: list[tuple[str, str]] = []
        self.tracked = False
        self.converted = False

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        """Yield the blocks in a body, cell, note, header or text box."""
        for element in container:
            tag = element.tag
            if tag == _PARAGRAPH:
                yield from self._paragraph(element)
            elif tag == _TABLE:
                table = self._table(element)
                if table.rows:
                    yield table
            elif tag in _WRAPPERS:
                yield from self.blocks(element)
            elif tag == f"{MC}AlternateContent":
                chosen = next(iter(element), None)
                if chosen is not None:
                    yield from self.blocks(chosen)

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        properties = _by_tag(element, _PARAGRAPH_PROPERTIES)
        style = self._styles.get(_val(properties.get(_STYLE)))
        number = self._number(properties.get(_NUMBERING), style)
        found = self._inline.gather(element, style.bold)
        self.tracked = self.tracked or found.tracked
        self.converted = self.converted or found.converted
        level = _outline(properties, style.level)
        text, place = found.text, self._places.get(element)
        marks = self._marks(found) if found.notes else ()
        if level is not None and _may_be_heading(text):
            yield Heading(level, " ".join(text.split()), number, place)
        elif text or number or marks or found.pictures:
            centred = _val(properties.get(_ALIGNMENT)) == "center"
            yield Paragraph(text, number, found.bold, centred, marks, place, found.pictures)
        for box in found.boxes:
            yield from self.blocks(box)
        for relation_id in found.diagrams:
            root = self.part_of(relation_id)
            yield from () if root is None else (Paragraph(line, place=place) for line in diagram_lines(root))

    def _marks(self, found: Inline) -> tuple[str, ...]:
        """Return the marks of the notes in a paragraph; a note is known by it from now on."""
        self.notes.extend(note for note in dict.fromkeys(found.notes) if note not in self.notes)
        return tuple(str(self.notes.index(note) + 1) for note in found.notes)

    def _number(self, own: etree._Element | None, style: Style) -> str:
        number_id, level = style.number_id, style.number_level
        if own is not None:
            number_id = _value(own, "numId") or number_id
            typed = _value(own, "ilvl")
            level = int(typed) if typed is not None and typed.isdecimal() else level
        if number_id is None or number_id == "0":
            return ""
        return self._numbering.next(number_id, level or 0)

    def _table(self, element: etree._Element) -> Table:
        rows: list[list[_Placed]] = []
        heads: list[bool] = []
        for row in _children(element, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                self.tracked = True
                continue
            rows.append(self._row(row, properties))
            heads.append(properties is not None and properties.find(f"{W}tblHeader") is not None)
        _merge_down(rows)
        return Table(
            tuple(
                Row(tuple(placed.cell for placed in row if not placed.continues), head)
                for row, head in zip(rows, heads, strict=True)
            )
        )

    def _row(self, row: etree._Element, properties: etree._Element | None) -> list[_Placed]:
        column = 0 if properties is None else _columns(properties.find(f"{W}gridBefore"), 0)
        placed = [_Placed(Cell(colspan=column), 0)] if column else []
        for element in _children(row, f"{W}tc"):
            cell_properties = _by_tag(element, f"{W}tcPr")
            span = _columns(cell_properties.get(f"{W}gridSpan"), 1)
            continues = _merge(cell_properties.get(f"{W}vMerge")) == "continue"
            blocks = tuple(self.blocks(element))
            if _merge(cell_properties.get(f"{W}hMerge")) == "continue" and placed:
                last = placed[-1]
                placed[-1] = replace(last, cell=replace(last.cell, colspan=last.cell.colspan + span))
            else:
                placed.append(_Placed(Cell(blocks, span), column, continues))
            column += span
        return placed


@dataclass
class _Placed:
    """A cell on its way into the grid."""

    cell: Cell
    column: int
    continues: bool = False


def _no_part(_relation_id: str) -> etree._Element | None:
    return None


def _may_be_heading(words: str) -> bool:
    """Tell a heading from body text that was given a heading's style by mistake."""
    return 0 < len(words) <= _LONGEST_HEADING and words[0] not in "-–+*•"


def _merge_down(rows: list[list[_Placed]]) -> None:
    open_cells: dict[int, _Placed] = {}
    for row in rows:
        still_open: dict[int, _Placed] = {}
        for placed in row:
            above = open_cells.get(placed.column)
            if placed.continues and above is not None:
                above.cell = replace(above.cell, rowspan=above.cell.rowspan + 1)
                still_open[placed.column] = above
            else:
                placed.continues = False
                still_open[placed.column] = placed
        open_cells = still_open


def _running(parts: _Parts, root: etree._Element) -> tuple[tuple[Running, ...], tuple[Running, ...]]:
    settings = parts.root("settings")
    even = settings is not None and settings.find(f"{W}evenAndOddHeaders") is not None

    def blocks_of(relation_id: str) -> tuple[Block, ...]:
        part = parts.root_of(relation_id)
        return () if part is None else tuple(parts.reader(NOWHERE, part).blocks(part))

    return read_running(root, even, blocks_of)


def _footnotes(parts: _Parts, reader: BlockReader) -> tuple[Footnote, ...]:
    found = []
    roots = {kind: parts.root(f"{kind}s") for kind in {kind for kind, _ in reader.notes}}
    for mark, (kind, note_id) in enumerate(tuple(reader.notes), 1):
        root = roots[kind]
        for element in () if root is None else root.findall(f"{W}{kind}"):
            if element.get(f"{W}id") == note_id:
                blocks = tuple(parts.reader(NOWHERE, element).blocks(element))
                found.append(Footnote(str(mark), blocks))
                break
    return tuple(found)


def _children(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


def _outline(properties: Mapping[str, etree._Element], style_level: int | None) -> int | None:
    own = _val(properties.get(_OUTLINE))
    if own is None or not own.isdecimal():
        return style_level
    return int(own) + 1 if int(own) < 6 else None


def _by_tag(element: etree._Element, tag: str) -> Mapping[str, etree._Element]:
    """Return the properties of an element by name; they stand first in it (ECMA-376 part 1, 17.3.1, 17.4.66).

    Each is looked up once, for a paper has thousands of paragraphs.
    """
    first = next(iter(element), None)
    return _NONE if first is None or first.tag != tag else {str(one.tag): one for one in first}


def _val(element: etree._Element | None) -> str | None:
    return None if element is None else element.get(VAL)


def _merge(found: etree._Element | None) -> str | None:
    return None if found is None else found.get(VAL) or "continue"


def _columns(found: etree._Element | None, otherwise: int) -> int:
    text = _val(found)
    return min(int(text), _MAX_COLUMNS) if text is not None and text.isdecimal() else otherwise


def _value(element: etree._Element, name: str) -> str | None:
    found = element.find(f"{W}{name}")
    return None if found is None else found.get(VAL)

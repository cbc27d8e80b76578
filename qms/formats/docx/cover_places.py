"""Where a Word file says code, issue and dates of itself: cover or first lines, headers, footers, its sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from qms.formats.anatomy.cover import read_cover_table, read_labels
from qms.formats.anatomy.lines import flow_of
from qms.formats.anatomy.lists import is_revision_sheet
from qms.formats.anatomy.outline import read_outline
from qms.formats.docx.names import MC, W
from qms.formats.docx.package import Package
from qms.formats.docx.reader import read_package
from qms.formats.text import Block, Heading, Paragraph, Table, Text

_TOP_BLOCKS = 60
_LOOSE_LINES = 15


Sheet: TypeAlias = "tuple[etree._Element, Table]"
"""The sheet of amendments: its element and what it says."""


@dataclass(frozen=True)
class Story:
    """One part of a package with the paragraphs in which the cover's labels may stand, in document order."""

    part: str
    root: etree._Element
    paragraphs: tuple[etree._Element, ...]


def stories_of(package: Package) -> tuple[list[Story], Sheet | None]:
    """Return the parts that may repeat the cover, main part first, and the sheet of amendments with what it says."""
    main = package.main_part()
    root = package.parse(main)
    text = read_package(package).text
    paragraphs = list(root.iter(f"{W}p"))
    found = [Story(main, root, tuple(_cover(text, paragraphs)))]
    seen: set[str] = set()
    for relation in package.relations(main).values():
        is_running = relation.kind in {"header", "footer"} and not relation.external
        if is_running and relation.target not in seen and package.has(relation.target):
            seen.add(relation.target)
            story = package.parse(relation.target)
            found.append(Story(relation.target, story, tuple(story.iter(f"{W}p"))))
    return found, _sheet(text, paragraphs)


def _cover(text: Text, paragraphs: Sequence[etree._Element]) -> Iterator[etree._Element]:
    blocks = text.blocks[:_TOP_BLOCKS]
    for block in blocks:
        if isinstance(block, Table) and not is_revision_sheet(block) and read_cover_table(block).is_cover:
            element = _element_of(block, paragraphs)
            if element is not None:
                # a text box is kept twice: for Word, and for older programs
                copies = list(element.iterancestors(f"{MC}AlternateContent"))
                yield from (copies[-1] if copies else element).iter(f"{W}p")
            return
    before = read_outline(flow_of(text.blocks)).body_start
    top = [block for block in blocks if isinstance(block, Paragraph)]
    top = top[: max(before, 1)] if before else top[:_LOOSE_LINES]
    if read_labels(top).is_cover:
        yield from (paragraphs[block.place] for block in top if block.place is not None)


def _sheet(text: Text, paragraphs: Sequence[etree._Element]) -> Sheet | None:
    for block in text.blocks:
        if isinstance(block, Table) and is_revision_sheet(block):
            element = _element_of(block, paragraphs)
            return None if element is None else (element, block)
    return None


def _element_of(table: Table, paragraphs: Sequence[etree._Element]) -> etree._Element | None:
    """Return the ``w:tbl`` that a table was read from, by the place of its first words."""
    place = next(_places(table), None)
    if place is None:
        return None
    tables = []
    for element in paragraphs[place].iterancestors(f"{W}tbl", f"{W}txbxContent"):
        if element.tag == f"{W}txbxContent":
            break
        tables.append(element)
    return tables[-1] if tables else None


def _places(block: Block) -> Iterator[int]:
    if isinstance(block, Table):
        for row in block.rows:
            for cell in row.cells:
                for inner in cell.blocks:
                    yield from _places(inner)
    elif isinstance(block, Heading | Paragraph) and block.place is not None:
        yield block.place

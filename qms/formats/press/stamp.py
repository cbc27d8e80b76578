"""Writes copy line, marks and QR code into headers and footers of a Word master; its body stays as it was.

Of ``document.xml`` at most the first section's references change, where a kind of page had no header or footer yet;
later sections inherit them (ECMA-376 part 1, 17.10.1). Parts that are not named here keep every byte.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from lxml import etree

from qms.formats.docx.names import VAL, R, W, is_on
from qms.formats.docx.package import Package
from qms.formats.docx.repack import with_parts
from qms.formats.press.qr import qr_png
from qms.formats.press.sheet import Sheet
from qms.formats.press.word_marks import footer_block, header_lines, in_dialect, new_part, reference
from qms.formats.refusals import Damaged

_CONTENT_TYPES = "[Content_Types].xml"
_EMPTY_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def stamp(data: bytes, sheet: Sheet) -> bytes:
    """Return a Word master ready to be printed; raises ``refusals.Unacceptable``."""
    work = _Stamping(Package(data), sheet)
    work.mark_footers()
    work.mark_headers()
    return with_parts(data, work.changed, work.added)


@dataclass
class _Stamping:
    """A package while it is stamped: the parts that change and those that come new."""

    package: Package
    sheet: Sheet
    changed: dict[str, bytes] = field(default_factory=dict)
    added: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.main = self.package.main_part()
        self.root = self.package.parse(self.main)
        # a print that was taken in again as a master holds the marks of another token: names must not meet
        self.name = f"qms-{hashlib.sha256(self.sheet.address.encode()).hexdigest()[:8]}"
        self.image = f"{posixpath.dirname(self.main)}/media/{self.name}.png".lstrip("/")
        self.strict = b"purl.oclc.org/ooxml/wordprocessingml" in self.package.read(self.main)[:4000]

    def mark_footers(self) -> None:
        """Put the block with the QR code at the end of each footer, new ones where a page has none."""
        self._put(self.image, qr_png(self.sheet.address))
        self._declare(self.image, "image/png")
        for number, part in enumerate(self._parts("footer")):
            block = footer_block(self.sheet, number, self._id("image"))
            self._insert(part, in_dialect(block, self.strict), at_end=True)
            self._relate(part, self._id("image"), "image", "/" + self.image)

    def mark_headers(self) -> None:
        """Put marks and notices at the head of each header, if there are any."""
        lines = in_dialect(header_lines(self.sheet), self.strict)
        if lines:
            for part in self._parts("header"):
                self._insert(part, lines, at_end=False)

    def _parts(self, kind: str) -> list[str]:
        """Return every header or footer part that a section names, after adding those that are lacking."""
        sections = list(self._sections())
        relations = self.package.relations(self.main)
        named: dict[str, str] = {}
        has: set[str] = set()
        for number, section in enumerate(sections):
            for one in section.findall(f"{W}{kind}Reference"):
                relation = relations.get(one.get(f"{R}id", ""))
                if relation is not None and not relation.external and self.package.has(relation.target):
                    named[relation.target.lower()] = relation.target
                    if number == 0:
                        has.add(one.get(f"{W}type", "default"))
        lacking = [pages for pages in self._pages(sections) if pages not in has]
        return [*named.values(), *(self._new(kind, pages) for pages in lacking)]

    def _sections(self) -> Iterator[etree._Element]:
        """Yield the sections in order, without what tracked changes say that they once were."""
        for section in self.root.iter(f"{W}sectPr"):
            parent = section.getparent()
            if parent is not None and parent.tag != f"{W}sectPrChange":
                yield section

    def _pages(self, sections: list[etree._Element]) -> list[str]:
        pages = ["default"]
        flags = (section.find(f"{W}titlePg") for section in sections)
        if any(flag is not None and is_on(flag.get(VAL)) for flag in flags):
            pages.append("first")
        for relation in self.package.relations(self.main).values():
            if relation.kind == "settings" and not relation.external and self.package.has(relation.target):
                even = self.package.parse(relation.target).find(f"{W}evenAndOddHeaders")
                if even is not None and is_on(even.get(VAL)):
                    pages.append("even")
        return pages

    def _new(self, kind: str, pages: str) -> str:
        """Add an empty part for a kind of page and let the first section name it."""
        part = posixpath.join(posixpath.dirname(self.main), f"{self.name}-{kind}-{pages}.xml")
        relation = self._id(f"{kind}-{pages}")
        self._put(part, in_dialect(new_part(kind, b""), self.strict))
        self._declare(part, f"{_WORD_TYPE}.{kind}+xml")
        self._relate(self.main, relation, kind, "/" + part)
        body = self._read(self.main)
        place = _FirstSection(body)
        element = in_dialect(reference(kind, pages, relation, place.prefix), self.strict)
        self._put(self.main, place.with_reference(element))
        return part

    def _id(self, what: str) -> str:
        return f"{self.name}-{what}"

    def _insert(self, part: str, xml: bytes, *, at_end: bool) -> None:
        self._put(part, _with_inside(self._read(part), xml, at_end=at_end))

    def _relate(self, part: str, relation: str, kind: str, target: str) -> None:
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        known = self._read(rels) if self._has(rels) else _EMPTY_RELATIONS
        family = _STRICT_OFFICE if self.strict else _OFFICE
        line = (
            f'<Relationship xmlns="{_RELATIONS}" Id="{relation}" Type="{family}/{kind}" Target="{target}"/>'
        )
        self._put(rels, _with_inside(known, line.encode(), at_end=True))

    def _declare(self, part: str, content_type: str) -> None:
        line = f'<Override xmlns="{_TYPES}" PartName="/{part}" ContentType="{content_type}"/>'
        self._put(_CONTENT_TYPES, _with_inside(self._read(_CONTENT_TYPES), line.encode(), at_end=True))

    def _has(self, part: str) -> bool:
        return part in self.added or self.package.has(part)

    def _read(self, part: str) -> bytes:
        for parts in (self.changed, self.added):
            if part in parts:
                return parts[part]
        return self.package.read(part)

    def _put(self, part: str, data: bytes) -> None:
        (self.changed if self.package.has(part) else self.added)[part] = data


class _FirstSection:
    """The bytes of the first section's properties in the document part, or where they would have to stand."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._start: int | None = None
        self._close = 0
        self._name = ""
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._begins
        self._parser.EndElementHandler = self._ends
        _parse(self._parser, body)

    @property
    def prefix(self) -> str:
        """The prefix under which the part writes Word's elements."""
        return self._name.rpartition(":")[0]

    def with_reference(self, element: bytes) -> bytes:
        """Return the part with one more reference, the first of the section."""
        body = self._body
        if self._start is None:
            name = self._name.replace("body", "sectPr").encode()
            return (
                body[: self._close] + b"<" + name + b">" + element + b"</" + name + b">" + body[self._close :]
            )
        end = body.index(b">", self._start)
        if body[end - 1 : end] == b"/":
            return body[: end - 1] + b">" + element + b"</" + self._name.encode() + b">" + body[end + 1 :]
        return body[: end + 1] + element + body[end + 1 :]

    def _begins(self, name: str, _attributes: object) -> None:
        if name.rpartition(":")[2] == "sectPr" and self._start is None:
            self._start, self._name = self._parser.CurrentByteIndex, name

    def _ends(self, name: str) -> None:
        if name.rpartition(":")[2] == "body" and self._start is None:
            self._close, self._name = self._parser.CurrentByteIndex, name


def _with_inside(part: bytes, xml: bytes, *, at_end: bool) -> bytes:
    """Return a part with XML put at the end or at the head of what its root holds."""
    start: list[int] = []
    end = [0]
    name = [""]
    parser = expat.ParserCreate()

    def begins(tag: str, _attributes: object) -> None:
        if not start:
            start.append(part.index(b">", parser.CurrentByteIndex) + 1)
            name[0] = tag

    def ends(_tag: str) -> None:
        end[0] = parser.CurrentByteIndex

    parser.StartElementHandler = begins
    parser.EndElementHandler = ends
    _parse(parser, part)
    after_start = start[0]
    if part[after_start - 2 : after_start] == b"/>":
        return part[: after_start - 2] + b">" + xml + f"</{name[0]}>".encode() + part[after_start:]
    at = end[0] if at_end else after_start
    return part[:at] + xml + part[at:]


def _parse(parser: expat.XMLParserType, part: bytes) -> None:
    try:
        parser.Parse(part, True)
    except expat.ExpatError:
        raise Damaged(what="nội dung không đúng cú pháp") from None

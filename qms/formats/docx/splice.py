"""Puts changed elements back into the bytes of a part, so that every byte outside of them stays as it was.

lxml changes the elements, expat knows at which byte each of them begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.parsers import expat

from lxml import etree

from qms.formats.docx.names import STRICT, W_NAMESPACE
from qms.formats.refusals import Damaged

_NAMESPACES = frozenset(uri.decode() for uri in STRICT if b"wordprocessingml" in uri) | {W_NAMESPACE}
_DECLARED = re.compile(r'\sxmlns(?::([\w.-]+))?="([^"]*)"')
_UTF8 = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml[^>]*?(?:encoding=[\"'](?i:utf-8|us-ascii)[\"'])?[^>]*\?>)?\s*<"
)
_TAG = re.compile(rb"<[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*>")
_OTHER_ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"'](?!(?i:utf-8|us-ascii)[\"'])")


@dataclass(frozen=True)
class Span:
    """Where an element stands in the bytes of its part."""

    start: int
    end: int


@dataclass(frozen=True)
class Patch:
    """Bytes that take the place of others; an empty span puts them in between."""

    span: Span
    new: bytes


class Spans:
    """The spans of a part's paragraphs and table rows, each in document order; raises ``Damaged``."""

    def __init__(self, part: bytes) -> None:
        if _OTHER_ENCODING.match(part) or not _UTF8.match(part):
            raise Damaged(what="nội dung không ở dạng UTF-8")
        self._part = part
        self._found: dict[str, list[list[int]]] = {"p": [], "tr": []}
        self._open: list[tuple[str, list[int]]] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._begins
        self._parser.EndElementHandler = self._ends
        try:
            self._parser.Parse(part, True)
        except expat.ExpatError:
            raise Damaged(what="nội dung không đúng cú pháp") from None

    def paragraph(self, at: int) -> Span:
        """Return the span of the paragraph with this ordinal."""
        return Span(*self._found["p"][at])

    def row(self, at: int) -> Span:
        """Return the span of the table row with this ordinal."""
        return Span(*self._found["tr"][at])

    def _begins(self, name: str, _attributes: object) -> None:
        kind = _kind(name)
        if kind in self._found:
            span = [self._parser.CurrentByteIndex, 0]
            self._found[kind].append(span)
            self._open.append((kind, span))

    def _ends(self, name: str) -> None:
        if _kind(name) in self._found:
            _, span = self._open.pop()
            begun = _end_of_tag(self._part, span[0])
            is_empty = self._part[begun - 2 : begun] == b"/>"
            span[1] = begun if is_empty else self._part.index(b">", self._parser.CurrentByteIndex) + 1


def spliced(part: bytes, patches: Iterable[Patch]) -> bytes:
    """Return the part with the patches made; they must not overlap."""
    out = bytearray()
    at = 0
    for patch in sorted(patches, key=lambda patch: (patch.span.start, patch.span.end)):
        out += part[at : patch.span.start] + patch.new
        at = patch.span.end
    return bytes(out + part[at:])


def serialised(element: etree._Element) -> bytes:
    """Return the XML of an element as it may stand at its place: without declarations that hold there anyway."""
    parent = element.getparent()
    known = {} if parent is None else parent.nsmap
    xml: str = etree.tostring(element, encoding="unicode", with_tail=False)
    head, _, rest = xml.partition(">")

    def kept(match: re.Match[str]) -> str:
        return "" if known.get(match[1]) == match[2] else match[0]

    return f"{_DECLARED.sub(kept, head)}>{rest}".encode()


def _kind(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    return local if namespace in _NAMESPACES else ""


def _end_of_tag(part: bytes, at: int) -> int:
    """Return where a tag ends; a value may hold ``>``."""
    match = _TAG.match(part, at)
    return match.end() if match else part.index(b">", at) + 1

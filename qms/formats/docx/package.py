"""A Word package opened within bounds: its parts, what they relate to, and their XML without entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import unquote

from lxml import etree

from qms.formats.docx.names import RELATIONSHIPS, STRICT
from qms.formats.refusals import Damaged, HostileXml, NotADocument, TooDeep, TooMuchInside

MAX_PART = 40 * 1024 * 1024
"""Bytes that one XML part may unfold to; the largest real procedure has 2 MB."""

_OLD_FONTS = (b".Vn", b"VNI")
"""How a part names a font older than Unicode."""

_NO_RELATIONS: Mapping[str, Relation] = MappingProxyType({})


@dataclass(frozen=True)
class Relation:
    """What a part points to: ``kind`` is the last word of the relationship's type."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of one ``.docx`` by name; raises ``refusals.Unacceptable`` for what cannot be read."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise Damaged(what="không mở được gói tệp") from None
        self.entries = self._zip.infolist()
        self.names_old_fonts = False
        """Whether a part that was parsed so far names a font older than Unicode."""
        self._names = {entry.filename.lstrip("/").lower(): entry for entry in self.entries}

    def has(self, part: str) -> bool:
        """Tell whether there is a part of this name; part names ignore letter case (ECMA-376 part 2)."""
        return part.lower() in self._names

    def read(self, part: str, limit: int = MAX_PART) -> bytes:
        """Return a part's bytes; raises ``Damaged`` or ``TooMuchInside``."""
        entry = self._names.get(part.lower())
        if entry is None:
            raise Damaged(what=f"thiếu phần {part}")
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise Damaged(what=f"phần {part} không giải nén được") from None
        if len(data) > limit:
            raise TooMuchInside(what=f"phần {part}")
        return data

    def parse(self, part: str) -> etree._Element:
        """Return the root of an XML part; raises ``Damaged``, ``HostileXml`` or ``TooDeep``."""
        data = self.read(part)
        self.names_old_fonts = self.names_old_fonts or any(name in data for name in _OLD_FONTS)
        return parse_xml(data, part)

    def relations(self, part: str = "") -> Mapping[str, Relation]:
        """Return what a part (or, without one, the package) relates to, by relationship id."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(rels):
            return _NO_RELATIONS
        found: dict[str, Relation] = {}
        for element in self.parse(rels).iter(f"{RELATIONSHIPS}Relationship"):
            target = element.get("Target", "")
            external = element.get("TargetMode") == "External"
            kind = element.get("Type", "").rpartition("/")[2]
            place = target if external else _inside(folder, target)
            found[element.get("Id", "")] = Relation(kind, place, external)
        return found

    def main_part(self) -> str:
        """Return the name of the document part; raises ``NotADocument`` when the package has none."""
        for relation in self.relations().values():
            if relation.kind == "officeDocument" and not relation.external and self.has(relation.target):
                return relation.target
        raise NotADocument


def parse_xml(data: bytes, part: str) -> etree._Element:
    """Parse one XML part: no entities, no DTD, no network, libxml2's own bounds of depth and length."""
    for strict, transitional in STRICT.items():
        data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "depth" in str(error).lower():
            raise TooDeep(what="cấu trúc") from None
        raise Damaged(what=f"phần {part} không đúng cú pháp") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise HostileXml(part=part)
    return root


def _inside(folder: str, target: str) -> str:
    path = unquote(target)
    joined = path if path.startswith("/") else posixpath.join(folder, path)
    return posixpath.normpath(joined).lstrip("/")

"""Judges a file before any parser sees it: size, kind, package bounds, macros, entities, what it loads."""

from __future__ import annotations

import re

from qms.formats.docx.package import Package, Relation
from qms.formats.refusals import (
    Damaged,
    EmptyFile,
    Encrypted,
    HasMacros,
    HostileXml,
    LoadsFromOutside,
    NotADocument,
    OldWord,
    PdfFile,
    TooLarge,
    TooMuchInside,
    UnsafeName,
    WordTemplate,
)

MEGABYTE = 1024 * 1024
MAX_UPLOAD = 20 * MEGABYTE
MAX_ENTRIES = 4_000
MAX_UNFOLDED = 300 * MEGABYTE
MAX_RATIO = 200
"""Times an entry may grow when unfolded; XML of Word grows about 10 to 60 times."""

_RATIO_MATTERS_FROM = 4 * MEGABYTE
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_DDE_FIELD = re.compile(rb"(?:instrText[^>]{0,80}>|w:instr=\")\s{0,20}DDE", re.IGNORECASE)
_LOADED = frozenset(
    {"attachedTemplate", "oleObject", "frame", "subDocument", "aFChunk", "control", "package"}
)
_ON_OWN_DISK = re.compile(r"(?:file:///)?[A-Za-z]:[\\/]|[^:\\/]*\.do[tc][xm]?$|file:///[^/\\]", re.IGNORECASE)
_SEPARATOR = re.compile(r"[\\/]")
_ELSEWHERE = re.compile(r"\\\\|//|file://[^/]|file:/{3,}\\\\|file:////", re.IGNORECASE)


def preflight(data: bytes) -> None:
    """Raise the ``refusals.Unacceptable`` that says why ``data`` is not read as a Word document, if any."""
    check_size(data)
    check_kind(data)
    package = check_package(data)
    _check_content_type(package, package.main_part())
    _check_what_is_loaded(package)


def check_package(data: bytes) -> Package:
    """Return a package within bounds, without macros and declarations; raises ``refusals.Unacceptable``."""
    package = Package(data)
    _check_bounds(package)
    _check_no_macros(package)
    _check_xml_parts(package)
    return package


def check_size(data: bytes) -> None:
    """Raise ``EmptyFile`` or ``TooLarge`` (``design.md`` §8: 20 MB)."""
    if not data:
        raise EmptyFile
    if len(data) > MAX_UPLOAD:
        raise TooLarge(size=-(-len(data) // MEGABYTE), limit=MAX_UPLOAD // MEGABYTE)


def check_kind(data: bytes) -> None:
    """Raise the refusal that fits the first bytes, unless they are those of a package."""
    if data.startswith(_OLE):
        if _ENCRYPTED_STREAM in data:
            raise Encrypted
        raise OldWord if _WORD_STREAM in data else NotADocument
    if data.lstrip()[:5] == b"%PDF-":
        raise PdfFile
    if not data.startswith(b"PK"):
        raise NotADocument


def _check_bounds(package: Package) -> None:
    if len(package.entries) > MAX_ENTRIES:
        raise TooMuchInside(what=f"{len(package.entries)} phần")
    if any(entry.flag_bits & 1 for entry in package.entries):
        raise Encrypted
    for entry in package.entries:
        if "\0" in entry.orig_filename or ".." in _SEPARATOR.split(entry.filename):
            raise UnsafeName(part=entry.filename[:80])
    names = [entry.filename.lstrip("/").lower() for entry in package.entries]
    if len(set(names)) != len(names):
        raise Damaged(what="hai phần trùng tên")
    if sum(entry.file_size for entry in package.entries) > MAX_UNFOLDED:
        raise TooMuchInside(what="giải nén ra quá lớn")
    for entry in package.entries:
        if entry.file_size > _RATIO_MATTERS_FROM and entry.file_size > MAX_RATIO * max(
            entry.compress_size, 1
        ):
            raise TooMuchInside(what=f"phần {entry.filename} nén bất thường")


def _check_no_macros(package: Package) -> None:
    if any(entry.filename.lower().endswith(("vbaproject.bin", "vbadata.xml")) for entry in package.entries):
        raise HasMacros


def _check_content_type(package: Package, main: str) -> None:
    kind = _content_type(package, main)
    if "macroenabled" in kind:
        raise HasMacros
    if "template.main" in kind:
        raise WordTemplate
    if "wordprocessingml.document.main" not in kind:
        raise NotADocument


def _content_type(package: Package, main: str) -> str:
    by_extension = ""
    for element in package.parse("[Content_Types].xml"):
        kind = element.get("ContentType", "").lower()
        if element.get("PartName", "").lstrip("/").lower() == main.lower():
            return kind
        if element.get("Extension", "").lower() == main.rpartition(".")[2].lower():
            by_extension = kind
    return by_extension


def _check_xml_parts(package: Package) -> None:
    for entry in package.entries:
        name = entry.filename.lstrip("/")
        if not name.lower().endswith((".xml", ".rels", ".vml")):
            continue
        data = package.read(name).replace(b"\0", b"")
        if _DECLARATION.search(data):
            raise HostileXml(part=name)
        if _DDE_FIELD.search(data):
            raise LoadsFromOutside(target="trường DDE")


def _check_what_is_loaded(package: Package) -> None:
    for entry in package.entries:
        folder, _, name = entry.filename.lstrip("/").rpartition("_rels/")
        if not name.lower().endswith(".rels"):
            continue
        for relation in package.relations(folder + name[: -len(".rels")]).values():
            if relation.external and _is_dangerous(relation):
                raise LoadsFromOutside(target=relation.target[:80])


def _is_dangerous(relation: Relation) -> bool:
    if relation.kind == "hyperlink":
        return False
    if _ELSEWHERE.match(relation.target):
        return True
    return relation.kind in _LOADED and not _ON_OWN_DISK.match(relation.target)

"""Files that mean harm, or are broken as only real life breaks them, made anew for every run.

Each case: the name it is handed in under, how its bytes are made, and what must come of it: ``READ``, or the codes of
the refusals that are right answers.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.unit.formats.packages import MAIN, NAMESPACES, R, archive, docx, para

READ = "read"
MEGABYTE = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
HIDDEN = "bi-mat-cua-may-chu"
"""A word that lies in a file of the server, to be drawn in by none of these."""


@dataclass(frozen=True)
class Case:
    """One hostile file and what may come of it."""

    make: Callable[[], bytes]
    expected: frozenset[str]
    name: str = "quy-trinh.docx"


def _case(make: Callable[[], bytes], *expected: str, name: str = "quy-trinh.docx") -> Case:
    return Case(make, frozenset(expected), name)


def _link(kind: str, target: str, mode: str = "External") -> str:
    return f'<Relationship Id="x" Type="{R}/{kind}" Target="{target}" TargetMode="{mode}"/>'


def _linked(kind: str, target: str) -> Callable[[], bytes]:
    return lambda: docx(para("Văn bản"), links=_link(kind, target))


def _beside(**more: str | bytes) -> Callable[[], bytes]:
    """A good document with further entries in its zip; ``__`` in a name stands for a slash, ``_DOT_`` for a dot."""
    return lambda: with_entries(docx(para("Văn bản")), {_path(name): data for name, data in more.items()})


def _path(name: str) -> str:
    return name.replace("_DOT_", ".").replace("__", "/")


def with_entries(package: bytes, more: Mapping[str, str | bytes]) -> bytes:
    """Return a zip with entries appended, whatever their names."""
    out = io.BytesIO(package)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in more.items():
            info = zipfile.ZipInfo("x")
            info.filename = name
            info.compress_type = zipfile.ZIP_DEFLATED
            zipped.writestr(info, data)
    return out.getvalue()


def _main_part(xml: str | bytes) -> bytes:
    """A package whose document part is these very bytes."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" '
        f'Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": xml,
    }
    return archive(parts)


def _in_body(inside: str) -> Callable[[], bytes]:
    return lambda: docx(inside)


def _many_paragraphs() -> bytes:
    """Eight million empty paragraphs: 48 MB of XML in a file of 50 kB."""
    return _main_part(
        f"<w:document {NAMESPACES}><w:body>".encode() + b"<w:p/>" * 8_000_000 + b"</w:body></w:document>"
    )


def many_words(paragraphs: int = 300_000) -> bytes:
    """Paragraphs of different words, below every bound of the zip."""
    return docx("".join(para(f"{number:x} {number * 7919:x}") for number in range(paragraphs)))


def _declared(size: int) -> bytes:
    """An image whose entry claims a size, as a directory can claim anything."""
    package = bytearray(with_entries(docx(para("ảnh")), {"word/media/image1.png": b"\x89PNG" + bytes(64)}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = package.rindex(signature)
        struct.pack_into("<I", package, place + offset, size)
    return bytes(package)


def _claims_little() -> bytes:
    """A part that unfolds to far more than its directory entry says."""
    package = bytearray(_main_part(b"<w:p/>" * 3_000_000))
    place = package.rindex(b"PK\x01\x02")
    struct.pack_into("<I", package, place + 24, 1000)
    return bytes(package)


def _laughs(kind: str = "ENTITY") -> bytes:
    lines = "".join(f'<!{kind} l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return _main_part(f'<!DOCTYPE w [<!ENTITY l0 "ha">{lines}]><w:document {NAMESPACES}>&l9;</w:document>')


def _outside_entity(target: str) -> bytes:
    head = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{target}">]>'
    return _main_part(f"{head}<w:document {NAMESPACES}><w:body>{para('&x;')}</w:body></w:document>")


def _encoded(encoding: str) -> bytes:
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [<!ENTITY x "y">]><w:document {NAMESPACES}/>'
    )
    return _main_part(text.encode(encoding))


def _attributes() -> bytes:
    many = " ".join(f'a{number}="x"' for number in range(400_000))
    return _main_part(f"<w:document {NAMESPACES}><w:body><w:p {many}/></w:body></w:document>")


def _namespaces() -> bytes:
    many = " ".join(f'xmlns:n{number}="urn:{number}"' for number in range(50_000))
    return _main_part(f"<w:document {NAMESPACES} {many}><w:body>{para('x')}</w:body></w:document>")


def _one_word() -> bytes:
    return docx(para("a" * 11_000_000))


def _nested(element: str, times: int) -> bytes:
    opening, closing = f"<w:{element}>" * times, f"</w:{element}>" * times
    return docx(f"{opening}{para('sâu')}{closing}")


def _nested_tables(times: int) -> bytes:
    return docx("<w:tbl><w:tr><w:tc>" * times + para("sâu") + "</w:tc></w:tr></w:tbl>" * times)


def _crowd(entries: int) -> bytes:
    return with_entries(docx(para("x")), {f"word/media/{number}.bin": b"" for number in range(entries)})


def _wide_table() -> bytes:
    cells = "".join(
        f'<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>{para("x")}</w:tc>' for _ in range(40)
    )
    return docx(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")


def _numbering_loop() -> bytes:
    styles = '<w:styles {ns}><w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>' + (
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    )
    return docx(para("vòng", '<w:pStyle w:val="A"/>'), parts={"styles": styles})


def _huge_number() -> bytes:
    numbering = (
        '<w:numbering {ns}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="999999999"/>'
        '<w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    body = para("Mục", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    return docx(body, parts={"numbering": numbering})


def _relations(target: str) -> bytes:
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{TYPES}"/>',
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" '
            f'Type="{R}/officeDocument" Target="{target}"/></Relationships>',
        }
    )


def _duplicate() -> bytes:
    return with_entries(docx(para("thật")), {"WORD/document.xml": f"<w:document {NAMESPACES}/>"})


def locked(zipped: bytes) -> bytes:
    """Return a zip whose last entry says that it is behind a password."""
    package = bytearray(zipped)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = package.rindex(signature)
        struct.pack_into("<H", package, place + offset, 1)
    return bytes(package)


def _method(number: int) -> bytes:
    package = bytearray(docx(para("x")))
    for signature, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        place = package.rindex(signature)
        struct.pack_into("<H", package, place + offset, number)
    return bytes(package)


def _flipped() -> bytes:
    package = bytearray(docx(para("Văn bản " * 500)))
    place = package.index(b"word/document.xml") + 60
    package[place] ^= 0xFF
    return bytes(package)


def _svg() -> bytes:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
    link = _link("image", "media/a.svg", "Internal")
    return with_entries(docx(para("Văn bản"), links=link), {"word/media/a.svg": svg})


def _javascript() -> bytes:
    body = '<w:p><w:hyperlink r:id="x"><w:r><w:t>Bấm vào đây</w:t></w:r></w:hyperlink></w:p>'
    return docx(body, links=_link("hyperlink", "javascript:alert(document.cookie)"))


def _field(code: str) -> Callable[[], bytes]:
    return _in_body(
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
CASES: Mapping[str, Case] = {
    "eight million paragraphs": _case(_many_paragraphs, "too_much_inside"),
    "three hundred thousand paragraphs": _case(many_words, READ, "gave_up", "too_much_inside"),
    "an image that declares a gigabyte": _case(lambda: _declared(1024 * MEGABYTE), "too_much_inside"),
    "an entry that claims little": _case(_claims_little, "too_much_inside", "damaged", "gave_up"),
    "a part of one letter": _case(lambda: docx(para("x" * 30_000_000)), "too_much_inside"),
    "a word of eleven million letters": _case(_one_word, READ, "too_much_inside", "damaged", "gave_up"),
    "five thousand entries": _case(lambda: _crowd(5_000), "too_much_inside"),
    "a billion laughs": _case(_laughs, "hostile_xml"),
    "parameter entities": _case(lambda: _laughs("ENTITY %"), "hostile_xml"),
    "an entity from a file": _case(lambda: _outside_entity("file:///etc/passwd"), "hostile_xml"),
    "an entity from the network": _case(lambda: _outside_entity("http://127.0.0.1:9/x"), "hostile_xml"),
    "a declaration in UTF-16": _case(lambda: _encoded("utf-16"), "hostile_xml", "damaged"),
    "a declaration in UTF-32": _case(lambda: _encoded("utf-32"), "hostile_xml", "damaged"),
    "a declaration in a part of relations": _case(
        _beside(word___rels__a_DOT_rels='<!DOCTYPE r [<!ENTITY a "b">]><r/>'), "hostile_xml"
    ),
    "a template from elsewhere": _case(
        _linked("attachedTemplate", "https://xa.example/a.dotm"), "loads_from_outside"
    ),
    "an object from elsewhere": _case(_linked("oleObject", "http://xa.example/a"), "loads_from_outside"),
    "a picture on a share": _case(_linked("image", "\\\\may-chu\\anh.png"), "loads_from_outside"),
    "a frame from elsewhere": _case(_linked("frame", "https://xa.example/"), "loads_from_outside"),
    "another document brought in": _case(
        _linked("aFChunk", "https://xa.example/a.html"), "loads_from_outside"
    ),
    "a field that runs a program": _case(
        _field('DDEAUTO c:\\\\windows\\\\cmd.exe "/k"'), "loads_from_outside"
    ),
    "a field that brings in a file": _case(_field("INCLUDETEXT /etc/passwd"), READ, "loads_from_outside"),
    "macros beside the text": _case(_beside(word__vbaProject_DOT_bin=b"\x01"), "has_macros"),
    "macros by content type": _case(lambda: docx(para("x"), kind=MACRO), "has_macros"),
    "a part twice in other letters": _case(_duplicate, "damaged"),
    "a name that leads out": _case(_beside(**{"..__..__..__etc__cron_DOT_d__x": b"x"}), "unsafe_name"),
    "an absolute name": _case(_beside(__etc__passwd=b"x"), "unsafe_name", READ),
    "a name of another system": _case(
        lambda: with_entries(docx(para("x")), {"..\\..\\windows\\x": b"x"}), "unsafe_name", READ
    ),
    "a NUL in a name": _case(
        lambda: with_entries(docx(para("x")), {"word/document.xml\0.txt": b"x"}), "unsafe_name", "damaged"
    ),
    "relations that lead out": _case(lambda: _relations("../../../etc/passwd"), "not_a_document"),
    "relations in a circle": _case(lambda: _relations("_rels/.rels"), "not_a_document"),
    "runs nested deep": _case(lambda: _nested("sdt", 5_000), "too_deep", "damaged"),
    "tables nested deep": _case(lambda: _nested_tables(400), "too_deep", "damaged"),
    "tables nested as deep as may be": _case(lambda: _nested_tables(60), READ, "too_deep"),
    "four hundred thousand attributes": _case(_attributes, READ, "damaged", "gave_up", "too_much_inside"),
    "fifty thousand namespaces": _case(_namespaces, READ, "damaged", "gave_up"),
    "cells wider than the world": _case(_wide_table, READ),
    "styles based on one another": _case(_numbering_loop, READ),
    "a number too large for Rome": _case(_huge_number, READ),
    "a link that is a program": _case(_javascript, READ),
    "a picture that is a program": _case(_svg, READ),
    "a false content type": _case(lambda: docx(para("x"), kind="image/png"), "not_a_document"),
    "a spreadsheet under the name of Word": _case(
        lambda: docx(para("x"), kind=MAIN.replace("wordprocessingml.document", "spreadsheetml.sheet")),
        "not_a_document",
    ),
    "a template under the name of Word": _case(
        lambda: docx(para("x"), kind=MAIN.replace("document.main", "template.main")), "word_template"
    ),
    "cut off": _case(lambda: docx(para("Văn bản " * 900))[:-200], "damaged"),
    "cut off early": _case(lambda: docx(para("x"))[:30], "damaged"),
    "a flipped bit": _case(_flipped, "damaged", READ),
    "an unknown method": _case(lambda: _method(99), "damaged"),
    "an encrypted entry": _case(lambda: locked(docx(para("x"))), "encrypted"),
    "behind a password": _case(
        lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted"
    ),
    "an old container with nothing in it": _case(lambda: OLE + bytes(600), "not_a_document"),
    "a zip within a zip": _case(lambda: archive({"a.zip": archive({"b.zip": b"PK"})}), "not_a_document"),
    "a program": _case(lambda: b"MZ" + bytes(500), "not_what_its_name_says", "not_a_document"),
    "a web page under the name of Word": _case(
        lambda: b"<html><script>alert(1)</script></html>", "not_what_its_name_says", name="a.doc"
    ),
    "empty": _case(lambda: b"", "empty_file"),
    "one byte more than may be": _case(lambda: b"PK" + bytes(20 * MEGABYTE), "too_large"),
    "NUL in Markdown": _case(lambda: b"# a\0b", "not_a_document", name="a.md"),
    "brackets without end": _case(lambda: b"[" * 150_000, "markdown_too_complex", name="a.md"),
    "quotes without end": _case(
        lambda: b">" * 100_000 + b" a", "markdown_too_complex", "too_deep", READ, name="a.md"
    ),
    "a head that builds itself": _case(
        lambda: b"---\na: &a [x]\nb: &b [*a,*a,*a]\nc: !!python/object/apply:os.system ['x']\n---\n# T\n",
        "bad_front_matter",
        READ,
        name="a.md",
    ),
    "a script in Markdown": _case(
        lambda: b"# T\n\n<script>alert(1)</script> [a](javascript:alert(1))\n", READ, name="a.md"
    ),
}

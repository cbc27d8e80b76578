"""One part of a package is changed, the others are copied as they lie."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from qms.formats.docx.repack import replace_part
from qms.formats.docx.splice import Patch, Span, Spans, spliced
from qms.formats.refusals import Damaged
from tests.unit.formats.packages import archive

NEW = b"<w:document>" + b"x" * 5000 + b"</w:document>"


def package() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.comment = b"a comment"
        for name, kind in (
            ("a.xml", zipfile.ZIP_STORED),
            ("word/document.xml", zipfile.ZIP_DEFLATED),
            ("z.png", 0),
        ):
            info = zipfile.ZipInfo(name, (2021, 3, 4, 5, 6, 8))
            info.compress_type, info.extra, info.comment = kind, b"\x99\x99\x02\x00ab", b"noted"
            made.writestr(info, b"old " * 300)
    return out.getvalue()


def streamed() -> bytes:
    """Return an archive written by a program that cannot go back: sizes stand behind the data."""

    class Stream(io.RawIOBase):
        def __init__(self) -> None:
            self.written = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data) -> int:
            self.written += bytes(data)
            return len(data)

    out = Stream()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in ("a.xml", "word/document.xml", "b.xml"):
            made.writestr(name, b"old " * 300)
    return bytes(out.written)


@pytest.mark.parametrize("data", [package(), streamed()], ids=["usual", "streamed"])
def test_the_part_is_new_and_all_else_is_copied(data):
    after = replace_part(data, "Word/Document.xml", NEW)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert new.testzip() is None
        assert new.comment == old.comment
        assert new.namelist() == old.namelist()
        for one, two in zip(old.infolist(), new.infolist(), strict=True):
            facts = ("date_time", "compress_type", "extra", "comment", "external_attr", "create_system")
            assert [getattr(one, fact) for fact in facts] == [getattr(two, fact) for fact in facts]
            wanted = NEW if one.filename == "word/document.xml" else old.read(one)
            assert new.read(two) == wanted


def test_the_same_bytes_give_the_same_archive_again():
    once = replace_part(package(), "word/document.xml", NEW)
    assert replace_part(once, "word/document.xml", NEW) == once


@pytest.mark.parametrize(
    "broken",
    [
        b"PK\x05\x06",
        archive({"word/document.xml": b"x"})[:-5],
        archive({"word/document.xml": b"x"}).replace(b"PK\x01\x02", b"PK\x01\x03"),
        b"before" + archive({"word/document.xml": b"x"}),
        archive({"word/document.xml": b"x"}).replace(
            struct.pack("<L", 1) + struct.pack("<H", 17),
            struct.pack("<L", 0xFFFFFFFF) + struct.pack("<H", 17),
        ),
    ],
)
def test_an_archive_of_unusual_layout_is_not_guessed_at(broken):
    with pytest.raises(Damaged):
        replace_part(broken, "word/document.xml", NEW)


def test_a_missing_part_is_no_part_to_change():
    data = archive({"a.xml": b"x"})
    assert replace_part(data, "word/document.xml", NEW) == data


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_spans_are_those_of_the_elements_whatever_stands_in_their_tags():
    part = f"\ufeff<a {W}><w:p w:x=\">\"/>é<w:p a='/>'><w:tr><w:p  >x</w:p ></w:tr></w:p\n></a>".encode()
    spans = Spans(part)
    cut = [
        part[one.start : one.end].decode()
        for one in (spans.paragraph(0), spans.paragraph(1), spans.paragraph(2))
    ]
    assert cut == ['<w:p w:x=">"/>', "<w:p a='/>'><w:tr><w:p  >x</w:p ></w:tr></w:p\n>", "<w:p  >x</w:p >"]
    assert part[spans.row(0).start : spans.row(0).end] == b"<w:tr><w:p  >x</w:p ></w:tr>"


def test_patches_are_made_in_order_of_place():
    assert spliced(b"abcdef", [Patch(Span(4, 4), b"+"), Patch(Span(1, 4), b"-")]) == b"a-+ef"


@pytest.mark.parametrize(
    "part", ["<a/>".encode("utf-16"), b'<?xml version="1.0" encoding="latin-1"?><a/>', b"<a>"]
)
def test_xml_that_is_not_utf8_is_not_cut(part):
    with pytest.raises(Damaged):
        Spans(part)

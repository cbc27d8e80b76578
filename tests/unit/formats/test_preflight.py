"""A file is judged before any parser sees it; each refusal has its code and says what to do."""

from __future__ import annotations

import pytest

from qms.formats.docx.preflight import MAX_UPLOAD, preflight
from qms.formats.docx.reader import read_docx
from qms.formats.reader import read
from qms.formats.refusals import Unacceptable
from qms.model.enums import MasterFormat, WarningCode
from tests.unit.formats.packages import MAIN, R, archive, docx, para

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEMPLATE = MAIN.replace("document.main", "template.main")
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"


def link(kind: str, target: str) -> str:
    return f'<Relationship Id="x" Type="{R}/{kind}" Target="{target}" TargetMode="External"/>'


REFUSED = {
    "empty_file": b"",
    "too_large": b"PK" + bytes(MAX_UPLOAD),
    "old_word": OLE + bytes(600) + "WordDocument".encode("utf-16-le"),
    "encrypted": OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
    "pdf_file": b"%PDF-1.7 ...",
    "not_a_document": b"xin ch\xc3\xa0o",
    "damaged": docx(para("cụt"))[:200],
    "word_template": docx(para("mẫu"), kind=TEMPLATE),
    "has_macros": docx(para("macro"), kind=MACRO),
    "hostile_xml": docx(para("x"), head='<!DOCTYPE w [<!ENTITY a "b">]>'),
    "too_much_inside": docx(para("x" * 6_000_000)),
}


@pytest.mark.parametrize("code", REFUSED)
def test_a_file_that_must_not_be_read_is_refused_for_its_own_reason(code):
    with pytest.raises(Unacceptable) as caught:
        preflight(REFUSED[code])
    assert caught.value.code == code
    assert str(caught.value).endswith(".")


def test_every_refusal_carries_a_warning_code_of_the_importer():
    for data in REFUSED.values():
        with pytest.raises(Unacceptable) as caught:
            preflight(data)
        assert isinstance(caught.value.warning, WarningCode)


def test_a_plain_document_passes():
    preflight(docx(para("Xin chào")))


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "https://xa.example/mau.dotm"),
        ("oleObject", "https://xa.example/a.bin"),
        ("image", "file://///may-chu/chung/a.png"),
        ("image", "\\\\may-chu\\chung\\a.png"),
    ],
)
def test_a_document_that_loads_from_elsewhere_is_refused(kind, target):
    with pytest.raises(Unacceptable) as caught:
        preflight(docx(para("x"), links=link(kind, target)))
    assert caught.value.code == "loads_from_outside"


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("hyperlink", "https://dichvucong.gov.vn"),
        ("attachedTemplate", "file:///C:\\Users\\vanthu\\AppData\\Normal.dotm"),
        ("attachedTemplate", "Normal.dotm"),
    ],
)
def test_links_that_load_nothing_are_no_harm(kind, target):
    preflight(docx(para("x"), links=link(kind, target)))


def test_a_macro_beside_the_text_is_found():
    files = {"[Content_Types].xml": "<Types/>", "word/vbaProject.bin": b"\x01"}
    with pytest.raises(Unacceptable) as caught:
        preflight(archive(files))
    assert caught.value.code == "has_macros"


def test_a_zip_that_is_no_word_document_is_told_so():
    with pytest.raises(Unacceptable) as caught:
        preflight(archive({"ghi-chu.txt": "x"}))
    assert caught.value.code == "not_a_document"


def test_nesting_beyond_reason_is_refused_by_the_parser():
    deep = "<w:tbl><w:tr><w:tc>" * 300 + para("x") + "</w:tc></w:tr></w:tbl>" * 300
    with pytest.raises(Unacceptable) as caught:
        read_docx(docx(deep))
    assert caught.value.code == "too_deep"


@pytest.mark.parametrize("name", ["trang-web.doc", "quy-trinh.docx", "a.pdf"])
def test_plain_text_under_another_name_is_refused(name):
    with pytest.raises(Unacceptable) as caught:
        read(b"<html><p>Quy trinh</p></html>", name)
    assert caught.value.code == "not_what_its_name_says"


def test_word_under_the_name_of_markdown_is_read_with_a_doubt():
    reading = read(docx(para("Mục đích")), "quy-trinh.md")
    assert reading.format is MasterFormat.DOCX
    assert WarningCode.WRONG_EXTENSION in [doubt.code for doubt in reading.warnings]


def test_a_document_without_words_says_that_nothing_was_examined():
    reading = read(docx("<w:p/>"), "ban-quet.docx")
    assert reading.warnings[0].code is WarningCode.NO_TEXT

"""A Word master is marked in its headers and footers only, whatever sections and parts it has."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx as python_docx
import pytest
from lxml import etree

from qms.formats.press.sheet import Above, Sheet
from qms.formats.press.stamp import stamp
from qms.formats.refusals import Unacceptable
from tests.unit.formats.packages import NAMESPACES, R, W, docx, para

SHEET = Sheet(
    agency="UBND xã Mẫu Thử",
    kind="Quy trình",
    title="Đăng ký thử nghiệm",
    code="QT-01",
    edition="01",
    issued_on="25/11/2026",
    effective_from="25/11/2026",
    decision="145/QĐ-UBND ngày 25/11/2026",
    copy_line="BẢN KHÔNG KIỂM SOÁT, in ngày 25/11/2026",
    short_code="K7M2-Q9XA",
    address="https://qms.xa.vn/v/" + "0" * 26,
    check_place="https://qms.xa.vn/v",
)
PAST = "HẾT HIỆU LỰC từ ngày 01/12/2026"
FOOTER = "<w:ftr {ns}><w:p><w:r><w:t>Trang của xã</w:t></w:r></w:p></w:ftr>"
BODY = para("Nội dung quy trình.")


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def words_of(part: bytes) -> str:
    return "".join(map(str, etree.fromstring(part).itertext()))


def footers(data: bytes) -> list[str]:
    """Return the words of each footer that the document names, as Word finds them."""
    document = python_docx.Document(io.BytesIO(data))
    found = {
        footer.part.partname: words_of(footer.part.blob)
        for section in document.sections
        for footer in (section.footer, section.first_page_footer, section.even_page_footer)
        if not footer.is_linked_to_previous
    }
    return list(found.values())


def test_a_paper_without_footer_gets_one_and_keeps_its_body() -> None:
    before = docx(BODY + "<w:sectPr><w:pgSz w:w='11906'/></w:sectPr>")
    after = stamp(before, SHEET)
    old, new = parts(before)["word/document.xml"], parts(after)["word/document.xml"]
    reference = new[new.index(b"<w:footerReference") : new.index(b"/>", new.index(b"<w:footerReference")) + 2]
    assert new.replace(reference, b"") == old
    (footer,) = footers(after)
    assert SHEET.copy_line in footer
    assert SHEET.short_code in footer


@pytest.mark.parametrize("section", ["", "<w:sectPr/>"])
def test_a_paper_without_section_properties_is_marked(section: str) -> None:
    (footer,) = footers(stamp(docx(BODY + section), SHEET))
    assert SHEET.copy_line in footer


def test_an_existing_footer_keeps_its_bytes_around_what_is_added() -> None:
    named = '<w:sectPr><w:footerReference w:type="default" r:id="footer"/></w:sectPr>'
    before = docx(BODY + named, parts={"footer": FOOTER})
    old, new = parts(before), parts(stamp(before, SHEET))
    assert new["word/document.xml"] == old["word/document.xml"]
    head, tail = old["word/footer.xml"].split(b"</w:ftr>")
    assert new["word/footer.xml"].startswith(head)
    assert new["word/footer.xml"].endswith(b"</w:ftr>" + tail)
    changed = {name for name in old if new[name] != old[name]}
    assert changed == {"word/footer.xml", "[Content_Types].xml"}


def test_first_and_even_pages_are_marked_too() -> None:
    sections = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>" + BODY + "<w:sectPr><w:titlePg/></w:sectPr>"
    settings = "<w:settings {ns}><w:evenAndOddHeaders/></w:settings>"
    found = footers(stamp(docx(BODY + sections, parts={"settings": settings}), SHEET))
    assert len(found) == 3
    assert all(SHEET.copy_line in footer for footer in found)


def test_the_mark_and_the_notice_stand_in_the_header_only_where_there_are_any() -> None:
    assert not any("header" in name for name in parts(stamp(docx(BODY), SHEET)))
    fields = {**SHEET.__dict__, "mark_line": PAST, "notices": (Above("Thu phí <mới> & đủ.", "1/2026/NĐ-CP"),)}
    found = parts(stamp(docx(BODY), Sheet(**fields)))
    (header,) = [words_of(part) for name, part in found.items() if "header" in name]
    assert PAST in header
    assert "THÔNG BÁO ÁP DỤNG TẠM THỜI: Thu phí <mới> & đủ. (Căn cứ: 1/2026/NĐ-CP)" in header


def test_a_strict_document_gets_strict_names() -> None:
    strict = NAMESPACES.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
        R, "http://purl.oclc.org/ooxml/officeDocument/relationships"
    )
    package = parts(docx(BODY))
    body = f"<w:document {strict}><w:body>{BODY}<w:sectPr/></w:body></w:document>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in {**package, "word/document.xml": body.encode()}.items():
            made.writestr(name, data)
    found = parts(stamp(out.getvalue(), SHEET))
    (footer,) = [part for name, part in found.items() if name.endswith("footer-default.xml")]
    assert b"schemas.openxmlformats.org" not in footer


def test_a_print_that_came_back_as_a_master_is_marked_again_without_clashing() -> None:
    once = stamp(docx(BODY), SHEET)
    twice = stamp(once, Sheet(**{**SHEET.__dict__, "address": SHEET.address.replace("000", "111")}))
    (footer,) = footers(twice)
    assert footer.count(SHEET.copy_line) == 2
    pictures = [name for name in parts(twice) if name.endswith(".png")]
    assert len(pictures) == len(set(pictures)) == 2


def test_every_real_paper_is_marked_on_every_page_and_no_other_part_changes(real_data: Path) -> None:
    for path in sorted((real_data / "procedures").glob("*.docx")):
        before = path.read_bytes()
        old, new = parts(before), parts(stamp(before, SHEET))
        allowed = ("word/header", "word/footer", "word/_rels", "[Content_Types].xml")
        assert all(new[name] == old[name] or name.startswith(allowed) for name in old), path.name
        assert new["word/document.xml"] == old["word/document.xml"], path.name
        assert footers(stamp(before, SHEET)), path.name


def test_odd_files_are_marked_or_refused_with_a_reason(real_data: Path) -> None:
    refused = 0
    for path in sorted((real_data / "docx_odd").glob("*.docx")):
        try:
            assert zipfile.ZipFile(io.BytesIO(stamp(path.read_bytes(), SHEET))).testzip() is None
        except Unacceptable as refusal:
            refused += 1
            assert str(refusal)
    assert refused < 12

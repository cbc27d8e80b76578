"""A regulation's words out of Word, PDF, Markdown and plain text: a paragraph a line, whatever it was printed like."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from qms.formats.pdf import MAX_CHARACTERS, MAX_PAGES, joined
from qms.formats.refusals import (
    Damaged,
    EmptyFile,
    EncryptedPdf,
    NotADocument,
    NotWhatItsNameSays,
    OldWord,
    TooMuchInside,
)
from qms.formats.regulation import (
    RegulationText,
    read_regulation_file,
    regulation_from_json,
    regulation_to_json,
)
from qms.model.enums import WarningCode
from tests.office import converted
from tests.papers import regulation_paper

HEAD = (
    ("CHÍNH PHỦ\n-------", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
    ("Số: 18/2026/NĐ-CP", "Hà Nội, ngày 15 tháng 01 năm 2026"),
)
STAMP = ("Ký bởi: Cổng Thông tin điện tử Chính phủ", "Thời gian ký: 15.01.2026 17:02:01 +07:00")
LONG = (
    "1. Bãi bỏ khoản 2 Điều 5, khoản 3 Điều 7 của Nghị định số 87/2020/NĐ-CP ngày 28 tháng 7 năm 2020 của "
    "Chính phủ quy định về Cơ sở dữ liệu hộ tịch điện tử, đăng ký hộ tịch trực tuyến và Thông tư số "
    "04/2020/TT-BTP ngày 28 tháng 5 năm 2020 của Bộ trưởng Bộ Tư pháp quy định chi tiết thi hành một số điều "
    "của Luật Hộ tịch."
)
LINES = (
    "Điều 1. Bãi bỏ một số quy định",
    *(LONG.replace("1. ", f"{number}. ", 1) for number in range(1, 13)),
)


def printed(lines: tuple[str, ...] = LINES) -> bytes:
    """Return a DOCX as agencies print it: 14 points, first lines indented, justified, pages numbered at the top."""
    paper = Document(io.BytesIO(regulation_paper((), HEAD)))
    paper.styles["Normal"].font.name, paper.styles["Normal"].font.size = "Times New Roman", Pt(14)
    paper.sections[0].header.paragraphs[0].text = "2"
    paper.sections[0].footer.paragraphs[0].text = "Cổng thông tin điện tử"
    for line in STAMP:
        paper.add_paragraph().add_run(line).font.size = Pt(7)
    for line in lines:
        paragraph = paper.add_paragraph(line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(1.27)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return converted(printed(), tmp_path_factory.mktemp("pdf"))


def blank_pdf(pages: int) -> bytes:
    """Return a PDF without any text, as a scanner makes it."""
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def test_a_pdf_says_what_the_word_file_says_a_paragraph_a_line(pdf: bytes) -> None:
    lines = read_regulation_file(pdf, "nghi-dinh.pdf").text.splitlines()
    assert [line for line in lines if line[0].isdigit() and ". Bãi bỏ" in line] == list(LINES[1:])
    assert "Số: 18/2026/NĐ-CP" in lines
    assert "Hà Nội, ngày 15 tháng 01 năm 2026" in lines


def test_page_numbers_rules_and_stamps_are_no_words_of_a_regulation(pdf: bytes) -> None:
    lines = read_regulation_file(pdf, "a.pdf").text.splitlines()
    assert not [line for line in lines if line.startswith(("Ký bởi", "Thời gian ký"))]
    assert not {"2", "Cổng thông tin điện tử"} & set(lines)
    assert not [line for line in lines if not any(map(str.isalnum, line))]


def test_a_scan_has_no_text_and_says_what_can_be_typed() -> None:
    paper = read_regulation_file(blank_pdf(2), "quet.pdf")
    (warning,) = paper.warnings
    assert (paper.text, warning.code) == ("", WarningCode.NO_TEXT)
    assert "nhập tay năm mục" in warning.message


def test_pages_without_text_among_others_are_named(pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(pdf)
    document.new_page(595, 842)
    out = io.BytesIO()
    document.save(out)
    pages = len(document)
    document.close()
    (warning,) = read_regulation_file(out.getvalue(), "a.pdf").warnings
    assert warning.code == WarningCode.NOT_EXAMINED
    assert f"Trang {pages} " in warning.message


def test_a_pdf_behind_a_password_is_refused(tmp_path: Path) -> None:
    locked = converted(printed(), tmp_path, EncryptFile="true", DocumentOpenPassword="thu")
    with pytest.raises(EncryptedPdf):
        read_regulation_file(locked, "a.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.7\nkh\xc3\xb4ng ph\xe1\xba\xa3i", b"%PDF-1.4"])
def test_a_broken_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(Damaged):
        read_regulation_file(data, "a.pdf")


def test_a_pdf_without_end_is_refused() -> None:
    with pytest.raises(TooMuchInside, match="trang"):
        read_regulation_file(blank_pdf(MAX_PAGES + 1), "a.pdf")


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(TooMuchInside, match="triệu chữ"):
        read_regulation_file(b"a" * (MAX_CHARACTERS + 1), "a.txt")


def test_symbols_parted_at_the_end_of_a_line_are_whole_again() -> None:
    assert joined("Nghị định số 18/2026/NĐ-", "CP ngày") == "Nghị định số 18/2026/NĐ-CP ngày"
    assert joined("Thông tư số 18/2026/", "TT-BTP") == "Thông tư số 18/2026/TT-BTP"
    assert joined("Lao động -", "Thương binh") == "Lao động - Thương binh"
    assert joined("khoản 2", "Điều 5") == "khoản 2 Điều 5"


def test_a_word_file_gives_paragraphs_and_tables() -> None:
    paper = read_regulation_file(regulation_paper(LINES, HEAD), "a.docx")
    assert set(LINES) <= set(paper.text.splitlines())
    assert paper.tables[0][1] == ("Số: 18/2026/NĐ-CP", "Hà Nội, ngày 15 tháng 01 năm 2026")


def test_a_word_file_of_pictures_alone_has_no_text() -> None:
    assert [one.code for one in read_regulation_file(regulation_paper(()), "a.docx").warnings] == [
        WarningCode.NO_TEXT
    ]


def test_markdown_loses_its_marks_and_keeps_its_lines() -> None:
    text = "# NGHỊ ĐỊNH\n\n**1.** Bãi bỏ *Điều 5*;\na) Điều 1\\.\n\n"
    text += "| Số: 1/2026/NĐ-CP | Hà Nội |\n|---|---|\n| a | b |\n"
    paper = read_regulation_file(text.encode(), "a.md")
    assert [line for line in paper.text.splitlines() if line.strip(" -")] == [
        "NGHỊ ĐỊNH",
        "1. Bãi bỏ Điều 5;",
        "a) Điều 1.",
        " Số: 1/2026/NĐ-CP ",
        " Hà Nội ",
        " a ",
        " b ",
    ]
    assert paper.tables == ((("Số: 1/2026/NĐ-CP", "Hà Nội"), ("a", "b")),)


def test_plain_text_is_taken_as_it_is() -> None:
    assert read_regulation_file("\ufeffĐiều 1.\r\nĐiều 2.".encode(), "a.txt").text == "Điều 1.\nĐiều 2."


@pytest.mark.parametrize(
    ("data", "name", "refusal"),
    [
        (b"", "a.txt", EmptyFile),
        (b"a\0b", "a.txt", NotADocument),
        (b"\xff\xfe\x00", "a.txt", NotADocument),
        (b"<html>", "a.doc", NotWhatItsNameSays),
        (b"\x89PNG\r\n", "a.png", NotADocument),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "a.doc", OldWord),
    ],
)
def test_what_is_no_regulation_is_refused(data: bytes, name: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_regulation_file(data, name)


def test_what_was_read_survives_the_pipe(pdf: bytes) -> None:
    for paper in (
        read_regulation_file(pdf, "a.pdf"),
        read_regulation_file(blank_pdf(1), "b.pdf"),
        RegulationText("a"),
    ):
        assert regulation_from_json(regulation_to_json(paper)) == paper

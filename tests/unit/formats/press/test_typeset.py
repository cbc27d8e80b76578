"""A Markdown master on paper: tables break across pages, heads are repeated, letters are right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qms.formats.markdown import from_markdown
from qms.formats.press.blocks import laid_out
from qms.formats.press.sheet import Answer, sheet_from_json, sheet_to_json
from qms.formats.press.typeset import compiled, typeset
from qms.formats.refusals import BadTemplate, TooLongToPrint
from tests import printed
from tests.conftest import ROOT
from tests.unit.formats.press.test_stamp import PAST, SHEET

TEMPLATES = ROOT / "templates" / "print"


def pages(markdown: str, **facts: object) -> list[str]:
    return printed.words(typeset(markdown, replace(SHEET, **facts), TEMPLATES))  # type: ignore[arg-type]


def test_a_long_table_breaks_across_pages_and_repeats_its_head() -> None:
    rows = "\n".join(f"| {n} | Tiếp nhận hồ sơ lần {n} | Công chức | ½ ngày |" for n in range(1, 120))
    found = pages(
        f"# Tên\n\n## 1. NỘI DUNG\n\n| TT | Trình tự | Trách nhiệm | Thời gian |\n|---|---|---|---|\n{rows}"
    )
    assert len(found) > 4
    assert all("TT Trình tự Trách nhiệm Thời gian" in page for page in found[1:])
    assert all(f"lần {n} " in " ".join(found) for n in range(1, 120))


def test_vietnamese_letters_come_out_as_they_went_in() -> None:
    letters = "ăâđêôơư ằẳẵắặ ầẩẫấậ ềểễếệ ồổỗốộ ờởỡớợ ừửữứự ỳỷỹýỵ ĂÂĐÊÔƠƯ ẶẬỆỘỢỰỴ “ngoặc” – ½"
    assert letters in " ".join(pages(f"## 1. CHỮ\n\n{letters}"))


def test_title_and_code_of_the_masters_cover_are_said_once() -> None:
    table = "| Mã hiệu | Lần ban hành |\n|---|---|\n| QT-01 | 01 |"
    cover = f"# QUY TRÌNH ĐĂNG KÝ THỬ NGHIỆM\n\n{table}\n\n> Lưu ý riêng.\n\n"
    told = laid_out(from_markdown(cover + "## 1. MỤC ĐÍCH\n\nChữ."), SHEET)
    assert [block["kind"] for block in told["front"]] == ["paragraph"]
    other = laid_out(from_markdown(cover.replace("QT-01", "QT-99") + "## 1. MỤC ĐÍCH\n\nChữ."), SHEET)
    assert [block["kind"] for block in other["front"]] == ["table", "paragraph"]


def test_who_answers_is_taken_from_the_record_where_the_master_does_not_say() -> None:
    answers = (Answer("Phê duyệt", "Nguyễn Văn Mẫu", "Chủ tịch"),)
    assert "Nguyễn Văn Mẫu" in pages("# A\n\n## 1. B\n\nC.", answers=answers)[0]
    own = "# A\n\n| Trách nhiệm | Soạn thảo |\n|---|---|\n| Họ tên | Trần Thị Mẫu |\n\n## 1. B\n\nC."
    cover = pages(own, answers=answers)[0]
    assert "Trần Thị Mẫu" in cover
    assert "Nguyễn Văn Mẫu" not in cover


@pytest.mark.parametrize(
    "markdown", ["", "Chỉ một dòng.", "# Chỉ tên", "| a |\n|---|\n", "[^1]\n\n[^1]: Chú thích."]
)
def test_any_text_is_printed(markdown: str) -> None:
    found = pages(markdown, mark="HẾT HIỆU LỰC", mark_line=PAST)
    assert all(PAST in page for page in found)


def test_every_page_bears_the_qr_code() -> None:
    markdown = "\n\n".join(f"## {n}. MỤC\n\n" + "Chữ. " * 300 for n in range(1, 6))
    found = printed.codes(typeset(markdown, replace(SHEET, mark="HẾT HIỆU LỰC", mark_line=PAST), TEMPLATES))
    assert len(found) > 3
    assert all(page == [SHEET.address] for page in found)


def test_a_mistake_in_a_template_is_told(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "document.typ").write_text("#nothing(")
    with pytest.raises(BadTemplate, match="Mẫu in «document"):
        compiled(tmp_path / "document.typ", "{}")


def test_a_sheet_comes_back_from_json() -> None:
    sheet = replace(SHEET, answers=(Answer("Phê duyệt", "Nguyễn Văn Mẫu", "Chủ tịch"),))
    assert sheet_from_json(sheet_to_json(sheet)) == sheet


def test_a_table_too_wide_for_paper_loses_no_word() -> None:
    wide = f"|{'|'.join(f' Cột{n} ' for n in range(60))}|\n|{'---|' * 60}\n|{'|'.join(f' Ô{n} ' for n in range(60))}|"
    text = " ".join(pages(f"## 1. BẢNG\n\n{wide}"))
    assert all(f"Cột{n} " in text and f"Ô{n}" in text for n in range(60))


def test_a_text_beyond_the_bounds_is_refused_before_it_is_laid_out() -> None:
    with pytest.raises(TooLongToPrint, match="10001 đoạn"):
        laid_out(from_markdown("a\n\n" * 10_001), SHEET)

"""The templates of papers are what their script makes, and look as Decree 30/2020/NĐ-CP wants papers to look."""

from __future__ import annotations

import io
import runpy

import docx
import pytest

from tests.conftest import ROOT

MADE: dict[str, bytes] = runpy.run_path(str(ROOT / "documents" / "make_print_templates.py"))["templates"]()


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_template_is_what_its_script_makes(name: str) -> None:
    assert (ROOT / "templates" / "print" / name).read_bytes() == MADE[name]


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_template_keeps_to_the_form_of_administrative_papers(name: str) -> None:
    document = docx.Document(io.BytesIO(MADE[name]))
    section = document.sections[0]
    assert {round(section.page_width.mm), round(section.page_height.mm)} == {210, 297}
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one.mm) for one in margins] == [20, 20, 30, 15]
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert section.different_first_page_header_footer, "the first page has no number"
    head = document.tables[0].cell(0, 1).text
    assert head.split("\n")[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]

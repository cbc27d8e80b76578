"""The register on the screen: a page at a time, narrowed by a form, the whole of it as a file."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from openpyxl import load_workbook

from qms.bootstrap import QMS
from qms.web import asked
from tests import house
from tests.functional.web.conftest import Browser

Browse = Callable[..., Browser]


@pytest.fixture
def three(qms: QMS, monkeypatch: pytest.MonkeyPatch) -> QMS:
    """Return an instance with three documents in control, two of which fill a page."""
    for number, title in enumerate(("Đăng ký khai sinh", "Đăng ký kết hôn", "Chứng thực chữ ký"), 1):
        house.issued(qms, f"QT-0{number}", title, by=house.decision(f"{number}/QĐ-UBND"))
    monkeypatch.setattr(asked, "PAGE_SIZE", 2)
    return qms


def test_the_register_is_turned_page_by_page(three: QMS, browse: Browse) -> None:
    first = browse("doc").get("/register").text
    assert "3 tài liệu" in first
    assert "Đăng ký kết hôn" in first
    assert "Chứng thực chữ ký" not in first
    assert 'href="/register?page=2"' in first
    second = browse("doc").get("/register?page=2").text
    assert "Chứng thực chữ ký" in second
    assert 'href="/register?page=1"' in second


def test_what_was_chosen_stays_chosen_on_the_next_page(three: QMS, browse: Browse) -> None:
    page = browse("doc").get("/register?q=dang ky&type=procedure&status=effective").text
    assert "2 tài liệu" in page
    assert 'value="dang ky"' in page
    assert '<option value="procedure" selected>' in page
    more = browse("doc").get("/register?type=procedure").text
    assert "type=procedure" in more.partition('rel="next"')[0].rpartition("<a")[2]


def test_nothing_found_says_what_to_do(three: QMS, browse: Browse) -> None:
    assert "Bỏ bớt một điều kiện" in browse("doc").get("/register?q=khai thác đá").text
    assert "Bỏ bớt một điều kiện" in browse("doc").get("/register?page=9").text


def test_a_word_that_is_no_choice_chooses_nothing(three: QMS, browse: Browse) -> None:
    assert "3 tài liệu" in browse("doc").get("/register?type=poem&status=dead&unit=&field=").text


def test_the_file_holds_the_whole_register(three: QMS, browse: Browse) -> None:
    sheet = load_workbook(io.BytesIO(browse("doc").get("/register/internal.xlsx").data)).active
    assert sheet is not None
    text = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    assert all(f"QT-0{number}" in text for number in (1, 2, 3))

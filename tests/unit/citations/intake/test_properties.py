"""Whatever the text: the reader never raises, and reads printed lines as one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from qms.citations.intake import read_regulation

PIECES = (
    "Thông tư này có hiệu lực kể từ ngày ",
    "01 tháng 7 năm 2026",
    "31/02/2026",
    " bãi bỏ ",
    "Thông tư số 01/2020/TT-BTP",
    " và ",
    "; ",
    ", trừ khoản 2 Điều 5",
    "\nĐiều 1. ",
    "\n1. ",
    "\na) ",
    "“",
    "”",
    '"',
    " Mẫu số 08-DS đến Mẫu số 10-DS ",
    " hết hiệu lực",
    " sửa đổi, bổ sung một số điều của ",
    "từ khoản 1 đến khoản 99999 Điều 5 ",
    "như sau:",
)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40).map("".join))
@settings(max_examples=200, deadline=None)
def test_no_text_makes_it_raise(text: str) -> None:
    said = read_regulation(text, "18/2026/TT-BTP")
    assert all(one.target for one in said.relations)


def test_printed_lines_of_a_paragraph_are_one() -> None:
    text = "Thông tư này có hiệu lực từ ngày 01\ntháng 7 năm 2026 và thay thế Thông tư số\n01/2020/TT-BTP của Bộ."
    said = read_regulation(text)
    assert str(said.instrument.effective) == "2026-07-01"
    assert [one.target for one in said.relations] == ["01/2020/TT-BTP"]


def test_links_and_emphasis_of_a_copied_page_are_no_words() -> None:
    text = "**2.** Quyết định số [06/2010/QĐ-TTg](https://example.vn/a-06-2010.aspx) hết hiệu lực từ ngày 01/5/2026."
    (relation,) = read_regulation(text).relations
    assert (relation.target, relation.sentence[:31]) == ("06/2010/QĐ-TTg", "Quyết định số 06/2010/QĐ-TTg hế")

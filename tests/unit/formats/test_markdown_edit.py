"""Lines of a legal basis are changed in a Markdown master, and every other byte of it stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qms.formats.basis_edit import edit_lines
from qms.formats.basis_lines import core
from qms.formats.reader import read
from qms.formats.refusals import Unacceptable
from qms.model.basis import EditedLines, LineEdit
from qms.model.enums import BasisAction

REPLACE, ADD, REMOVE = BasisAction.REPLACE, BasisAction.ADD_AFTER, BasisAction.REMOVE
NEW = "Nghị định số 18/2026/NĐ-CP ngày 15/01/2026 của Chính phủ"
LAW, DECREE = "Luật Hộ tịch năm 2014", "Nghị định số 123/2015/NĐ-CP"
HEAD = (
    "# QUY TRÌNH\n\n## 1. MỤC ĐÍCH\n\nTheo *Luật Hộ tịch năm 2014*;  \n\n"
    "## 2. NỘI DUNG\n\n**a. Căn cứ pháp lý:**\n\n"
)
FOOT = "\n**b. Quy trình xử lý công việc:**\n\n| TT | Nội dung |\n|---|---|\n| 1 | Tiếp nhận |\n"


def edited(
    body: str, at: int, action: BasisAction, text: str = NEW, head: str = HEAD
) -> tuple[str, EditedLines]:
    """Return what stands now between head and foot, which must be as they were."""
    data = (head + body + FOOT).encode()
    lines = read(data, "a.md").anatomy.legal_basis_lines
    after = edit_lines(data, "a.md", [LineEdit(at, lines[at], action, text)])
    now = after.data.decode()
    assert now.startswith(head) and now.endswith(FOOT)
    return now[len(head) : -len(FOOT)], after


def test_list_items_are_replaced_added_and_taken_out():
    body = f"- {LAW};\n- {DECREE}.\n"
    assert edited(body, 0, REPLACE)[0] == f"- {NEW};\n- {DECREE}.\n"
    assert edited(body, 0, ADD)[0] == f"- {LAW};\n- {NEW};\n- {DECREE}.\n"
    assert edited(body, 1, ADD)[0] == f"- {LAW};\n- {DECREE};\n- {NEW}.\n"
    assert edited(body, 0, REMOVE)[0] == f"- {DECREE}.\n"
    assert edited(body, 1, REMOVE)[0] == f"- {LAW}.\n"


def test_paragraphs_stay_parted_by_blank_lines():
    body = f"\\- {LAW};\n\n\\- {DECREE};\n"
    assert edited(body, 0, ADD)[0] == f"\\- {LAW};\n\n\\- {NEW};\n\n\\- {DECREE};\n"
    assert edited(body, 0, REMOVE)[0] == f"\\- {DECREE};\n"
    assert edited(body, 1, REMOVE)[0] == f"\\- {LAW};\n"


def test_numbered_items_count_on():
    body = f"1. {LAW};\n2. {DECREE}.\n"
    assert edited(body, 0, ADD)[0] == f"1. {LAW};\n2. {NEW};\n3. {DECREE}.\n"
    assert edited(body, 0, REMOVE)[0] == f"1. {DECREE}.\n"


def test_an_item_over_several_lines_is_one_item():
    body = f"- Nghị định số\n  123/2015/NĐ-CP;\n- {LAW}.\n"
    assert edited(body, 0, REPLACE)[0] == f"- {NEW};\n- {LAW}.\n"
    assert edited(body, 0, ADD)[0] == f"- Nghị định số\n  123/2015/NĐ-CP;\n- {NEW};\n- {LAW}.\n"
    assert edited(body, 0, REMOVE)[0] == f"- {LAW}.\n"


def test_lines_broken_inside_a_paragraph_are_edited_there():
    body = f"\\- {LAW};<br>\n\\- {DECREE}.\n"
    assert edited(body, 0, ADD)[0] == f"\\- {LAW};<br>\n\\- {NEW};<br>\n\\- {DECREE}.\n"
    assert edited(body, 1, ADD)[0] == f"\\- {LAW};<br>\n\\- {DECREE};<br>\n\\- {NEW}.\n"
    assert edited(body, 0, REMOVE)[0] == f"\\- {DECREE}.\n"
    assert edited(body, 1, REMOVE)[0] == f"\\- {LAW}.\n"


def test_a_list_in_one_sentence_is_edited_inside_the_sentence():
    head = HEAD.replace("lý:**\n\n", "lý:** ")
    body = f"{LAW}; {DECREE}.\n"
    assert edited(body, 0, ADD, head=head)[0] == f"{LAW}; {NEW}; {DECREE}.\n"
    assert edited(body, 1, ADD, head=head)[0] == f"{LAW}; {DECREE}; {NEW}.\n"
    assert edited(body, 0, REMOVE, head=head)[0] == f"{DECREE}.\n"
    assert edited(body, 1, REMOVE, head=head)[0] == f"{LAW}.\n"


def test_a_table_of_instruments_gets_a_row():
    body = f"| STT | Văn bản |\n|---|---|\n| 1 | {LAW} |\n| 2 | {DECREE} |\n"
    after, found = edited(
        body, len(read((HEAD + body + FOOT).encode(), "a.md").anatomy.legal_basis_lines) - 2, ADD
    )
    assert after.endswith(f"| 1 | {LAW} |\n| 2 | {NEW} |\n| 3 | {DECREE} |\n")
    assert found.applied


def test_lines_in_a_cell_stay_in_their_cell():
    head = "# QUY TRÌNH\n\n| STT | Tên thủ tục | Căn cứ pháp lý |\n|---|---|---|\n| 1 | Khai sinh | "
    body = f"- {LAW};<br>- {DECREE}."
    foot = " |\n| 2 | Khai tử | - Luật Cư trú năm 2020 |\n"
    data = (head + body + foot).encode()
    lines = read(data, "a.md").anatomy.legal_basis_lines
    for action, now in (
        (REPLACE, f"- {NEW};<br>- {DECREE}."),
        (ADD, f"- {LAW};<br>- {NEW};<br>- {DECREE}."),
        (REMOVE, f"- {DECREE}."),
    ):
        after = edit_lines(data, "a.md", [LineEdit(0, lines[0], action, NEW)])
        assert after.data.decode() == head + now + foot


def test_emphasis_round_a_line_stays_and_inside_of_it_goes():
    assert edited(f"- **{LAW};**\n- {DECREE}.\n", 0, REPLACE)[0] == f"- **{NEW};**\n- {DECREE}.\n"
    assert edited(f"- **{LAW};**\n- {DECREE}.\n", 0, ADD)[0] == f"- **{LAW};**\n- **{NEW};**\n- {DECREE}.\n"
    assert edited(f"- _{LAW}_;\n- {DECREE}.\n", 0, ADD)[0] == f"- _{LAW}_;\n- _{NEW}_;\n- {DECREE}.\n"
    assert edited(f"* {LAW};\n* _{DECREE}_.\n", 1, REMOVE)[0] == f"* {LAW}.\n"
    assert edited(f"**1. {LAW};**\n\n**2. {DECREE}.**\n", 0, ADD)[0] == (
        f"**1. {LAW};**\n\n**2. {NEW};**\n\n**3. {DECREE}.**\n"
    )
    assert edited(f"- **Luật** Hộ tịch năm 2014;\n- {DECREE}.\n", 0, REPLACE)[0] == f"- {NEW};\n- {DECREE}.\n"


def test_signs_of_markdown_in_the_new_words_are_only_words():
    words = "Nghị định số 18/2026/NĐ-CP về [a](b) *c* <d> & e_f"
    body, found = edited(f"- {LAW};\n- {DECREE}.\n", 0, REPLACE, words)
    assert found.lines[0] == words
    assert "\\[a\\](b) \\*c\\* &lt;d&gt;" in body


def test_windows_line_ends_and_the_byte_order_mark_stay():
    text = f"\ufeff{HEAD}- {LAW};\n- {DECREE}.\n{FOOT}".replace("\n", "\r\n")
    lines = read(text.encode(), "a.md").anatomy.legal_basis_lines
    after = edit_lines(text.encode(), "a.md", [LineEdit(0, lines[0], ADD, NEW)])
    assert after.data.decode() == text.replace(f"{LAW};\r\n", f"{LAW};\r\n- {NEW};\r\n")


def test_front_matter_moves_no_line():
    head = f"---\ncode: QT-01\ntitle: A\n---\n{HEAD}"
    assert edited(f"- {LAW};\n- {DECREE}.\n", 0, ADD, head=head)[0] == f"- {LAW};\n- {NEW};\n- {DECREE}.\n"


def test_words_hidden_behind_a_link_are_left():
    body, found = edited(f"- [Luật Hộ](http://x) tịch năm 2014;\n- {DECREE}.\n", 0, REPLACE)
    assert not found.applied
    assert body == f"- [Luật Hộ](http://x) tịch năm 2014;\n- {DECREE}.\n"


instruments = st.sampled_from(
    [
        "Luật Hộ tịch năm 2014",
        "Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ",
        "Thông tư số 04/2020/TT-BTP quy định chi tiết Nghị định số 123/2015/NĐ-CP",
        "Quyết định số 101/QĐ-BKHCN (bản **chính**)",
        "Nghị quyết số 06/2024/NQ-HĐND",
    ]
)
shapes = st.sampled_from(
    [
        ("- ", "\n"),
        ("* ", "\n"),
        ("{n}. ", "\n"),
        ("\\- ", "\n\n"),
        ("", "\n\n"),
        ("- ", "\n\n"),
        ("{n}) ", "\n\n"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    names=st.lists(instruments, min_size=1, max_size=6),
    shape=shapes,
    marks=st.sampled_from([(";", "."), (";", ";"), ("", ""), (".", "."), (";", "")]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    action=st.sampled_from(list(BasisAction)),
    place=st.integers(0, 5),
)
def test_any_list_is_edited_as_asked_or_not_touched(names, shape, marks, line_end, action, place):
    lead, between = shape
    lines = [
        f"{lead.format(n=n)}{name}{marks[n == len(names)]}" for n, name in enumerate(names, 1)
    ]  # fmt: skip
    data = (HEAD + between.join(lines) + "\n" + FOOT).replace("\n", line_end).encode()
    before = read(data, "a.md").anatomy.legal_basis_lines
    at = place % len(before)
    after = edit_lines(data, "a.md", [LineEdit(at, before[at], action, NEW)])
    if not after.applied:
        assert after.data == data
        assert len(before) == 1
        return
    wanted = [core(line) for line in before]
    if action is REPLACE:
        wanted[at] = NEW
    elif action is ADD:
        wanted.insert(at + 1, NEW)
    else:
        del wanted[at]
    assert [core(line) for line in after.lines] == wanted
    assert after.data.startswith(HEAD.replace("\n", line_end).encode())
    assert after.data.endswith(FOOT.replace("\n", line_end).encode())
    others = [name for n, name in enumerate(names) if n != at]
    assert all(after.data.decode().count(name) >= others.count(name) for name in others)


@pytest.mark.parametrize("data", [b"\xff\xfe", b"", b"x" * 300_000])
def test_what_is_not_read_is_refused(data):
    with pytest.raises(Unacceptable):
        edit_lines(data, "a.md", [])

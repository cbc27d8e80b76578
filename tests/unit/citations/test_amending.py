"""From instruments to lines: only a line's own instrument is meant, and nothing is done twice."""

from __future__ import annotations

import pytest

from qms.citations.amending import plan
from qms.model.basis import BasisEdit, LineEdit, LineLeft
from qms.model.enums import BasisAction

REPLACE, ADD, REMOVE = BasisAction.REPLACE, BasisAction.ADD_AFTER, BasisAction.REMOVE
NEW = "Nghị định số 18/2026/NĐ-CP ngày 15/01/2026 của Chính phủ"
LINES = (
    "Luật Hộ tịch năm 2014",
    "Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ quy định chi tiết thi hành Luật Hộ tịch",
    "Thông tư số 04/2024/TT-BTP sửa đổi, bổ sung một số điều của Thông tư số 02/2020/TT-BTP",
    "Luật Giám định tư pháp năm 2012 và Luật sửa đổi, bổ sung một số điều của Luật Giám định tư pháp năm 2020",
)


def reason(edit: BasisEdit, lines=LINES) -> str:
    with pytest.raises(LineLeft) as caught:
        plan(lines, edit)
    return caught.value.reason


@pytest.mark.parametrize("action", list(BasisAction))
def test_the_line_whose_own_instrument_is_meant_is_found(action):
    text = "" if action is REMOVE else NEW
    assert plan(LINES, BasisEdit("123/2015/NĐ-CP", action, text)) == (LineEdit(1, LINES[1], action, text),)
    assert plan(LINES, BasisEdit("Luật Hộ tịch 2014", action, text))[0].line == 0


def test_an_instrument_inside_the_title_of_another_is_not_meant():
    assert "chỉ được nhắc trong tên" in reason(BasisEdit("02/2020/TT-BTP", REMOVE))
    assert "không có dòng nào" in reason(BasisEdit("23/2015/NĐ-CP", REMOVE))


def test_what_stands_there_already_is_not_added_again():
    assert "đã có 123/2015/NĐ-CP" in reason(BasisEdit("Luật Hộ tịch 2014", ADD, LINES[1]))
    assert "đã có 123/2015/NĐ-CP" in reason(BasisEdit("Luật Hộ tịch 2014", REPLACE, LINES[1]))
    assert "đúng như vậy" in reason(BasisEdit("123/2015/NĐ-CP", REPLACE, f"{LINES[1]}; "))


def test_the_words_of_a_line_can_be_changed_for_the_same_instrument():
    shorter = "Nghị định số 123/2015/NĐ-CP"
    assert plan(LINES, BasisEdit("123/2015/NĐ-CP", REPLACE, shorter))[0].text == shorter


def test_a_line_that_names_several_instruments_is_followed_but_not_replaced():
    key = "Luật Giám định tư pháp 2012"
    assert plan(LINES, BasisEdit(key, ADD, NEW))[0].line == 3
    for action in (REPLACE, REMOVE):
        assert "nhiều văn bản" in reason(BasisEdit(key, action, NEW))


def test_the_only_line_is_not_taken_out():
    assert "duy nhất" in reason(BasisEdit("Luật Hộ tịch 2014", REMOVE), LINES[:1])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Chưa có lời văn"),
        (" ; ", "Chưa có lời văn"),
        ("Nghị định mới", "không nêu rõ"),
        (f"{NEW}\x01", "ký tự"),
    ],
)
def test_a_new_line_must_name_an_instrument_in_clean_words(text, said):
    assert said in reason(BasisEdit("Luật Hộ tịch 2014", ADD, text))


def test_the_same_instrument_in_several_cells_is_edited_in_each():
    lines = (*LINES[:2], LINES[0])
    assert [one.line for one in plan(lines, BasisEdit("Luật Hộ tịch 2014", ADD, NEW))] == [0, 2]


def test_additions_to_one_line_keep_their_order():
    lines = (LINES[0], NEW, LINES[1])
    edit = BasisEdit("Luật Hộ tịch 2014", ADD, "Nghị định số 20/2026/NĐ-CP")
    assert plan(lines, edit, {"18/2026/NĐ-CP"})[0].line == 1
    assert plan(lines, edit)[0].line == 0


def test_local_instruments_of_one_number_are_told_apart_by_their_issuer():
    lines = (
        "Nghị quyết số 06/2024/NQ-HĐND của Hội đồng nhân dân thành phố Cần Thơ",
        "Nghị quyết số 06/2024/NQ-HĐND của HĐND tỉnh Sóc Trăng",
    )
    assert "nhiều cơ quan" in reason(BasisEdit("06/2024/NQ-HĐND", REMOVE), lines)
    edit = BasisEdit("06/2024/NQ-HĐND", REMOVE, issuer="Hội đồng nhân dân tỉnh Sóc Trăng")
    assert [one.line for one in plan(lines, edit)] == [1]
    other = "Nghị quyết số 06/2024/NQ-HĐND của HĐND tỉnh Hậu Giang"
    assert plan(lines[:1], BasisEdit("06/2024/NQ-HĐND", ADD, other))

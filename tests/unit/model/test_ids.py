import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from qms.model.ids import clean, fold, fold_code, is_id, new_id


def test_new_ids_have_the_shape_that_may_reach_a_path() -> None:
    ids = {new_id() for _ in range(500)}
    assert len(ids) == 500
    assert all(is_id(one) for one in ids)


def test_nothing_else_has_that_shape() -> None:
    for text in ("", "abcdefg", "abcdefghi", "ABCDEFGH", "abcdefgi", "abcdefg/", "../../..", "abcdefg\n"):
        assert not is_id(text)


@given(st.text())
def test_clean_text_is_nfc_and_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert unicodedata.is_normalized("NFC", once)
    assert clean(once) == once


def test_an_invisible_mark_does_not_keep_a_letter_from_its_accent() -> None:
    assert clean("quản l\u200ey\u0301 \u00a0 đất") == "quản lý đất"


def test_titles_are_compared_without_marks_and_codes_without_blanks() -> None:
    assert fold("Đăng ký  KẾT HÔN (có yếu tố nước ngoài)") == "dang ky ket hon co yeu to nuoc ngoai"
    assert fold_code(" qt 01/cx-hctp") == "QT01/CX-HCTP"
    assert fold_code("QT-Đ-01") != fold_code("QT-D-01")

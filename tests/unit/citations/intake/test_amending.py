"""The body of an amending regulation: instructions, the wording they insert, and what they touch."""

from __future__ import annotations

import pytest

from qms.citations.intake import read_regulation

HEAD = "Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 123/2015/NĐ-CP như sau:\n"


def amended(body: str) -> dict[str, tuple[str, ...]]:
    """Return what the body touches in the decree that it amends, by kind."""
    said = read_regulation(HEAD + body, "18/2026/NĐ-CP")
    return {one.kind.value: one.target_provisions for one in said.relations if one.target == "123/2015/NĐ-CP"}


@pytest.mark.parametrize(
    ("instruction", "provisions"),
    [
        ("1. Sửa đổi, bổ sung khoản 1, khoản 2 Điều 2 như sau:", ("art_2__para_1", "art_2__para_2")),
        ("1. Bổ sung khoản 5a vào sau khoản 5 Điều 3 như sau:", ("art_3__para_5a",)),
        ("1. Bổ sung Điều 5a vào sau Điều 5 như sau:", ("art_5a",)),
        ("1. Bổ sung điểm đ vào khoản 2 Điều 7 như sau:", ("art_7__para_2__point_đ",)),
        (
            "1. Thay thế cụm từ “A” bằng cụm từ “B” tại khoản 1 Điều 26, Điều 27.",
            ("art_26__para_1", "art_27"),
        ),
        ("1. Bỏ cụm từ “khoản 9 Điều 9” tại khoản 1 Điều 26.", ("art_26__para_1",)),
        ("1. Sửa đổi tên Điều 12 như sau:", ("art_12",)),
        ("1. Khoản 2 Điều 8 được sửa đổi, bổ sung như sau:", ("art_8__para_2",)),
        ("1. Bổ sung các điều 10a, 10b và 10c vào sau Điều 10 như sau:", ("art_10a", "art_10b", "art_10c")),
        (
            "1. Sửa đổi, bổ sung khoản 4 và bổ sung khoản 5, khoản 6 vào Điều 7 như sau:",
            ("art_7__para_4", "art_7__para_5", "art_7__para_6"),
        ),
        (
            "1. Sửa đổi điểm c khoản 2 và bổ sung khoản 4 Điều 14 như sau:",
            ("art_14__para_2__point_c", "art_14__para_4"),
        ),
    ],
)
def test_an_instruction_touches_what_it_names(instruction: str, provisions: tuple[str, ...]) -> None:
    assert amended(instruction) == {"amends": provisions}


def test_an_instruction_inside_another_is_completed_by_it() -> None:
    body = (
        "2. Sửa đổi, bổ sung một số khoản của Điều 22 như sau:\na) Sửa đổi khoản 1 như sau:\n“1. Nội dung”.\n"
        "b) Bổ sung khoản 4a vào sau khoản 4 như sau:\n“4a. Nội dung”."
    )
    assert amended(body) == {"amends": ("art_22__para_1", "art_22__para_4a")}


def test_what_is_repealed_in_the_body_is_an_end_of_that_part() -> None:
    assert amended("1. Sửa đổi khoản 1 Điều 2 như sau:\n“1. X”.\n2. Bãi bỏ khoản 3 Điều 27.") == {
        "amends": ("art_2__para_1",),
        "repeals": ("art_27__para_3",),
    }


def test_inserted_wording_states_nothing() -> None:
    body = (
        "1. Sửa đổi Điều 50 như sau:\n“Điều 50. Hiệu lực thi hành\n1. Nghị định này có hiệu lực từ ngày 01/01/2016.\n"
        "2. Bãi bỏ khoản 2 Điều 6 Nghị định số 23/2015/NĐ-CP.”.\nĐiều 2. Hiệu lực thi hành\n"
        "Nghị định này có hiệu lực từ ngày 15 tháng 01 năm 2026."
    )
    said = read_regulation(HEAD + body, "18/2026/NĐ-CP")
    assert [one.target for one in said.relations] == ["123/2015/NĐ-CP"]
    assert str(said.instrument.effective) == "2026-01-15"


def test_wording_that_was_never_closed_ends_where_the_next_article_begins() -> None:
    body = (
        "1. Sửa đổi khoản 1 Điều 2 như sau:\n“1. Nội dung mới\nĐiều 2. Hiệu lực thi hành\n"
        "Nghị định này có hiệu lực từ ngày 15 tháng 01 năm 2026 và thay thế Nghị định số 19/2011/NĐ-CP."
    )
    said = read_regulation(HEAD + body, "18/2026/NĐ-CP")
    assert str(said.instrument.effective) == "2026-01-15"
    assert "19/2011/NĐ-CP" in [one.target for one in said.relations]


def test_an_amendment_in_general_yields_to_the_one_in_particular() -> None:
    said = read_regulation(HEAD + "1. Sửa đổi Điều 2 như sau:", "18/2026/NĐ-CP")
    (relation,) = said.relations
    assert relation.source_provision == "art_1__para_1"
    said = read_regulation(HEAD, "18/2026/NĐ-CP")
    assert [one.target_provisions for one in said.relations] == [()]


TITLED = (
    "CHÍNH PHỦ\nSố: 309/2026/NĐ-CP\nHà Nội, ngày 05 tháng 8 năm 2026\nNGHỊ ĐỊNH\n"
    "Sửa đổi, bổ sung một số điều của Nghị định số 118/2025/NĐ-CP, "
    "được sửa đổi, bổ sung bởi Nghị định số 367/2025/NĐ-CP\nTheo đề nghị của Bộ trưởng;\n"
)


def test_the_title_says_whose_articles_are_meant_where_no_article_does() -> None:
    said = read_regulation(
        TITLED
        + 'Điều 1. Sửa đổi, bổ sung khoản 4, khoản 9 Điều 3\n1. Sửa đổi, bổ sung như sau:\n"4. Cổng.".\n'
        '2. Bổ sung khoản 9 Điều 3 như sau:\n"9. Thiết bị\na) Bãi bỏ Nghị định số 1/2020/NĐ-CP.".\n'
        "Điều 2. Bãi bỏ một số quy định\n1. Bãi bỏ khoản 5 Điều 9.\n2. Bãi bỏ Điều 3 Nghị định số 367/2025/NĐ-CP."
    )
    assert [
        (one.kind.value, one.target, one.target_provisions, one.source_provision) for one in said.relations
    ] == [
        ("amends", "118/2025/NĐ-CP", ("art_3__para_4", "art_3__para_9"), "art_1"),
        ("repeals", "118/2025/NĐ-CP", ("art_9__para_5",), "art_2__para_1"),
        ("repeals", "367/2025/NĐ-CP", ("art_3",), "art_2__para_2"),
    ]


def test_an_instrument_named_once_holds_for_the_list_below_it() -> None:
    said = read_regulation(
        "Nghị định số 37/2015/NĐ-CP được sửa đổi như sau:\n1. Sửa đổi Điều 5 như sau:", "1/2026/NĐ-CP"
    )
    assert [(one.target, one.target_provisions) for one in said.relations] == [("37/2015/NĐ-CP", ("art_5",))]

"""What a change of law asks of a legal basis, and in which words."""

from __future__ import annotations

from datetime import date

import pytest

from qms.citations.naming import FULL, DayForm, InstrumentName, LineStyle, in_words, style_of
from qms.citations.suggesting import suggest_edits
from qms.model.basis import BasisEdit
from qms.model.enums import BasisAction, RelationKind

TITLE = "Sửa đổi, bổ sung một số điều của các nghị định trong lĩnh vực hộ tịch"
DECREE = InstrumentName("18/2026/NĐ-CP", "Nghị định", TITLE, "Chính phủ", date(2026, 1, 15))
CIRCULAR = InstrumentName(
    "4/2026/TT-BTP", "Thông tư", "Thông tư quy định về A", "Bộ Tư pháp", date(2026, 10, 5)
)
LAW = InstrumentName("60/2014/QH13", "Luật", "Hộ tịch", "Quốc hội", date(2014, 11, 20))
WORDS = f"Nghị định số 18/2026/NĐ-CP ngày 15/01/2026 của Chính phủ s{TITLE[1:]}"
LINES = (
    "Luật Hộ tịch năm 2014",
    "Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ quy định chi tiết thi hành Luật Hộ tịch",
    "Thông tư số 04/2020/TT-BTP ngày 28/5/2020 của Bộ trưởng Bộ Tư pháp quy định chi tiết Luật Hộ tịch",
)
TARGET = "123/2015/NĐ-CP"


def test_the_full_form_is_kind_number_day_issuer_title():
    assert in_words(DECREE) == WORDS
    assert (
        in_words(CIRCULAR)
        == "Thông tư số 4/2026/TT-BTP ngày 05/10/2026 của Bộ trưởng Bộ Tư pháp quy định về A"
    )
    assert in_words(LAW) == "Luật Hộ tịch năm 2014"


def test_what_is_not_known_of_an_instrument_is_left_out():
    assert in_words(InstrumentName("18/2026/NĐ-CP")) == "Nghị định số 18/2026/NĐ-CP"
    assert in_words(InstrumentName("60/2014/QH13")) == "Luật số 60/2014/QH13"


def test_a_law_that_amends_a_law_goes_on_in_small_letters():
    amending = InstrumentName("56/2020/QH14", "Luật", "Sửa đổi Luật Giám định tư pháp", "", date(2020, 6, 10))
    assert in_words(amending) == "Luật sửa đổi Luật Giám định tư pháp năm 2020"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["Nghị định số 1/2020/NĐ-CP", "Thông tư số 2/2020/TT-BTP"], "Nghị định số 18/2026/NĐ-CP"),
        (["Nghị định 1/2020/NĐ-CP"], "Nghị định 18/2026/NĐ-CP"),
        (["Nghị định số 1/2020/NĐ-CP của Chính phủ"], "Nghị định số 18/2026/NĐ-CP của Chính phủ"),
        (
            ["Nghị định số 1/2020/NĐ-CP ngày 02 tháng 3 năm 2020 của Chính phủ;"],
            "Nghị định số 18/2026/NĐ-CP ngày 15 tháng 01 năm 2026 của Chính phủ",
        ),
        (LINES, WORDS),
        ((), WORDS),
    ],
)
def test_a_new_line_prints_what_the_lines_around_it_print(lines, words):
    assert in_words(DECREE, style_of(lines)) == words


def test_a_circular_is_of_the_minister_where_its_neighbours_are():
    plain = style_of(["Thông tư số 04/2020/TT-BTP ngày 28/5/2020 của Bộ Tư pháp quy định chi tiết"])
    assert (
        in_words(CIRCULAR, plain) == "Thông tư số 4/2026/TT-BTP ngày 05/10/2026 của Bộ Tư pháp quy định về A"
    )


def test_laws_bear_their_number_where_other_laws_do():
    style = style_of(["Luật Tín ngưỡng, tôn giáo số 02/2016/QH14 ngày 18/11/2016"])
    assert in_words(LAW, style) == "Luật Hộ tịch số 60/2014/QH13 ngày 20/11/2014"
    assert style_of(["Luật Cư trú năm 2020"]) == FULL == LineStyle(day=DayForm.SHORT)


def suggested(kind: RelationKind, **more) -> list[tuple[BasisAction, str]]:
    edits = suggest_edits(kind, more.pop("source", DECREE), more.pop("target", TARGET), LINES, **more)
    assert all(edit.cites in (TARGET, "Luật Hộ tịch 2014") for edit in edits)
    return [(edit.action, edit.text) for edit in edits]


def test_what_is_amended_is_followed_by_what_amended_it():
    assert suggested(RelationKind.AMENDS) == [(BasisAction.ADD_AFTER, WORDS)]


def test_what_is_replaced_gives_its_line_away_and_partly_it_keeps_it():
    assert suggested(RelationKind.REPLACES) == [(BasisAction.REPLACE, WORDS)]
    assert suggested(RelationKind.REPLACES, whole=False) == [(BasisAction.ADD_AFTER, WORDS)]


def test_what_is_repealed_loses_its_line_unless_something_stands_in_its_place():
    assert suggested(RelationKind.REPEALS) == [(BasisAction.REMOVE, "")]
    assert suggested(RelationKind.REPEALS, whole=False) == [(BasisAction.ADD_AFTER, WORDS)]
    assert suggested(RelationKind.REPEALS, successor=LAW, target=TARGET) == [(BasisAction.REMOVE, "")]
    after = InstrumentName("20/2026/NĐ-CP", "Nghị định", "", "Chính phủ", None)
    assert suggested(RelationKind.REPEALS, successor=after) == [
        (BasisAction.REPLACE, "Nghị định số 20/2026/NĐ-CP của Chính phủ")
    ]


def test_what_stands_in_the_basis_already_is_not_put_there_again():
    there = InstrumentName("04/2020/TT-BTP", "Thông tư", "", "Bộ Tư pháp", date(2020, 5, 28))
    assert suggested(RelationKind.AMENDS, source=there) == []
    assert suggested(RelationKind.REPLACES, source=there) == [(BasisAction.REMOVE, "")]


@pytest.mark.parametrize(
    "kind", [kind for kind in RelationKind if kind not in {"amends", "replaces", "repeals"}]
)
def test_other_relations_change_no_basis(kind):
    assert suggested(kind) == []


def test_a_basis_without_the_target_is_left_alone():
    assert suggest_edits(RelationKind.AMENDS, DECREE, "23/2015/NĐ-CP", LINES) == ()
    quoted = ["Thông tư số 04/2024/TT-BTP sửa đổi Thông tư số 02/2020/TT-BTP"]
    assert suggest_edits(RelationKind.AMENDS, DECREE, "02/2020/TT-BTP", quoted) == ()


def test_the_issuer_of_a_local_target_goes_with_the_edit():
    lines = ["Nghị quyết số 6/2024/NQ-HĐND của HĐND tỉnh Sóc Trăng", LINES[0]]
    edit = suggest_edits(RelationKind.REPEALS, DECREE, "6/2024/NQ-HĐND", lines, issuer="HĐND tỉnh Sóc Trăng")
    assert edit == (BasisEdit("6/2024/NQ-HĐND", BasisAction.REMOVE, issuer="HĐND tỉnh Sóc Trăng"),)


def test_a_law_of_unknown_year_is_named_by_its_number() -> None:
    assert in_words(InstrumentName("26/2023/QH15", "Luật", "Căn cước")) == "Luật Căn cước số 26/2023/QH15"

"""How articles, clauses and points before an instrument are read."""

from __future__ import annotations

import pytest

from qms.citations import find
from qms.citations.provisions import expand


@pytest.mark.parametrize(
    ("written", "ids"),
    [
        ("khoản 3, điểm a khoản 4 Điều 7 của", "art_7__para_3 art_7__para_4__point_a"),
        ("điểm đ, e khoản 1 Điều 18", "art_18__para_1__point_đ art_18__para_1__point_e"),
        (
            "từ điểm c đến điểm e khoản 2 Điều 10 của",
            "art_10__para_2__point_c art_10__para_2__point_d art_10__para_2__point_đ art_10__para_2__point_e",
        ),
        ("các điều 15, 16 và khoản 1 Điều 27 của", "art_15 art_16 art_27__para_1"),
        ("khoản 1 đến khoản 3 Điều 14", "art_14__para_1 art_14__para_2 art_14__para_3"),
        ("Khoản 3 Điều 4, Khoản 3 Điều 5", "art_4__para_3 art_5__para_3"),
        ("từ Điều 27 đến Điều 29", "art_27 art_28 art_29"),
        ("khoản 1a Điều 16b của", "art_16b__para_1a"),
        ("Điều 41a đến Điều 41d", "art_41a art_41b art_41c art_41d"),
        ("Điều 5 khoản 2 điểm a", "art_5__para_2__point_a"),
        ("khoản 2, Điều 20", "art_20__para_2"),
        ("điểm 1.2 khoản 1, mục I, phần I", "part_1__sec_1__para_1__point_1.2"),
        ("Mục 1 Chương XIII", "chp_13__sec_1"),
        ("Điều 7 và Phụ lục số 09.ĐGH kèm theo", "art_7 annex_09.ĐGH"),
        ("Điều 5 và Chương II", "art_5 chp_2"),
        ("Phụ lục I, II và III ban hành kèm theo", "annex_1 annex_2 annex_3"),
        ("Chương IV của Nội quy trại giam ban hành kèm theo", "chp_4"),
        ("khoản 1 Điều 3 Chương II", "art_3__para_1"),
        ("Phụ lục IA ban hành kèm theo", "annex_1a"),
        ("Mẫu số 10 Phụ lục số 09 kèm theo", "annex_9"),
        ("Mẫu 2.10 tại Phụ lục ban hành kèm theo", "annex_"),
        ("Điều 5 Quy chế ban hành kèm theo", "art_5"),
        ("từ khoản 1 Điều 5 đến khoản 3 Điều 5 của", "art_5__para_1 art_5__para_2 art_5__para_3"),
        ("khoản 3 Điều 5 đến khoản 2 Điều 8", "art_5__para_3 art_6 art_7 art_8__para_2"),
        (
            "điểm 1 và 3 Mục III Điều 1, điểm 2 Mục III Điều 2",
            "art_1__sec_3__point_1 art_1__sec_3__point_3 art_2__sec_3__point_2",
        ),
        ("Điều 8, 9 Mục I chương II", "art_8 art_9"),
        ("KHOẢN 2 ĐIỀU 7 CỦA", "art_7__para_2"),
        (
            "từ Điều 5 đến Điều 7, Điều 9 và từ Điều 12 đến Điều 13 của",
            "art_5 art_6 art_7 art_9 art_12 art_13",
        ),
        (
            "các điểm từ a đến c khoản 2 Điều 6",
            "art_6__para_2__point_a art_6__para_2__point_b art_6__para_2__point_c",
        ),
        ("khoản 1 các Điều 5, 6 và 7", "art_5__para_1 art_6__para_1 art_7__para_1"),
        ("khoản 1 Điều 4, các Điều 5 và 6", "art_4__para_1 art_5 art_6"),
        ("khoản 1 Điều 5; khoản 3 (trừ điểm b) Điều 6", "art_5__para_1 art_6__para_3"),
        ("Phu luc kem theo", "annex_"),
        (
            "các điểm a, b và c khoản 1, khoản 2a Điều 5a",
            "art_5a__para_1__point_a art_5a__para_1__point_b art_5a__para_1__point_c art_5a__para_2a",
        ),
    ],
)
def test_provisions_before_an_instrument_become_ids(written: str, ids: str) -> None:
    citation = find(f"theo {written} Nghị định số 155/2020/NĐ-CP")[0]
    assert citation.provisions == tuple(ids.split())


def test_provisions_of_another_instrument_are_not_taken() -> None:
    text = "Điều 4 Nghị định số 106/2024/NĐ-CP, đối tượng tại Điều 5, 6 của Luật Đất đai và Nghị định số 1/2020/NĐ-CP"
    assert [citation.provisions for citation in find(text)] == [("art_4",), ("art_5", "art_6"), ()]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (
            "Bãi bỏ các điều từ Điều 25 đến Điều 27 và những quy định liên quan khác về nuôi con nuôi tại "
            "Nghị định số 158/2005/NĐ-CP",
            "art_25 art_26 art_27",
        ),
        (
            "Chương VIII của Quy chế về kỹ thuật trình bày dự thảo văn bản quy phạm pháp luật của Quốc hội, Ủy ban "
            "thường vụ Quốc hội ban hành kèm theo Nghị quyết số 1139/2007/UBTVQH11",
            "chp_8",
        ),
        ("theo Chương III Tiếp công dân của Thông tư số 218/2013/TT-BQP", "chp_3"),
        (
            "(Điều này có nội dung liên quan đến Điều 25. Sổ hộ khẩu; Điều 26. Sổ của cá nhân của Luật 81/2006/QH11",
            "art_25 art_26",
        ),
        ("Điều 25. Sổ hộ khẩu của Luật 81/2006/QH11", ""),
        ("khoản 1 Điều này được thực hiện theo quy định của Luật số 81/2006/QH11", ""),
    ],
)
def test_words_between_provisions_and_instrument_are_passed_only_where_they_join(text: str, ids: str) -> None:
    assert find(text)[0].provisions == tuple(ids.split())


def test_an_amended_article_is_not_taken_for_a_cited_one() -> None:
    assert find("Điều 2. Sửa đổi một số điều của Nghị định số 123/2015/NĐ-CP")[0].provisions == ()


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("b", "k", "b c d đ e g h i k"),
        ("5", "8", "5 6 7 8"),
        ("5", "5c", "5 5a 5b 5c"),
        ("6.2", "6.4", "6.2 6.3 6.4"),
        ("k", "b", "k b"),
        ("1", "9999", "1 9999"),
        ("a", "5", "a 5"),
    ],
)
def test_ranges_run_in_vietnamese_order_and_never_guess(first: str, last: str, labels: str) -> None:
    assert expand(first, last) == tuple(labels.split())

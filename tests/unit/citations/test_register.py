"""Which registered instrument a citation means, and when that is said to be in doubt."""

from __future__ import annotations

from datetime import date

import pytest

from qms.citations import Register, RegisterEntry, find, resolve

DAY = date(2026, 11, 25)
REGISTER = Register(
    [
        RegisterEntry("123/2015/NĐ-CP", "Nghị định", "Quy định chi tiết Luật Hộ tịch"),
        RegisterEntry("07/2025/NĐ-CP", "Nghị định"),
        RegisterEntry("60/2014/QH13", "Luật", "Hộ tịch", issued=date(2014, 11, 20)),
        RegisterEntry("45/2013/QH13", "Luật", "Đất đai", issued=date(2013, 11, 29)),
        RegisterEntry("31/2024/QH15", "Luật", "Luật Đất đai", issued=date(2024, 1, 18)),
        RegisterEntry("45/2019/QH14", "Bộ luật", "Bộ Luật lao động", 2019),
        RegisterEntry("04/2024/NQ-HĐND", "Nghị quyết", None, None, "Hội đồng nhân dân tỉnh Sóc Trăng"),
        RegisterEntry("1/2013/HP", "Hiến pháp", "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam", 2013),
        RegisterEntry("52/2014/QH13", "Luật", "Hôn nhân và gia đình", issued=date(2014, 6, 19)),
        RegisterEntry("191/2005/TTLT/BQP-BLĐTBXH-BTC", "Thông tư liên tịch"),
    ]
)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Nghị định số 123/2015/NĐ-CP", "123/2015/NĐ-CP"),
        ("Nghị định 7/2025/NĐ-CP", "07/2025/NĐ-CP"),
        ("191/2005/TTLT-BQP-BLĐTBXH-BTC", "191/2005/TTLT/BQP-BLĐTBXH-BTC"),
        ("Luật Hộ tịch 2014", "60/2014/QH13"),
        ("Luật hộ tịch", "60/2014/QH13"),
        ("Luật HN&GĐ", "52/2014/QH13"),
        ("Hiến pháp năm 2013", "1/2013/HP"),
        ("Luật Đất đai ngày 29/11/2013", "45/2013/QH13"),
        ("Bộ luật Lao động năm 2019", "45/2019/QH14"),
        ("Nghị quyết số 04/2024/NQ-HĐND của HĐND tỉnh Sóc Trăng", "04/2024/NQ-HĐND"),
    ],
)
def test_a_citation_that_names_one_entry_is_resolved_without_doubt(written: str, key: str) -> None:
    (resolved,) = resolve(find(written), REGISTER, DAY)
    assert (resolved.key, resolved.doubt) == (key, None)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Nghị định số 18/2026/NĐ-CP", "18/2026/NĐ-CP chưa có trong danh mục"),
        ("Luật Hộ tịch 2030", "năm 2030 chưa có"),
        ("Luật Cư trú", "Luật Cư trú chưa có"),
        ("Nghị quyết số 04/2024/NQ-HĐND", "Không rõ cơ quan ban hành"),
        ("Nghị quyết số 04/2024/NQ-HĐND của HĐND tỉnh Hậu Giang", "Hậu Giang chưa có"),
        ("Nghị định 116", "viết thiếu số"),
    ],
)
def test_what_cannot_be_told_is_a_stated_doubt_and_no_guess(written: str, said: str) -> None:
    (resolved,) = resolve(find(written), REGISTER, DAY)
    assert resolved.key is None
    assert said in (resolved.doubt or "")


@pytest.mark.parametrize(("day", "key"), [(DAY, "31/2024/QH15"), (date(2020, 1, 1), "45/2013/QH13")])
def test_a_law_without_year_is_the_latest_of_its_title_on_that_day(day: date, key: str) -> None:
    (resolved,) = resolve(find("Luật Đất đai"), REGISTER, day)
    assert resolved.key == key
    assert (resolved.doubt is None) == (day != DAY)


def test_a_short_number_is_understood_aloud() -> None:
    (resolved,) = resolve(find("Nghị định số 07/2025 thì"), REGISTER, DAY)
    assert resolved.key == "07/2025/NĐ-CP"
    assert "thiếu ký hiệu" in (resolved.doubt or "")


def test_the_same_number_twice_in_the_register_is_a_doubt() -> None:
    twice = [RegisterEntry("1/QĐ-BTP", "Quyết định"), RegisterEntry("01/QĐ-BTP", "Quyết định")]
    (resolved,) = resolve(find("Quyết định số 01/QĐ-BTP"), twice, DAY)
    assert resolved.key is None
    assert "trùng số" in (resolved.doubt or "")


def test_self_references_are_left_out() -> None:
    assert resolve(find("Điều 5 Nghị định này"), REGISTER, DAY) == []


@pytest.mark.parametrize("written", ["HĐND tỉnh Sóc Trăng", "Hội đồng nhân dân Sóc Trăng"])
def test_a_local_issuer_may_be_written_short(written: str) -> None:
    (resolved,) = resolve(find(f"Nghị quyết số 04/2024/NQ-HĐND của {written}"), REGISTER, DAY)
    assert (resolved.key, resolved.doubt) == ("04/2024/NQ-HĐND", None)


def test_a_commune_whose_province_is_left_out_is_understood_aloud() -> None:
    there = [RegisterEntry("9/QĐ-UBND", "Quyết định", issuer="UBND xã Tân Lợi, tỉnh Đồng Nai")]
    (resolved,) = resolve(find("Quyết định số 09/QĐ-UBND của UBND xã Tân Lợi"), there, DAY)
    assert resolved.key == "9/QĐ-UBND"
    assert "chưa đủ" in (resolved.doubt or "")

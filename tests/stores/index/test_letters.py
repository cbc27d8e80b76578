"""Words and codes compared as people type them."""

from __future__ import annotations

import pytest

from qms.stores.index.letters import begins, code_key, compose, fold, runs


def test_folding_drops_marks_and_capitals_and_keeps_places() -> None:
    text = "Đăng ký KHAI SINH ở xã Ỷ La, số 3½"
    assert fold(text) == "dang ky khai sinh o xa y la, so 3½"
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("text", ["İstanbul ǅ ß", "\u0301a\u0301", "日本 Ελλάδα", "😀"])
def test_folding_keeps_places_in_any_script(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_punctuation_parts_neighbours_but_not_numbers() -> None:
    assert list(runs("Nam, nữ ký (điểm chỉ) Nghị định 123/2015/NĐ-CP 1.500 đồng.")) == [
        ["Nam"],
        ["nữ", "ký"],
        ["điểm", "chỉ"],
        ["Nghị", "định", "123", "2015", "NĐ", "CP", "1", "500", "đồng"],
    ]


def test_a_word_longer_than_any_is_left_out() -> None:
    assert list(runs("a" * 100 + " b")) == [["b"]]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("QT 01/CX-HCTP", "qt 1 cxhctp"),
        ("qt01cxhctp", "qt 1 cxhctp"),
        ("BM.TP.01.01", "bmtp 1 1"),
        ("123/2015/NĐ-CP", "123 2015 ndcp"),
        ("66.7/2025/NQ-CP", "66 7 2025 nqcp"),
        ("00", "0"),
        ("", ""),
    ],
)
def test_codes_are_compared_by_groups(typed: str, key: str) -> None:
    assert code_key(typed) == key


@pytest.mark.parametrize(
    ("key", "start", "expected"),
    [
        ("qt 1 cxhctp", "qt 1 cx", True),
        ("qt 1 cxhctp", "qt 1", True),
        ("qt 10 cxhctp", "qt 1", False),
        ("123 2015 ndcp", "23 2015", False),
    ],
)
def test_a_code_begins_as_typed_only_with_whole_numbers(key: str, start: str, expected: bool) -> None:
    assert begins(key, start) is expected


def test_composing_keeps_marks() -> None:
    assert compose("Ho\u0323\u0302 Tịch") == "hộ tịch"

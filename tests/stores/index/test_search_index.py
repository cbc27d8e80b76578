"""What every search index promises, whatever the engine."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from qms.model.enums import DocumentType
from qms.model.search import SearchIndex, SearchQuery
from tests.stores.index.entries import BIRTH, BIRTH_ENTRY, MARRIAGE, an_entry, found, only

ODD = [
    '"',
    "*",
    "AND",
    "OR NOT",
    "(",
    "title:",
    "a*b?c",
    "[1 TO",
    "\\",
    "^2",
    "~",
    "😀 khai",
    "\u0301",
    "\x00",
    "\u200b",
    "/",
    "QT /",
    "123/",
    "İstanbul",
    "x" * 200,
    "á " * 100,
    "(" * 200,
    "1/2/3/4/5/6",
    "\n\t",
]


def test_a_word_finds_the_document_it_stands_in(filled: SearchIndex) -> None:
    assert found(filled, "kết hôn") == [MARRIAGE]


@pytest.mark.parametrize("text", ["khai sinh", "KHAI SINH", "dang ky khai sinh", "Đăng Ký khai sinh"])
def test_marks_and_capitals_may_be_left_out(filled: SearchIndex, text: str) -> None:
    assert found(filled, text)[0] == BIRTH


def test_a_decomposed_question_finds_composed_text(filled: SearchIndex) -> None:
    assert found(filled, unicodedata.normalize("NFD", "giấy chứng sinh")) == [BIRTH]


def test_composed_question_finds_a_decomposed_text(index: SearchIndex) -> None:
    index.add([an_entry(body=unicodedata.normalize("NFD", "Cấp giấy phép xây dựng"))])
    assert found(index, "giấy phép xây dựng") == [("aaaaaaaa", 1)]


def test_words_may_stand_in_different_parts(filled: SearchIndex) -> None:
    assert found(filled, "khai sinh lệ phí chứng sinh") == [BIRTH]


def test_exact_marks_rank_above_other_marks(index: SearchIndex) -> None:
    index.add([an_entry("aaaaaaaa", body="Cấp bản đồ"), an_entry("bbbbbbbb", body="Việc bán đồ")])
    assert found(index, "bán") == [("bbbbbbbb", 1), ("aaaaaaaa", 1)]
    assert found(index, "bản") == [("aaaaaaaa", 1), ("bbbbbbbb", 1)]


def test_neighbouring_syllables_rank_above_scattered_ones(index: SearchIndex) -> None:
    scattered = an_entry("aaaaaaaa", body="Người dân có hộ khẩu thì ghi vào sổ tịch biên")
    together = an_entry("bbbbbbbb", body="Người dân có hộ tịch thì ghi vào sổ khẩu biên")
    index.add([scattered, together])
    assert found(index, "hộ tịch") == [("bbbbbbbb", 1), ("aaaaaaaa", 1)]


def test_title_ranks_above_body(index: SearchIndex) -> None:
    index.add(
        [
            an_entry("aaaaaaaa", title="Tiếp công dân", body="Xem thêm giải quyết khiếu nại."),
            an_entry("bbbbbbbb", title="Giải quyết khiếu nại", body="Tiếp nhận đơn của công dân."),
        ]
    )
    assert found(index, "khiếu nại")[0] == ("bbbbbbbb", 1)


def test_a_question_in_plain_words_finds_what_it_names(filled: SearchIndex) -> None:
    assert found(filled, "Tôi muốn đăng ký kết hôn thì cần những gì?")[0] == MARRIAGE


def test_where_nothing_holds_all_words_what_holds_most_is_found(filled: SearchIndex) -> None:
    assert found(filled, "giấy chứng sinh thất lạc")[0] == BIRTH


def test_nothing_is_found_where_no_word_stands(filled: SearchIndex) -> None:
    assert filled.search(SearchQuery("zzzz")).total == 0


@pytest.mark.parametrize(
    "text", ["QT 01/CX-HCTP", "qt 01/cx-hctp", "qt01cx", "QT1/CX", "01/CX-HCTP", "QT 01"]
)
def test_a_code_is_found_however_it_is_typed(filled: SearchIndex, text: str) -> None:
    assert found(filled, text) == [BIRTH]


@pytest.mark.parametrize("text", ["123/2015/NĐ-CP", "123/2015/nd-cp", "123/2015"])
def test_an_instrument_is_found_by_its_number_and_not_by_a_part_of_it(filled: SearchIndex, text: str) -> None:
    assert found(filled, text) == [BIRTH]


def test_only_revisions_of_the_set_are_found(index: SearchIndex) -> None:
    index.add([BIRTH_ENTRY, replace(BIRTH_ENTRY, sequence=2)])
    assert found(index, "khai sinh", within=only((BIRTH[0], 2))) == [(BIRTH[0], 2)]
    assert found(index, "khai sinh", within=only(BIRTH)) == [BIRTH]
    assert found(index, "khai sinh", within=only()) == []
    assert len(found(index, "khai sinh")) == 2


def test_total_counts_only_what_the_set_allows(index: SearchIndex) -> None:
    index.add([replace(BIRTH_ENTRY, sequence=number) for number in (1, 2, 3)])
    assert index.search(SearchQuery("khai sinh", only((BIRTH[0], 3)))).total == 1


def test_a_set_is_asked_again_after_the_index_has_grown(index: SearchIndex) -> None:
    within = only(BIRTH, MARRIAGE, token="2026-12-01@1")
    index.add([BIRTH_ENTRY])
    assert found(index, "đăng ký", within=within) == [BIRTH]
    index.add([an_entry(*MARRIAGE, title="Đăng ký kết hôn"), an_entry("zzzzzzzz", title="Đăng ký")])
    assert set(found(index, "đăng ký", within=within)) == {BIRTH, MARRIAGE}


def test_unit_and_type_and_citation_narrow(filled: SearchIndex) -> None:
    assert found(filled, "đăng ký", unit="xa-tan-an") == [BIRTH]
    assert found(filled, "đăng ký", cites="23/2015/NĐ-CP") == [MARRIAGE]
    assert found(filled, "đăng ký", types=frozenset({DocumentType.FORM})) == []


def test_an_empty_text_lists_what_the_narrowing_leaves(filled: SearchIndex) -> None:
    assert found(filled, "", cites="123/2015/nđ-cp") == [BIRTH]
    assert found(filled, " ", within=only(MARRIAGE)) == [MARRIAGE]
    assert found(filled, "") == []


def test_limit_bounds_the_hits_and_not_the_total(filled: SearchIndex) -> None:
    result = filled.search(SearchQuery("đăng ký", limit=1))
    assert (len(result.hits), result.total) == (1, 2)


def test_the_snippet_marks_the_words_asked_for(filled: SearchIndex) -> None:
    (hit,) = filled.search(SearchQuery("chung sinh")).hits
    assert "chứng sinh" in "".join(piece.text for piece in hit.snippet)
    assert {"chứng", "sinh"} <= {
        word.strip(".") for piece in hit.snippet if piece.marked for word in piece.text.split()
    }


def test_adding_a_key_again_replaces_it(filled: SearchIndex) -> None:
    filled.add([replace(BIRTH_ENTRY, title="Đăng ký khai tử", body="", forms=())])
    assert filled.keys() == {BIRTH, MARRIAGE}
    assert found(filled, "khai tử") == [BIRTH]
    assert found(filled, "chứng sinh") == []


def test_a_batch_with_one_key_twice_keeps_the_last(index: SearchIndex) -> None:
    index.add([an_entry(title="Cũ"), an_entry(title="Mới")])
    assert index.keys() == {("aaaaaaaa", 1)}
    assert (found(index, "mới"), found(index, "cũ")) == ([("aaaaaaaa", 1)], [])


def test_what_is_removed_is_not_found(filled: SearchIndex) -> None:
    filled.remove([BIRTH, ("unknown0", 9)])
    assert filled.keys() == {MARRIAGE}
    assert found(filled, "khai sinh") == []


def test_an_index_never_written_to_is_empty(index: SearchIndex) -> None:
    index.remove([BIRTH])
    index.add([])
    assert (index.keys(), found(index, "khai sinh")) == (frozenset(), [])


def test_a_cleared_index_is_empty_and_takes_entries(filled: SearchIndex) -> None:
    filled.clear()
    assert filled.keys() == frozenset()
    filled.add([BIRTH_ENTRY])
    assert found(filled, "khai sinh") == [BIRTH]


@pytest.mark.parametrize("text", ODD)
def test_an_odd_text_is_answered_too(filled: SearchIndex, text: str) -> None:
    result = filled.search(SearchQuery(text))
    assert result.total >= len(result.hits)


@pytest.mark.parametrize("text", ["cấp giấy phép", ""])
def test_equals_come_in_the_order_of_their_keys_whenever_they_were_indexed(
    index: SearchIndex, text: str
) -> None:
    keys = [("cccccccc", 2), ("aaaaaaaa", 10), ("bbbbbbbb", 1), ("aaaaaaaa", 9)]
    for key in keys:
        index.add([an_entry(*key, body="Cấp giấy phép xây dựng")])
    assert found(index, text, within=only(*keys)) == sorted(keys)
    assert found(index, text, within=only(*keys), limit=2) == sorted(keys)[:2]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("123/2015", [("number01", 1)]),
        ("nghị định 123/2015", [("number01", 1)]),
        ("số 23/2015", [("number02", 1)]),
        ("2015 và", [("number01", 1)]),
        ("123", []),
        ("", []),
        ("1/1999", []),
    ],
)
def test_words_side_by_side_are_found_without_ranking(
    index: SearchIndex, text: str, where: list[tuple[str, int]]
) -> None:
    index.add(
        [
            an_entry("number01", body="Theo Nghị định 123/2015 và quy định khác."),
            an_entry("number02", body="Theo Nghị định số 23/2015/NĐ-CP, số 123 của năm 2015."),
        ]
    )
    assert sorted(index.mentioning(text)) == where

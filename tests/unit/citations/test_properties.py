"""What holds for every text, however hostile."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.citations import Citation, find, parse_key
from qms.citations.lines import cut
from qms.citations.vocabulary import AGENCIES, LAW_TITLES

FRAGMENTS = st.sampled_from(
    [
        "Nghị định",
        "thông tư",
        "Luật",
        "luật ",
        "Bộ luật ",
        "Luật Hộ tịch",
        "Pháp lệnh",
        "Hiến pháp",
        "QĐ",
        "TTLT",
        " số ",
        "số",
        "123/2015/",
        "NĐ-CP",
        "/QH15",
        "QH14",
        "18-",
        "NQ/TW",
        "66.7/",
        "2024",
        "20",
        " 1",
        "Điều ",
        "khoản 2",
        "điểm đ",
        " đến ",
        ", ",
        " và ",
        "Phụ lục",
        " I",
        "mục 3",
        "sửa đổi, bổ sung một số điều của ",
        " này",
        "ngày ",
        "31/02/2024",
        "của Chính phủ",
        "UBND tỉnh ",
        "Sơn La",
        "\u00a0",
        "\u200e",
        "\n",
        "(",
        ")",
        ";",
        ". ",
        "TCVN ISO 9001:2015",
        "\u0301",
        "Đ",
        "\u00d0",
        "\u0421",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(st.one_of(FRAGMENTS, st.text(max_size=4)), max_size=25).map("".join)
)
DATED = st.builds(
    "{}/{}/{}-{}".format,
    st.integers(1, 999),
    st.integers(1990, 2035),
    st.sampled_from(["QĐ", "TT", "NQ", "CT"]),
    st.sampled_from(sorted(code for code in AGENCIES if code not in ("QH", "UBTVQH", "HĐNN"))),
)


@given(TEXTS)
def test_spans_are_those_of_the_input_in_order_and_without_overlap(text: str) -> None:
    end = 0
    for citation in find(text):
        assert end <= citation.start < citation.end <= len(text)
        assert citation.text == text[citation.start : citation.end]
        end = citation.end


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=60))
def test_no_text_breaks_the_reader_lone_surrogates_and_all(text: str) -> None:
    for citation in find(f"Nghị định số 1/2020/NĐ-CP {text} Điều 5 Luật{text}"):
        assert citation.text


@pytest.mark.parametrize(
    "text",
    [
        "\ud800",
        "\x00",
        "\u202eNghị định số 1/2020/NĐ-CP\u202c",
        "\ufffe/2020/NĐ-CP",
        "١٢/2020/NĐ-CP",
        "Luật\x00Hộ tịch",
    ],
)
def test_odd_characters_are_read_past(text: str) -> None:
    for citation in find(text):
        assert citation.text == text[citation.start : citation.end]


@given(TEXTS, TEXTS)
def test_lines_are_read_each_for_itself(one: str, other: str) -> None:
    text = f"{one}.\n\n- {other}"
    assert find(text) == sorted(find(text), key=lambda citation: citation.start)
    assert "".join(text[c.start : c.end] for c in find(text)) == "".join(c.text for c in find(text))


@given(st.lists(st.one_of(FRAGMENTS, st.just("\n"), st.just(" \n")), max_size=40).map("".join))
def test_cut_lines_joined_again_are_the_text(text: str) -> None:
    assert "\n".join(cut(text)) == text


HOSTILE = [
    "Điều ",
    "khoản 1, ",
    "Điều 1-200, ",
    "Điều 1 đến ",
    "Luật ",
    "Nghị định số 1/2020, ",
    "Nghị định số 1/2020/NĐ-CP của Chính phủ ",
    "1/2020/NĐ-CP sửa đổi một số điều của ",
    "Luật sửa đổi, bổ sung một số điều của ",
    "Luật Hộ tịch, ",
    "1/2020/TTLT-",
    "liên quan đến Điều 1. A; ",
    "(sau đây gọi là Luật A) ",
    "1/QĐ-UBND của UBND xã A, huyện ",
    "/",
    "1.",
    "\n",
    "a\n",
    "  ",
    "a\u0301",
    "\u200b",
    "0",
    "A",
    "I",
    "(",
]


def calls_in(reading: Callable[[str], object], text: str) -> int:
    """Count the functions, of Python and of C, that a reading calls: its work, without a clock."""
    count = 0

    def note(_frame: FrameType, event: str, _of: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        reading(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", HOSTILE)
def test_twice_the_text_is_at_most_twice_the_work(piece: str) -> None:
    half = piece * (4_000 // len(piece))
    find(half)
    assert calls_in(find, half + half) <= 2.1 * calls_in(find, half) + 200


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_texts_of_any_size_come_back(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert all(citation.text == text[citation.start : citation.end] for citation in find(text))


@given(TEXTS)
def test_a_citation_names_at_most_what_it_says(text: str) -> None:
    for citation in find(text):
        named = citation.instrument is not None or citation.title is not None
        assert named + citation.partial + citation.self_reference == 1
        assert (citation.key is not None) == named
        assert len(set(citation.provisions)) == len(citation.provisions)
        assert unicodedata.is_normalized("NFC", citation.key or "")


@given(TEXTS)
def test_decomposed_letters_change_no_key(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", composed)
    if unicodedata.normalize("NFC", decomposed) == composed:
        assert [c.key for c in find(decomposed)] == [c.key for c in find(composed)]


@given(DATED)
def test_a_canonical_number_is_its_own_key_typed_or_found(number: str) -> None:
    assert parse_key(number) == number
    assert [citation.instrument for citation in find(f"theo {number}, ngày")] == [number]


def canonical(citation: Citation) -> str:
    """Write a citation as one would: kind and number, or the title with its year."""
    if citation.instrument is None or citation.type in (None, "tiêu chuẩn", "quy chuẩn"):
        return citation.key or ""
    kind = citation.type or ""
    return f"{kind.capitalize()} số {citation.instrument}"


@given(TEXTS)
def test_what_was_found_is_found_again_in_its_canonical_form(text: str) -> None:
    for citation in find(text):
        if citation.key is not None:
            assert [again.key for again in find(canonical(citation))][:1] == [citation.key]


@given(st.sampled_from(LAW_TITLES), st.integers(1990, 2035))
def test_a_law_by_title_and_year_is_its_own_key(title: str, year: int) -> None:
    key = parse_key(f"{title} {year}")
    assert key is not None
    assert parse_key(key) == key


@given(st.text(max_size=60))
def test_typing_never_breaks_the_reading_of_a_key(text: str) -> None:
    key = parse_key(text)
    assert key is None or parse_key(key) == key

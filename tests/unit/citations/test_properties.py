"""What holds for every text, however hostile."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from qms.citations import find, parse_key
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


@given(st.sampled_from(LAW_TITLES), st.integers(1990, 2035))
def test_a_law_by_title_and_year_is_its_own_key(title: str, year: int) -> None:
    key = parse_key(f"{title} {year}")
    assert key is not None
    assert parse_key(key) == key


@given(st.text(max_size=60))
def test_typing_never_breaks_the_reading_of_a_key(text: str) -> None:
    key = parse_key(text)
    assert key is None or parse_key(key) == key

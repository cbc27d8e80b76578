"""The benchmark of the reader runs, and what it compares with is no straw man."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.bench import bench_citations, report

NONE = "no reason"


def test_the_reader_is_measured_and_finds_at_least_what_the_patterns_find(
    real_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(bench_citations.EYECITE, raising=False)
    figures = bench_citations.measure(real_data, megabytes=0.2, rounds=1)
    assert figures["once"]["found"]["find"] > figures["once"]["found"]["numbers_re"] > 10_000
    assert figures["eyecite"] == bench_citations.NO_EYECITE
    written = report.page(dict.fromkeys(report.PARTS, NONE) | {"citations": figures}, date(2026, 11, 25))
    assert "times the speed of the pattern" in written
    assert bench_citations.NO_EYECITE in written


@pytest.mark.parametrize(
    "number",
    [
        "60/2014/QH13",
        "26/2005/PL-UBTVQH11",
        "04/2012/UBTVQH13",
        "66.7/2025/NQ-CP",
        "613/QĐ-TTg",
        "26/2014/TT-BKHCN",
        "146/2012/TTLT-BTC-BTP",
        "191/2005/TTLT/BQP-BLĐTBXH-BTC",
        "1523/QĐ-BCA-C06",
        "14-KL/TW",
        "27/VBHN-VPQH",
        "QCVN 01-193: 2021/BNNPTNT",
        "TCVN ISO/IEC 17025: 2007",
        "39/2026/NĐ -CP",
        "66/2023/TT- BCA",
        "57/2024/NĐCP",
        "280\u00a0/2025/NĐ-CP",
    ],
)
def test_the_pattern_knows_every_form_of_a_number(number: str) -> None:
    found = bench_citations.NUMBERS.search(f"theo {number}.")
    assert found is not None and found.group() == number


def test_the_pattern_keeps_the_left_edge() -> None:
    assert bench_citations.NUMBERS.findall("123/2015/NĐ-CP") == ["123/2015/NĐ-CP"]


def test_american_texts_cite_as_often_as_asked() -> None:
    (text,) = bench_citations.american_texts(1 / 300, count=1, size=9_000)
    assert 20 <= text.count("See ") <= 40

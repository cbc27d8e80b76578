"""The bench of paper runs and its page says what it found."""

from __future__ import annotations

from datetime import date

import pytest

from tests.bench import bench_paper, report

NONE = "no reason"


def test_ten_pages_are_measured_and_without_weasyprint_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(bench_paper.WEASYPRINT, raising=False)
    figures = bench_paper.measure(rounds=1)
    assert figures["ours"]["pages"] == bench_paper.PAGES
    assert figures["weasyprint"] == bench_paper.NO_WEASYPRINT
    written = report.page(dict.fromkeys(report.PARTS, NONE) | {"paper": figures}, date(2026, 11, 25))
    assert "A PDF of ten pages" in written
    assert bench_paper.NO_WEASYPRINT in written

"""The benchmark of Word files runs, and ours reads no fewer words than what it is compared with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.bench import bench_docx, report

NONE = "no reason"


def test_word_files_are_measured_against_python_docx(real_data: Path) -> None:
    figures = bench_docx.measure(real_data, rounds=1)
    assert figures["words"] >= figures["python_docx_words"] > 3_000
    assert figures["files"] == 26
    written = report.page(dict.fromkeys(report.PARTS, NONE) | {"docx": figures}, date(2026, 11, 25))
    assert "26 real procedures from end to end" in written

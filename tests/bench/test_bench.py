"""The benchmarks run, and their page says what they found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.bench import bench_house, bench_impact, bench_register, bench_writers, report

NONE = "no reason"


def test_the_house_is_measured_and_sound(tmp_path: Path) -> None:
    figures = bench_house.measure(tmp_path, 20, lively=1, times=1)
    assert figures["rebuild"]["findings"] == 0
    assert figures["rebuild"]["revisions"] == 21
    assert figures["serve"]["after_pages"]["together_mb"] > 0
    written = report.page(dict.fromkeys(report.PARTS, NONE) | {"house": figures}, date(2026, 11, 25))
    assert "An instance of 20 documents" in written
    assert f"Not measured: {NONE}" in written


def test_eight_writers_are_measured_on_both_stores(tmp_path: Path) -> None:
    figures = bench_writers.measure(tmp_path, each=1)
    assert (figures["ours"]["acknowledged"], figures["ours"]["refused"]) == (8, 0)
    naive = figures["naive"]
    assert naive["acknowledged"] + naive["refused"] == 8
    written = report.page(dict.fromkeys(report.PARTS, NONE) | {"writers": figures}, date(2026, 11, 25))
    assert "**8 of 8 against" in written


def test_the_reach_of_a_change_is_measured(tmp_path: Path, real_data: Path) -> None:
    figures = bench_impact.measure(tmp_path, (200, 400), rounds=1)
    first, last = figures["libraries"]
    assert (first["fixed_reached"], last["fixed_reached"]) == (bench_impact.FIXED, bench_impact.FIXED)
    assert (first["share_reached"], last["share_reached"]) == (2, 4)
    assert (first["unexamined"], last["unexamined"]) == (4, 8)
    written = report.page(dict.fromkeys(report.PARTS, NONE) | {"impact": figures}, date(2026, 11, 25))
    assert "2 times the library" in written
    assert "     400 documents, 1 % affected |" in written


def test_the_pages_of_the_register_are_measured(tmp_path: Path, real_data: Path) -> None:
    figures = bench_register.rounded(bench_register.measure(tmp_path / "home", 60, rounds=2))
    assert figures["relations"] > 3000
    assert all(one["p95_ms"] > 0 for one in figures["pages"].values())
    written = report.page(dict.fromkeys(report.PARTS, NONE) | {"register": figures}, date(2026, 11, 25))
    assert "what the register lacks, `/legal/missing`" in written

"""The benchmark of publishing runs, and its record is one that ``verify`` accepts."""

from __future__ import annotations

from pathlib import Path

from tests.bench.bench_git import measure


def test_the_benchmark_measures_a_sound_record(tmp_path: Path):
    figures = measure(tmp_path, documents=40, rounds=1)
    assert figures["findings"] == 0
    assert set(figures["times_faster_than_gitpython"]) == {"unsigned", "signed"}

"""Many files are read at once, in their order, each as if it were read alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qms.formats.reading import Reading
from qms.formats.refusals import Unacceptable
from qms.stores.readings import Readings
from qms.stores.sandbox import Sandbox


@pytest.fixture
def readings(tmp_path: Path) -> Iterator[Readings]:
    made = Readings(Sandbox(), tmp_path, at_once=2)
    yield made
    made.close()


def _paper(number: int) -> tuple[bytes, str]:
    return f"# Quy trình số {number}\n\n## 1. MỤC ĐÍCH\n\nViệc thứ {number}.\n".encode(), f"{number}.md"


def test_many_files_come_back_in_their_order(readings: Readings) -> None:
    papers = [_paper(number) for number in range(40)]
    read = list(readings.read_many(papers))
    assert read == [readings.read(*paper) for paper in papers]


def test_what_cannot_be_read_stands_in_its_place_with_the_reason(readings: Readings) -> None:
    first, spoiled, last = readings.read_many([_paper(1), (b"\x00\x01", "2.docx"), _paper(3)])
    assert isinstance(first, Reading)
    assert isinstance(spoiled, Unacceptable)
    assert isinstance(last, Reading)
    assert "thứ 3" in last.plain


def test_what_was_read_among_many_is_remembered(readings: Readings, tmp_path: Path) -> None:
    list(readings.read_many([_paper(1)]))
    held = sorted(tmp_path.rglob("*"))
    readings.read(*_paper(1))
    assert sorted(tmp_path.rglob("*")) == held


def test_children_that_rest_are_there_again_when_asked(readings: Readings) -> None:
    list(readings.read_many(map(_paper, range(4))))
    readings.rest()
    assert len(list(readings.read_many(map(_paper, range(10, 14))))) == 4


def test_nothing_to_read_is_nothing_read(readings: Readings) -> None:
    assert list(readings.read_many([])) == []

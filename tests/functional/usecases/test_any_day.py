"""Only what applies is found by default, on any day; what does not is found by those who look for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from qms.bootstrap import QMS
from qms.errors import Forbidden, NotFound
from qms.model.enums import DayStatus
from qms.usecases import issuing, reading, registering, searching
from tests import house

FIRST, SECOND, THIRD, END = date(2026, 11, 25), date(2026, 12, 10), date(2027, 1, 15), date(2027, 3, 1)
UNTIL = date(2027, 2, 1)
EXPECTED = [
    (FIRST - timedelta(1), None),
    (FIRST, 1),
    (SECOND - timedelta(1), 1),
    (SECOND, 2),
    (THIRD - timedelta(1), 2),
    (THIRD, 3),
    (END - timedelta(1), 3),
    (END, None),
    (END + timedelta(400), None),
]


@pytest.fixture
def lived(qms: QMS, clock: house.FixedClock) -> QMS:
    """Return an instance with one document: three revisions, the third with a transition, ended on a day."""
    house.issued(qms, by=house.decision("1/QĐ-UBND", signed=FIRST))
    for number, day, body in ((2, SECOND, "Bước hai."), (3, THIRD, "Bước ba.")):
        house.next_draft(qms, "QT-01", body)
        house.approve(qms, "QT-01")
        paper = house.decision(f"{number}/QĐ-UBND", effective=day)
        if number == 3:
            paper = replace(paper, transition="Hồ sơ cũ làm theo bản cũ.", transition_until=UNTIL)
        house.issue(qms, "QT-01", by=paper)
    clock.move_to(THIRD)
    house.retire(qms, "QT-01", by=house.decision("4/QĐ-UBND", signed=THIRD, effective=END))
    return qms


@pytest.mark.parametrize(("day", "sequence"), EXPECTED)
def test_page_search_and_register_agree_on_every_day(lived: QMS, day: date, sequence: int | None) -> None:
    with lived.reading(lived.shell()) as work:
        shown = reading.page(work, "QT-01", on=day).shown
        assert (shown.sequence if shown else None) == sequence
        found = searching.search(work, "thử nghiệm", on=day)
        assert [hit.sequence for hit in found.hits] == ([sequence] if sequence else [])
        assert len(searching.search_all(work, "thử nghiệm", on=day).hits) == 3
        (line,) = registering.register(work, on=day)
        assert (line.status is DayStatus.EFFECTIVE) == (sequence is not None)
        if sequence:
            assert (line.effective_from, line.revision) == (shown.effective_from, shown.label)


def test_history_tells_what_each_revision_is_on_the_day(lived: QMS) -> None:
    with lived.reading(lived.shell()) as work:
        on = {
            day: [line.status for line in reading.history(work, "QT-01", on=day)[2]]
            for day in (FIRST, SECOND, THIRD, UNTIL, END)
        }
    scheduled, effective, superseded = DayStatus.SCHEDULED, DayStatus.EFFECTIVE, DayStatus.SUPERSEDED
    assert on == {
        FIRST: [scheduled, scheduled, effective],
        SECOND: [scheduled, effective, superseded],
        THIRD: [effective, DayStatus.TRANSITION, superseded],
        UNTIL: [effective, superseded, superseded],
        END: [DayStatus.RETIRED, superseded, superseded],
    }


def test_nothing_has_to_run_when_a_day_begins(lived: QMS, clock: house.FixedClock) -> None:
    clock.move_to(SECOND)
    with lived.reading(lived.shell()) as work:
        assert [hit.sequence for hit in searching.search(work, "thử nghiệm").hits] == [2]
    clock.move_to(END)
    with lived.reading(lived.shell()) as work:
        assert searching.search(work, "thử nghiệm").hits == ()
        assert [hit.document for hit in searching.search(work, "thử nghiệm").past] != []


def test_an_old_text_is_shown_as_it_was(lived: QMS) -> None:
    with lived.reading(lived.shell()) as work:
        assert "Tiếp nhận hồ sơ" in reading.page(work, "QT-01", on=FIRST).html
        assert "Bước hai." in reading.page(work, "QT-01", sequence=2).html
        redline = reading.redline(work, "QT-01", 2, 3)
    assert "<del" in redline.html
    assert "ba" in redline.html


def test_the_office_network_sees_what_applies_and_no_history(lived: QMS, clock: house.FixedClock) -> None:
    clock.move_to(THIRD)
    with lived.reading(lived.visitor(office=True)) as work:
        page = reading.page(work, "QT-01")
        assert [line.sequence for line in page.history] == [3]
        for act in (
            lambda: reading.history(work, "QT-01"),
            lambda: reading.page(work, "QT-01", sequence=1),
            lambda: reading.redline(work, "QT-01", 1, 2),
            lambda: reading.file(work, "QT-01", 1),
            lambda: searching.search_all(work, "thử nghiệm"),
        ):
            with pytest.raises(Forbidden):
                act()
        assert reading.file(work, "QT-01", 3).data


def test_the_file_of_a_day_is_read_by_whoever_reads_the_text_of_that_day(
    lived: QMS, clock: house.FixedClock
) -> None:
    clock.move_to(THIRD)
    with lived.reading(lived.visitor(office=True)) as work:
        for day, sequence in ((FIRST, 1), (SECOND, 2), (THIRD, 3)):
            assert reading.page(work, "QT-01", on=day).shown.sequence == sequence
            assert reading.file(work, "QT-01", sequence, on=day).data
        for day, sequence in ((SECOND, 1), (FIRST, 2), (END, 3)):
            with pytest.raises(Forbidden):
                reading.file(work, "QT-01", sequence, on=day)


def test_a_withdrawn_revision_never_applies(qms: QMS) -> None:
    house.issued(qms)
    house.next_draft(qms, "QT-01", "Bản rút lại.")
    house.approve(qms, "QT-01")
    house.issue(qms, "QT-01", by=house.decision("2/QĐ-UBND", effective=SECOND))
    with qms.work(qms.shell("vanthu")) as work:
        issuing.withdraw(work, "QT-01", "Chờ hướng dẫn.")
    with qms.reading(qms.shell()) as work:
        assert reading.page(work, "QT-01", on=SECOND).shown.sequence == 1
        assert [hit.sequence for hit in searching.search(work, "thử nghiệm", on=SECOND).hits] == [1]


def test_a_document_that_was_never_issued_is_known_to_those_who_work_on_it(qms: QMS) -> None:
    house.draft(qms)
    with qms.reading(qms.shell("soan")) as work:
        assert reading.page(work, "QT-01").shown is None
    with qms.reading(qms.shell("doc")) as work, pytest.raises(NotFound):
        reading.page(work, "QT-01")
    with qms.reading(qms.visitor(office=True)) as work, pytest.raises(NotFound):
        reading.page(work, "QT-01")
    with qms.reading(qms.shell()) as work:
        assert registering.register(work) == []
        assert searching.search_all(work, "thử nghiệm").hits == ()

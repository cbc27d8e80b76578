"""The book of controlled copies: who holds which, what has to come back when a new issue applies."""

from __future__ import annotations

from datetime import date

import pytest

from qms.bootstrap import QMS
from qms.errors import Forbidden, NotFound
from qms.model.copies import CopyCameBack, CopyOfPast, CopyTaken, HolderNeeded, RecalledEarly
from qms.model.enums import CopyFate
from qms.usecases import copies
from tests import house
from tests.functional.usecases.test_printing import LATER, replaced_later
from tests.house import FixedClock


def give(
    qms: QMS, holder: str, by: str = "thuky", number: int | None = None, sequence: int | None = None
) -> int:
    with qms.work(qms.shell(by)) as work:
        return copies.give_out(work, "QT-01", holder, number=number, sequence=sequence)


def recall(
    qms: QMS, number: int, sequence: int = 1, fate: CopyFate = CopyFate.RETURNED, on: date | None = None
) -> None:
    with qms.work(qms.shell("thuky")) as work:
        copies.recall(work, "QT-01", sequence, number, fate, on)


def out(qms: QMS) -> list[tuple[int, int, bool]]:
    """Return sequence, number and whether it has to come back, of every copy that is out."""
    with qms.reading(qms.shell("danhgia")) as work:
        return [(line.sequence, line.number, line.to_recall) for line in copies.outstanding(work)]


def test_copies_are_numbered_one_after_the_other(qms: QMS) -> None:
    house.issued(qms)
    assert [give(qms, "Phòng Kinh tế"), give(qms, "Quầy số 1"), give(qms, "Văn thư", number=7)] == [1, 2, 7]
    assert give(qms, "Lưu") == 8
    with pytest.raises(CopyTaken, match="Quầy số 1"):
        give(qms, "Người khác", number=2)
    with pytest.raises(HolderNeeded):
        give(qms, "  ")
    with pytest.raises(Forbidden):
        give(qms, "Tôi", by="soan")


def test_the_next_issue_calls_the_old_copies_back_and_keeps_the_holders_number(
    qms: QMS, clock: FixedClock
) -> None:
    replaced_later(qms)
    give(qms, "Phòng Kinh tế")
    give(qms, "Quầy số 1")
    assert out(qms) == [(1, 1, False), (1, 2, False)]
    assert give(qms, "phòng kinh tế", sequence=2) == 1
    clock.move_to(LATER)
    assert out(qms) == [(1, 1, True), (1, 2, True), (2, 1, False)]
    assert give(qms, "QUẦY SỐ 1") == 2
    with qms.reading(qms.shell("thuky")) as work:
        assert [line.has_newer for line in copies.outstanding(work)] == [True, True, False, False]
    recall(qms, 1, fate=CopyFate.DESTROYED)
    recall(qms, 2)
    assert out(qms) == [(2, 1, False), (2, 2, False)]
    with pytest.raises(CopyOfPast):
        give(qms, "Ai đó", sequence=1)


def test_in_transition_an_old_copy_may_stay(qms: QMS, clock: FixedClock) -> None:
    replaced_later(qms, transition=True)
    give(qms, "Phòng Kinh tế")
    clock.move_to(LATER)
    assert out(qms) == [(1, 1, False)]
    clock.move_to(date(2027, 2, 1))
    assert out(qms) == [(1, 1, True)]


def test_a_copy_comes_back_once_and_not_before_it_went_out(qms: QMS) -> None:
    house.issued(qms)
    give(qms, "Phòng Kinh tế")
    for day in (date(2026, 11, 24), date(2026, 11, 26)):
        with pytest.raises(RecalledEarly):
            recall(qms, 1, on=day)
    recall(qms, 1, fate=CopyFate.LOST)
    with pytest.raises(CopyCameBack):
        recall(qms, 1)
    with pytest.raises(NotFound):
        recall(qms, 9)


def test_the_record_of_a_day_lists_what_came_back_on_it(qms: QMS) -> None:
    house.issued(qms)
    give(qms, "Phòng Kinh tế")
    give(qms, "Quầy số 1")
    recall(qms, 2, fate=CopyFate.DESTROYED)
    with qms.reading(qms.shell("danhgia")) as work:
        today, before = copies.minutes(work), copies.minutes(work, date(2026, 11, 1))
    assert [(line.number, line.fate, line.recalled_by) for line in today.lines] == [
        (2, CopyFate.DESTROYED, "Lê Thị Mẫu")
    ]
    assert before.lines == ()


def test_all_holders_get_the_new_issue_in_one_act_under_their_numbers(qms: QMS, clock: FixedClock) -> None:
    replaced_later(qms)
    for holder, number in (("Phòng Kinh tế", 4), ("Quầy số 1", 2), ("Văn thư", 9)):
        give(qms, holder, number=number)
    recall(qms, 9)
    clock.move_to(LATER)
    with qms.work(qms.shell("vanthu")) as work:
        assert copies.renew(work, "QT-01") == 2
    with qms.work(qms.shell("vanthu")) as work:
        assert copies.renew(work, "QT-01") == 0
    assert out(qms) == [(1, 2, True), (1, 4, True), (2, 2, False), (2, 4, False)]
    with qms.reading(qms.shell("danhgia")) as work:
        book = [(line.sequence, line.number, line.holder) for line in copies.ledger(work)]
    assert book == [
        (1, 2, "Quầy số 1"),
        (1, 4, "Phòng Kinh tế"),
        (1, 9, "Văn thư"),
        (2, 2, "Quầy số 1"),
        (2, 4, "Phòng Kinh tế"),
    ]

"""What a change gives to a position waits for whoever holds it, until it is done."""

from __future__ import annotations

from datetime import date

from qms.bootstrap import QMS
from qms.model.enums import ImpactDecision, ItemState
from qms.usecases import tasks
from qms.usecases.changes import ItemDecision
from tests import house
from tests.functional.usecases.test_changes import decide, one, opened


def waiting(qms: QMS, login: str) -> list[tuple[str, ItemState, bool]]:
    with qms.reading(qms.shell(login)) as work:
        found = tasks.home(work)
    return [(task.code, task.state, task.overdue) for task in found.to_follow]


def given(qms: QMS, owner: str = "cong-chuc-tu-phap", due: date | None = None) -> None:
    document = one(qms)
    decide(qms, opened(qms), ItemDecision(document, ImpactDecision.REVISE, owner_position=owner, due=due))


def test_the_holders_of_the_position_are_told_and_nobody_else(qms: QMS) -> None:
    given(qms)
    for login in ("soan", "soan2"):
        assert waiting(qms, login) == [("QT-01", ItemState.DECIDED, False)]
    for login in ("thuky", "chutich", "doc", "quantri"):
        assert waiting(qms, login) == []


def test_a_reader_whose_position_was_given_work_is_told_too(qms: QMS) -> None:
    given(qms, "tiep-nhan")
    assert waiting(qms, "doc") == [("QT-01", ItemState.DECIDED, False)]


def test_work_is_overdue_after_its_day(qms: QMS, clock: house.FixedClock) -> None:
    given(qms, due=date(2026, 12, 1))
    clock.move_to(date(2026, 12, 2))
    assert waiting(qms, "soan") == [("QT-01", ItemState.DECIDED, True)]


def test_work_is_over_once_the_revision_is_issued(qms: QMS) -> None:
    given(qms)
    house.next_draft(qms, "QT-01", "Bước 1. Theo quy định mới.")
    assert waiting(qms, "soan") == [("QT-01", ItemState.DRAFTED, False)]
    house.approve(qms, "QT-01")
    house.issue(qms, "QT-01", by=house.decision("208/QĐ-UBND"))
    assert waiting(qms, "soan") == []

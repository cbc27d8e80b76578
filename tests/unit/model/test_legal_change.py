"""The rules of a change of law as work: what answers it, how far it has come, how long the document lags behind."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from qms.errors import QmsError
from qms.model.enums import ImpactDecision, ImpactReason, ItemState, RevisionState, Verdict
from qms.model.legal_change import (
    Answer,
    ChangeItem,
    DeadBasisKept,
    DueInPast,
    DueTooLate,
    NoticeNeeded,
    NoticeTooEarly,
    ReasonNeeded,
    check_notice,
    submit_by,
)

STARTS, DEADLINE = date(2026, 1, 15), date(2026, 4, 15)
ANSWER = Answer(date(2026, 3, 10), "45/QĐ-UBND", date(2026, 3, 2), 2)


def item(verdict: Verdict = Verdict.SUSPECT, why: ImpactReason = ImpactReason.DIRECT) -> ChangeItem:
    return ChangeItem(
        document_id="00000001",
        sequence=1,
        why=why,
        verdict=verdict,
        found={},
        starts=STARTS,
        deadline=DEADLINE,
        decision=None,
        cleared_at=None,
    )


def cleared(decision: ImpactDecision | None = None) -> ChangeItem:
    row = item()
    row.decision, row.cleared_at = decision, datetime(2026, 2, 1, tzinfo=UTC)
    return row


@pytest.mark.parametrize(
    ("looked_at", "sequence", "answers"),
    [
        (date(2026, 1, 15), 2, True),
        (date(2026, 1, 14), 2, False),
        (date(2026, 3, 1), 1, False),
        (None, 2, False),
    ],
)
def test_a_later_revision_answers_if_it_was_signed_when_the_change_held(
    looked_at: date | None, sequence: int, answers: bool
) -> None:
    assert item().answers(looked_at, sequence, revision_id=9) is answers


def test_the_draft_of_the_change_answers_it_though_it_was_signed_before_the_day() -> None:
    row = item()
    row.revision_id = 9
    assert row.answers(date(2026, 1, 10), 2, revision_id=9)


@pytest.mark.parametrize(
    ("draft", "answer", "day", "state"),
    [
        (None, None, DEADLINE, ItemState.OPEN),
        (RevisionState.DRAFT, None, DEADLINE, ItemState.DRAFTED),
        (RevisionState.RETURNED, None, DEADLINE, ItemState.DRAFTED),
        (RevisionState.IN_REVIEW, None, DEADLINE, ItemState.IN_REVIEW),
        (RevisionState.APPROVED, None, DEADLINE, ItemState.APPROVED),
        (None, ANSWER, date(2026, 3, 9), ItemState.SCHEDULED),
        (RevisionState.DRAFT, ANSWER, date(2026, 3, 10), ItemState.ANSWERED),
    ],
)
def test_the_state_follows_from_what_people_did_and_the_day(
    draft: RevisionState | None, answer: Answer | None, day: date, state: ItemState
) -> None:
    assert item().state_on(day, answer, draft) is state


def test_days_behind_the_law_run_to_the_answer_or_to_the_day_asked_for() -> None:
    assert item().gap_days(date(2026, 2, 14), None) == 30
    assert item().gap_days(date(2026, 2, 14), ANSWER) == 30, "an answer to come closes no gap yet"
    assert item().gap_days(date(2026, 12, 1), ANSWER) == 54
    assert item().gap_days(date(2026, 1, 1), None) == 0
    assert cleared(ImpactDecision.NO_CHANGE).gap_days(date(2026, 12, 1), None) == 0


def test_the_day_after_the_deadline_is_late() -> None:
    assert not item().late(DEADLINE, None)
    assert item().late(date(2026, 4, 16), None)
    assert item().late(date(2026, 12, 1), Answer(date(2026, 4, 16)))
    assert not item().late(date(2026, 12, 1), Answer(DEADLINE))
    assert not cleared().late(date(2026, 12, 1), None)


@pytest.mark.parametrize(
    ("verdict", "decision", "reason", "due", "refusal"),
    [
        (Verdict.SUSPECT, ImpactDecision.NO_CHANGE, "", None, ReasonNeeded),
        (Verdict.SUSPECT, ImpactDecision.NOT_APPLICABLE, "  ", None, ReasonNeeded),
        (Verdict.DEAD, ImpactDecision.NO_CHANGE, "Không cần.", None, DeadBasisKept),
        (Verdict.SUSPECT, ImpactDecision.REVISE, "", date(2026, 4, 16), DueTooLate),
        (Verdict.SUSPECT, ImpactDecision.APPLY_NOW, "", None, NoticeNeeded),
    ],
)
def test_a_decision_is_refused_with_the_reason(
    verdict: Verdict, decision: ImpactDecision, reason: str, due: date | None, refusal: type[QmsError]
) -> None:
    row = item(verdict)
    with pytest.raises(refusal):
        row.decide("QT-01", decision, reason, due, today=date(2026, 1, 20), noticed=False)
    assert row.decision is None


def test_work_is_due_by_the_deadline_unless_another_day_is_named() -> None:
    row = item()
    row.decide("QT-01", ImpactDecision.REVISE, "", None, today=date(2026, 1, 20), noticed=False)
    assert row.due == DEADLINE
    row.decide(
        "QT-01", ImpactDecision.REVISE, "Chờ tỉnh.", date(2026, 5, 1), today=date(2026, 1, 20), noticed=False
    )
    assert row.due == date(2026, 5, 1)


@pytest.mark.parametrize("why", list(ImpactReason))
def test_a_weak_reason_holds_up_nothing_until_somebody_decides(why: ImpactReason) -> None:
    row = item(why=why)
    assert row.weak is (why in (ImpactReason.RELATED, ImpactReason.TEXT))
    row.decision = ImpactDecision.REVISE
    assert not row.weak


def test_a_draft_is_submitted_before_the_deadline_by_the_days_of_the_route() -> None:
    assert submit_by(DEADLINE, 10) == date(2026, 4, 5)
    assert submit_by(None, 10) is None


def test_work_cannot_be_due_on_a_day_that_is_over() -> None:
    row = item(Verdict.SUSPECT)
    with pytest.raises(DueInPast):
        row.decide(
            "QT-01",
            ImpactDecision.REVISE,
            "",
            date(2026, 1, 19),
            today=date(2026, 1, 20),
            noticed=False,
        )


def test_a_notice_does_not_begin_before_its_law() -> None:
    with pytest.raises(NoticeTooEarly):
        check_notice("Áp dụng ngay.", date(2026, 1, 14), None, date(2026, 1, 15))

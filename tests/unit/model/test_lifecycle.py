from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.model.enums import DayStatus
from qms.model.lifecycle import (
    AlreadyRetired,
    DayHasCome,
    Issue,
    NeverIssued,
    OutOfOrder,
    StillScheduled,
    check_issue,
    check_retirement,
    check_withdrawal,
    periods,
)

JAN, MAR, JUN, SEP = date(2026, 1, 1), date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)


def test_each_revision_applies_until_the_next_one_does() -> None:
    first, second = periods([Issue(1, JAN), Issue(2, MAR)], None)
    assert first.status_on(date(2026, 2, 28)) is DayStatus.EFFECTIVE
    assert first.status_on(MAR) is DayStatus.SUPERSEDED
    assert second.status_on(date(2026, 2, 28)) is DayStatus.SCHEDULED
    assert second.status_on(MAR) is DayStatus.EFFECTIVE
    assert second.end is None


def test_retirement_ends_the_last_revision_on_its_day() -> None:
    first, second = periods([Issue(1, JAN), Issue(2, MAR)], JUN)
    assert second.status_on(date(2026, 5, 31)) is DayStatus.EFFECTIVE
    assert second.status_on(JUN) is DayStatus.RETIRED
    assert first.status_on(JUN) is DayStatus.SUPERSEDED


def test_on_one_day_the_later_sequence_holds() -> None:
    first, second = periods([Issue(1, JAN), Issue(2, JAN)], None)
    assert first.status_on(JAN) is DayStatus.SUPERSEDED
    assert second.status_on(JAN) is DayStatus.EFFECTIVE


def test_a_file_received_before_the_change_is_in_transition_until_its_day() -> None:
    first, _ = periods([Issue(1, JAN), Issue(2, MAR, transition_until=JUN)], None)
    assert first.status_on(date(2026, 5, 31)) is DayStatus.TRANSITION
    assert first.status_on(JUN) is DayStatus.SUPERSEDED


def test_no_issue_takes_effect_before_an_earlier_one() -> None:
    with pytest.raises(OutOfOrder):
        check_issue("QT-01", periods([Issue(1, MAR)], None), JAN, None)
    check_issue("QT-01", periods([Issue(1, MAR)], None), MAR, None)


def test_nothing_is_issued_or_ended_again_after_retirement() -> None:
    with pytest.raises(AlreadyRetired):
        check_issue("QT-01", periods([Issue(1, JAN)], MAR), JUN, MAR)
    with pytest.raises(AlreadyRetired):
        check_retirement("QT-01", periods([Issue(1, JAN)], MAR), JUN, MAR)


def test_what_never_applied_or_still_waits_cannot_be_ended() -> None:
    with pytest.raises(NeverIssued):
        check_retirement("QT-01", [], JUN, None)
    with pytest.raises(StillScheduled):
        check_retirement("QT-01", periods([Issue(1, JAN), Issue(2, SEP)], None), JUN, None)


def test_a_revision_is_withdrawn_only_before_its_day() -> None:
    (only,) = periods([Issue(1, MAR)], None)
    check_withdrawal("QT-01", only, date(2026, 2, 28))
    with pytest.raises(DayHasCome):
        check_withdrawal("QT-01", only, MAR)


@given(
    gaps=st.lists(st.integers(0, 40), max_size=8),
    after=st.none() | st.integers(0, 60),
    offset=st.integers(-30, 400),
)
def test_on_any_day_at_most_one_revision_applies(gaps: list[int], after: int | None, offset: int) -> None:
    starts = [JAN + timedelta(days=sum(gaps[: i + 1])) for i in range(len(gaps))]
    retired = starts[-1] + timedelta(days=after) if starts and after is not None else None
    day = JAN + timedelta(days=offset)
    held = periods([Issue(i + 1, start) for i, start in enumerate(starts)], retired)
    applying = [p for p in held if p.status_on(day) is DayStatus.EFFECTIVE]
    assert len(applying) == (1 if starts and starts[0] <= day and (retired is None or day < retired) else 0)

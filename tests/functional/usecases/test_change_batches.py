"""The drafts of a change go through review and approval together, each by its own rules."""

from __future__ import annotations

from datetime import date

import pytest

from qms.bootstrap import QMS, build
from qms.errors import Forbidden
from qms.model.enums import ItemState
from qms.model.permissions import ShellDecision
from qms.usecases import changes, deciding, submitting
from tests import house
from tests.functional.usecases.test_changes import AMENDS, REPLACES, opened, shown
from tests.functional.usecases.test_impact import law

CODES = ("QT-01", "QT-02", "QT-03")


def three(qms: QMS) -> list[str]:
    """Issue three documents by one decision before the law changes."""
    documents = [house.draft(qms, code, f"Đăng ký {code}") for code in CODES]
    for code in CODES:
        house.approve(qms, code)
    house.issue(qms, *CODES, by=house.decision(signed=date(2026, 1, 5)))
    return documents


def begun(qms: QMS, relation: tuple[str, str, str, str] = AMENDS) -> tuple[str, list[str]]:
    """Open a change over three documents and begin the next revision of each."""
    documents = three(qms)
    change = opened(qms, relation)
    for code in CODES:
        house.next_draft(qms, code, "Bước 1. Theo quy định mới.")
    return change, documents


def states(qms: QMS, change: str) -> set[ItemState]:
    return {line.state for line in shown(qms, change).items}


def submitted(qms: QMS, change: str) -> list[tuple[str, str]]:
    """Submit the batch and return what an approver is shown: document and hash."""
    with qms.work(qms.shell("soan")) as work:
        return [(one.document, one.content_sha256) for one in submitting.submit_batch(work, change)]


def test_all_drafts_are_sent_and_approved_and_issued_by_one_decision(qms: QMS) -> None:
    change, documents = begun(qms)
    sent = submitted(qms, change)
    assert {document for document, _ in sent} == set(documents)
    assert states(qms, change) == {ItemState.IN_REVIEW}
    with qms.work(qms.shell("chutich")) as work:
        decided = deciding.approve_batch(work, sent, "Đồng ý.")
    assert all(one.done for one in decided)
    assert states(qms, change) == {ItemState.APPROVED}
    done = house.issue(qms, *documents, by=house.decision("201/QĐ-UBND"))
    assert len(done.revisions) == 3
    assert states(qms, change) == {ItemState.ANSWERED}


def test_one_bad_item_does_not_lose_the_others(qms: QMS) -> None:
    change, _ = begun(qms)
    sent = submitted(qms, change)
    stale = [(sent[0][0], "0" * 64), *sent[1:], ("0000zzzz", "0" * 64)]
    with qms.work(qms.shell("chutich")) as work:
        decided = deciding.approve_batch(work, stale)
    assert [one.done for one in decided] == [False, True, True, False]
    assert "nội dung đã thay đổi" in decided[0].refusal
    assert sorted(line.state for line in shown(qms, change).items) == ["approved", "approved", "in_review"]


def test_only_an_approver_approves_a_batch(qms: QMS) -> None:
    change, _ = begun(qms)
    sent = submitted(qms, change)
    with qms.work(qms.shell("soan")) as work, pytest.raises(Forbidden):
        deciding.approve_batch(work, sent)


def test_a_batch_is_no_way_around_the_rule_for_the_shell(qms: QMS) -> None:
    change, _ = begun(qms)
    sent = submitted(qms, change)
    closed = qms.config.model_copy(update={"shell_decisions": False})
    other = build(closed, clock=house.FixedClock())
    try:
        with other.work(other.shell("chutich")) as work, pytest.raises(ShellDecision):
            deciding.approve_batch(work, sent)
    finally:
        other.close()


def test_a_dead_basis_is_sent_only_with_a_reason_and_stops_no_other(qms: QMS) -> None:
    change, _ = begun(qms, REPLACES)
    with qms.work(qms.shell("soan")) as work:
        refused = submitting.submit_batch(work, change)
    assert [one.done for one in refused] == [False] * 3
    assert states(qms, change) == {ItemState.DRAFTED}
    with qms.work(qms.shell("soan")) as work:
        sent = submitting.submit_batch(work, change, "Hồ sơ cũ còn dở.")
    assert [one.done for one in sent] == [True] * 3


def test_what_was_open_before_the_change_is_no_draft_of_it(qms: QMS) -> None:
    three(qms)
    house.next_draft(qms, "QT-01", "Việc khác.")
    qms.clock.advance(hours=1)  # type: ignore[attr-defined]
    law(qms, AMENDS)
    with qms.work(qms.shell("thuky")) as work:
        change = changes.open_change(work, AMENDS[0])
    assert submitted(qms, change) == []


@pytest.mark.parametrize("login", ["doc", "vanthu", "chutich", "danhgia", "thanhtra", "quantri"])
def test_only_those_who_draft_send_a_batch(qms: QMS, login: str) -> None:
    change, _ = begun(qms)
    with qms.work(qms.shell(login)) as work, pytest.raises(Forbidden):
        submitting.submit_batch(work, change)

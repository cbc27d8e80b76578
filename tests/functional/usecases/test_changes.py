"""A change of law as work: opened from what is affected, decided on, answered or cleared, closed."""

from __future__ import annotations

from datetime import date

import pytest

from qms.bootstrap import QMS
from qms.errors import Forbidden
from qms.model.enums import ImpactDecision, ItemState
from qms.model.legal_change import (
    ChangeClosed,
    DeadBasisKept,
    DueTooLate,
    NothingReached,
    NoticeNeeded,
    NotInChange,
    ReasonNeeded,
    WorkLeft,
)
from qms.usecases import changes, clearing, deciding, drafting, impact, noticing, submitting
from qms.usecases.changes import ItemDecision
from tests import house
from tests.functional.usecases.test_impact import law

STARTS, DEADLINE = date(2026, 10, 1), date(2027, 1, 1)
AMENDS = ("300/2026/NĐ-CP", "amends", "123/2015/NĐ-CP", "2026-10-01")
REPLACES = ("300/2026/NĐ-CP", "replaces", "123/2015/NĐ-CP", "2026-10-01")


def opened(qms: QMS, relation: tuple[str, str, str, str] = AMENDS) -> str:
    """Take a relation into the register and open the change that starts from it."""
    law(qms, relation)
    with qms.work(qms.shell("thuky")) as work:
        return changes.open_change(work, relation[0])


def one(qms: QMS) -> str:
    """Issue one document that rests on what the change touches."""
    return house.issued(qms, by=house.decision(signed=date(2026, 1, 5)))


def shown(qms: QMS, change: str, on: date | None = None) -> changes.ChangePage:
    """Return the page of a change as a reader sees it."""
    with qms.reading(qms.shell("doc")) as work:
        return changes.page(work, change, on)


def decide(qms: QMS, change: str, *decisions: ItemDecision, by: str = "thuky") -> None:
    """Take decisions as somebody."""
    with qms.work(qms.shell(by)) as work:
        changes.decide(work, change, decisions)


def test_a_change_opens_with_what_it_affects_and_says_by_when(qms: QMS) -> None:
    document = one(qms)
    page = shown(qms, opened(qms))
    assert [(line.document, line.state, line.deadline) for line in page.items] == [
        (document, ItemState.OPEN, DEADLINE)
    ]
    assert page.items[0].citations == ("Nghị định số 123/2015/NĐ-CP ngày 15/11/2015",)
    assert page.line.submit_by == date(2026, 12, 22)
    assert (page.line.done, page.line.total, page.line.overdue) == (0, 1, 0)
    assert page.line.gap_days == (house.TODAY - STARTS).days


def test_opening_again_returns_the_change_that_is_open(qms: QMS) -> None:
    one(qms)
    first = opened(qms)
    assert opened(qms) == first
    with qms.reading(qms.shell()) as work:
        assert [line.id for line in changes.listing(work)] == [first]


def test_what_changes_nothing_is_no_work(qms: QMS) -> None:
    law(qms, instruments=(("301/2026/NĐ-CP", ""),))
    with qms.work(qms.shell("thuky")) as work, pytest.raises(NothingReached):
        changes.open_change(work, "301/2026/NĐ-CP")


def test_a_document_that_became_affected_is_told_and_taken_up(qms: QMS) -> None:
    one(qms)
    change = opened(qms)
    later = house.draft(qms, "QT-02", "Đăng ký khác")
    house.approve(qms, "QT-02")
    house.issue(qms, "QT-02", by=house.decision("146/QĐ-UBND", signed=date(2026, 9, 1)))
    assert [aside.document for aside in shown(qms, change).newly] == [later]
    with qms.work(qms.shell("thuky")) as work:
        assert changes.refresh(work, change) == 1
    assert {line.document for line in shown(qms, change).items} >= {later}
    assert shown(qms, change).newly == ()


def test_what_the_register_says_now_is_told_anew(qms: QMS) -> None:
    one(qms)
    change = opened(qms)
    law(qms, ("300/2026/NĐ-CP", "replaces", "123/2015/NĐ-CP", "2026-09-01"))
    assert shown(qms, change).items[0].verdict == "suspect"
    with qms.work(qms.shell("thuky")) as work:
        assert changes.refresh(work, change) == 0
    page = shown(qms, change)
    assert (page.items[0].verdict, page.items[0].deadline) == ("dead", date(2026, 12, 1))
    assert page.line.deadline == date(2026, 12, 1)


def test_no_change_needs_a_reason_and_clears_by_name(qms: QMS) -> None:
    document = one(qms)
    change = opened(qms)
    with pytest.raises(ReasonNeeded):
        decide(qms, change, ItemDecision(document, ImpactDecision.NO_CHANGE, " "))
    decide(qms, change, ItemDecision(document, ImpactDecision.NO_CHANGE, "Điều được sửa không dùng ở đây."))
    (line,) = shown(qms, change).items
    assert (line.state, line.cleared_by, line.gap_days) == (ItemState.CLEARED, "Lê Thị Mẫu", 0)


@pytest.mark.parametrize(("relation", "verdicts"), [(AMENDS, []), (REPLACES, ["dead"])])
def test_clearing_answers_a_doubt_but_revives_nothing(
    qms: QMS, relation: tuple[str, str, str, str], verdicts: list[str]
) -> None:
    document = one(qms)
    change = opened(qms, relation)
    with qms.work(qms.shell("thuky")) as work:
        clearing.clear(work, change, document, "Đã đối chiếu từng điều, nội dung không đổi.")
    with qms.reading(qms.shell()) as work:
        assert [line.verdict for line in impact.impact(work, relation[0]).affected] == verdicts
    with qms.work(qms.shell("thuky")) as work:
        clearing.close(work, change)


def test_a_notice_that_is_over_is_none_to_apply_by(qms: QMS) -> None:
    document = one(qms)
    change = opened(qms)
    with qms.work(qms.shell("vanthu")) as work:
        noticing.give(
            work, [document], "Áp dụng tạm.", starts=STARTS, ends=date(2026, 11, 1), change_id=change
        )
    with pytest.raises(NoticeNeeded):
        decide(qms, change, ItemDecision(document, ImpactDecision.APPLY_NOW))


def test_a_dead_basis_is_kept_only_with_a_reason_that_says_why(qms: QMS) -> None:
    document = one(qms)
    change = opened(qms, REPLACES)
    with pytest.raises(DeadBasisKept):
        decide(qms, change, ItemDecision(document, ImpactDecision.NO_CHANGE, "Không sao."))
    reason = "Chỉ còn dùng cho hồ sơ tiếp nhận trước ngày 01/10/2026."
    decide(qms, change, ItemDecision(document, ImpactDecision.NO_CHANGE, reason))
    (line,) = shown(qms, change).items
    assert (line.state, line.verdict) == (ItemState.CLEARED, "dead")


def test_a_due_day_after_the_deadline_needs_a_reason(qms: QMS) -> None:
    document = one(qms)
    change = opened(qms)
    late = date(2027, 2, 1)
    with pytest.raises(DueTooLate):
        decide(qms, change, ItemDecision(document, ImpactDecision.REVISE, due=late))
    decide(qms, change, ItemDecision(document, ImpactDecision.REVISE, "Chờ quyết định của tỉnh.", due=late))
    assert shown(qms, change).items[0].due == late


def test_work_is_given_to_a_position_that_exists(qms: QMS) -> None:
    document = one(qms)
    change = opened(qms)
    with pytest.raises(changes.UnknownPosition):
        decide(qms, change, ItemDecision(document, ImpactDecision.REVISE, owner_position="khong-co"))
    decide(qms, change, ItemDecision(document, ImpactDecision.REVISE, owner_position="cong-chuc-tu-phap"))
    (line,) = shown(qms, change).items
    assert (line.owner, line.due) == ("Công chức Tư pháp - Hộ tịch", DEADLINE)


def test_applying_now_needs_a_notice_first(qms: QMS) -> None:
    document = one(qms)
    change = opened(qms)
    with pytest.raises(NoticeNeeded):
        decide(qms, change, ItemDecision(document, ImpactDecision.APPLY_NOW))
    with qms.work(qms.shell("vanthu")) as work:
        noticing.give(work, [document], "Áp dụng theo Nghị định mới.", change_id=change)
    decide(qms, change, ItemDecision(document, ImpactDecision.APPLY_NOW))
    assert shown(qms, change).items[0].state is ItemState.DECIDED


def test_one_refusal_takes_none_of_the_decisions(qms: QMS) -> None:
    document = one(qms)
    change = opened(qms)
    with pytest.raises(NotInChange):
        decide(
            qms,
            change,
            ItemDecision(document, ImpactDecision.REVISE),
            ItemDecision("0000zzzz", ImpactDecision.REVISE),
        )
    assert shown(qms, change).items[0].decision is None


def test_deciding_otherwise_takes_the_clearing_back(qms: QMS) -> None:
    document = one(qms)
    change = opened(qms)
    decide(qms, change, ItemDecision(document, ImpactDecision.NOT_APPLICABLE, "Xã không làm thủ tục này."))
    decide(qms, change, ItemDecision(document, ImpactDecision.REVISE))
    assert shown(qms, change).items[0].state is ItemState.DECIDED


def test_closing_names_what_is_left(qms: QMS) -> None:
    document = one(qms)
    change = opened(qms)
    with qms.work(qms.shell("thuky")) as work, pytest.raises(WorkLeft, match="QT-01"):
        clearing.close(work, change)
    with qms.work(qms.shell("chutich")) as work:
        clearing.clear(work, change, document, "Đã đối chiếu, không đổi.")
    with qms.work(qms.shell("thuky")) as work:
        clearing.close(work, change, "Xong.")
    assert shown(qms, change).line.closed_by == "Lê Thị Mẫu"
    with pytest.raises(ChangeClosed):
        decide(qms, change, ItemDecision(document, ImpactDecision.REVISE))


def test_a_revision_signed_after_the_change_answers_it_on_its_day(qms: QMS) -> None:
    document = one(qms)
    change = opened(qms)
    house.next_draft(qms, "QT-01", "Bước 1. Làm theo quy định mới.")
    assert shown(qms, change).items[0].state is ItemState.DRAFTED
    house.approve(qms, "QT-01")
    assert shown(qms, change).items[0].state is ItemState.APPROVED
    house.issue(qms, "QT-01", by=house.decision("200/QĐ-UBND", effective=date(2026, 12, 1)))
    assert shown(qms, change).items[0].state is ItemState.SCHEDULED
    (line,) = shown(qms, change, date(2026, 12, 1)).items
    assert (line.state, line.gap_days, line.late) == (ItemState.ANSWERED, 61, False)
    assert line.answer is not None
    assert line.answer.number == "200/QĐ-UBND"
    assert line.document == document


def test_a_new_revision_that_still_rests_on_what_ended_answers_nothing(qms: QMS) -> None:
    one(qms)
    change = opened(qms, REPLACES)
    house.next_draft(qms, "QT-01", "Bước 1. Vẫn theo văn bản cũ.")
    with qms.work(qms.shell("soan")) as work:
        submitting.submit(work, "QT-01", "Hồ sơ cũ còn dở.")
    with qms.work(qms.shell("chutich")) as work:
        deciding.approve(work, "QT-01")
    house.issue(qms, "QT-01", by=house.decision("200/QĐ-UBND"))
    (line,) = shown(qms, change).items
    assert (line.state, line.still_dead, line.done) == (ItemState.ANSWERED, True, False)


def test_ending_the_document_answers_the_change(qms: QMS) -> None:
    one(qms)
    change = opened(qms)
    house.retire(qms, "QT-01")
    (line,) = shown(qms, change).items
    assert (line.state, line.done) == (ItemState.ANSWERED, True)


@pytest.mark.parametrize("login", ["soan", "doc", "danhgia", "thanhtra", "quantri", "vanthu", "chutich"])
def test_only_the_officer_opens_and_closes(qms: QMS, login: str) -> None:
    law(qms, AMENDS)
    with qms.work(qms.shell(login)) as work, pytest.raises(Forbidden):
        changes.open_change(work, "300/2026/NĐ-CP")
    change = opened(qms)
    with qms.work(qms.shell(login)) as work, pytest.raises(Forbidden):
        clearing.close(work, change)
    with qms.work(qms.shell(login)) as work, pytest.raises(Forbidden):
        changes.refresh(work, change)


@pytest.mark.parametrize("login", ["soan", "doc", "danhgia", "thanhtra", "quantri", "vanthu", "phongkt"])
def test_only_officer_and_approver_of_the_unit_decide(qms: QMS, login: str) -> None:
    document = one(qms)
    change = opened(qms)
    with pytest.raises(Forbidden):
        decide(qms, change, ItemDecision(document, ImpactDecision.REVISE), by=login)
    with qms.work(qms.shell(login)) as work, pytest.raises(Forbidden):
        clearing.clear(work, change, document, "Không cần sửa.")


def test_what_could_not_be_examined_is_taken_up_by_eye(qms: QMS) -> None:
    one(qms)
    scan = house.draft(qms, "QT-09", "Bản quét")
    with qms.work(qms.shell("soan")) as work:
        current = drafting.draft(work, scan)
        drafting.save_text(work, scan, "# Bản quét\n\nKhông nêu căn cứ.\n", current.base_sha256, "")
    house.approve(qms, "QT-09")
    house.issue(qms, "QT-09", by=house.decision("160/QĐ-UBND"))
    change = opened(qms)
    assert [aside.document for aside in shown(qms, change).unexamined] == [scan]
    with qms.work(qms.shell("thuky")) as work, pytest.raises(ReasonNeeded):
        changes.take_up(work, change, [scan], " ")
    with qms.work(qms.shell("thuky")) as work:
        assert changes.take_up(work, change, [scan], "Bản in có nêu Nghị định 123/2015.") == 1
    page = shown(qms, change)
    assert page.unexamined == ()
    (line,) = [line for line in page.items if line.document == scan]
    assert (line.why, line.weak, line.deadline) == (None, False, DEADLINE)
    decide(qms, change, ItemDecision(scan, ImpactDecision.NO_CHANGE, "Đã xem bản giấy, không phải sửa."))

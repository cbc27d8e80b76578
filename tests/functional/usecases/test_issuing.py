"""Issuing: all or none, in the order of days, only what was approved; taken back only before its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from qms.bootstrap import QMS
from qms.errors import Forbidden, NotFound, QmsError, WrongUse
from qms.model.document import ContentChanged, DraftFile, WrongState
from qms.model.enums import IssuanceKind, ItemRole, SigningForm
from qms.model.issuance import (
    EffectiveBeforeSigned,
    IssuingDecision,
    NumberNeeded,
    NumberUsed,
    SignedInFuture,
)
from qms.model.lifecycle import AlreadyRetired, DayHasCome, OutOfOrder
from qms.usecases import acts, issuances, issuing, reading
from tests import house

YESTERDAY, TOMORROW = house.TODAY - timedelta(1), house.TODAY + timedelta(1)
LATER = date(2027, 2, 1)


def numbers(qms: QMS) -> list[str | None]:
    return [act.number for _, act in qms.stores.git.acts()]


def issue(acting, *codes: str, by=None) -> acts.Issued:
    with acting("vanthu") as work:
        return issuing.issue(work, codes, by or house.decision())


def approved_again(qms: QMS, body: str = "Bước 1. Làm khác đi.") -> None:
    house.next_draft(qms, "QT-01", body)
    house.approve(qms, "QT-01")


def test_one_decision_issues_all_its_documents_in_one_act(qms: QMS, acting) -> None:
    for code in ("QT-01", "QT-02", "QT-03"):
        house.draft(qms, code, f"Quy trình {code}")
        house.approve(qms, code)
    issued = issue(acting, "QT-01", "QT-02", "QT-03", "QT-01")
    ((commit, act),) = qms.stores.git.acts()
    assert commit == issued.commit
    assert [d.line.code for d in act.documents] == ["QT-01", "QT-02", "QT-03"]
    assert {d.role for d in act.documents} == {ItemRole.NEW}


def test_one_document_that_may_not_be_issued_holds_all_of_them_back(qms: QMS, acting) -> None:
    for code in ("QT-01", "QT-02"):
        house.draft(qms, code, f"Quy trình {code}")
    house.approve(qms, "QT-01")
    with pytest.raises(WrongState):
        issue(acting, "QT-01", "QT-02")
    assert numbers(qms) == []
    assert qms.publisher.pending() == []
    issue(acting, "QT-01")
    assert numbers(qms) == ["145/QĐ-UBND"]


def test_what_is_issued_names_who_drafted_reviewed_and_approved_exactly_this(qms: QMS, acting) -> None:
    house.issued(qms)
    ((_, act),) = qms.stores.git.acts()
    (document,) = act.documents
    assert (document.drafted_by.name, document.drafted_by.position) == (
        "Trần Văn Ví Dụ",
        "Công chức Tư pháp - Hộ tịch",
    )
    assert [(p.name, p.position) for p in document.approved_by] == [("Nguyễn Văn Mẫu", "Chủ tịch UBND xã")]
    assert document.reviewed_by == ()


def test_a_draft_whose_bytes_are_not_those_decided_on_is_not_issued(qms: QMS, acting) -> None:
    house.draft(qms)
    house.approve(qms, "QT-01")
    with qms.sessions() as session:
        session.execute(update(DraftFile).where(DraftFile.path == "content.md").values(data=b"# slipped in"))
        session.commit()
    with pytest.raises(ContentChanged):
        issue(acting, "QT-01")
    assert numbers(qms) == []


def test_a_later_revision_may_not_take_effect_before_an_earlier_one(qms: QMS, acting) -> None:
    house.issued(qms)
    approved_again(qms)
    with pytest.raises(OutOfOrder):
        issue(acting, "QT-01", by=house.decision("146/QĐ-UBND", signed=YESTERDAY))
    issue(acting, "QT-01", by=house.decision("146/QĐ-UBND"))
    with qms.reading(qms.shell()) as work:
        assert reading.page(work, "QT-01").shown.sequence == 2, "on the same day the later sequence holds"


def test_a_scheduled_revision_is_taken_back_before_it_is_overtaken(qms: QMS, acting) -> None:
    house.issued(qms)
    approved_again(qms)
    issue(acting, "QT-01", by=house.decision("146/QĐ-UBND", effective=LATER))
    approved_again(qms, "Bước 1. Việc gấp.")
    with pytest.raises(OutOfOrder):
        issue(acting, "QT-01", by=house.decision("147/QĐ-UBND"))
    with acting("vanthu") as work:
        issuing.withdraw(work, "QT-01", "Có việc gấp.")


@pytest.mark.parametrize(("today", "may"), [(TOMORROW, True), (LATER - timedelta(1), True), (LATER, False)])
def test_a_revision_is_taken_back_only_before_its_day(
    qms: QMS, clock, acting, today: date, may: bool
) -> None:
    house.issued(qms)
    approved_again(qms)
    issue(acting, "QT-01", by=house.decision("146/QĐ-UBND", effective=LATER))
    clock.move_to(today)
    with acting("vanthu") as work, pytest.raises(WrongUse):
        issuing.withdraw(work, "QT-01", " ")
    if may:
        with acting("vanthu") as work:
            issuing.withdraw(work, "QT-01", "Chờ hướng dẫn.")
    else:
        with acting("vanthu") as work, pytest.raises(DayHasCome):
            issuing.withdraw(work, "QT-01", "Chờ hướng dẫn.")
    with qms.reading(qms.shell()) as work:
        assert reading.page(work, "QT-01", on=LATER).shown.sequence == (1 if may else 2)
        assert [line.withdrawn for line in reading.history(work, "QT-01")[2]] == [may, False]


def test_a_withdrawn_sequence_is_not_given_again(qms: QMS, acting) -> None:
    house.issued(qms)
    approved_again(qms)
    issue(acting, "QT-01", by=house.decision("146/QĐ-UBND", effective=LATER))
    with acting("thuky") as work:
        issuing.withdraw(work, "QT-01", "Chờ hướng dẫn.")
    approved_again(qms, "Bước 1. Lần nữa.")
    assert issue(acting, "QT-01", by=house.decision("147/QĐ-UBND")).revisions[0][1] == 3


@pytest.mark.parametrize(
    ("decision", "refusal"),
    [
        (house.decision(number=None), NumberNeeded),
        (house.decision(number=""), NumberNeeded),
        (house.decision(signed=TOMORROW), SignedInFuture),
        (house.decision(effective=YESTERDAY), EffectiveBeforeSigned),
        (replace(house.decision(), scan=b"MZ not a scan", scan_name="a.pdf"), acts.BadScan),
        (replace(house.decision(), scan=b"%PDF-1.7", scan_name="a.exe"), acts.BadScan),
    ],
)
def test_an_impossible_paper_is_refused_and_changes_nothing(qms: QMS, acting, decision, refusal) -> None:
    house.draft(qms)
    house.approve(qms, "QT-01")
    with pytest.raises(refusal):
        issue(acting, "QT-01", by=decision)
    assert numbers(qms) == []
    assert qms.publisher.pending() == []


def test_a_number_is_given_once_a_year_but_one_paper_may_be_recorded_in_parts(
    qms: QMS, clock, acting
) -> None:
    house.issued(qms)
    clock.move_to(TOMORROW)
    approved_again(qms)
    with pytest.raises(NumberUsed):
        issue(acting, "QT-01", by=house.decision(signed=TOMORROW))
    issue(acting, "QT-01", by=house.decision(signed=house.TODAY))
    clock.move_to(LATER)
    approved_again(qms, "Bước 1. Năm sau.")
    issue(acting, "QT-01", by=house.decision(signed=LATER))
    assert numbers(qms) == ["145/QĐ-UBND"] * 3


def test_papers_signed_before_they_are_recorded_keep_both_days(qms: QMS, acting) -> None:
    signed = house.TODAY - timedelta(10)
    house.draft(qms)
    house.approve(qms, "QT-01")
    issue(acting, "QT-01", by=house.decision(signed=signed))
    with qms.reading(qms.shell()) as work:
        (line,) = reading.history(work, "QT-01")[2]
    assert (line.signed_on, line.effective_from) == (signed, signed)
    assert line.recorded_at.date() == house.TODAY


def test_the_scan_and_what_the_paper_says_are_kept_as_handed_in(qms: QMS, acting) -> None:
    house.draft(qms)
    house.approve(qms, "QT-01")
    paper = replace(
        house.decision(),
        signing_form=SigningForm.KT,
        transition="Hồ sơ cũ làm theo bản cũ.",
        transition_until=LATER,
        scan=b"%PDF-1.7 scan",
        scan_name="QĐ.PDF",
    )
    issued = issue(acting, "QT-01", by=paper)
    house.drain(qms)
    with qms.reading(qms.shell()) as work:
        page = issuances.page(work, issued.issuance_id)
        assert issuances.scan(work, issued.issuance_id).data == b"%PDF-1.7 scan"
    assert (page.signing_form, page.transition, page.transition_until) == (
        SigningForm.KT,
        "Hồ sơ cũ làm theo bản cũ.",
        LATER,
    )
    assert (page.line.kind, page.line.signer) == (IssuanceKind.ISSUE, "Chủ tịch UBND xã, Nguyễn Văn Mẫu")


def test_a_document_that_was_ended_is_not_issued_again(qms: QMS, acting) -> None:
    house.issued(qms)
    approved_again(qms)
    house.retire(qms, "QT-01")
    with pytest.raises(AlreadyRetired):
        issue(acting, "QT-01", by=house.decision("151/QĐ-UBND"))


@pytest.mark.parametrize("login", ["soan", "chutich", "doc", "danhgia", "thanhtra", "quantri", "phongkt"])
def test_only_the_officer_and_the_clerk_record_decisions(qms: QMS, acting, login: str) -> None:
    house.issued(qms)
    approved_again(qms)
    with acting(login) as work, pytest.raises(Forbidden):
        issuing.issue(work, ["QT-01"], house.decision("146/QĐ-UBND"))
    issue(acting, "QT-01", by=house.decision("146/QĐ-UBND", effective=LATER))
    with acting(login) as work, pytest.raises(Forbidden):
        issuing.withdraw(work, "QT-01", "Muốn thế.")


@pytest.mark.parametrize("act", ["issue", "withdraw"])
def test_an_unknown_code_is_not_found(qms: QMS, acting, act: str) -> None:
    with acting("vanthu") as work, pytest.raises(NotFound) as refusal:
        if act == "issue":
            issuing.issue(work, ["QT-99"], house.decision())
        else:
            issuing.withdraw(work, "QT-99", "Lý do.")
    assert isinstance(refusal.value, QmsError)
    assert "QT-99" in str(refusal.value)


def test_nothing_chosen_is_told(qms: QMS, acting) -> None:
    with pytest.raises(acts.NothingChosen):
        issue(acting)


def test_a_number_is_one_number_however_it_is_typed(qms: QMS) -> None:
    day = date(2026, 11, 20)
    with pytest.raises(NumberNeeded):
        IssuingDecision("   ", day, day).check(day)
    house.issued(qms, "QT-01", by=house.decision("145/QĐ-UBND", day))
    house.draft(qms, "QT-02", "Khác")
    house.approve(qms, "QT-02")
    for typed in ("145 /qđ-ubnd", " 145/QĐ-UBND "):
        with pytest.raises(NumberUsed):
            house.issue(qms, "QT-02", by=house.decision(typed, date(2026, 11, 21)))

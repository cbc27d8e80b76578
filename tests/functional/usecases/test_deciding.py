"""Deciding: of exact content, by somebody who had no hand in it, in their own unit."""

from __future__ import annotations

import pytest

from qms.bootstrap import QMS, build
from qms.config import Config
from qms.errors import Forbidden, NotFound
from qms.model.document import ContentChanged, OwnWork, WrongState
from qms.model.enums import DecisionKind, DocumentType, RevisionState, Via
from qms.model.permissions import ShellDecision
from qms.usecases import creating, deciding, drafting, lookups, people, submitting, tasks
from tests import house


def submitted(qms: QMS, code: str = "QT-01") -> str:
    house.draft(qms, code)
    with qms.work(qms.shell("soan")) as work:
        return submitting.submit(work, code)


def state(qms: QMS, code: str = "QT-01") -> RevisionState:
    with qms.reading(qms.shell()) as work:
        return lookups.need_open(work, lookups.document(work, code)).state


def draft_in_the_room(qms: QMS, login: str) -> str:
    with qms.work(qms.shell(login)) as work:
        new = creating.NewDocument(
            "KT-01", "Quy trình của phòng", DocumentType.PROCEDURE, unit="phong-kinh-te"
        )
        return creating.create(work, new, house.text("Quy trình của phòng"))


def test_nobody_approves_what_they_drafted(qms: QMS, acting) -> None:
    draft_in_the_room(qms, "phongkt")
    with acting("phongkt") as work:
        submitting.submit(work, "KT-01")
    for decide in (deciding.review, deciding.approve):
        with acting("phongkt") as work, pytest.raises(OwnWork):
            decide(work, "KT-01")
    assert state(qms, "KT-01") is RevisionState.IN_REVIEW
    with acting("chutich") as work:
        deciding.approve(work, "KT-01")
    assert state(qms, "KT-01") is RevisionState.APPROVED


def test_nobody_reviews_what_they_changed_a_word_in(qms: QMS, acting) -> None:
    document = house.draft(qms)
    with acting("thuky") as work:
        current = drafting.draft(work, document)
        drafting.save_text(work, document, house.text(body="Một chữ."), current.base_sha256, "")
    with acting("soan") as work:
        current = drafting.draft(work, document)
        drafting.save_text(work, document, house.text(body="Hai chữ."), current.base_sha256, "")
        submitting.submit(work, "QT-01")
    with acting("thuky") as work, pytest.raises(OwnWork):
        deciding.review(work, "QT-01")


def test_a_decision_is_of_exactly_the_content_that_was_looked_at(qms: QMS, acting) -> None:
    seen = submitted(qms)
    with qms.reading(qms.shell()) as work:
        document = lookups.document(work, "QT-01").id
    with acting("soan") as work:
        current = drafting.draft(work, document)
        drafting.save_text(work, document, house.text(body="Nội dung mới."), current.base_sha256, "")
        now = submitting.submit(work, "QT-01")
    assert now != seen
    for decide in (deciding.review, deciding.approve):
        with acting("chutich") as work, pytest.raises(ContentChanged):
            decide(work, "QT-01", seen)
    with acting("chutich") as work:
        deciding.approve(work, "QT-01", now, "Đồng ý.")
    with qms.reading(qms.shell()) as work:
        revision = lookups.need_open(work, lookups.document(work, "QT-01"))
        (decision,) = revision.standing(DecisionKind.APPROVAL)
        assert (decision.content_sha256, decision.person_name) == (now, "Nguyễn Văn Mẫu")


def test_what_is_not_in_review_cannot_be_decided(qms: QMS, acting) -> None:
    house.draft(qms)
    with acting("chutich") as work, pytest.raises(WrongState):
        deciding.approve(work, "QT-01")
    house.approve(qms, "QT-01")
    with acting("chutich") as work, pytest.raises(WrongState):
        deciding.approve(work, "QT-01")


@pytest.mark.parametrize(
    "login", ["quantri", "thuky", "vanthu", "doc", "danhgia", "thanhtra", "soan2", "phongkt"]
)
def test_only_an_approver_of_the_unit_approves(qms: QMS, acting, login: str) -> None:
    submitted(qms)
    with acting(login) as work, pytest.raises((Forbidden, NotFound)):
        deciding.approve(work, "QT-01")
    assert state(qms) is RevisionState.IN_REVIEW


def test_a_return_needs_a_reason_and_voids_what_was_decided(qms: QMS, acting) -> None:
    submitted(qms)
    with acting("thuky") as work:
        deciding.review(work, "QT-01")
    with acting("chutich") as work, pytest.raises(deciding.ReasonNeeded):
        deciding.send_back(work, "QT-01", "  ")
    with acting("chutich") as work:
        deciding.send_back(work, "QT-01", "Thiếu biểu mẫu.")
    assert state(qms) is RevisionState.RETURNED
    with acting("soan") as work:
        submitting.submit(work, "QT-01")
    with qms.reading(qms.shell("soan")) as work:
        revision = lookups.need_open(work, lookups.document(work, "QT-01"))
        assert revision.standing(DecisionKind.REVIEW) == []
        assert [d.comment for d in revision.decisions if not d.accepted] == ["Thiếu biểu mẫu."]
    with acting("chutich") as work:
        deciding.approve(work, "QT-01")
    house.issue(qms, "QT-01")
    ((_, act),) = qms.stores.git.acts()
    assert act.documents[0].reviewed_by == (), "who returned it is not on record as having agreed to it"


def test_the_shell_decides_only_where_the_agency_lets_it(qms: QMS, config: Config, clock) -> None:
    submitted(qms)
    closed = build(config.model_copy(update={"shell_decisions": False}), clock=clock)
    decisions = (
        deciding.review,
        deciding.approve,
        lambda work, code: deciding.send_back(work, code, "Thiếu biểu mẫu."),
    )
    for decide in decisions:
        with closed.work(closed.shell("chutich")) as work, pytest.raises(ShellDecision):
            decide(work, "QT-01")
    closed.close()
    assert state(qms) is RevisionState.IN_REVIEW


def test_the_tasks_show_what_waits_for_whom(qms: QMS, acting) -> None:
    submitted(qms)
    with acting("chutich") as work:
        (line,) = tasks.waiting(work).to_decide
    assert (line.code, line.own) == ("QT-01", False)
    with acting("soan") as work:
        found = tasks.waiting(work)
    assert (found.to_decide, [one.own for one in found.under_way]) == ((), [True])
    with acting("soan2") as work:
        assert tasks.waiting(work) == tasks.Tasks()
    with acting("doc") as work, pytest.raises(Forbidden):
        tasks.waiting(work)


def test_the_decision_page_shows_what_changed(qms: QMS, acting) -> None:
    document = house.issued(qms)
    house.next_draft(qms, "QT-01", "Bước 1. Hẹn giờ trước.")
    with acting("soan") as work:
        submitting.submit(work, "QT-01")
    with acting("chutich") as work:
        page = deciding.page(work, document)
    assert page.redline
    assert "<ins" in page.redline
    assert "Hẹn giờ trước" in page.html
    assert page.waiting.change_note == "Sửa theo quy định mới."


def test_a_decision_from_the_web_without_the_hash_it_is_of_is_refused(qms: QMS) -> None:
    house.draft(qms, "QT-01")
    with qms.work(qms.shell("soan")) as work:
        submitting.submit(work, "QT-01")
    with qms.reading(qms.shell()) as work:
        head = people.actor(work, Via.WEB, login="chutich")
    with pytest.raises(ContentChanged), qms.work(head) as work:
        deciding.approve(work, "QT-01", "")


def test_a_refusal_speaks_vietnamese_also_at_the_terminal(qms: QMS) -> None:
    house.draft(qms, "QT-01")
    with pytest.raises(WrongState) as refusal, qms.work(qms.shell("chutich")) as work:
        deciding.approve(work, "QT-01")
    assert str(refusal.value) == "QT-01: bản này đang ở bước «đang soạn», chưa thể xem xét, phê duyệt."

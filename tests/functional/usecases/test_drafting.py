"""Drafting: one open revision a document, edits against what was read, a base that may have moved."""

from __future__ import annotations

from datetime import date

import pytest

from qms.bootstrap import QMS
from qms.errors import Forbidden, NotFound
from qms.model.document import OpenAlready
from qms.model.enums import DecisionKind, DocumentType, RevisionState
from qms.model.lifecycle import AlreadyRetired
from qms.usecases import creating, deciding, drafting, issuing, lookups, rebuilding, submitting
from tests import house
from tests.papers import word_paper

LATER = date(2027, 2, 1)


def state(qms: QMS, code: str) -> RevisionState | None:
    with qms.reading(qms.shell()) as work:
        revision = lookups.open_revision(work, lookups.document(work, code).id)
        return revision.state if revision else None


def save(work, document_id: str, body: str, base: str | None = None) -> str:
    current = drafting.draft(work, document_id)
    return drafting.save_text(work, document_id, house.text(body=body), base or current.base_sha256, "Sửa.")


def test_a_document_has_one_open_revision(qms: QMS, acting) -> None:
    house.issued(qms)
    house.next_draft(qms, "QT-01", "Bản thứ hai.")
    with acting("soan2") as work, pytest.raises(OpenAlready):
        drafting.begin(work, "QT-01")


def test_the_tool_gives_no_code_twice_whatever_its_blanks_and_case(qms: QMS, acting) -> None:
    house.issued(qms, "QT 01/CX")
    with acting("soan") as work, pytest.raises(creating.CodeTaken):
        creating.create(work, creating.NewDocument("qt01/cx", "Khác", DocumentType.PROCEDURE), "# Khác")


def test_saving_over_somebody_elses_change_gives_both_texts_back(qms: QMS, acting) -> None:
    document = house.draft(qms)
    with acting("soan") as work:
        base = drafting.draft(work, document).base_sha256
    with acting("thuky") as work:
        save(work, document, "Bước của thư ký.")
    with acting("soan") as work, pytest.raises(drafting.EditConflict) as conflict:
        save(work, document, "Bước của người soạn.", base)
    assert "Bước của người soạn." in str(conflict.value.facts["mine"])
    assert "Bước của thư ký." in str(conflict.value.facts["theirs"])
    with acting("soan") as work:
        assert "Bước của thư ký." in drafting.draft(work, document).text, "nothing was overwritten"


def test_a_base_that_was_taken_back_is_told_with_both_texts_and_can_be_taken_in(qms: QMS, acting) -> None:
    house.issued(qms)
    house.next_draft(qms, "QT-01", "Bước theo lịch.")
    house.approve(qms, "QT-01")
    house.issue(qms, "QT-01", by=house.decision("146/QĐ-UBND", effective=LATER))
    document = house.next_draft(qms, "QT-01", "Bước sau đó.")
    with acting("vanthu") as work:
        issuing.withdraw(work, "QT-01", "Chờ hướng dẫn.")
    with acting("soan") as work, pytest.raises(submitting.StaleBase) as stale:
        submitting.submit(work, "QT-01")
    assert "Bước sau đó." in str(stale.value.facts["mine"])
    assert "Bước 1. Tiếp nhận hồ sơ." in str(stale.value.facts["theirs"])
    assert state(qms, "QT-01") is RevisionState.DRAFT
    with acting("soan") as work:
        submitting.rebase(work, document)
        submitting.submit(work, "QT-01")
    assert state(qms, "QT-01") is RevisionState.IN_REVIEW


@pytest.mark.parametrize("approved", [False, True], ids=["in_review", "approved"])
def test_any_change_of_content_voids_what_was_decided(qms: QMS, acting, approved: bool) -> None:
    document = house.draft(qms)
    with acting("soan") as work:
        submitting.submit(work, "QT-01")
    with acting("chutich") as work:
        (deciding.approve if approved else deciding.review)(work, "QT-01")
    with acting("soan") as work:
        save(work, document, "Bước 1. Một chữ khác.")
    assert state(qms, "QT-01") is RevisionState.DRAFT
    with acting("vanthu") as work, pytest.raises(Exception, match="QT-01"):
        issuing.issue(work, ["QT-01"], house.decision())
    with acting("soan") as work:
        submitting.submit(work, "QT-01")
    with qms.reading(qms.shell()) as work:
        revision = lookups.need_open(work, lookups.document(work, "QT-01"))
        assert [revision.standing(kind) for kind in DecisionKind] == [[], []]


def test_saving_the_same_text_again_after_approval_voids_too(qms: QMS, acting) -> None:
    document = house.draft(qms)
    house.approve(qms, "QT-01")
    with acting("soan") as work:
        save(work, document, "Bước 1. Tiếp nhận hồ sơ.")
    assert state(qms, "QT-01") is RevisionState.DRAFT


def test_a_master_keeps_its_format(qms: QMS, acting) -> None:
    document = house.draft(qms)
    with acting("soan") as work, pytest.raises(drafting.WrongMaster):
        drafting.upload(work, document, "a.docx", word_paper(), "", "")
    with acting("soan") as work:
        new = creating.NewDocument("QT-02", "Bản Word", DocumentType.PROCEDURE)
        word = creating.create_from_file(work, new, "b.docx", word_paper("QT-02", "Bản Word"))
    with acting("soan") as work, pytest.raises(drafting.WrongMaster):
        save(work, word, "chữ")


def test_a_word_master_goes_out_as_it_came_in(qms: QMS, acting) -> None:
    data = word_paper("QT-02", "Bản Word")
    with acting("soan") as work:
        new = creating.NewDocument("QT-02", "Bản Word", DocumentType.PROCEDURE)
        word = creating.create_from_file(work, new, "Bản Word.docx", data)
        assert drafting.draft_file(work, word) == ("Bản Word.docx", data)


def test_an_abandoned_draft_takes_no_sequence_and_frees_the_document(qms: QMS, acting) -> None:
    document = house.issued(qms)
    house.next_draft(qms, "QT-01", "Bản bỏ dở.")
    with acting("soan") as work:
        drafting.abandon(work, document)
    house.next_draft(qms, "QT-01", "Bản được giữ.")
    house.approve(qms, "QT-01")
    issued = house.issue(qms, "QT-01", by=house.decision("146/QĐ-UBND"))
    assert issued.revisions[0][1] == 2


def test_an_author_works_on_their_own_draft_only(qms: QMS, acting) -> None:
    document = house.draft(qms)
    for act in (
        lambda work: save(work, document, "Của người khác."),
        lambda work: submitting.submit(work, "QT-01"),
        lambda work: drafting.abandon(work, document),
        lambda work: submitting.rebase(work, document),
    ):
        with acting("soan2") as work, pytest.raises((Forbidden, NotFound)):
            act(work)
    assert state(qms, "QT-01") is RevisionState.DRAFT


def test_a_draft_of_another_does_not_exist_for_a_reader(qms: QMS, acting) -> None:
    document = house.draft(qms)
    with acting("doc") as work, pytest.raises(NotFound):
        drafting.draft(work, document)
    with acting("doc") as work, pytest.raises(NotFound):
        drafting.draft_file(work, document)


def only_issue_withdrawn(qms: QMS, acting) -> str:
    document = house.issued(qms, by=house.decision(effective=LATER))
    with acting("vanthu") as work:
        issuing.withdraw(work, "QT-01", "Chờ hướng dẫn.")
    return document


def test_a_document_whose_only_issue_was_taken_back_is_worked_on_again(qms: QMS, acting) -> None:
    document = only_issue_withdrawn(qms, acting)
    with acting("soan") as work:
        drafting.begin(work, "QT-01")
    with acting("soan") as work:
        assert "Bước 1. Tiếp nhận hồ sơ." in drafting.draft(work, document).text
        save(work, document, "Bước đã sửa theo hướng dẫn.")
    house.approve(qms, "QT-01")
    issued = house.issue(qms, "QT-01", by=house.decision("146/QĐ-UBND"))
    assert issued.revisions[0][1] == 2
    with qms.work(qms.shell()) as work:
        assert rebuilding.check(work) == []


def test_giving_up_a_draft_leaves_its_code_to_what_was_published_and_taken_back(qms: QMS, acting) -> None:
    document = only_issue_withdrawn(qms, acting)
    with acting("soan") as work:
        drafting.begin(work, "QT-01")
    with acting("soan") as work:
        drafting.abandon(work, document)
    with qms.work(qms.shell()) as work:
        assert lookups.document(work, document).code == "QT-01"
        assert rebuilding.check(work) == []
    house.next_draft(qms, "QT-01", "Làm lại lần nữa.")
    assert state(qms, "QT-01") is RevisionState.DRAFT


def test_a_document_whose_first_draft_was_given_up_leaves_its_code_to_another(qms: QMS, acting) -> None:
    given_up = house.draft(qms)
    with acting("soan") as work:
        drafting.abandon(work, given_up)
    for name in ("QT-01", given_up):
        with acting("soan") as work, pytest.raises(NotFound):
            drafting.begin(work, name)
    other = house.issued(qms)
    assert other != given_up
    with acting("soan") as work:
        assert drafting.begin(work, "QT-01") == other


def test_a_document_that_bears_its_code_but_has_no_text_begins_with_its_title(qms: QMS, acting) -> None:
    document = house.draft(qms)
    with acting("soan") as work:
        lookups.need_open(work, lookups.document(work, "QT-01")).state = RevisionState.WITHDRAWN
        work.commit()
    with acting("soan") as work:
        drafting.begin(work, "QT-01")
    with acting("soan") as work:
        assert drafting.draft(work, document).text.strip() == "# Đăng ký thử nghiệm"
        save(work, document, "Bước đầu tiên.")


def test_no_revision_is_begun_of_a_document_that_was_ended(qms: QMS, acting) -> None:
    house.issued(qms)
    house.retire(qms, "QT-01")
    with acting("soan") as work, pytest.raises(AlreadyRetired):
        drafting.begin(work, "QT-01")
    assert state(qms, "QT-01") is None

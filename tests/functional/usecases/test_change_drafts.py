"""Drafts of a change: opened in one act, the legal basis brought up to date, nothing half-written."""

from __future__ import annotations

import pytest

from qms.bootstrap import QMS
from qms.errors import Forbidden
from qms.model.basis import BasisEdit
from qms.model.enums import BasisAction
from qms.model.legal_change import ChangeClosed
from qms.usecases import change_drafts, changes, clearing, deciding, drafting, lookups, submitting
from qms.usecases.change_drafts import DraftOpened
from tests import house
from tests.functional.usecases.test_changes import AMENDS, REPLACES, one, opened, shown

NEW = "Nghị định số 300/2026/NĐ-CP"
OLD = "Nghị định số 123/2015/NĐ-CP"


def drafts(
    qms: QMS, change: str, *documents: str, edits: list[BasisEdit] | None = None, by: str = "thuky"
) -> list[DraftOpened]:
    with qms.work(qms.shell(by)) as work:
        return change_drafts.open_drafts(work, change, documents, edits)


def text_of(qms: QMS, document: str) -> drafting.DraftText:
    with qms.reading(qms.shell("thuky")) as work:
        return drafting.draft(work, document)


def has_open(qms: QMS, document: str) -> bool:
    with qms.reading(qms.shell()) as work:
        return lookups.open_revision(work, document) is not None


def test_what_amends_stands_behind_what_it_amends(qms: QMS) -> None:
    document = one(qms)
    (done,) = drafts(qms, opened(qms, AMENDS), document)
    assert (done.opened, done.label, done.left) == (True, "01.01", ())
    lines = [line for line in text_of(qms, document).text.splitlines() if "Nghị định" in line]
    assert [OLD in lines[0], NEW in lines[1], len(lines)] == [True, True, 2]
    note = "Cập nhật căn cứ pháp lý: 300/2026/NĐ-CP sửa đổi, bổ sung 123/2015/NĐ-CP, từ 01/10/2026."
    assert text_of(qms, document).change_note == note


def test_what_replaces_takes_the_line_of_what_it_replaces(qms: QMS) -> None:
    document = one(qms)
    drafts(qms, opened(qms, REPLACES), document)
    text = text_of(qms, document).text
    assert NEW in text
    assert OLD not in text
    with qms.work(qms.shell("thuky")) as work:
        assert submitting.submit(work, "QT-01"), "the dead basis is gone, so no reason is asked for"


def test_the_new_revision_answers_the_change(qms: QMS) -> None:
    document = one(qms)
    change = opened(qms, REPLACES)
    drafts(qms, change, document)
    with qms.work(qms.shell("thuky")) as work:
        (sent,) = submitting.submit_batch(work, change)
    with qms.work(qms.shell("chutich")) as work:
        deciding.approve_batch(work, [(document, sent.content_sha256)])
    house.issue(qms, "QT-01", by=house.decision("202/QĐ-UBND"))
    (line,) = shown(qms, change).items
    assert (line.done, line.still_dead) == (True, False)


def test_the_words_that_a_person_checked_are_the_ones_that_are_written(qms: QMS) -> None:
    document = one(qms)
    change = opened(qms)
    (suggested,) = shown(qms, change).edits
    assert suggested.cites == "123/2015/NĐ-CP"
    words = "Nghị định số 300/2026/NĐ-CP ngày 01/9/2026 của Chính phủ"
    drafts(qms, change, document, edits=[BasisEdit(suggested.cites, BasisAction.ADD_AFTER, words)])
    assert f"{words}" in text_of(qms, document).text


def test_an_open_revision_is_left_as_it_is_and_stops_no_other(qms: QMS) -> None:
    first = one(qms)
    second = house.draft(qms, "QT-02", "Đăng ký khác")
    house.approve(qms, "QT-02")
    house.issue(qms, "QT-02", by=house.decision("146/QĐ-UBND"))
    house.next_draft(qms, "QT-01", "Đang soạn dở.")
    change = opened(qms, REPLACES)
    before = text_of(qms, first)
    done = {line.document: line for line in drafts(qms, change, first, second)}
    assert "đang có một bản soạn dở" in done[first].refusal
    assert text_of(qms, first) == before
    assert done[second].opened


def test_the_draft_of_one_change_takes_the_next_in_as_well(qms: QMS, clock: house.FixedClock) -> None:
    document = one(qms)
    first = opened(qms, AMENDS)
    drafts(qms, first, document)
    clock.advance(hours=1)
    second = opened(qms, ("301/2026/NĐ-CP", "amends", "123/2015/NĐ-CP", "2026-10-15"))
    (done,) = drafts(qms, second, document)
    assert done.opened
    draft = text_of(qms, document)
    assert [number in draft.text for number in ("300/2026/NĐ-CP", "301/2026/NĐ-CP")] == [True, True]
    assert len(draft.change_note.splitlines()) == 2
    assert [shown(qms, change).items[0].state for change in (first, second)] == ["drafted", "drafted"]
    with qms.work(qms.shell("thuky")) as work:
        (sent,) = submitting.submit_batch(work, second)
    with qms.work(qms.shell("chutich")) as work:
        deciding.approve_batch(work, [(document, sent.content_sha256)])
    house.issue(qms, "QT-01", by=house.decision("209/QĐ-UBND"))
    assert [shown(qms, change).items[0].done for change in (first, second)] == [True, True]


def test_opening_twice_writes_nothing_twice(qms: QMS) -> None:
    document = one(qms)
    change = opened(qms)
    drafts(qms, change, document)
    before = text_of(qms, document)
    (again,) = drafts(qms, change, document)
    assert again.applied == ()
    assert text_of(qms, document) == before


def test_a_basis_that_cannot_be_edited_is_opened_for_the_hand_and_not_sent_as_it_is(qms: QMS) -> None:
    document = one(qms)
    change = opened(qms)
    (done,) = drafts(qms, change, document, edits=[BasisEdit("123/2015/NĐ-CP", BasisAction.REPLACE, "")])
    assert done.opened
    ((_edit, reason),) = done.left
    assert "Chưa có lời văn" in reason
    with qms.work(qms.shell("thuky")) as work:
        (sent,) = submitting.submit_batch(work, change)
    assert not sent.done


def test_a_document_outside_the_change_is_refused(qms: QMS) -> None:
    change = opened(qms)
    document = one(qms)
    (done,) = drafts(qms, change, document)
    assert "không nằm trong đợt rà soát" in done.refusal
    assert not has_open(qms, document)


def test_what_cites_nothing_of_it_is_opened_and_goes_nowhere_unchanged(qms: QMS) -> None:
    one(qms)
    scan = house.draft(qms, "QT-09", "Bản quét")
    with qms.work(qms.shell("soan")) as work:
        current = drafting.draft(work, scan)
        drafting.save_text(work, scan, "# Bản quét\n\nKhông nêu căn cứ.\n", current.base_sha256, "")
    house.approve(qms, "QT-09")
    house.issue(qms, "QT-09", by=house.decision("160/QĐ-UBND"))
    change = opened(qms)
    with qms.work(qms.shell("thuky")) as work:
        changes.take_up(work, change, [scan], "Bản in có nêu Nghị định 123/2015.")
    (done,) = drafts(qms, change, scan)
    assert (done.opened, done.applied) == (True, ())
    with qms.work(qms.shell("thuky")) as work:
        (sent,) = submitting.submit_batch(work, change)
    assert "chưa sửa gì" in sent.refusal


def test_a_closed_change_opens_no_drafts(qms: QMS) -> None:
    document = one(qms)
    change = opened(qms)
    with qms.work(qms.shell("thuky")) as work:
        clearing.clear(work, change, document, "Đã đối chiếu.")
    with qms.work(qms.shell("thuky")) as work:
        clearing.close(work, change)
    with pytest.raises(ChangeClosed):
        drafts(qms, change, document)


@pytest.mark.parametrize("login", ["doc", "vanthu", "chutich", "danhgia", "thanhtra", "quantri"])
def test_only_those_who_draft_open_drafts(qms: QMS, login: str) -> None:
    document = one(qms)
    change = opened(qms)
    with pytest.raises(Forbidden):
        drafts(qms, change, document, by=login)


def test_a_room_opens_no_drafts_of_another(qms: QMS) -> None:
    document = one(qms)
    (done,) = drafts(qms, opened(qms), document, by="phongkt")
    assert "không có quyền" in done.refusal

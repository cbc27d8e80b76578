"""Interim notices: seen at once where people read and search, over by the day and not by a job."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from qms.bootstrap import QMS
from qms.errors import Forbidden
from qms.model.legal_change import EmptyNotice, InterimNotice, NoticeEnded, NoticeEndsEarly
from qms.usecases import acts, noticing, reading, searching
from tests import house
from tests.functional.usecases.test_changes import AMENDS, one, opened

TEXT = "Từ 01/10/2026 áp dụng Nghị định số 300/2026/NĐ-CP."


def give(
    qms: QMS,
    *documents: str,
    text: str = TEXT,
    starts: date | None = None,
    ends: date | None = None,
    change: str | None = None,
    by: str = "thuky",
) -> None:
    with qms.work(qms.shell(by)) as work:
        noticing.give(work, documents, text, starts=starts, ends=ends, change_id=change)


def above(qms: QMS, document: str, on: date | None = None) -> list[str]:
    """Return the texts that stand above a document for a reader."""
    with qms.reading(qms.shell("doc")) as work:
        return [notice.text for notice in reading.page(work, document, on).notices]


def test_a_notice_stands_above_the_page_and_the_hit_at_once(qms: QMS) -> None:
    document = one(qms)
    give(qms, document, change=opened(qms))
    assert above(qms, document) == [TEXT]
    with qms.reading(qms.shell("doc")) as work:
        (hit,) = searching.search(work, "thử nghiệm").hits
    assert [(notice.text, notice.basis) for notice in hit.notices] == [(TEXT, AMENDS[0])]


def test_a_notice_holds_from_its_first_day_to_the_day_before_its_end(qms: QMS) -> None:
    document = one(qms)
    give(qms, document, starts=date(2026, 12, 1), ends=date(2026, 12, 31))
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 30), date(2026, 12, 31)]
    assert [bool(above(qms, document, day)) for day in days] == [False, True, True, False]


def test_the_revision_that_answers_the_change_ends_the_notice_on_its_day(qms: QMS) -> None:
    document = one(qms)
    give(qms, document, change=opened(qms))
    house.next_draft(qms, "QT-01", "Bước 1. Theo quy định mới.")
    house.approve(qms, "QT-01")
    house.issue(qms, "QT-01", by=house.decision("203/QĐ-UBND", effective=date(2026, 12, 5)))
    assert above(qms, document, date(2026, 12, 4)) == [TEXT]
    assert above(qms, document, date(2026, 12, 5)) == []


def test_a_revision_signed_before_the_law_began_ends_no_notice(qms: QMS, clock: house.FixedClock) -> None:
    clock.move_to(date(2026, 9, 1))
    document = one(qms)
    give(qms, document, change=opened(qms))
    clock.move_to(date(2026, 9, 15))
    house.next_draft(qms, "QT-01", "Sửa lỗi khác.")
    house.approve(qms, "QT-01")
    house.issue(qms, "QT-01", by=house.decision("204/QĐ-UBND", signed=date(2026, 9, 15)))
    assert above(qms, document, date(2026, 10, 1)) == [TEXT]


def test_without_a_change_the_next_revision_issued_after_it_ends_the_notice(
    qms: QMS, clock: house.FixedClock
) -> None:
    document = one(qms)
    give(qms, document)
    clock.advance(hours=1)
    house.next_draft(qms, "QT-01", "Bước 1. Theo quy định mới.")
    house.approve(qms, "QT-01")
    house.issue(qms, "QT-01", by=house.decision("205/QĐ-UBND", effective=date(2026, 12, 1)))
    assert [bool(above(qms, document, day)) for day in (house.TODAY, date(2026, 12, 1))] == [True, False]


def test_an_ended_document_shows_none(qms: QMS) -> None:
    document = one(qms)
    give(qms, document)
    house.retire(qms, "QT-01")
    assert above(qms, document) == []


def test_a_person_ends_a_notice_once(qms: QMS) -> None:
    document = one(qms)
    give(qms, document)
    with qms.reading(qms.shell("doc")) as work:
        (notice,) = reading.page(work, document).notices
    with qms.work(qms.shell("vanthu")) as work:
        noticing.end(work, notice.id)
    assert above(qms, document) == []
    with qms.work(qms.shell("thuky")) as work, pytest.raises(NoticeEnded):
        noticing.end(work, notice.id)


def test_a_notice_that_ran_out_is_not_drawn_out_by_ending_it_again(qms: QMS) -> None:
    document = one(qms)
    give(qms, document, starts=date(2026, 6, 1), ends=date(2026, 6, 15))
    with qms.work(qms.shell("vanthu")) as work:
        number = work.session.scalars(select(InterimNotice.id)).one()
        with pytest.raises(NoticeEnded):
            noticing.end(work, number)
    with qms.reading(qms.shell("doc")) as work:
        assert reading.page(work, document, date(2026, 6, 20)).notices == ()


def test_an_old_revision_bears_no_notice_of_today(qms: QMS) -> None:
    document = one(qms)
    house.next_draft(qms, "QT-01", "Bước 1. Lần hai.")
    house.approve(qms, "QT-01")
    house.issue(qms, "QT-01", by=house.decision("206/QĐ-UBND"))
    give(qms, document)
    with qms.reading(qms.shell("doc")) as work:
        assert reading.page(work, document, sequence=1).notices == ()
        assert reading.page(work, document, sequence=2).notices != ()


def test_a_notice_says_something_and_ends_after_it_begins(qms: QMS) -> None:
    document = one(qms)
    with pytest.raises(EmptyNotice):
        give(qms, document, text=" ")
    with pytest.raises(NoticeEndsEarly):
        give(qms, document, starts=date(2026, 12, 2), ends=date(2026, 12, 2))
    with pytest.raises(acts.NothingChosen):
        give(qms)


@pytest.mark.parametrize("login", ["soan", "doc", "chutich", "danhgia", "thanhtra", "quantri", "phongkt"])
def test_only_officer_and_clerk_give_notices(qms: QMS, login: str) -> None:
    document = one(qms)
    with pytest.raises(Forbidden):
        give(qms, document, by=login)

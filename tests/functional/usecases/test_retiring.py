"""Retiring: a decision ends what applied, from its day on; nothing is lost and nothing revived."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from qms.bootstrap import QMS
from qms.errors import Forbidden
from qms.model.enums import DayStatus, IssuanceKind
from qms.model.lifecycle import AlreadyRetired, NeverIssued, StillScheduled
from qms.usecases import reading, registering, retiring, searching
from tests import house

LATER = date(2027, 2, 1)


def retire(acting, *codes: str, by=None, reason: str = "Thủ tục đã bị bãi bỏ."):
    with acting("thuky") as work:
        return retiring.retire(work, codes, reason, by or house.decision("150/QĐ-UBND"))


def test_a_document_applies_until_the_day_on_which_it_ends(qms: QMS, acting) -> None:
    document = house.issued(qms)
    retire(acting, "QT-01", by=house.decision("150/QĐ-UBND", effective=LATER))
    with qms.reading(qms.shell()) as work:
        eve = reading.page(work, "QT-01", on=LATER - timedelta(1))
        assert eve.shown.status is DayStatus.EFFECTIVE
        assert eve.retired_on == LATER
        assert reading.page(work, "QT-01", on=LATER).shown is None
        assert [
            hit.document for hit in searching.search(work, "thử nghiệm", on=LATER - timedelta(1)).hits
        ] == [document]
        assert searching.search(work, "thử nghiệm", on=LATER).hits == ()
        assert [line.status for line in registering.register(work, on=LATER)] == [DayStatus.RETIRED]


def test_what_was_ended_stays_readable_with_its_reason(qms: QMS, acting) -> None:
    house.issued(qms)
    retire(acting, "QT-01")
    with qms.reading(qms.shell()) as work:
        page = reading.page(work, "QT-01", sequence=1)
    assert "Tiếp nhận hồ sơ" in page.html
    assert page.retired_by == "150/QĐ-UBND: Thủ tục đã bị bãi bỏ."


def test_one_decision_ends_all_its_documents_or_none(qms: QMS, acting) -> None:
    house.issued(qms)
    house.draft(qms, "QT-02", "Chưa ban hành")
    with pytest.raises(NeverIssued):
        retire(acting, "QT-01", "QT-02")
    assert [act.act for _, act in qms.stores.git.acts()] == [IssuanceKind.ISSUE.value]


def test_a_document_ends_once(qms: QMS, acting) -> None:
    house.issued(qms)
    retire(acting, "QT-01")
    with pytest.raises(AlreadyRetired):
        retire(acting, "QT-01", by=house.decision("151/QĐ-UBND"))


def test_a_revision_that_waits_for_its_day_is_taken_back_first(qms: QMS, acting) -> None:
    house.issued(qms)
    house.next_draft(qms, "QT-01", "Bước mới.")
    house.approve(qms, "QT-01")
    house.issue(qms, "QT-01", by=house.decision("146/QĐ-UBND", effective=LATER))
    with pytest.raises(StillScheduled):
        retire(acting, "QT-01")


def test_an_end_has_a_reason(qms: QMS, acting) -> None:
    house.issued(qms)
    with pytest.raises(retiring.RetireReasonNeeded):
        retire(acting, "QT-01", reason=" ")


@pytest.mark.parametrize("login", ["soan", "chutich", "doc", "danhgia", "thanhtra", "quantri", "phongkt"])
def test_only_the_officer_and_the_clerk_end_documents(qms: QMS, acting, login: str) -> None:
    house.issued(qms)
    with acting(login) as work, pytest.raises(Forbidden):
        retiring.retire(work, ["QT-01"], "Muốn thế.", house.decision("150/QĐ-UBND"))

"""What was issued and waits for its day is as much under the law as what applies."""

from __future__ import annotations

from datetime import date

from qms.bootstrap import QMS
from qms.usecases import impact
from tests import house

CHANGE = ("700/2026/NĐ-CP", "repeals", "87/2020/NĐ-CP", "2026-12-01")
CITES = "Theo Nghị định số 87/2020/NĐ-CP."


def reached(qms: QMS) -> list[tuple[str, str, str]]:
    with qms.reading(qms.shell()) as work:
        found = impact.impact(work, "700/2026/NĐ-CP")
    return [(line.document, line.revision, line.verdict.value) for line in found.affected]


def test_a_first_revision_that_waits_for_its_day_is_reached(qms: QMS) -> None:
    by = house.decision(effective=date(2026, 12, 10))
    document = house.issued(qms, body=CITES, by=by)
    house.law(qms, CHANGE)
    assert reached(qms) == [(document, "01.00", "dead")]


def test_a_coming_revision_is_reached_where_the_one_in_force_is_not(qms: QMS) -> None:
    document = house.issued(qms)
    house.next_draft(qms, "QT-01", CITES)
    house.approve(qms, "QT-01")
    house.issue(qms, "QT-01", by=house.decision("146/QĐ-UBND", effective=date(2026, 12, 10)))
    house.law(qms, CHANGE)
    ((found, label, verdict),) = reached(qms)
    assert (found, verdict) == (document, "dead")
    assert label != "01.00"


def test_a_document_is_told_once_by_the_revision_in_force_where_both_are_reached(qms: QMS) -> None:
    document = house.issued(qms, body=CITES)
    house.next_draft(qms, "QT-01", CITES + " Thêm một câu.")
    house.approve(qms, "QT-01")
    house.issue(qms, "QT-01", by=house.decision("146/QĐ-UBND", effective=date(2026, 12, 10)))
    house.law(qms, CHANGE)
    assert reached(qms) == [(document, "01.00", "dead")]

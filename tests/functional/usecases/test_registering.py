"""The register: page by page, narrowed as one likes, each document by the revision that stands for it on the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from qms.bootstrap import QMS
from qms.model.enums import DayStatus, DocumentType
from qms.usecases import registering
from qms.usecases.registering import RegisterPage, Wanted
from tests import house

COMING = house.TODAY + timedelta(30)
ALL = Wanted()


@pytest.fixture
def library(qms: QMS) -> QMS:
    """Return an instance with five procedures: one coming, one ended, one revised."""
    for number, title in enumerate(("khai sinh", "kết hôn", "khai tử", "giám hộ", "khai sinh lưu động"), 1):
        day = COMING if number == 4 else None
        paper = house.decision(f"{number}/QĐ-UBND", effective=day)
        house.issued(qms, f"QT-0{number}", f"Đăng ký {title}", by=paper)
    house.retire(qms, "QT-03", by=house.decision("8/QĐ-UBND"))
    house.next_draft(qms, "QT-02", "Bước hai.")
    house.approve(qms, "QT-02")
    house.issue(qms, "QT-02", by=house.decision("9/QĐ-UBND", effective=COMING))
    return qms


def ask(
    qms: QMS, wanted: Wanted = ALL, on: date | None = None, start: int = 0, limit: int = 25
) -> RegisterPage:
    with qms.reading(qms.shell()) as work:
        return registering.page(work, wanted, on, start, limit)


def codes(page: RegisterPage) -> list[str]:
    return [line.code for line in page.lines]


def test_pages_together_are_the_register(library: QMS) -> None:
    with library.reading(library.shell()) as work:
        whole = registering.register(work)
    pages = [ask(library, start=start, limit=2) for start in (0, 2, 4)]
    assert [line for page in pages for line in page.lines] == whole
    assert [page.total for page in pages] == [5, 5, 5]
    assert ask(library, start=6).lines == ()


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(text="khai sinh"), ["QT-01", "QT-05"]),
        (Wanted(text="KHAI  sinh lưu"), ["QT-05"]),
        (Wanted(text="qt-04"), ["QT-04"]),
        (Wanted(text="%"), ["QT-01", "QT-02", "QT-03", "QT-04", "QT-05"]),
        (Wanted(status=DayStatus.EFFECTIVE), ["QT-01", "QT-02", "QT-05"]),
        (Wanted(status=DayStatus.RETIRED), ["QT-03"]),
        (Wanted(status=DayStatus.SCHEDULED), ["QT-04"]),
        (Wanted(type=DocumentType.FORM), []),
        (Wanted(type=DocumentType.PROCEDURE, text="kết hôn"), ["QT-02"]),
        (Wanted(unit="phong-kinh-te"), []),
        (Wanted(field="ho-tich"), []),
    ],
)
def test_what_is_wanted_is_what_is_shown(library: QMS, wanted: Wanted, expected: list[str]) -> None:
    found = ask(library, wanted)
    assert (codes(found), found.total) == (expected, len(expected))


def test_a_status_is_that_of_the_day_asked_for(library: QMS) -> None:
    scheduled = Wanted(status=DayStatus.SCHEDULED)
    assert codes(ask(library, scheduled, on=COMING)) == []
    assert len(ask(library, scheduled, on=date(2020, 1, 1)).lines) == 5
    (line,) = ask(library, Wanted(text="QT-02"), on=COMING).lines
    assert (line.revision, line.status) == ("01.01", DayStatus.EFFECTIVE)
    (line,) = ask(library, Wanted(text="QT-02")).lines
    assert (line.revision, line.status, line.effective_until) == ("01.00", DayStatus.EFFECTIVE, COMING)


def test_a_draft_is_not_in_the_register(qms: QMS) -> None:
    house.draft(qms)
    assert ask(qms).total == 0

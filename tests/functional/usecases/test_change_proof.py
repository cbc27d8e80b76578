"""The proof table: on time or late, or why not, by whom; as files that open in an office program."""

from __future__ import annotations

import csv
import io
from datetime import date

import docx
import openpyxl
import pytest

from qms.bootstrap import QMS
from qms.model.enums import ImpactDecision, ProofOutcome
from qms.usecases import change_proof, exporting
from qms.usecases.change_proof import ProofLine
from qms.usecases.changes import ItemDecision
from tests import house
from tests.functional.usecases.test_change_batches import begun
from tests.functional.usecases.test_changes import AMENDS, STARTS, decide, one, opened


def table(qms: QMS, change: str, on: date | None = None) -> list[ProofLine]:
    with qms.reading(qms.shell("thanhtra")) as work:
        return change_proof.proof(work, change, on)


def cells(form: exporting.SheetFormat, data: bytes) -> list[list[str]]:
    if form is exporting.SheetFormat.CSV:
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    if form is exporting.SheetFormat.XLSX:
        sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        return [[str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    return [[cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(data)).tables[0].rows]


def renewed(qms: QMS, effective: date) -> None:
    house.next_draft(qms, "QT-01", "Bước 1. Theo quy định mới.")
    house.approve(qms, "QT-01")
    house.issue(qms, "QT-01", by=house.decision("207/QĐ-UBND", effective=effective))


def test_what_was_revised_in_time_names_its_decision(qms: QMS) -> None:
    one(qms)
    change = opened(qms)
    renewed(qms, date(2026, 12, 1))
    (line,) = table(qms, change, date(2026, 12, 2))
    assert (line.outcome, line.days_late, line.gap_days) == (ProofOutcome.ON_TIME, 0, 61)
    assert (line.updated, line.decision, line.signed) == (date(2026, 12, 1), "207/QĐ-UBND", house.TODAY)
    assert (line.starts, line.deadline) == (STARTS, date(2027, 1, 1))


def test_what_was_revised_too_late_says_by_how_many_days(qms: QMS) -> None:
    one(qms)
    change = opened(qms)
    renewed(qms, date(2027, 1, 11))
    (line,) = table(qms, change, date(2027, 2, 1))
    assert (line.outcome, line.days_late) == (ProofOutcome.LATE, 10)


@pytest.mark.parametrize(
    ("on", "outcome", "days"),
    [(date(2027, 1, 1), ProofOutcome.PENDING, 0), (date(2027, 1, 4), ProofOutcome.OVERDUE, 3)],
)
def test_what_is_not_done_is_pending_and_then_overdue(
    qms: QMS, on: date, outcome: ProofOutcome, days: int
) -> None:
    one(qms)
    (line,) = table(qms, opened(qms), on)
    assert (line.outcome, line.days_late, line.updated) == (outcome, days, None)


@pytest.mark.parametrize(
    ("decision", "outcome"),
    [
        (ImpactDecision.NO_CHANGE, ProofOutcome.NOT_NEEDED),
        (ImpactDecision.NOT_APPLICABLE, ProofOutcome.NOT_APPLICABLE),
    ],
)
def test_what_needs_nothing_says_why_and_by_whom(
    qms: QMS, decision: ImpactDecision, outcome: ProofOutcome
) -> None:
    document = one(qms)
    change = opened(qms)
    decide(qms, change, ItemDecision(document, decision, "Điều khoản này không dùng."), by="chutich")
    (line,) = table(qms, change, date(2027, 6, 1))
    assert (line.outcome, line.reason, line.person) == (
        outcome,
        "Điều khoản này không dùng.",
        "Nguyễn Văn Mẫu",
    )


def test_the_table_of_a_year_holds_the_changes_that_start_in_it(qms: QMS) -> None:
    change, documents = begun(qms)
    with qms.reading(qms.shell("danhgia")) as work:
        assert change_proof.proof_of_year(work, 2026) == change_proof.proof(work, change)
        assert change_proof.proof_of_year(work, 2027) == []
    assert {line.document for line in table(qms, change)} == set(documents)


@pytest.mark.parametrize("form", list(exporting.SheetFormat))
def test_the_table_opens_in_an_office_program(qms: QMS, form: exporting.SheetFormat) -> None:
    one(qms)
    lines = table(qms, opened(qms))
    data = exporting.proof(lines, form, {"pending": "đang làm"})
    first = next(row for row in cells(form, data) if AMENDS[0] in row)
    assert [value for value in first if value in ("QT-01", "đang làm")] == ["QT-01", "đang làm"]

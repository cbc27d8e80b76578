"""The proof table (bảng theo dõi cập nhật VBQPPL): what a change asked of each document, and when it was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import extract, func, select
from sqlalchemy.orm import selectinload

from qms.model.enums import ImpactDecision, ProofOutcome
from qms.model.legal_change import LegalChange
from qms.model.permissions import Act
from qms.usecases import change_items, change_lines
from qms.usecases.change_lines import ItemLine
from qms.usecases.ports import Work


@dataclass(frozen=True)
class ProofLine:
    """One document of one change: proof for an inspection (Circular 26/2014/TT-BKHCN art. 36.2d)."""

    instrument: str
    instrument_title: str
    starts: date | None
    deadline: date | None
    document: str
    code: str
    title: str
    updated: date | None
    decision: str
    signed: date | None
    outcome: ProofOutcome
    days_late: int
    gap_days: int
    reason: str
    person: str


def proof(work: Work, change_id: str, on: date | None = None) -> list[ProofLine]:
    """Return the proof table of one change on a day."""
    work.allow(Act.READ_CHANGES)
    return list(_lines(work, change_items.change(work, change_id), on or work.today))


def proof_of_year(work: Work, year: int, on: date | None = None) -> list[ProofLine]:
    """Return the proof table of every change that starts in a year, in order of that day."""
    work.allow(Act.READ_CHANGES)
    rows = work.session.scalars(
        select(LegalChange)
        # a change whose first day nobody knows belongs to the year in which it was taken up
        .where(extract("year", func.coalesce(LegalChange.starts, LegalChange.opened_at)) == year)
        .options(selectinload(LegalChange.items))
        .order_by(LegalChange.starts, LegalChange.instrument_key, LegalChange.opened_at)
    ).all()
    return [line for row in rows for line in _lines(work, row, on or work.today)]


def _lines(work: Work, change: LegalChange, day: date) -> Iterator[ProofLine]:
    found = [line for line in change_lines.lines(work, change, day) if not line.weak]
    for line in sorted(found, key=lambda line: (line.code, line.document)):
        answer = line.answer if line.answer and line.answer.holds(day) else None
        late = answer.day if answer else day
        yield ProofLine(
            instrument=change.instrument_key,
            instrument_title=change.title,
            starts=line.starts,
            deadline=line.deadline,
            document=line.document,
            code=line.code,
            title=line.title,
            updated=answer.day if answer else None,
            decision=answer.number if answer else "",
            signed=answer.signed if answer else None,
            outcome=_outcome(line, answered=answer is not None),
            days_late=(late - line.deadline).days if line.late and line.deadline else 0,
            gap_days=line.gap_days,
            reason=line.clearing_note or line.reason,
            person=line.cleared_by or line.decided_by,
        )


def _outcome(line: ItemLine, *, answered: bool) -> ProofOutcome:
    if answered and not line.still_dead:
        return ProofOutcome.LATE if line.late else ProofOutcome.ON_TIME
    if line.cleared_at is not None:
        not_ours = line.decision is ImpactDecision.NOT_APPLICABLE
        return ProofOutcome.NOT_APPLICABLE if not_ours else ProofOutcome.NOT_NEEDED
    return ProofOutcome.OVERDUE if line.late else ProofOutcome.PENDING

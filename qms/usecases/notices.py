"""Interim notices as they stand above a document on a day. No acts here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from qms.model.document import Document, Revision
from qms.model.enums import RevisionState
from qms.model.issuance import Issuance
from qms.model.legal_change import ChangeItem, InterimNotice
from qms.usecases.ports import Work


@dataclass(frozen=True)
class NoticeLine:
    """One interim notice as it is shown; ``ends`` is the first day on which it no longer stands."""

    id: int
    document: str
    text: str
    basis: str
    starts: date
    ends: date | None
    given_by: str
    given_at: datetime
    change_id: str | None

    def stands_on(self, day: date) -> bool:
        """Tell whether it is shown on ``day``."""
        return self.starts <= day and (self.ends is None or day < self.ends)


def shown(work: Work, document_ids: Collection[str], day: date) -> dict[str, tuple[NoticeLine, ...]]:
    """Return the notices that stand above each document on ``day``; documents without one are not in it.

    A notice ends by its own last day, when a person ends it, or from the effective day of the first revision issued
    after it that takes up what it speaks of, or of the document's retirement. Nothing runs at midnight.
    """
    found: dict[str, tuple[NoticeLine, ...]] = {}
    for line in of(work, document_ids, until=day):
        if line.stands_on(day):
            found[line.document] = (*found.get(line.document, ()), line)
    return found


def above(work: Work, document_id: str, day: date) -> tuple[NoticeLine, ...]:
    """Return the notices that stand above one document on ``day``."""
    return shown(work, [document_id], day).get(document_id, ())


def of(
    work: Work, document_ids: Collection[str], until: date | None = None, change_id: str | None = None
) -> list[NoticeLine]:
    """Return the notices of documents, oldest first: those begun by ``until``, those of one change."""
    query = select(InterimNotice).where(InterimNotice.document_id.in_(document_ids))
    if until is not None:
        query = query.where(InterimNotice.starts <= until)
    if change_id is not None:
        query = query.where(InterimNotice.change_id == change_id)
    rows = work.session.scalars(query.order_by(InterimNotice.starts, InterimNotice.id)).all()
    if not rows:
        return []
    taken_up = _taken_up(work, rows)
    return [_line(row, taken_up.get(row.id)) for row in rows]


def _line(row: InterimNotice, taken_up: date | None) -> NoticeLine:
    ends = [day for day in (row.ends, taken_up) if day is not None]
    return NoticeLine(
        id=row.id,
        document=row.document_id,
        text=row.text,
        basis=row.basis,
        starts=row.starts,
        ends=min(ends, default=None),
        given_by=row.given_by,
        given_at=row.given_at,
        change_id=row.change_id,
    )


def _taken_up(work: Work, rows: Sequence[InterimNotice]) -> dict[int, date]:
    """Return from which day each notice is overtaken by a revision issued after it, or by a retirement."""
    ids = {row.document_id for row in rows}
    changes = {row.change_id for row in rows if row.change_id}
    items = {
        (item.change_id, item.document_id): item
        for item in work.session.scalars(
            select(ChangeItem).where(ChangeItem.change_id.in_(changes), ChangeItem.document_id.in_(ids))
        )
    }
    issued = work.session.execute(
        select(Revision, Issuance.recorded_at)
        .join(Issuance, Issuance.id == Revision.issuance_id)
        .where(Revision.document_id.in_(ids), Revision.state == RevisionState.ISSUED)
    ).all()
    retired = dict(
        work.session.execute(
            select(Document.id, Document.retired_on).where(
                Document.id.in_(ids), Document.retired_on.is_not(None)
            )
        ).all()
    )
    found: dict[int, date] = {}
    for row in rows:
        item = items.get((row.change_id or "", row.document_id))
        days = [
            revision.effective_from
            for revision, recorded in issued
            if revision.document_id == row.document_id and row.overtaken_by(revision, recorded, item)
        ]
        days += [retired[row.document_id]] if row.document_id in retired else []
        if days:
            found[row.id] = min(day for day in days if day is not None)
    return found

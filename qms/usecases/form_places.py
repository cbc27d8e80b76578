"""How issued forms stand on a day: since when, until when, by which decision, what replaced them and what differs.

No acts here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from qms.formats.form_words import Change, alike, changes
from qms.model.document import Document, Revision
from qms.model.enums import DayStatus, DocumentType
from qms.model.ids import fold
from qms.model.issuance import Issuance, IssuanceItem
from qms.model.lifecycle import standing
from qms.usecases import form_texts
from qms.usecases.form_texts import Blank
from qms.usecases.ports import Work

COUNTERPART = 0.4
"""How alike a form of the revision in force must be to be taken for the one that replaced it."""


@dataclass(frozen=True)
class Successor:
    """What stands in a form's place on the day: the revision in force, and what differs in its fixed words.

    ``form`` is empty where the revision in force has no such form any more.
    """

    sequence: int
    label: str
    since: date
    issued_by: str
    form: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class FormPlace:
    """One issued revision in which a form stands: itself, or the procedure whose file it is in."""

    document: str
    code: str
    title: str
    type: DocumentType
    form: str
    form_code: str
    sequence: int
    label: str
    status: DayStatus
    since: date
    until: date | None
    ended_by: str
    successor: Successor | None = None


@dataclass(frozen=True)
class Shelf:
    """What is known of some documents on a day: their issued revisions and how each stands."""

    day: date
    revisions: Mapping[int, Revision]
    statuses: Mapping[int, tuple[DayStatus, date | None]]
    issuances: Mapping[str, str]
    retired_by: Mapping[str, str]
    in_force: Mapping[str, Revision]


def shelf(work: Work, documents: Collection[str], day: date) -> Shelf:
    """Read how the issued revisions of documents stand on a day."""
    told = standing(day, documents)
    rows = work.session.execute(
        select(Revision, told.c.status, told.c.effective_until)
        .join(told, told.c.id == Revision.id)
        .options(joinedload(Revision.document).selectinload(Document.codes))
        .order_by(Revision.document_id, Revision.sequence)
    ).all()
    numbers = dict(
        work.session.execute(
            select(Issuance.id, Issuance.number).where(Issuance.id.in_({row[0].issuance_id for row in rows}))
        ).all()
    )
    return Shelf(
        day,
        {row[0].id: row[0] for row in rows},
        {row[0].id: (DayStatus(row[1]), row[2]) for row in rows},
        {issuance: number or "" for issuance, number in numbers.items()},
        _retired_by(work, documents),
        {row[0].document_id: row[0] for row in rows if row[1] == DayStatus.EFFECTIVE.value},
    )


def place(work: Work, known: Shelf, revision: Revision, blank: Blank | None) -> FormPlace:
    """Return how one form of a revision stands; without ``blank`` it is the revision's whole file that is meant."""
    status, until = known.statuses[revision.id]
    document = revision.document
    return FormPlace(
        document=document.id,
        code=revision.code or document.code,
        title=revision.title,
        type=document.type,
        form=blank.row.title if blank else revision.title,
        form_code=blank.row.code if blank else revision.code,
        sequence=revision.sequence or 0,
        label=revision.label,
        status=status,
        since=revision.effective_from or known.day,
        until=until,
        ended_by=_ended_by(known, revision, status),
        successor=_successor(work, known, revision, blank, status),
    )


def _ended_by(known: Shelf, revision: Revision, status: DayStatus) -> str:
    if status is DayStatus.RETIRED:
        return known.retired_by.get(revision.document_id, "")
    after = _next(known, revision)
    return known.issuances.get(after.issuance_id or "", "") if after else ""


def _next(known: Shelf, revision: Revision) -> Revision | None:
    later = [
        one
        for one in known.revisions.values()
        if one.document_id == revision.document_id and (one.sequence or 0) > (revision.sequence or 0)
    ]
    return min(later, key=lambda one: one.sequence or 0, default=None)


def _successor(
    work: Work, known: Shelf, revision: Revision, blank: Blank | None, status: DayStatus
) -> Successor | None:
    after = known.in_force.get(revision.document_id)
    if status not in (DayStatus.SUPERSEDED, DayStatus.TRANSITION) or after is None:
        return None
    mine = blank or next(iter(_whole(work, revision)), None)
    other = counterpart(mine, form_texts.of_revisions(work, [after.id])) if mine else None
    return Successor(
        sequence=after.sequence or 0,
        label=after.label,
        since=after.effective_from or known.day,
        issued_by=known.issuances.get(after.issuance_id or "", ""),
        form=other.row.title if other else "",
        changes=changes(mine.words, other.words) if mine and other else (),
    )


def counterpart(blank: Blank, others: Sequence[Blank]) -> Blank | None:
    """Return the form among ``others`` that stands for this one: of the same title, else the most alike."""
    same = [other for other in others if fold(other.row.title) == fold(blank.row.title)]
    best = max(same or others, key=lambda other: alike(blank.words, other.words), default=None)
    if best is None or (not same and alike(blank.words, best.words) < COUNTERPART):
        return None
    return best


def _whole(work: Work, revision: Revision) -> list[Blank]:
    return [one for one in form_texts.of_revisions(work, [revision.id]) if one.row.place == 0]


def _retired_by(work: Work, documents: Collection[str]) -> dict[str, str]:
    rows = work.session.execute(
        select(IssuanceItem.document_id, Issuance.number)
        .join(Issuance, Issuance.id == IssuanceItem.issuance_id)
        .where(IssuanceItem.document_id.in_(documents), Issuance.kind == "retire")
    )
    return {document: number or "" for document, number in rows}

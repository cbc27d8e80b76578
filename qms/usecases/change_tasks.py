"""What legal changes ask of a person: the documents given to a position that the person holds. No acts here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from qms.model.enums import ImpactDecision, ItemState
from qms.model.legal_change import CLEARING, DONE, ChangeItem, LegalChange
from qms.model.organisation import Assignment
from qms.usecases import change_items
from qms.usecases.ports import Work


@dataclass(frozen=True)
class LegalTask:
    """One document of a change that a position has to bring up to date by a day."""

    change_id: str
    instrument: str
    document_id: str
    code: str
    title: str
    decision: ImpactDecision
    state: ItemState
    due: date | None
    overdue: bool


def owned(work: Work) -> tuple[LegalTask, ...]:
    """Return what was given to the positions that this person holds today and is not done, nearest day first."""
    if work.actor.person_id is None:
        return ()
    held = [
        row.position_id
        for row in work.session.scalars(
            select(Assignment).where(Assignment.person_id == work.actor.person_id)
        )
        if row.holds_on(work.today)
    ]
    rows = work.session.execute(
        select(LegalChange, ChangeItem)
        .join(ChangeItem, ChangeItem.change_id == LegalChange.id)
        .where(
            LegalChange.closed_at.is_(None),
            ChangeItem.owner_position_id.in_(held),
            ChangeItem.decision.is_not(None),
            ChangeItem.decision.not_in(CLEARING),
            ChangeItem.cleared_at.is_(None),
        )
        .options(selectinload(LegalChange.items))
        .order_by(LegalChange.id, ChangeItem.id)
    ).all()
    found: list[LegalTask] = []
    for change, group in groupby(rows, key=lambda row: row[0]):
        found += _of_change(work, change, [item for _, item in group])
    return tuple(sorted(found, key=lambda task: (task.due or date.max, task.code)))


def _of_change(work: Work, change: LegalChange, items: list[ChangeItem]) -> list[LegalTask]:
    documents = change_items.documents(work, {item.document_id for item in items})
    answers, drafts = change_items.answers(work, items), change_items.drafts(work, change)
    found = []
    for item in items:
        document, draft = documents[item.document_id], drafts.get(item.document_id)
        state = item.state_on(work.today, answers.get(document.id), draft.state if draft else None)
        due = item.due or item.deadline
        if item.decision is not None and state not in (*DONE, ItemState.SCHEDULED):
            found.append(
                LegalTask(
                    change_id=change.id,
                    instrument=change.instrument_key,
                    document_id=document.id,
                    code=document.code,
                    title=document.title,
                    decision=item.decision,
                    state=state,
                    due=due,
                    overdue=due is not None and work.today > due,
                )
            )
    return found

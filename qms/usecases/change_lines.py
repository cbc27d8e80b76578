"""How each document of a legal change stands on a day: decided, drafted, answered, late. No acts here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from qms.model.document import Document, Revision
from qms.model.enums import ImpactDecision, ImpactReason, ItemState, RevisionState, Verdict
from qms.model.legal_change import DONE, Answer, ChangeItem, LegalChange, submit_by
from qms.model.organisation import Position
from qms.model.permissions import Act, allowed
from qms.usecases import change_items, lookups, notices, reach
from qms.usecases.notices import NoticeLine
from qms.usecases.ports import Work


@dataclass(frozen=True)
class DraftLine:
    """The open revision that takes a change up; ``content_sha256`` is empty for those who may not read drafts."""

    label: str
    state: RevisionState
    content_sha256: str
    own: bool


@dataclass(frozen=True)
class ItemLine:
    """One document of a change on a day.

    ``still_dead`` says that the revision in force goes on citing what has ended; ``gap_days`` counts calendar days.
    """

    document: str
    code: str
    title: str
    unit: str
    revision: str
    why: ImpactReason | None
    weak: bool
    verdict: Verdict | None
    path: tuple[str, ...]
    citations: tuple[str, ...]
    notes: tuple[str, ...]
    starts: date | None
    deadline: date | None
    submit_by: date | None
    decision: ImpactDecision | None
    reason: str
    owner_key: str
    owner: str
    due: date | None
    decided_by: str
    decided_at: datetime | None
    state: ItemState
    draft: DraftLine | None
    answer: Answer | None
    still_dead: bool
    overdue: bool
    late: bool
    gap_days: int
    cleared_by: str
    cleared_at: datetime | None
    clearing_note: str
    notices: tuple[NoticeLine, ...]
    may_decide: bool

    @property
    def done(self) -> bool:
        """Tell whether nothing is left to do for this document."""
        return self.state is ItemState.CLEARED or (self.state in DONE and not self.still_dead)


@dataclass(frozen=True)
class _Facts:
    """What is loaded once for all documents of a change."""

    day: date
    documents: Mapping[str, Document]
    answers: Mapping[str, Answer]
    drafts: Mapping[str, Revision]
    dead: frozenset[str]
    owners: Mapping[int, Position]
    notices: Mapping[str, tuple[NoticeLine, ...]]


def lines(work: Work, change: LegalChange, day: date) -> tuple[ItemLine, ...]:
    """Return every document of a change as it stands on ``day``, those with work left first, then by code."""
    items = change.items
    ids = [item.document_id for item in items]
    given: dict[str, tuple[NoticeLine, ...]] = {}
    for notice in notices.of(work, ids, change_id=change.id):
        given[notice.document] = (*given.get(notice.document, ()), notice)
    answers = change_items.answers(work, items)
    facts = _Facts(
        day=day,
        documents=change_items.documents(work, ids),
        answers=answers,
        drafts=change_items.open_revisions(work, change),
        dead=_still_dead(work, change, answers, day),
        owners={row.id: row for row in work.session.scalars(select(Position))},
        notices=given,
    )
    found = [_line(work, item, facts) for item in items]
    return tuple(sorted(found, key=lambda line: (line.done, line.verdict is not Verdict.DEAD, line.code)))


def _still_dead(work: Work, change: LegalChange, answers: Mapping[str, Answer], day: date) -> frozenset[str]:
    """The documents whose new revision still rests on what has ended: a new date alone answers nothing."""
    if change.closed_at is not None or not any(answer.holds(day) for answer in answers.values()):
        return frozenset()
    found = reach.reach(work, change.instrument_key, day, change.instrument_issuer)
    return frozenset(
        line.document
        for line in found.affected
        if line.verdict is Verdict.DEAD and line.why is ImpactReason.DIRECT
    )


def _line(work: Work, item: ChangeItem, facts: _Facts) -> ItemLine:
    document = facts.documents[item.document_id]
    answer, draft = facts.answers.get(document.id), facts.drafts.get(document.id)
    owner = facts.owners.get(item.owner_position_id or document.owner_position_id or 0)
    state = item.state_on(facts.day, answer, draft.state if draft else None)
    still_dead = state is ItemState.ANSWERED and document.id in facts.dead
    done = state in DONE and not still_dead
    until = item.due or item.deadline
    revision = item.found.get("revision")
    return ItemLine(
        document=document.id,
        code=document.code,
        title=document.title,
        unit=document.unit.name,
        revision=str(revision or ""),
        why=item.why,
        weak=item.weak,
        verdict=item.verdict,
        path=change_items.texts(item, "path"),
        citations=change_items.texts(item, "citations"),
        notes=change_items.texts(item, "notes"),
        starts=item.starts,
        deadline=item.deadline,
        submit_by=submit_by(item.deadline, work.route_days),
        decision=item.decision,
        reason=item.reason,
        owner_key=owner.key if owner else "",
        owner=owner.name if owner else "",
        due=item.due,
        decided_by=item.decided_by,
        decided_at=item.decided_at,
        state=state,
        draft=_draft(work, document, draft) if draft else None,
        answer=answer,
        still_dead=still_dead,
        overdue=not done and until is not None and facts.day > until,
        late=item.late(facts.day, answer),
        gap_days=item.gap_days(facts.day, answer),
        cleared_by=item.cleared_by,
        cleared_at=item.cleared_at,
        clearing_note=item.clearing_note,
        notices=facts.notices.get(document.id, ()),
        may_decide=allowed(work.actor, Act.DECIDE_IMPACT, lookups.subject_of(document)),
    )


def _draft(work: Work, document: Document, draft: Revision) -> DraftLine:
    may_read = allowed(work.actor, Act.READ_DRAFT, lookups.subject_of(document))
    return DraftLine(
        label=draft.label,
        state=draft.state,
        content_sha256=(draft.content_sha256 or "") if may_read else "",
        own=work.actor.person_id is not None and work.actor.person_id in draft.hands,
    )


def left(found: Sequence[ItemLine]) -> tuple[ItemLine, ...]:
    """Return what still holds up the closing of a change: weak finds do not."""
    return tuple(line for line in found if not line.done and not line.weak)

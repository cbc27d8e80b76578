"""A legal change and its documents as they are kept: found, taken up, cleared. No acts here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import joinedload, selectinload

from qms.errors import NotFound
from qms.model.document import OPEN_STATES, Document, Revision
from qms.model.enums import RevisionState
from qms.model.issuance import Issuance, IssuanceItem
from qms.model.law import Clearance, Relation
from qms.model.legal_change import Answer, ChangeItem, LegalChange, NotInChange, earliest
from qms.model.legal_status import CHANGING, ENDING
from qms.model.lifecycle import in_force, revision_period
from qms.usecases.ports import Work
from qms.usecases.reach import Affected


def change(work: Work, change_id: str) -> LegalChange:
    """Return a legal change with its items; raises ``NotFound``."""
    found = work.session.get(LegalChange, change_id, options=[selectinload(LegalChange.items)])
    if found is None:
        raise NotFound(what="đợt rà soát này")
    return found


def relations(work: Work, change: LegalChange) -> Sequence[Relation]:
    """Return what the instrument of a change bears on, and what ended it, by day."""
    key, issuer = change.instrument_key, change.instrument_issuer
    rows = work.session.scalars(
        select(Relation)
        .where(
            Relation.kind.in_(CHANGING),
            or_(Relation.source_key == key, and_(Relation.target_key == key, Relation.kind.in_(ENDING))),
        )
        .order_by(Relation.starts, Relation.id)
    )
    # a local number is given in every province: what names another issuer is another instrument's
    return [row for row in rows if not issuer or row.source_key != key or row.source_issuer in ("", issuer)]


def item(work: Work, change: LegalChange, document_id: str) -> ChangeItem:
    """Return the item of a document in a change; raises ``NotInChange``."""
    for row in change.items:
        if row.document_id == document_id:
            return row
    known = documents(work, [document_id]).get(document_id)
    raise NotInChange(code=known.code if known else document_id)


def documents(work: Work, ids: Collection[str]) -> dict[str, Document]:
    """Return documents by id, with their codes, unit and owner."""
    rows = work.session.scalars(
        select(Document)
        .where(Document.id.in_(ids))
        .options(selectinload(Document.codes), joinedload(Document.unit), joinedload(Document.owner))
    )
    return {row.id: row for row in rows}


def taken_up(change_id: str, line: Affected) -> ChangeItem:
    """Return an affected document as an item of a change."""
    item = ChangeItem(change_id=change_id, document_id=line.document)
    tell(item, line)
    return item


def tell(item: ChangeItem, line: Affected) -> None:
    """Write into an item why the change reaches its document, as it was shown: the revision that was judged too."""
    told = [reason for reason in line.reasons if reason.weak == line.weak]
    item.sequence, item.why, item.verdict = line.sequence or None, line.why, line.verdict
    item.starts, item.deadline = line.starts, line.deadline
    item.found = {
        "path": list(line.path),
        "citations": list(line.citations),
        "revision": line.revision,
        "targets": list(dict.fromkeys(reason.target for reason in line.reasons if reason.target)),
        "notes": list(dict.fromkeys(reason.note for reason in told if reason.note)),
        "weak": line.weak,
    }


def found_by_eye(work: Work, change: LegalChange, document_id: str, note: str) -> ChangeItem:
    """Return a document as an item of a change because a person says that the change reaches it."""
    return ChangeItem(
        change_id=change.id,
        document_id=document_id,
        sequence=effective(work, [document_id], work.today).get(document_id),
        found={"notes": [note], "weak": False},
        starts=change.starts,
        deadline=change.deadline,
    )


def effective(work: Work, ids: Collection[str], day: date) -> dict[str, int]:
    """Return for each document that applies on ``day`` the sequence of its revision."""
    period = revision_period.c
    rows = work.session.execute(
        select(period.document_id, period.sequence).where(period.document_id.in_(ids), in_force(day))
    )
    return dict(rows.all())


def mark_cleared(work: Work, change: LegalChange, item: ChangeItem, reason: str) -> None:
    """Write that the person who acts clears a document, for every instrument through which the change came."""
    item.cleared_by, item.cleared_at, item.clearing_note = work.actor.name, work.now, reason
    sequence = effective(work, [item.document_id], work.today).get(item.document_id, item.sequence)
    if sequence is None:
        return
    targets = texts(item, "targets")
    # what ended the instrument itself is named by its own source, everything else by the instrument
    sides = {(change.instrument_key, change.instrument_issuer, target) for target in targets or ("",)}
    sides |= {
        (row.source_key, row.source_issuer, row.target_key)
        for row in relations(work, change)
        if row.target_key in targets
    }
    for source, issuer, target in sorted(sides):
        work.session.add(
            Clearance(
                document_id=item.document_id,
                sequence=sequence,
                source_key=source,
                source_issuer=issuer,
                target_key=target,
                day=work.today,
                person_name=work.actor.name,
                reason=reason,
                at=work.now,
            )
        )


def take_back_clearing(work: Work, item: ChangeItem) -> None:
    """Undo a clearing because the person decided otherwise; the trail keeps that it was there."""
    if not item.cleared:
        return
    work.session.execute(
        delete(Clearance).where(
            Clearance.document_id == item.document_id,
            Clearance.person_name == item.cleared_by,
            Clearance.at == item.cleared_at,
        )
    )
    item.cleared_by, item.cleared_at, item.clearing_note = "", None, ""


def drafts(work: Work, change: LegalChange) -> dict[str, Revision]:
    """Return by document the drafts of a change: those opened for it, and what was begun since it was opened."""
    made_for_it = [item.revision_id for item in change.items if item.revision_id is not None]
    rows = work.session.scalars(
        select(Revision)
        .where(
            Revision.document_id.in_({item.document_id for item in change.items}),
            Revision.state.in_(OPEN_STATES),
            or_(Revision.created_at >= change.opened_at, Revision.id.in_(made_for_it)),
        )
        .options(selectinload(Revision.drafters))
        .order_by(Revision.code, Revision.document_id)
    )
    return {row.document_id: row for row in rows}


def open_revisions(work: Work, change: LegalChange) -> dict[str, Revision]:
    """Return by document whatever revision of it people work on, for whatever reason it was begun."""
    rows = work.session.scalars(
        select(Revision)
        .where(
            Revision.document_id.in_({item.document_id for item in change.items}),
            Revision.state.in_(OPEN_STATES),
        )
        .options(selectinload(Revision.drafters))
    )
    return {row.document_id: row for row in rows}


def made_for_a_change(work: Work, revision: Revision) -> bool:
    """Tell whether a draft was opened to follow a change of law."""
    return (
        work.session.scalar(select(ChangeItem.id).where(ChangeItem.revision_id == revision.id).limit(1))
        is not None
    )


def texts(item: ChangeItem, name: str) -> tuple[str, ...]:
    """Return one of the lists that were kept as they were found."""
    kept = item.found.get(name)
    return tuple(str(part) for part in kept) if isinstance(kept, list) else ()


def answers(work: Work, items: Sequence[ChangeItem]) -> Mapping[str, Answer]:
    """Return for each document what takes the change up first: a revision of it, or its retirement."""
    ids = {item.document_id for item in items}
    found: dict[str, list[Answer]] = {document: [] for document in ids}
    by_document = {item.document_id: item for item in items}
    revisions = work.session.execute(
        select(Revision, Issuance)
        .join(Issuance, Issuance.id == Revision.issuance_id)
        .where(Revision.document_id.in_(ids), Revision.state == RevisionState.ISSUED)
        .order_by(Revision.sequence)
    )
    for revision, issuance in revisions:
        sequence, day = revision.sequence, revision.effective_from
        item = by_document[revision.document_id]
        if sequence is not None and day and item.answers(revision.looked_at, sequence, revision.id):
            answer = Answer(day, issuance.number or "", issuance.signed_on, sequence)
            found[revision.document_id].append(answer)
    for document, answer in _retirements(work, ids):
        found[document].append(answer)
    return {document: first for document, several in found.items() if (first := earliest(several))}


def _retirements(work: Work, ids: Collection[str]) -> list[tuple[str, Answer]]:
    rows = work.session.execute(
        select(Document.id, Document.retired_on, Issuance)
        .join(IssuanceItem, IssuanceItem.document_id == Document.id)
        .join(Issuance, Issuance.id == IssuanceItem.issuance_id)
        .where(Document.id.in_(ids), Document.retired_on.is_not(None), Issuance.kind == "retire")
    )
    return [(document, Answer(day, row.number or "", row.signed_on)) for document, day, row in rows if day]

"""What Git tells, written into the database: the same code after a publication and in ``rebuild``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from qms.formats.meta import Meta, Named, read_meta
from qms.model.document import OPEN_STATES, Code, Decision, Document, DocumentUnit, DraftFile, Revision
from qms.model.enums import DecisionKind, IssuanceKind, MasterFormat, RevisionState
from qms.model.ids import fold, fold_code
from qms.model.issuance import Issuance, IssuanceItem, read_transition
from qms.model.organisation import Field, Position, Unit
from qms.model.published import DocumentAct, Manifest, PersonLine, PublishedAct
from qms.model.trail import Job
from qms.stores.sql.trail import move_generation

Read = Callable[[str, str, str], bytes]


def apply_act(session: Session, commit: str, act: PublishedAct, read: Read) -> None:
    """Write one published act; applying it again changes nothing."""
    if act.act == "withdraw":
        for document in act.documents:
            _withdraw(session, document)
    elif act.act == "attach":
        _attach(session, act)
    elif act.kind is not None:
        issuance = _issuance(session, commit, act)
        for document in act.documents:
            if act.kind is IssuanceKind.RETIRE:
                _retire(session, act, document)
            else:
                _issue(session, commit, act, document, read)
            _item(session, issuance, document)
        # a record may name an agency above, or the room a paper was filed for: only our own decisions tell ours
        if act.number and act.kind is not IssuanceKind.RECORD:
            _know_agency(session, act.agency)
    move_generation(session)


def _issuance(session: Session, commit: str, act: PublishedAct) -> Issuance:
    known = session.get(Issuance, act.issuance_id)
    issuance = known or Issuance(id=act.issuance_id)
    words, until = read_transition(act.transition)
    issuance.kind = IssuanceKind(act.act)
    issuance.agency, issuance.number = act.agency, act.number
    issuance.signed_on = act.signed_on or act.at.date()
    issuance.effective_from = act.effective_from or issuance.signed_on
    issuance.signer_name = act.signed_by.name if act.signed_by else ""
    issuance.signer_position = act.signed_by.position if act.signed_by else ""
    issuance.signing_form = act.signed_as
    issuance.transition, issuance.transition_until = words, until
    issuance.reason = act.reason or ""
    issuance.scan_sha256 = act.scan_sha256
    issuance.recorded_by, issuance.recorded_at = act.recorded_by.name, act.at
    issuance.via, issuance.publish_key, issuance.commit_id = act.via, act.publish_key, commit
    if known is None:
        session.add(issuance)
        session.flush()
    return issuance


def _item(session: Session, issuance: Issuance, document: DocumentAct) -> None:
    line = document.line
    known = session.scalar(
        select(IssuanceItem).where(
            IssuanceItem.issuance_id == issuance.id, IssuanceItem.document_id == line.document_id
        )
    )
    if known is None and document.role is not None:
        session.add(
            IssuanceItem(
                issuance_id=issuance.id,
                document_id=line.document_id,
                sequence=line.sequence,
                role=document.role,
            )
        )


def _issue(session: Session, commit: str, act: PublishedAct, item: DocumentAct, read: Read) -> None:
    line = item.line
    meta = read_meta(read(commit, line.document_id, "meta.yaml"))
    manifest = Manifest.parse(read(commit, line.document_id, "MANIFEST").decode())
    effective = act.effective_from or act.signed_on or act.at.date()
    document = _document(session, line.document_id, meta, manifest, act.at)
    _code(session, document, meta.code, effective if item.line.sequence > 1 else None)
    revision = _revision(session, item, act.at)
    master = next(file for file in manifest.files if file.path.startswith("content."))
    source = next((file for file in manifest.files if file.path.startswith("source.")), None)
    revision.sequence, revision.state = line.sequence, RevisionState.ISSUED
    revision.issue_number, revision.revision_number = (int(part) for part in line.label.split("."))
    revision.title, revision.code, revision.change_note = meta.title, meta.code, meta.change_note
    revision.content_sha256, revision.master_sha256 = line.content_sha256, master.sha256
    revision.source_file = meta.source_file
    revision.source_sha256 = source.sha256 if source else master.sha256
    revision.printed_date = meta.printed_date
    revision.issuance_id, revision.commit_id = act.issuance_id, commit
    revision.effective_from = effective
    revision.looked_at = act.signed_on or meta.printed_date
    session.flush()
    session.execute(delete(DraftFile).where(DraftFile.revision_id == revision.id))
    enqueue(session, "derive", f"{line.document_id}/{line.sequence}", act.at)


def _document(session: Session, key: str, meta: Meta, manifest: Manifest, at: datetime) -> Document:
    # whatever the document points to has to be there before it
    unit, field, owner = _unit(session, meta.unit), _field(session, meta.field), _position(session, meta)
    document = session.get(Document, key)
    known = document is not None
    document = document or Document(id=key, created_at=at)
    document.title, document.folded_title = meta.title, fold(meta.title)[:500]
    document.type, document.issuer = meta.type, meta.issuer
    is_markdown = any(file.path == "content.md" for file in manifest.files)
    document.master = MasterFormat.MARKDOWN if is_markdown else MasterFormat.DOCX
    document.unit_id, document.field_id, document.owner_position_id = unit.id, field, owner
    document.review_months = meta.review_months
    if not known:
        session.add(document)
    session.flush()
    wanted = {_unit(session, named).id for named in meta.applying_units}
    held = set(session.scalars(select(DocumentUnit.unit_id).where(DocumentUnit.document_id == key)))
    session.execute(
        delete(DocumentUnit).where(DocumentUnit.document_id == key, DocumentUnit.unit_id.in_(held - wanted))
    )
    session.add_all(DocumentUnit(document_id=key, unit_id=unit) for unit in sorted(wanted - held))
    return document


def _code(session: Session, document: Document, code: str, starts: object) -> None:
    folded = fold_code(code)
    rows = session.scalars(select(Code).where(Code.document_id == document.id).order_by(Code.id)).all()
    current = next((row for row in rows if row.ends is None), None)
    if not code or (current and current.folded == folded):
        return
    if any(row.folded == folded for row in rows):
        return
    if current:
        current.ends = starts  # type: ignore[assignment]
    clash = session.scalars(
        select(Code).where(Code.folded == folded, Code.unit_id == document.unit_id, Code.ends.is_(None))
    ).all()
    for other in clash:
        other.reused = True
    session.add(
        Code(
            document_id=document.id,
            unit_id=document.unit_id,
            code=code,
            folded=folded,
            starts=starts,
            reused=bool(clash),
        )
    )
    session.flush()


def _revision(session: Session, item: DocumentAct, at: datetime) -> Revision:
    line = item.line
    revision = session.scalar(
        select(Revision).where(Revision.document_id == line.document_id, Revision.sequence == line.sequence)
    ) or session.scalar(
        select(Revision).where(
            Revision.document_id == line.document_id,
            Revision.state.in_(OPEN_STATES),
            Revision.content_sha256 == line.content_sha256,
        )
    )
    if revision is None:
        revision = Revision(
            document_id=line.document_id,
            title="",
            code=line.code,
            created_at=at,
            state=RevisionState.ISSUED,
            sequence=line.sequence,
        )
        session.add(revision)
    author = item.drafted_by or PersonLine("")
    revision.author_name, revision.author_position = author.name, author.position
    session.flush()
    _decisions(session, revision, item, at)
    return revision


def _decisions(session: Session, revision: Revision, item: DocumentAct, at: datetime) -> None:
    """Write the decisions that the act tells of, as far as they are not there."""
    sha256 = item.line.content_sha256
    held = {
        (row.kind, row.person_name, row.position_name, row.at.replace(microsecond=0))
        for row in session.scalars(
            select(Decision).where(
                Decision.revision_id == revision.id,
                Decision.content_sha256 == sha256,
                Decision.accepted,
                Decision.voided_at.is_(None),
            )
        )
    }
    for kind, people in (
        (DecisionKind.REVIEW, item.reviewed_by),
        (DecisionKind.APPROVAL, item.approved_by),
    ):
        session.add_all(
            Decision(
                revision_id=revision.id,
                kind=kind,
                person_name=person.name,
                position_name=person.position,
                at=person.at or at,
                content_sha256=sha256,
            )
            for person in people
            if (kind, person.name, person.position, (person.at or at).replace(microsecond=0)) not in held
        )


def _retire(session: Session, act: PublishedAct, item: DocumentAct) -> None:
    document = session.get_one(Document, item.line.document_id)
    document.retired_on = act.effective_from


def _withdraw(session: Session, item: DocumentAct) -> None:
    revision = session.scalar(
        select(Revision).where(
            Revision.document_id == item.line.document_id, Revision.sequence == item.line.sequence
        )
    )
    if revision is not None:
        revision.state = RevisionState.WITHDRAWN


def _attach(session: Session, act: PublishedAct) -> None:
    issuance = session.get(Issuance, act.issuance_id)
    if issuance is not None:
        issuance.scan_sha256 = act.scan_sha256


def _know_agency(session: Session, name: str) -> None:
    """After a loss of the database nothing else says which of the units is the agency itself."""
    if session.scalar(select(Unit.id).where(Unit.kind == "agency")) is None:
        unit = session.scalar(select(Unit).where(Unit.name == name))
        if unit is not None:
            unit.kind = "agency"


def _unit(session: Session, named: Named) -> Unit:
    unit = session.scalar(select(Unit).where(Unit.key == named.key))
    if unit is None:
        unit = Unit(key=named.key, name=named.name)
        session.add(unit)
        session.flush()
    return unit


def _field(session: Session, named: Named | None) -> int | None:
    if named is None:
        return None
    field = session.scalar(select(Field).where(Field.key == named.key))
    if field is None:
        field = Field(key=named.key, name=named.name)
        session.add(field)
        session.flush()
    return field.id


def _position(session: Session, meta: Meta) -> int | None:
    if meta.owner is None:
        return None
    position = session.scalar(select(Position).where(Position.key == meta.owner.key))
    if position is None:
        position = Position(key=meta.owner.key, name=meta.owner.name, unit_id=_unit(session, meta.unit).id)
        session.add(position)
        session.flush()
    return position.id


def enqueue(session: Session, kind: str, key: str, due: datetime) -> None:
    """Leave one job, unless the same one waits already."""
    if session.scalar(select(Job.id).where(Job.kind == kind, Job.key == key)) is None:
        session.add(Job(kind=kind, key=key, due=due))
        session.flush()

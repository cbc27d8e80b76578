"""What Git tells, written into the database: the same code after a publication and in ``rebuild``.

Acts come in batches: what they touch is read by a few questions (``shelf``), changed in memory in the order of the
acts, and written table by table. A batch of one act is a publication.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from qms.formats.meta import Meta, Named, read_meta
from qms.model.check_codes import derived_token, is_token, short_code
from qms.model.document import Code, Decision, Document, Revision
from qms.model.enums import DecisionKind, IssuanceKind, MasterFormat, RevisionState
from qms.model.ids import fold, fold_code
from qms.model.issuance import Issuance, IssuanceItem, read_transition
from qms.model.organisation import Field, Position, Unit
from qms.model.published import MANIFEST_NAME, DocumentAct, Manifest, PersonLine, PublishedAct
from qms.stores.sql.shelf import Shelf, decision_key, enqueue
from qms.stores.sql.trail import move_generation

ReadAll = Callable[[Sequence[tuple[str, str, str]]], list[bytes]]
Told = tuple[str, PublishedAct]
"""A commit and the act that it is."""
Place = tuple[str, str]
"""A folder: the commit and the document."""

BATCH = 400
"""About so many documents are written at once."""


@dataclass(frozen=True)
class Issued:
    """A revision that an act issues, with what its folder says."""

    commit: str
    act: PublishedAct
    item: DocumentAct
    meta: Meta
    manifest: Manifest

    @property
    def effective(self) -> date:
        """Return the day from which it applies."""
        return self.act.effective_from or self.act.signed_on or self.act.at.date()


@dataclass
class Batch:
    """A batch on its way: the rows, how files are read, and what was issued in it."""

    session: Session
    shelf: Shelf
    read_all: ReadAll
    issued: list[tuple[Revision, Issued]] = field(default_factory=list)
    items: list[IssuanceItem] = field(default_factory=list)


def apply_acts(session: Session, acts: Iterable[Told], read_all: ReadAll) -> int:
    """Write published acts in their order and return how many; applying them again changes nothing."""
    count = 0
    for batch in _batches(acts):
        _apply(session, batch, read_all)
        count += len(batch)
    return count


def _batches(acts: Iterable[Told]) -> Iterator[list[Told]]:
    batch: list[Told] = []
    for told in acts:
        batch.append(told)
        if sum(len(act.documents) for _, act in batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _apply(session: Session, acts: Sequence[Told], read_all: ReadAll) -> None:
    issued = _issued(acts, read_all)
    documents = [item.line.document_id for _, act in acts for item in act.documents]
    codes = [fold_code(each.meta.code) for each in issued.values()]
    batch = Batch(session, Shelf(session, documents, _issuances(acts), codes), read_all)
    with session.no_autoflush:
        for commit, act in acts:
            if act.kind is not None:
                _issuance(batch, commit, act)
        # what others point to has to be there before them
        session.flush()
        for commit, act in acts:
            _apply_act(batch, commit, act, issued)
        session.flush()
        _decisions(batch)
        session.add_all(batch.items)
        session.flush()
    batch.shelf.write_units()
    batch.shelf.drop_drafts([revision.id for revision, _ in batch.issued])
    for at, keys in _derived(batch).items():
        enqueue(session, "derive", keys, at)
    move_generation(session)


def _issuances(acts: Sequence[Told]) -> list[str]:
    return [act.issuance_id for _, act in acts if act.issuance_id]


def _derived(batch: Batch) -> Mapping[datetime, list[str]]:
    due: dict[datetime, list[str]] = defaultdict(list)
    for _, issued in batch.issued:
        line = issued.item.line
        due[issued.act.at].append(f"{line.document_id}/{line.sequence}")
    return due


def _issued(acts: Sequence[Told], read_all: ReadAll) -> dict[Place, Issued]:
    """Return whatever the acts issue; all folders are read at once."""
    named = [
        (commit, act, item)
        for commit, act in acts
        if act.kind not in (None, IssuanceKind.RETIRE)
        for item in act.documents
    ]
    folders = _folders(read_all, [(commit, item.line.document_id) for commit, _, item in named])
    return {
        (commit, item.line.document_id): Issued(commit, act, item, meta, manifest)
        for (commit, act, item), (meta, manifest) in zip(named, folders, strict=True)
    }


def _folders(read_all: ReadAll, places: Sequence[Place]) -> list[tuple[Meta, Manifest]]:
    names = ("meta.yaml", MANIFEST_NAME)
    found = iter(read_all([(*place, name) for place in places for name in names]))
    return [
        (read_meta(meta), Manifest.parse(listed.decode())) for meta, listed in zip(found, found, strict=True)
    ]


def _apply_act(batch: Batch, commit: str, act: PublishedAct, issued: Mapping[Place, Issued]) -> None:
    if act.act == "withdraw":
        for document in act.documents:
            _withdraw(batch, document)
    elif act.act == "attach":
        _attach(batch.shelf, act)
    elif act.kind is not None:
        for document in act.documents:
            if act.kind is IssuanceKind.RETIRE:
                batch.shelf.document(document.line.document_id).retired_on = act.effective_from
            else:
                _issue(batch, issued[commit, document.line.document_id])
            _item(batch, act, document)
        # a record may name an agency above, or the room a paper was filed for: only our own decisions tell ours
        if act.number and act.kind is not IssuanceKind.RECORD:
            _know_agency(batch.shelf, act.agency)


def _issuance(batch: Batch, commit: str, act: PublishedAct) -> None:
    key = act.issuance_id or ""
    issuance = batch.shelf.issuances.get(key)
    if issuance is None:
        issuance = batch.shelf.issuances[key] = Issuance(id=act.issuance_id)
        batch.session.add(issuance)
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


def _item(batch: Batch, act: PublishedAct, item: DocumentAct) -> None:
    key = (act.issuance_id or "", item.line.document_id)
    if key not in batch.shelf.items and item.role is not None:
        batch.shelf.items.add(key)
        batch.items.append(
            IssuanceItem(issuance_id=key[0], document_id=key[1], sequence=item.line.sequence, role=item.role)
        )


def _issue(batch: Batch, issued: Issued) -> None:
    line, meta, act = issued.item.line, issued.meta, issued.act
    document = _document(batch, line.document_id, meta, issued.manifest, act.at)
    _code(batch.shelf, document, meta.code, issued.effective if line.sequence > 1 else None)
    revision = _revision(batch, issued.item, act.at)
    files = issued.manifest.files
    master = next(file for file in files if file.path.startswith("content."))
    source = next((file for file in files if file.path.startswith("source.")), None)
    revision.sequence, revision.state = line.sequence, RevisionState.ISSUED
    revision.issue_number, revision.revision_number = (int(part) for part in line.label.split("."))
    revision.title, revision.code, revision.change_note = meta.title, meta.code, meta.change_note
    revision.content_sha256, revision.master_sha256 = line.content_sha256, master.sha256
    revision.source_file = meta.source_file
    revision.source_sha256 = source.sha256 if source else master.sha256
    revision.printed_date = meta.printed_date
    revision.issuance_id, revision.commit_id = act.issuance_id, issued.commit
    revision.check_token = _token(issued)
    revision.short_code = short_code(revision.check_token)
    revision.effective_from = issued.effective
    revision.looked_at = act.signed_on or meta.printed_date
    batch.issued.append((revision, issued))


def _token(issued: Issued) -> str:
    """What the paper's QR code bears: as the act says, and for acts older than that line what their commit tells."""
    told, line = issued.item.check_token or "", issued.item.line
    return told if is_token(told) else derived_token(issued.commit, line.document_id, line.sequence)


def _document(batch: Batch, key: str, meta: Meta, manifest: Manifest, at: datetime) -> Document:
    shelf = batch.shelf
    document = shelf.documents.get(key) or Document(id=key, created_at=at)
    document.title, document.folded_title = meta.title, fold(meta.title)[:500]
    document.type, document.issuer = meta.type, meta.issuer
    document.master = MasterFormat.of(next(f.path for f in manifest.files if f.path.startswith("content.")))
    document.unit_id = _unit(batch, meta.unit).id
    document.field_id = _field(batch, meta.field)
    document.owner_position_id = _position(batch, meta)
    document.review_months = meta.review_months
    if key not in shelf.documents:
        shelf.documents[key] = document
        batch.session.add(document)
    shelf.applying[key] = {_unit(batch, named).id for named in meta.applying_units}
    return document


def _code(shelf: Shelf, document: Document, code: str, starts: date | None) -> None:
    folded, rows = fold_code(code), shelf.codes[document.id]
    if not code or any(row.folded == folded for row in rows):
        return
    current = next((row for row in rows if row.ends is None), None)
    if current:
        current.ends = starts
    clash = [row for row in shelf.bearers[folded] if row.ends is None and row.unit_id == document.unit_id]
    for other in clash:
        other.reused = True
    shelf.add_code(
        Code(
            document_id=document.id,
            unit_id=document.unit_id,
            code=code,
            folded=folded,
            starts=starts,
            reused=bool(clash),
        )
    )


def _revision(batch: Batch, item: DocumentAct, at: datetime) -> Revision:
    line, shelf = item.line, batch.shelf
    draft = shelf.drafts.get(line.document_id)
    revision = shelf.revisions.get((line.document_id, line.sequence))
    if revision is None and draft is not None and draft.content_sha256 == line.content_sha256:
        revision = shelf.drafts.pop(line.document_id)
    if revision is None:
        revision = Revision(document_id=line.document_id, title="", code=line.code, created_at=at)
        batch.session.add(revision)
    shelf.revisions[line.document_id, line.sequence] = revision
    author = item.drafted_by or PersonLine("")
    revision.author_name, revision.author_position = author.name, author.position
    return revision


def _decisions(batch: Batch) -> None:
    """Write the decisions that the acts tell of, as far as they are not there."""
    for revision, issued in batch.issued:
        item, at = issued.item, issued.act.at
        told = [(DecisionKind.REVIEW, person) for person in item.reviewed_by]
        told += [(DecisionKind.APPROVAL, person) for person in item.approved_by]
        for kind, person in told:
            decision = Decision(
                revision_id=revision.id,
                kind=kind,
                person_name=person.name,
                position_name=person.position,
                at=person.at or at,
                content_sha256=item.line.content_sha256,
            )
            if decision_key(decision) not in batch.shelf.decided[revision.id]:
                batch.session.add(decision)


def _withdraw(batch: Batch, item: DocumentAct) -> None:
    """Take a revision back; the document is named again as the last revision that stands says."""
    shelf, key = batch.shelf, item.line.document_id
    revision = shelf.revisions.get((key, item.line.sequence))
    if revision is None:
        return
    revision.state = RevisionState.WITHDRAWN
    standing = shelf.last_standing(key)
    if standing is not None and standing.commit_id is not None:
        ((meta, manifest),) = _folders(batch.read_all, [(standing.commit_id, key)])
        _document(batch, key, meta, manifest, standing.created_at)


def _attach(shelf: Shelf, act: PublishedAct) -> None:
    issuance = shelf.issuances.get(act.issuance_id or "")
    if issuance is not None:
        issuance.scan_sha256 = act.scan_sha256


def _know_agency(shelf: Shelf, name: str) -> None:
    """After a loss of the database nothing else says which of the units is the agency itself."""
    units = shelf.units.values()
    unit = next((unit for unit in units if unit.name == name), None)
    if unit is not None and not any(each.kind == "agency" for each in units):
        unit.kind = "agency"


def _unit(batch: Batch, named: Named) -> Unit:
    unit = batch.shelf.units.get(named.key)
    if unit is None:
        unit = batch.shelf.units[named.key] = Unit(key=named.key, name=named.name)
        batch.session.add(unit)
        batch.session.flush()
    return unit


def _field(batch: Batch, named: Named | None) -> int | None:
    if named is None:
        return None
    field = batch.shelf.fields.get(named.key)
    if field is None:
        field = batch.shelf.fields[named.key] = Field(key=named.key, name=named.name)
        batch.session.add(field)
        batch.session.flush()
    return field.id


def _position(batch: Batch, meta: Meta) -> int | None:
    if meta.owner is None:
        return None
    position = batch.shelf.positions.get(meta.owner.key)
    if position is None:
        unit = _unit(batch, meta.unit)
        position = Position(key=meta.owner.key, name=meta.owner.name, unit_id=unit.id)
        batch.shelf.positions[meta.owner.key] = position
        batch.session.add(position)
        batch.session.flush()
    return position.id

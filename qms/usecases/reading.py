"""Reading: one document on any day, its history, the redline of two revisions, its file; the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from qms.citations import annotate, find
from qms.errors import NotFound
from qms.formats.comparison import part_changes
from qms.formats.reading import Reading
from qms.model.comparison import PartChange
from qms.model.document import Document, Revision
from qms.model.enums import DayStatus, DocumentType, MasterFormat, RevisionState
from qms.model.issuance import Issuance, IssuanceItem
from qms.model.law import Citation
from qms.model.lifecycle import Period
from qms.model.permissions import Act, allowed
from qms.usecases import contents, form_origins, links, lookups, marks, naming, tthc_lookups
from qms.usecases.form_origins import SourceLine
from qms.usecases.links import LinkLine
from qms.usecases.notices import NoticeLine, above
from qms.usecases.ports import Work
from qms.usecases.tthc_lookups import DocumentTimes

PAGE_ACTS = (Act.DRAFT, Act.RETIRE, Act.WITHDRAW, Act.LINK_DOCUMENTS, Act.SET_FORM_SOURCE)
"""What a document page offers to those who may."""


@dataclass(frozen=True)
class RevisionLine:
    """One issued revision as history shows it: when it applied, by which decision, who answered for it."""

    sequence: int
    label: str
    title: str
    status: DayStatus
    effective_from: date
    effective_until: date | None
    issuance_id: str
    issued_by: str
    signed_on: date
    signer: str
    recorded_at: datetime
    author: str
    approved_by: tuple[str, ...]
    change_note: str
    content_sha256: str
    commit: str
    withdrawn: bool = False


@dataclass(frozen=True)
class DocumentPage:
    """Everything the document page shows for a day; ``html`` is None where nothing applies."""

    id: str
    code: str
    title: str
    type: DocumentType
    issuer: str
    unit: str
    field: str | None
    on: date
    shown: RevisionLine | None
    html: str | None
    file_name: str | None
    basis: tuple[marks.BasisLine, ...]
    history: tuple[RevisionLine, ...]
    scheduled: RevisionLine | None
    retired_on: date | None
    retired_by: str
    code_reused: bool
    forms: tuple[str, ...]
    times: DocumentTimes | None
    as_decided: bool
    may: frozenset[Act]
    has_open: bool
    is_word: bool
    prints_pdf: bool
    notices: tuple[NoticeLine, ...] = ()
    links: tuple[LinkLine, ...] = ()
    source: SourceLine | None = None


@dataclass(frozen=True)
class Redline:
    """Two revisions of a document compared: HTML with what came and went."""

    document_id: str
    code: str
    title: str
    old: str
    new: str
    html: str
    changes: tuple[PartChange, ...]


@dataclass(frozen=True)
class StoredFile:
    """A file as it was issued."""

    name: str
    data: bytes


def candidates(work: Work, code: str) -> list[tuple[str, str, str]]:
    """Return id, code and title of every document that bears a code; raises ``NotFound`` for none."""
    work.allow(Act.READ)
    found = lookups.documents_by_code(work, code)
    if not found:
        raise NotFound(what=f"tài liệu «{code.strip()}»")
    return [(document.id, document.code, document.title) for document in found]


def page(work: Work, code: str, on: date | None = None, sequence: int | None = None) -> DocumentPage:
    """Return one document as it stands on a day, or with one revision named by sequence, whatever its status."""
    document = lookups.document(work, code)
    subject = lookups.subject_of(document)
    work.allow(Act.READ if sequence is None else Act.READ_HISTORY, subject)
    day = on or work.today
    history = _history(work, document, day)
    if not history:
        # a document that only exists as a draft is known to those who work on it
        work.allow(Act.READ_DRAFT, lookups.subject_of(document, lookups.open_revision(work, document.id)))
    knows_history = allowed(work.actor, Act.READ_HISTORY)
    shown = _shown(history, sequence)
    revision = _revision(work, document.id, shown.sequence) if shown else None
    return DocumentPage(
        id=document.id,
        code=document.code,
        title=shown.title if shown else document.title,
        type=document.type,
        issuer=document.issuer,
        unit=document.unit.name,
        field=document.field.name if document.field else None,
        on=day,
        shown=shown,
        html=_html(work, document, revision) if revision else None,
        file_name=revision.source_file if revision else None,
        basis=_basis(work, revision, day) if revision else (),
        history=tuple(history) if knows_history else tuple(line for line in history if line is shown),
        scheduled=next((line for line in history if line.status is DayStatus.SCHEDULED), None),
        retired_on=document.retired_on,
        retired_by=_retirement(work, document),
        code_reused=any(row.reused for row in document.codes if row.ends is None),
        forms=_reading(work, document, revision).anatomy.forms if revision else (),
        times=_times(work, document, revision, day) if revision else None,
        as_decided=_as_decided(work, document, revision) if revision else False,
        may=frozenset(a for a in PAGE_ACTS if allowed(work.actor, a, subject)),
        has_open=lookups.open_revision(work, document.id) is not None,
        is_word=document.master is MasterFormat.DOCX,
        prints_pdf=document.master is MasterFormat.MARKDOWN
        or (document.master is MasterFormat.DOCX and work.press.prints_word),
        notices=_notices(work, document, shown, day),
        links=links.of(work, document.id, day),
        source=form_origins.of_documents(work, [document.id], day).get(document.id),
    )


def history(work: Work, code: str, on: date | None = None) -> tuple[str, str, tuple[RevisionLine, ...]]:
    """Return id, code and every published revision of a document, newest first."""
    document = lookups.document(work, code)
    work.allow(Act.READ_HISTORY, lookups.subject_of(document))
    return document.id, document.code, tuple(_history(work, document, on or work.today))


def redline(work: Work, code: str, old: int, new: int) -> Redline:
    """Return what changed between two issued revisions of a document, given by sequence."""
    document = lookups.document(work, code)
    work.allow(Act.READ_HISTORY, lookups.subject_of(document))
    before, after = _revision(work, document.id, old), _revision(work, document.id, new)
    html = work.reader.redline(_plain_html(work, document, before), _plain_html(work, document, after))
    changes = part_changes(_reading(work, document, before).anatomy, _reading(work, document, after).anatomy)
    return Redline(document.id, document.code, document.title, before.label, after.label, html, changes)


def file(work: Work, code: str, sequence: int, on: date | None = None) -> StoredFile:
    """Return the master file of an issued revision, named as it was received.

    Whoever may read what applies on a day may take its file; of any other revision it is history, as its page is.
    """
    document = lookups.document(work, code)
    revision = _revision(work, document.id, sequence)
    held = _periods(work, document)
    status = held[sequence].status_on(on or work.today) if sequence in held else DayStatus.SUPERSEDED
    work.allow(Act.READ if status is DayStatus.EFFECTIVE else Act.READ_HISTORY, lookups.subject_of(document))
    name, data = _content(work, document, revision)
    suffix = name.rpartition(".")[2]
    return StoredFile(revision.source_file or f"{document.code}.{suffix}", data)


def _shown(history: list[RevisionLine], sequence: int | None) -> RevisionLine | None:
    if sequence is None:
        return next((line for line in history if line.status is DayStatus.EFFECTIVE), None)
    found = next((line for line in history if line.sequence == sequence), None)
    if found is None:
        raise NotFound(what=f"lần ban hành thứ {sequence}")
    return found


def _history(work: Work, document: Document, day: date) -> list[RevisionLine]:
    revisions = work.session.scalars(
        select(Revision)
        .where(Revision.document_id == document.id, Revision.sequence.is_not(None))
        .options(selectinload(Revision.decisions))
        .order_by(Revision.sequence.desc())
    ).all()
    issuances = {
        issuance.id: issuance
        for issuance in work.session.scalars(
            select(Issuance).where(Issuance.id.in_({r.issuance_id for r in revisions}))
        )
    }
    held = _periods(work, document)
    return [
        _revision_line(revision, issuances[revision.issuance_id], held.get(revision.sequence or 0), day)
        for revision in revisions
        if revision.issuance_id in issuances
    ]


def _periods(work: Work, document: Document) -> dict[int, Period]:
    issued = lookups.issued_revisions(work, document.id)
    return {period.sequence: period for period in lookups.periods_of(work, document, issued)}


def _revision_line(revision: Revision, issuance: Issuance, period: Period | None, day: date) -> RevisionLine:
    approvals = [d for d in revision.decisions if d.kind.value == "approval" and d.voided_at is None]
    return RevisionLine(
        sequence=revision.sequence or 0,
        label=revision.label,
        title=revision.title,
        status=period.status_on(day) if period else DayStatus.SUPERSEDED,
        effective_from=revision.effective_from or issuance.effective_from,
        effective_until=period.end if period else None,
        issuance_id=issuance.id,
        issued_by=issuance.number or "",
        signed_on=issuance.signed_on,
        signer=", ".join(part for part in (issuance.signer_position, issuance.signer_name) if part),
        recorded_at=issuance.recorded_at,
        author=", ".join(part for part in (revision.author_position, revision.author_name) if part),
        approved_by=tuple(f"{d.person_name} ({d.position_name})".removesuffix(" ()") for d in approvals),
        change_note=revision.change_note,
        content_sha256=revision.content_sha256 or "",
        commit=revision.commit_id or "",
        withdrawn=revision.state is RevisionState.WITHDRAWN,
    )


def _retirement(work: Work, document: Document) -> str:
    if document.retired_on is None:
        return ""
    found = work.session.scalar(
        select(Issuance)
        .join(IssuanceItem)
        .where(IssuanceItem.document_id == document.id, Issuance.kind == "retire")
    )
    return f"{found.number or ''}: {found.reason}" if found else ""


def _revision(work: Work, document_id: str, sequence: int) -> Revision:
    found = work.session.scalar(
        select(Revision).where(Revision.document_id == document_id, Revision.sequence == sequence)
    )
    if found is None or found.commit_id is None:
        raise NotFound(what=f"lần ban hành thứ {sequence}")
    return found


def _content(work: Work, document: Document, revision: Revision) -> tuple[str, bytes]:
    commit = revision.commit_id or ""
    name = contents.content_name(work.git.manifest(commit, document.id))
    return name, work.git.read(commit, document.id, name)


def _as_decided(work: Work, document: Document, revision: Revision) -> bool:
    """Tell whether the folder in Git is the one whose hash the decisions carry."""
    return work.git.manifest(revision.commit_id or "", document.id).content_sha256 == revision.content_sha256


def _reading(work: Work, document: Document, revision: Revision) -> Reading:
    name, data = _content(work, document, revision)
    return contents.read_master(work, name, data)


def _times(work: Work, document: Document, revision: Revision, day: date) -> DocumentTimes | None:
    return tthc_lookups.times_of(work, document, _reading(work, document, revision).anatomy, day)


def _plain_html(work: Work, document: Document, revision: Revision) -> str:
    return work.reader.render(_reading(work, document, revision).markdown)


def _html(work: Work, document: Document, revision: Revision) -> str:
    return annotate(_plain_html(work, document, revision), find, naming.page_of(work))


def _notices(work: Work, document: Document, line: RevisionLine | None, day: date) -> tuple[NoticeLine, ...]:
    """What stands above a document stands above the revision that applies, not above those that went before."""
    if line is None or line.status is not DayStatus.EFFECTIVE:
        return ()
    return above(work, document.id, day)


def _basis(work: Work, revision: Revision, day: date) -> tuple[marks.BasisLine, ...]:
    rows = work.session.scalars(
        select(Citation)
        .where(Citation.revision_id == revision.id, Citation.nested.is_(False))
        .order_by(Citation.basis.desc(), Citation.position)
    ).all()
    return marks.lines(work, rows, revision.looked_at, day)

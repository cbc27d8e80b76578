"""Finding what a request names: documents by code or id, their open revision, their periods. No acts here."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from qms.errors import Fault, NotFound, Refused
from qms.model.document import OPEN_STATES, Code, Document, Revision
from qms.model.enums import RevisionState
from qms.model.ids import fold_code, is_id
from qms.model.issuance import Issuance
from qms.model.lifecycle import Issue, Period, periods
from qms.model.organisation import Unit
from qms.model.permissions import Act, Subject, allowed
from qms.usecases.ports import Work

_WITH_NAMES = (
    selectinload(Document.codes),
    joinedload(Document.unit),
    joinedload(Document.field),
    joinedload(Document.owner),
)


class AmbiguousCode(Refused):
    """Several documents bear the code; the candidates are told."""

    code = "ambiguous_code"
    sentence = "Mã hiệu «{code}» đang dùng cho nhiều tài liệu: {candidates}. Hãy chỉ rõ bằng mã định danh."


class NoUnit(Fault):
    """The instance has no organisation yet."""

    code = "no_unit"
    sentence = "Chưa khai báo cơ quan; hãy chạy «qms init» trước."


class UnknownUnit(NotFound):
    """No unit bears that key or name."""

    code = "unknown_unit"
    sentence = "Không có đơn vị «{unit}»."


def documents_by_code(work: Work, code: str) -> Sequence[Document]:
    """Return the known documents that bear a code now, else those that once did; or the one with that id."""
    folded = fold_code(code)
    found = _known(work, Document.id.in_(select(Code.document_id).where(Code.folded == folded)))
    bearing = [d for d in found if any(c.folded == folded and c.ends is None for c in d.codes)]
    if found or not is_id(code.strip().lower()):
        return bearing or found
    return _known(work, Document.id == code.strip().lower())


def document(work: Work, code: str) -> Document:
    """Return the one document with this code or id; raises ``NotFound`` or ``AmbiguousCode``."""
    found = documents_by_code(work, code)
    if not found:
        raise NotFound(what=f"tài liệu «{code.strip()}»")
    if len(found) > 1:
        candidates = "; ".join(f"{d.id} ({d.title})" for d in found)
        raise AmbiguousCode(code=code.strip(), candidates=candidates)
    return found[0]


def document_by_id(work: Work, document_id: str) -> Document:
    """Return a document by its id; raises ``NotFound``."""
    found = _known(work, Document.id == document_id) if is_id(document_id) else []
    if not found:
        raise NotFound(what="tài liệu này")
    return found[0]


def _known(work: Work, which: ColumnElement[bool]) -> list[Document]:
    """Return the documents of which this person may know; what is hidden is as if it were not there."""
    published = exists().where(Revision.document_id == Document.id, Revision.sequence.is_not(None))
    rows = work.session.execute(
        select(Document, published).where(which).options(*_WITH_NAMES).order_by(Document.id)
    )
    return [document for document, known in rows.all() if known or _works_on(work, document)]


def _works_on(work: Work, document: Document) -> bool:
    """Tell whether what was never published is this person's to read or to begin; the bare shell reads all."""
    if allowed(work.actor, Act.DRAFT, subject_of(document)):
        return True
    subject = subject_of(document, open_revision(work, document.id))
    return allowed(work.actor, Act.READ_DRAFT, subject)


def open_revision(work: Work, document_id: str) -> Revision | None:
    """Return the revision of a document that people still work on, with its decisions."""
    return work.session.scalar(
        select(Revision)
        .where(Revision.document_id == document_id, Revision.state.in_(OPEN_STATES))
        .options(selectinload(Revision.decisions), selectinload(Revision.drafters))
    )


def issued_revisions(work: Work, document_id: str) -> Sequence[Revision]:
    """Return the issued revisions of a document in sequence order, with their decisions."""
    return work.session.scalars(
        select(Revision)
        .where(Revision.document_id == document_id, Revision.state == RevisionState.ISSUED)
        .options(selectinload(Revision.decisions))
        .order_by(Revision.sequence)
    ).all()


def published_revision(work: Work, document_id: str, sequence: int) -> Revision | None:
    """Return one published revision of a document, taken back or not."""
    return work.session.scalar(
        select(Revision).where(Revision.document_id == document_id, Revision.sequence == sequence)
    )


def periods_of(work: Work, document: Document, revisions: Sequence[Revision]) -> list[Period]:
    """Return when each issued revision of a document applies."""
    until = dict(
        work.session.execute(
            select(Issuance.id, Issuance.transition_until).where(
                Issuance.id.in_({r.issuance_id for r in revisions if r.issuance_id})
            )
        ).all()
    )
    issues = [
        Issue(r.sequence, r.effective_from, until.get(r.issuance_id or ""))
        for r in revisions
        if r.sequence is not None and r.effective_from is not None
    ]
    return periods(issues, document.retired_on)


def next_sequence(work: Work, document_id: str) -> int:
    """Return the sequence that the next published revision takes; withdrawn ones keep theirs."""
    highest = work.session.scalar(
        select(func.max(Revision.sequence)).where(Revision.document_id == document_id)
    )
    return (highest or 0) + 1


def root_unit(work: Work) -> Unit:
    """Return the agency's own unit; raises ``NoUnit``."""
    found = work.session.scalar(select(Unit).where(Unit.parent_id.is_(None), Unit.kind == "agency"))
    found = found or work.session.scalar(select(Unit).where(Unit.parent_id.is_(None)).order_by(Unit.id))
    if found is None:
        raise NoUnit
    return found


def unit(work: Work, name: str | None) -> Unit:
    """Return the unit with this key or name, or the agency's own; raises ``UnknownUnit``."""
    if not name:
        return root_unit(work)
    found = work.session.scalar(select(Unit).where(or_(Unit.key == name, Unit.name == name)))
    if found is None:
        raise UnknownUnit(unit=name)
    return found


def subject_of(document: Document, revision: Revision | None = None) -> Subject:
    """Return what permission needs to know of a document and of whose work the revision is."""
    return Subject(document.unit_id, revision.hands if revision else frozenset())


def need_open(work: Work, document: Document) -> Revision:
    """Return the open revision of a document; raises ``NotFound``."""
    revision = open_revision(work, document.id)
    if revision is None:
        raise NotFound(what=f"bản soạn của tài liệu {document.code}")
    return revision


def editable(work: Work, document_id: str) -> tuple[Document, Revision]:
    """Return a document and its open revision if this person may change it."""
    document = document_by_id(work, document_id)
    revision = need_open(work, document)
    work.allow(Act.SUBMIT, subject_of(document, revision))
    return document, revision


def latest(work: Work, document: Document) -> Revision | None:
    """Return the last issued revision of a document."""
    issued = issued_revisions(work, document.id)
    return issued[-1] if issued else None


def last_published(work: Work, document_id: str) -> Revision | None:
    """Return the last revision of a document that was ever published, taken back or not."""
    return work.session.scalar(
        select(Revision)
        .where(Revision.document_id == document_id, Revision.sequence.is_not(None))
        .order_by(Revision.sequence.desc())
        .limit(1)
    )

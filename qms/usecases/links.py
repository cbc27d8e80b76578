"""Which documents belong to one another: forms of a procedure, procedures of a form, adoptions. No acts here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from qms.model.document import Document, DocumentLink
from qms.model.enums import DocumentType, LinkKind
from qms.usecases import form_origins
from qms.usecases.form_origins import SourceLine
from qms.usecases.ports import Work


@dataclass(frozen=True)
class LinkLine:
    """One tie as it is seen from a document: what lies at the other end, and whether the tie starts there."""

    kind: LinkKind
    incoming: bool
    document: str
    code: str
    title: str
    type: DocumentType
    ended: bool
    source: SourceLine | None = None


def of(work: Work, document_id: str, day: date) -> tuple[LinkLine, ...]:
    """Return the ties of a document, its own first, by code; forms with where they get their validity from."""
    rows = work.session.scalars(
        select(DocumentLink).where(
            or_(DocumentLink.document_id == document_id, DocumentLink.other_id == document_id)
        )
    ).all()
    others = {row.other_id if row.document_id == document_id else row.document_id for row in rows}
    known = {
        document.id: document
        for document in work.session.scalars(
            select(Document).where(Document.id.in_(others)).options(selectinload(Document.codes))
        )
    }
    sources = form_origins.of_documents(work, others, day)
    found = [_line(row, document_id, known, sources) for row in rows]
    return tuple(sorted(found, key=lambda line: (line.incoming, line.kind, line.code)))


def _line(
    row: DocumentLink, document_id: str, known: dict[str, Document], sources: dict[str, SourceLine]
) -> LinkLine:
    incoming = row.other_id == document_id
    other = known[row.document_id if incoming else row.other_id]
    return LinkLine(
        kind=row.kind,
        incoming=incoming,
        document=other.id,
        code=other.code,
        title=other.title,
        type=other.type,
        ended=other.retired_on is not None,
        source=sources.get(other.id),
    )

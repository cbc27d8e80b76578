"""A library built as rows: documents in force with what they cite, for questions that need no file behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session

from qms.citations import is_local, issuer_key
from qms.model.document import Document, Revision
from qms.model.enums import CitationOrigin, DocumentType, MasterFormat, RelationKind, RevisionState
from qms.model.ids import fold
from qms.model.law import Citation, Instrument, Relation
from qms.model.organisation import Unit

ISSUED = date(2025, 7, 7)
AT = datetime(2025, 7, 7, tzinfo=UTC)


@dataclass(frozen=True)
class Cite:
    """One citation of a text."""

    key: str
    provisions: str = ""
    issuer: str = ""
    nested: bool = False
    basis: bool = True

    @property
    def text(self) -> str:
        """Return how it stands in the text."""
        return f"{self.key} của {self.issuer}" if self.issuer else self.key


@dataclass(frozen=True)
class Paper:
    """A document with one revision in force."""

    id: str
    cites: Sequence[Cite | str] = ()
    looked_at: date | None = ISSUED
    effective: date = ISSUED
    type: DocumentType = DocumentType.PROCEDURE
    retired: date | None = None

    @property
    def code(self) -> str:
        """Return its code."""
        return f"QT-{self.id.upper()}"


def add_papers(session: Session, papers: Iterable[Paper]) -> None:
    """Write documents with their revision and its citations, all at once."""
    unit = session.scalars(select(Unit.id).order_by(Unit.id)).first()
    first = session.scalar(select(func.max(Revision.id))) or 0
    documents: list[dict[str, Any]] = []
    revisions: list[dict[str, Any]] = []
    citations: list[dict[str, Any]] = []
    for number, paper in enumerate(papers, first + 1):
        documents.append(_document(paper, unit))
        revisions.append(_revision(paper, number))
        citations += [
            _citation(cite if isinstance(cite, Cite) else Cite(cite), number, position)
            for position, cite in enumerate(paper.cites)
        ]
    for table, rows in ((Document, documents), (Revision, revisions), (Citation, citations)):
        if rows:
            session.execute(insert(_table(table)), rows)


def add_law(
    session: Session,
    instruments: Iterable[Instrument] = (),
    relations: Iterable[Relation] = (),
) -> None:
    """Write instruments and relations."""
    session.add_all([*instruments, *relations])
    session.flush()


def instrument(
    key: str,
    kind: str = "Nghị định",
    title: str = "",
    *,
    issuer: str = "",
    issued: date | None = None,
    effective: date | None = date(2015, 1, 1),
    expires: date | None = None,
) -> Instrument:
    """Return an instrument of the register."""
    own = issuer_key(issuer) if issuer and is_local(key) else ""
    return Instrument(
        key=key,
        issuer_key=own,
        type=kind,
        title=title,
        issuer=issuer,
        issued=issued,
        effective=effective,
        expires=expires,
    )


def relation(
    source: str,
    kind: RelationKind,
    target: str,
    starts: date | None,
    provisions: str = "",
    *,
    source_issuer: str = "",
    target_issuer: str = "",
    source_provision: str = "",
) -> Relation:
    """Return how one instrument bears on another."""
    return Relation(
        source_key=source,
        source_issuer=issuer_key(source_issuer) if source_issuer else "",
        kind=kind,
        target_key=target,
        target_issuer=issuer_key(target_issuer) if target_issuer else "",
        target_provisions=provisions,
        source_provision=source_provision,
        starts=starts,
    )


def _document(paper: Paper, unit: int | None) -> dict[str, Any]:
    title = f"Quy trình {paper.id}"
    return {
        "id": paper.id,
        "title": title,
        "folded_title": fold(title),
        "type": paper.type,
        "issuer": "UBND xã Mẫu Thử",
        "master": MasterFormat.MARKDOWN,
        "unit_id": unit,
        "review_months": 12,
        "retired_on": paper.retired,
        "created_at": AT,
    }


def _revision(paper: Paper, number: int) -> dict[str, Any]:
    return {
        "id": number,
        "document_id": paper.id,
        "sequence": 1,
        "issue_number": 1,
        "revision_number": 0,
        "state": RevisionState.ISSUED,
        "title": f"Quy trình {paper.id}",
        "code": paper.code,
        "change_note": "",
        "author_name": "",
        "author_position": "",
        "version": 1,
        "effective_from": paper.effective,
        "looked_at": paper.looked_at,
        "created_at": AT,
    }


def _citation(cite: Cite, revision: int, position: int) -> dict[str, Any]:
    return {
        "revision_id": revision,
        "position": position,
        "text": cite.text,
        "key": cite.key,
        "issuer": cite.issuer,
        "issuer_key": issuer_key(cite.issuer) if cite.issuer and is_local(cite.key) else "",
        "provisions": cite.provisions,
        "nested": cite.nested,
        "basis": cite.basis,
        "origin": CitationOrigin.FOUND,
    }


def _table(of: type) -> Table:
    table: Table = of.__table__  # type: ignore[attr-defined]
    return table

"""The issuing decisions on record: the list, one of them with its documents, and its scan."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from qms.errors import NotFound
from qms.model.document import Revision
from qms.model.enums import IssuanceKind, ItemRole, SigningForm
from qms.model.issuance import Issuance, IssuanceItem
from qms.model.permissions import Act
from qms.usecases import acts
from qms.usecases.ports import Work


@dataclass(frozen=True)
class IssuanceLine:
    """One decision of the list."""

    id: str
    kind: IssuanceKind
    number: str
    signed_on: date
    effective_from: date
    signer: str
    documents: int
    has_scan: bool


@dataclass(frozen=True)
class IssuedDocument:
    """One document of a decision and what the decision did to it."""

    document_id: str
    sequence: int
    code: str
    title: str
    label: str
    role: ItemRole


@dataclass(frozen=True)
class IssuancePage:
    """One decision: what the paper says, what it covers, who recorded it and when."""

    line: IssuanceLine
    agency: str
    signing_form: SigningForm | None
    transition: str
    transition_until: date | None
    reason: str
    recorded_by: str
    recorded_at: datetime
    documents: tuple[IssuedDocument, ...]


@dataclass(frozen=True)
class Scan:
    """The scanned decision."""

    name: str
    data: bytes


def listing(work: Work, offset: int = 0, limit: int | None = None) -> list[IssuanceLine]:
    """Return the decisions on record, latest signed first."""
    work.allow(Act.READ_ISSUANCES)
    count = func.count(IssuanceItem.id)
    rows = work.session.execute(
        select(Issuance, count)
        .outerjoin(IssuanceItem, IssuanceItem.issuance_id == Issuance.id)
        .where(Issuance.commit_id.is_not(None))
        .group_by(Issuance.id)
        .order_by(Issuance.signed_on.desc(), Issuance.recorded_at.desc(), Issuance.id)
        .offset(offset)
        .limit(limit)
    )
    return [_line(issuance, documents) for issuance, documents in rows]


def page(work: Work, issuance_id: str) -> IssuancePage:
    """Return one decision; raises ``NotFound``."""
    work.allow(Act.READ_ISSUANCES)
    issuance = _issuance(work, issuance_id)
    return IssuancePage(
        line=_line(issuance, len(issuance.items)),
        agency=issuance.agency,
        signing_form=issuance.signing_form,
        transition=issuance.transition,
        transition_until=issuance.transition_until,
        reason=issuance.reason,
        recorded_by=issuance.recorded_by,
        recorded_at=issuance.recorded_at,
        documents=_documents(work, issuance.items),
    )


def scan(work: Work, issuance_id: str) -> Scan:
    """Return the scan of a decision; raises ``NotFound`` where none was handed in."""
    work.allow(Act.READ_ISSUANCES)
    issuance = _issuance(work, issuance_id)
    number = (issuance.number or issuance.id).replace("/", "-")
    for suffix in acts.SCAN_TYPES if issuance.scan_sha256 else ():
        with suppress(NotFound):
            data = work.git.read_issuance_file(issuance.commit_id or "", issuance.id, f"scan{suffix}")
            return Scan(f"Quyết định {number}{suffix}", data)
    raise NotFound(what="bản quét của quyết định này")


def _issuance(work: Work, issuance_id: str) -> Issuance:
    found = work.session.get(Issuance, issuance_id, options=[selectinload(Issuance.items)])
    if found is None:
        raise NotFound(what="quyết định này")
    return found


def _line(issuance: Issuance, documents: int) -> IssuanceLine:
    signer = (issuance.signer_position, issuance.signer_name)
    return IssuanceLine(
        id=issuance.id,
        kind=issuance.kind,
        number=issuance.number or "",
        signed_on=issuance.signed_on,
        effective_from=issuance.effective_from,
        signer=", ".join(part for part in signer if part),
        documents=documents,
        has_scan=bool(issuance.scan_sha256),
    )


def _documents(work: Work, items: Sequence[IssuanceItem]) -> tuple[IssuedDocument, ...]:
    rows = work.session.scalars(
        select(Revision).where(Revision.document_id.in_({item.document_id for item in items}))
    )
    by_key = {(row.document_id, row.sequence): row for row in rows}
    return tuple(
        _document(item, by_key[item.document_id, item.sequence])
        for item in items
        if (item.document_id, item.sequence) in by_key
    )


def _document(item: IssuanceItem, revision: Revision) -> IssuedDocument:
    return IssuedDocument(
        document_id=item.document_id,
        sequence=revision.sequence or 0,
        code=revision.code,
        title=revision.title,
        label=revision.label,
        role=item.role,
    )

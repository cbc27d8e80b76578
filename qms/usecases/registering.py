"""The register (danh mục tài liệu): every document in control as it stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import joinedload, selectinload

from qms.model.days import add_months
from qms.model.document import Document, Revision
from qms.model.enums import DayStatus, DocumentType
from qms.model.issuance import Issuance
from qms.model.lifecycle import Period, revision_period
from qms.model.permissions import Act
from qms.usecases import lookups
from qms.usecases.ports import Work


@dataclass(frozen=True)
class RegisterLine:
    """One document of the register on a day."""

    document: str
    code: str
    title: str
    type: DocumentType
    issuer: str
    unit: str
    field: str | None
    revision: str
    status: DayStatus
    effective_from: date
    effective_until: date | None
    issued_by: str
    review_due: date
    source_file: str | None


def register(work: Work, on: date | None = None, unit: str | None = None) -> list[RegisterLine]:
    """Return every document that has an issued revision, as it stands on a day, in order of code."""
    work.allow(Act.READ_REGISTER)
    day = on or work.today
    home = lookups.unit(work, unit) if unit else None
    rows = work.session.execute(
        select(Revision, revision_period, Issuance)
        .join(revision_period, revision_period.c.revision_id == Revision.id)
        .join(Issuance, Issuance.id == Revision.issuance_id)
        .options(
            joinedload(Revision.document).options(
                selectinload(Document.codes), joinedload(Document.unit), joinedload(Document.field)
            )
        )
        .order_by(Revision.code, Revision.document_id, Revision.sequence)
    ).all()
    best: dict[str, RegisterLine] = {}
    for row in rows:
        revision: Revision = row[0]
        if home is not None and revision.document.unit_id != home.id:
            continue
        line = _register_line(revision, row, day)
        held = best.get(line.document)
        if held is None or _rank(line) >= _rank(held):
            best[line.document] = line
    return sorted(best.values(), key=lambda line: (line.code, line.document))


def _rank(line: RegisterLine) -> int:
    order = (
        DayStatus.SCHEDULED,
        DayStatus.SUPERSEDED,
        DayStatus.TRANSITION,
        DayStatus.RETIRED,
        DayStatus.EFFECTIVE,
    )
    return order.index(line.status)


def _register_line(revision: Revision, row: Row[Any], day: date) -> RegisterLine:
    period = Period.of(row)
    document = revision.document
    issuance: Issuance = row.Issuance
    return RegisterLine(
        document=document.id,
        code=document.code,
        title=revision.title,
        type=document.type,
        issuer=document.issuer,
        unit=document.unit.name,
        field=document.field.name if document.field else None,
        revision=revision.label,
        status=period.status_on(day),
        effective_from=period.start,
        effective_until=period.end,
        issued_by=issuance.number or "",
        review_due=add_months(period.start, document.review_months),
        source_file=revision.source_file,
    )

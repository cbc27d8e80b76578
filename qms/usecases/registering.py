"""The register (danh mục tài liệu): every document in control as it stands on a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select

from qms.model.days import add_months
from qms.model.document import Code, Document, Revision
from qms.model.enums import DayStatus, DocumentType, RevisionState
from qms.model.ids import fold, fold_code
from qms.model.issuance import Issuance
from qms.model.lifecycle import standing
from qms.model.organisation import Field, Unit
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


@dataclass(frozen=True)
class Wanted:
    """What of the register is wanted: a type, a unit and a field by key, a status, and words of code or title."""

    type: DocumentType | None = None
    unit: str | None = None
    field: str | None = None
    status: DayStatus | None = None
    text: str = ""


@dataclass(frozen=True)
class RegisterPage:
    """Some lines of the register, how many there are in all, and the units and fields one may choose (key, name)."""

    lines: tuple[RegisterLine, ...]
    total: int
    units: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str], ...]


def register(work: Work, on: date | None = None, unit: str | None = None) -> list[RegisterLine]:
    """Return every document that has an issued revision, as it stands on a day, in order of code."""
    work.allow(Act.READ_REGISTER)
    day = on or work.today
    wanted = Wanted(unit=lookups.unit(work, unit).key if unit else None)
    return [_line(row) for row in work.session.execute(_lines(day).where(*_conditions(wanted, day)))]


def page(work: Work, wanted: Wanted, on: date | None, start: int, limit: int) -> RegisterPage:
    """Return ``limit`` lines from ``start`` on of the wanted part of the register on a day, in order of code."""
    work.allow(Act.READ_REGISTER)
    day = on or work.today
    code = _present_code()
    chosen = work.session.execute(
        select(Document.id, func.count().over())
        .where(exists().where(*_issued()), *_conditions(wanted, day))
        .order_by(code, Document.id)
        .offset(start)
        .limit(limit)
    ).all()
    # of the documents of this page alone it is asked how they stand
    rows = work.session.execute(_lines(day, [document for document, _ in chosen]))
    used = select(Document.unit_id)
    return RegisterPage(
        lines=tuple(map(_line, rows)),
        total=chosen[0][1] if chosen else 0,
        units=_names(work, select(Unit.key, Unit.name).where(Unit.id.in_(used)).order_by(Unit.name)),
        fields=_names(work, select(Field.key, Field.name).order_by(Field.name)),
    )


def _names(work: Work, asked: Select[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((key, name) for key, name in work.session.execute(asked))


def _issued() -> tuple[ColumnElement[bool], ...]:
    return Revision.document_id == Document.id, Revision.state == RevisionState.ISSUED


def _lines(day: date, documents: Collection[str] | None = None) -> Select[Any]:
    """The columns of a line and nothing else, of the one revision of each document that stands for it."""
    stands, code = standing(day, documents), _present_code()
    return (
        select(
            Document.id,
            code.label("code"),
            Revision.title,
            Document.type,
            Document.issuer,
            Unit.name.label("unit"),
            Field.name.label("field"),
            Revision.issue_number,
            Revision.revision_number,
            stands.c.status,
            stands.c.effective_from,
            stands.c.effective_until,
            Issuance.number,
            Document.review_months,
            Revision.source_file,
        )
        .join(stands, stands.c.id == Revision.id)
        .join(Document, Document.id == Revision.document_id)
        .join(Issuance, Issuance.id == Revision.issuance_id)
        .join(Unit, Unit.id == Document.unit_id)
        .outerjoin(Field, Field.id == Document.field_id)
        .where(stands.c.place == 1)
        .order_by(code, Document.id)
    )


def _present_code() -> ColumnElement[str]:
    """The code that holds now or the id where there is none, as ``Document.code`` tells it."""
    holds = (
        select(Code.code)
        .where(Code.document_id == Document.id, Code.ends.is_(None))
        .order_by(Code.id.desc())
        .limit(1)
        .correlate(Document)
        .scalar_subquery()
    )
    return func.coalesce(holds, Document.id)


def _conditions(wanted: Wanted, day: date) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.type:
        conditions.append(Document.type == wanted.type)
    if wanted.unit:
        conditions.append(Document.unit_id.in_(select(Unit.id).where(Unit.key == wanted.unit)))
    if wanted.field:
        conditions.append(Document.field_id.in_(select(Field.id).where(Field.key == wanted.field)))
    if wanted.status:
        stands = standing(day)
        alike = select(stands.c.document_id).where(
            stands.c.place == 1, stands.c.status == wanted.status.value
        )
        conditions.append(Document.id.in_(alike))
    if words := fold(wanted.text).split():
        code = Code.folded.contains(fold_code(wanted.text), autoescape=True)
        bearing = select(Code.document_id).where(Code.ends.is_(None), code)
        titled = and_(*(Document.folded_title.contains(word) for word in words))
        conditions.append(or_(Document.id.in_(bearing), titled))
    return conditions


def _line(row: Row[Any]) -> RegisterLine:
    start = row.effective_from
    return RegisterLine(
        document=row.id,
        code=row.code,
        title=row.title,
        type=row.type,
        issuer=row.issuer,
        unit=row.unit,
        field=row.field,
        revision=f"{row.issue_number:02d}.{row.revision_number:02d}",
        status=DayStatus(row.status),
        effective_from=start,
        effective_until=row.effective_until,
        issued_by=row.number or "",
        review_due=add_months(start, row.review_months),
        source_file=row.source_file,
    )

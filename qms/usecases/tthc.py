"""The catalogue of administrative procedures (TTHC): what is published on a day, and which documents cover it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from qms.model.document import Document
from qms.model.enums import DocumentType
from qms.model.ids import fold
from qms.model.permissions import Act
from qms.model.tthc import AdministrativeProcedure, DocumentTthc, TthcRow, stem
from qms.model.tthc_status import ENDED, TthcStanding, TthcStatus, in_order, tthc_on
from qms.usecases import tthc_lookups
from qms.usecases.ports import Work
from qms.usecases.tthc_lookups import Covering, TthcTimes


@dataclass(frozen=True)
class TthcEntry:
    """One procedure of the catalogue on a day, and the documents in force that cover it."""

    stem: str
    name: str
    field: str
    level: str
    standing: TthcStanding
    documents: tuple[Covering, ...]


@dataclass(frozen=True)
class Wanted:
    """What is wanted of the catalogue: words or a code, a field, what one decision is about, what nobody covers."""

    text: str = ""
    field: str = ""
    decision: str = ""
    gaps: bool = False


@dataclass(frozen=True)
class Catalogue:
    """A page of the catalogue: its lines, how many there are in all, and the fields to choose from."""

    lines: tuple[TthcEntry, ...]
    total: int
    fields: tuple[str, ...]


@dataclass(frozen=True)
class CoveringTimes:
    """A document that covers the procedure, with the three times side by side."""

    document: Covering
    times: TthcTimes


@dataclass(frozen=True)
class FormKept:
    """A form that a procedure which ends uses: ``others`` are the documents that go on using it."""

    id: str
    code: str
    title: str
    others: tuple[str, ...]


@dataclass(frozen=True)
class Retirement:
    """What an ended procedure proposes: documents to retire, those that cover more, and what becomes of the forms."""

    retire: tuple[Covering, ...]
    revise: tuple[Covering, ...]
    forms: tuple[FormKept, ...]


@dataclass(frozen=True)
class TthcPage:
    """One procedure: its standing, every row about it, what came before it, the documents with their times."""

    entry: TthcEntry
    url: str
    on: date
    rows: tuple[TthcRow, ...]
    predecessors: tuple[TthcEntry, ...]
    successor: TthcEntry | None
    documents: tuple[CoveringTimes, ...]
    retirement: Retirement | None


def listing(
    work: Work,
    wanted: Wanted | None = None,
    on: date | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> Catalogue:
    """Return the catalogue on a day, by field and name, as far as it is wanted."""
    work.allow(Act.READ_TTHC)
    query = select(AdministrativeProcedure).where(*_conditions(wanted or Wanted()))
    total = work.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    query = query.order_by(AdministrativeProcedure.field, AdministrativeProcedure.folded_name)
    rows = work.session.scalars(query.offset(offset).limit(limit)).all()
    fields = select(AdministrativeProcedure.field).where(AdministrativeProcedure.field != "").distinct()
    names = tuple(work.session.scalars(fields.order_by(AdministrativeProcedure.field)))
    return Catalogue(tuple(_entries(work, rows, on or work.today)), total, names)


def page(work: Work, code: str, on: date | None = None) -> TthcPage:
    """Return one procedure with its rows, its documents and their three times; raises ``UnknownTthc``."""
    work.allow(Act.READ_TTHC)
    day = on or work.today
    procedure = tthc_lookups.procedure(work, code)
    before = work.session.scalars(
        select(AdministrativeProcedure)
        .join(TthcRow, TthcRow.stem == AdministrativeProcedure.stem)
        .where(TthcRow.successor == procedure.stem)
        .distinct()
    ).all()
    (entry,) = _entries(work, [procedure], day)
    rows = tthc_lookups.rows_of(work, [procedure.stem]).get(procedure.stem, ())
    after = work.session.get(AdministrativeProcedure, entry.standing.successor)
    return TthcPage(
        entry=entry,
        url=procedure.url if procedure.url.startswith("https://") else "",
        on=day,
        rows=tuple(in_order(rows)),
        predecessors=tuple(_entries(work, before, day)),
        successor=next(iter(_entries(work, [after], day)), None) if after is not None else None,
        documents=tuple(_times(work, entry, document, day) for document in entry.documents),
        retirement=_retirement(work, entry, rows, day),
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if one := stem(wanted.text):
        where.append(AdministrativeProcedure.stem == one)
    elif typed := wanted.text.strip():
        words = [AdministrativeProcedure.folded_name.contains(word) for word in fold(typed).split()]
        starts = AdministrativeProcedure.stem.startswith(typed, autoescape=True)
        where.append(or_(starts, and_(*words)) if words else starts)
    if wanted.field:
        where.append(AdministrativeProcedure.field == wanted.field)
    if wanted.decision:
        of_it = (TthcRow.stem == AdministrativeProcedure.stem, TthcRow.decision_key == wanted.decision)
        where.append(exists().where(*of_it))
    if wanted.gaps:
        where.append(~exists().where(DocumentTthc.stem == AdministrativeProcedure.stem))
    return where


def _entries(work: Work, rows: Sequence[AdministrativeProcedure], day: date) -> list[TthcEntry]:
    stems = [row.stem for row in rows]
    found = tthc_lookups.standings_of(work, stems, day)
    covering = tthc_lookups.covering(work, set(stems), day)
    return [
        TthcEntry(row.stem, row.name, row.field, row.level, found[row.stem], tuple(covering[row.stem]))
        for row in rows
    ]


def _times(work: Work, entry: TthcEntry, document: Covering, day: date) -> CoveringTimes:
    ((found, revision),) = tthc_lookups.effective(work, day, Document.id == document.id)
    anatomy = tthc_lookups.reading_of(work, found, revision).anatomy
    covered = tthc_lookups.document_times(work, document.id, anatomy, day).covered
    return CoveringTimes(document, next(one for one in covered if one.stem == entry.stem))


def _retirement(work: Work, entry: TthcEntry, rows: Sequence[TthcRow], day: date) -> Retirement | None:
    """Propose what ends with a procedure: never a form that others use, never a document that covers more."""
    if tthc_on(rows, date.max).status is not TthcStatus.ABOLISHED:
        return None
    standing = tthc_lookups.standings_of(work, [one for d in entry.documents for one in d.others], day)
    living = {one for one, its in standing.items() if its.status not in ENDED}
    retire = tuple(
        d for d in entry.documents if not living & set(d.others) and d.type is not DocumentType.FORM
    )
    revise = tuple(d for d in entry.documents if living & set(d.others))
    ends = {document.id for document in retire}
    users = tthc_lookups.forms_of(work, ends)
    known = {
        document.id: document for document in tthc_lookups.documents(work, {*users, *chain(*users.values())})
    }
    forms = tuple(
        FormKept(
            form, known[form].code, known[form].title, tuple(known[one].code for one in sorted(used - ends))
        )
        for form, used in sorted(users.items())
        if form in known
    )
    return Retirement(retire, revise, forms)

"""One instrument of the legal register: what it is, how it stands and why, what it bears on, who cites it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Integer, cast, func, select

from qms.model.document import Document, Revision
from qms.model.enums import RelationKind
from qms.model.law import Citation, Instrument, Relation
from qms.model.legal_status import deadline
from qms.model.lifecycle import in_force, revision_period
from qms.model.permissions import Act
from qms.usecases import form_origins, law_views, naming
from qms.usecases.form_origins import FormLine
from qms.usecases.law_views import InstrumentLine
from qms.usecases.ports import Work

CITING_SHOWN = 50


@dataclass(frozen=True)
class Which:
    """What tells apart instruments of one number: the folded issuer of local ones, the kind of the Assembly's."""

    issuer: str = ""
    type: str = ""


ANY = Which()


@dataclass(frozen=True)
class RelationLine:
    """One relation as an instrument's page shows it; ``known`` tells whether the other one is in the register."""

    kind: RelationKind
    other: str
    other_title: str
    known: bool
    provisions: str
    starts: date | None
    deadline: date | None
    exceptions: str = ""
    other_issuer: str = ""


@dataclass(frozen=True)
class CitingLine:
    """A document in force that cites the instrument."""

    document: str
    code: str
    title: str
    label: str
    basis: bool


@dataclass(frozen=True)
class InstrumentPage:
    """One instrument on a day; ``namesakes`` bear the same number, ``base`` names the state of its facts."""

    id: int
    base: str
    line: InstrumentLine
    on: date
    url: str
    topics: str
    expires: date | None
    namesakes: tuple[InstrumentLine, ...]
    incoming: tuple[RelationLine, ...]
    outgoing: tuple[RelationLine, ...]
    citing: tuple[CitingLine, ...]
    citing_total: int
    forms: tuple[FormLine, ...] = ()


def page(
    work: Work, number: str, on: date | None = None, which: Which = ANY, citing_from: int = 0
) -> InstrumentPage:
    """Return one instrument; raises ``UnknownInstrument`` or ``AmbiguousInstrument``."""
    work.allow(Act.READ_LAW)
    day = on or work.today
    rows = _rows(work, number)
    row = _one(work, number, rows, which)
    lines = law_views.described(work, [row, *(one for one in rows if one is not row)], day)
    citing = _citing_condition(work, row, day)
    return InstrumentPage(
        id=row.id,
        base=law_views.state_of(row),
        line=lines[0],
        on=day,
        url=row.url,
        topics=row.topics,
        expires=row.expires,
        namesakes=lines[1:],
        incoming=_relations(work, row, incoming=True),
        outgoing=_relations(work, row, incoming=False),
        citing=_citing(work, citing, citing_from),
        citing_total=lines[0].cited_by,
        forms=form_origins.from_instrument(work, row.ref),
    )


def _one(work: Work, number: str, rows: Sequence[Instrument], which: Which) -> Instrument:
    meant = [
        row
        for row in rows
        if which.issuer in ("", row.issuer_key) and which.type in ("", row.type) and which != ANY
    ]
    return meant[0] if meant else naming.instrument(work, number, which.issuer)


def _rows(work: Work, number: str) -> Sequence[Instrument]:
    key = naming.key_of(work, number)
    return work.session.scalars(select(Instrument).where(Instrument.key == key).order_by(Instrument.id)).all()


def _relations(work: Work, row: Instrument, *, incoming: bool) -> tuple[RelationLine, ...]:
    mine, its_issuer = (
        (Relation.target_key, Relation.target_issuer)
        if incoming
        else (Relation.source_key, Relation.source_issuer)
    )
    rows = work.session.scalars(
        select(Relation)
        .where(mine == row.key, its_issuer.in_({row.issuer_key, ""}))
        .order_by(Relation.starts, Relation.id)
    ).all()
    others = {one.source_key if incoming else one.target_key for one in rows}
    titles = dict(
        work.session.execute(select(Instrument.key, Instrument.title).where(Instrument.key.in_(others))).all()
    )
    return tuple(
        RelationLine(
            kind=one.kind,
            other=(other := one.source_key if incoming else one.target_key),
            other_title=titles.get(other, ""),
            known=other in titles,
            provisions=one.target_provisions,
            starts=one.starts,
            deadline=deadline(one.starts) if one.starts else None,
            exceptions=one.except_provisions,
            other_issuer=one.source_issuer if incoming else one.target_issuer,
        )
        for one in rows
    )


def _citing_condition(work: Work, row: Instrument, day: date) -> tuple[ColumnElement[bool], ...]:
    keys = naming.cited_as(work, {row.key}, day)
    named: list[ColumnElement[bool]] = [Citation.key.in_(keys)]
    if row.issuer_key:
        # an issuer is written in many ways: those that mean this one, and where none is told
        told = work.session.scalars(select(Citation.issuer).where(Citation.key.in_(keys)).distinct())
        named.append(Citation.issuer.in_(law_views.spellings(told, row.issuer_key)))
    return (*named, Citation.nested.is_(False), in_force(day))


def _citing(work: Work, condition: Sequence[ColumnElement[bool]], offset: int) -> tuple[CitingLine, ...]:
    rows = work.session.execute(
        select(Document.id, Revision.code, Revision.title, Revision, func.max(cast(Citation.basis, Integer)))
        .join(Revision, Revision.document_id == Document.id)
        .join(Citation, Citation.revision_id == Revision.id)
        .join(revision_period, revision_period.c.revision_id == Revision.id)
        .where(*condition)
        .group_by(Document.id, Revision.id)
        .order_by(Revision.code, Document.id)
        .offset(offset)
        .limit(CITING_SHOWN)
    )
    return tuple(
        CitingLine(document, code or document, title, revision.label, bool(basis))
        for document, code, title, revision, basis in rows
    )

"""The legal register: rows in from tables, the list and one instrument as they stand on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, or_, select

from qms.citations import instrument_type, is_local, parse_key
from qms.errors import WrongUse
from qms.formats.tables import read_table
from qms.model.days import BadDay, parse_day
from qms.model.document import Document, Revision
from qms.model.enums import RelationKind
from qms.model.ids import clean, fold
from qms.model.law import Citation, Instrument, Relation
from qms.model.legal_status import Standing, deadline
from qms.model.lifecycle import in_force, revision_period
from qms.model.permissions import Act
from qms.usecases import standings
from qms.usecases.ports import Work

Row = Mapping[str, str]


class UnknownTable(WrongUse):
    """The header of a table is none of those that can be taken in."""

    code = "unknown_table"
    sentence = (
        "Không nhận ra bảng trong «{file}»; dòng đầu cần có các cột number, type, title, issuer, issued, effective "
        "(văn bản) hoặc source, kind, target, from (quan hệ)."
    )


@dataclass(frozen=True)
class Table:
    """A table handed in: its file, its columns, its rows with the line each stands on."""

    file: str
    columns: frozenset[str]
    rows: Sequence[tuple[int, Row]]


@dataclass
class Taken:
    """What an import of legal rows did; rejected rows are named with what is wrong with them."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[tuple[str, int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class InstrumentLine:
    """One instrument of the list on a day, and how many documents cite it."""

    number: str
    type: str
    title: str
    issuer: str
    issued: date | None
    effective: date | None
    standing: Standing
    cited_by: int


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
    """One instrument: what it is, how it stands, what changed it, what it changes, who cites it."""

    line: InstrumentLine
    on: date
    url: str
    incoming: tuple[RelationLine, ...]
    outgoing: tuple[RelationLine, ...]
    citing: tuple[CitingLine, ...]


def read(file: str, data: bytes) -> Table:
    """Read a CSV, XLSX or JSON lines file; raises ``BadTable``."""
    rows = read_table(data)
    columns = {name for row in rows for name in row.values}
    return Table(file, frozenset(columns), [(row.line, row.values) for row in rows])


def take_in(work: Work, tables: Sequence[Table]) -> Taken:
    """Take instruments first and relations after them, whatever the order of files; twice changes nothing."""
    work.allow(Act.IMPORT_LAW)
    taken = Taken()
    book = _Book.opened(work)
    kinds = {id(table): _kind(table) for table in tables}
    for kind, take in (("instruments", _take_instrument), ("relations", _take_relation)):
        for table in tables:
            if kinds[id(table)] == kind:
                for number, row in table.rows:
                    try:
                        _count(taken, take(book, row))
                    except (WrongUse, ValueError) as wrong:
                        taken.rejected.append((table.file, number, str(wrong)))
    standings.move(work)
    work.record("import_law", "legal", created=taken.created, updated=taken.updated)
    work.commit()
    return taken


def listing(
    work: Work, on: date | None = None, text: str = "", offset: int = 0, limit: int | None = None
) -> list[InstrumentLine]:
    """Return the instruments as they stand on a day, those that documents cite most first."""
    work.allow(Act.READ_LAW)
    cited = _cited_counts(work, on or work.today)
    query = select(Instrument).order_by(Instrument.issued.desc(), Instrument.key)
    if text.strip():
        like = f"%{clean(text)}%"
        query = query.where(or_(Instrument.key.ilike(like), Instrument.title.ilike(like)))
    rows = sorted(work.session.scalars(query), key=lambda row: -cited.get(row.key, 0))
    rows = rows[offset : offset + limit if limit else None]
    found = standings.of_numbers(work, [row.key for row in rows], on or work.today)
    return [_line(row, found[row.key].standing, cited.get(row.key, 0)) for row in rows]


def page(work: Work, number: str, on: date | None = None) -> InstrumentPage:
    """Return one instrument; raises ``UnknownInstrument``."""
    work.allow(Act.READ_LAW)
    day = on or work.today
    row = standings.instrument(work, number)
    incoming = _relations(work, Relation.target_key == row.key, incoming=True)
    outgoing = _relations(work, Relation.source_key == row.key, incoming=False)
    citing = _citing(work, row, day)
    standing = standings.of_numbers(work, [row.key], day)[row.key].standing
    return InstrumentPage(_line(row, standing, len(citing)), day, row.url, incoming, outgoing, citing)


@dataclass(frozen=True)
class _Book:
    """The register held open while rows are taken in, so that each row is compared without asking again."""

    work: Work
    instruments: dict[tuple[str, str, str], Instrument]
    relations: set[tuple[object, ...]]

    @classmethod
    def opened(cls, work: Work) -> _Book:
        identity = (
            Relation.source_key,
            Relation.kind,
            Relation.target_key,
            Relation.target_provisions,
            Relation.source_provision,
            Relation.starts,
        )
        return cls(
            work,
            {(row.key, row.issuer_key, row.type): row for row in work.session.scalars(select(Instrument))},
            {tuple(row) for row in work.session.execute(select(*identity))},
        )

    def add_instrument(self, row: Instrument) -> None:
        self.instruments[row.key, row.issuer_key, row.type] = row
        self.work.session.add(row)

    def add_relation(self, row: Relation, identity: tuple[object, ...]) -> None:
        self.relations.add(identity)
        self.work.session.add(row)


def _kind(table: Table) -> str:
    if {"number", "type"} <= table.columns or {"number", "title"} <= table.columns:
        return "instruments"
    if {"source", "kind", "target"} <= table.columns:
        return "relations"
    raise UnknownTable(file=table.file)


def _take_instrument(book: _Book, row: Row) -> str:
    number = clean(row.get("number", ""))
    if not number:
        raise WrongUse(reason="thiếu số, ký hiệu văn bản (cột number).")
    key = parse_key(number) or number
    issuer = clean(row.get("issuer", ""))
    issuer_key = fold(issuer) if is_local(key) else ""
    kind = (clean(row.get("type", "")) or instrument_type(key) or "").capitalize()
    values = {
        "title": clean(row.get("title", "")),
        "issuer": issuer,
        "issued": _day(row, "issued"),
        "effective": _day(row, "effective"),
        "expires": _day(row, "expires"),
        "province": clean(row.get("province", "")),
        "url": clean(row.get("url", "")),
        "topics": clean(row.get("topics", "")),
    }
    known = book.instruments.get((key, issuer_key, kind))
    if known is None:
        book.add_instrument(Instrument(key=key, issuer_key=issuer_key, type=kind, **values))
        return "created"
    # an empty cell does not wipe out what is known
    changed = {name: value for name, value in values.items() if value and getattr(known, name) != value}
    for name, value in changed.items():
        setattr(known, name, value)
    return "updated" if changed else "unchanged"


def _take_relation(book: _Book, row: Row) -> str:
    source, target = (clean(row.get(name, "")) for name in ("source", "target"))
    if not source or not target:
        raise WrongUse(reason="thiếu văn bản tác động (source) hoặc văn bản bị tác động (target).")
    kind = clean(row.get("kind", "")).lower()
    if kind not in set(RelationKind):
        raise WrongUse(reason=f"quan hệ «{kind}» không có trong danh sách ({', '.join(RelationKind)}).")
    identity = {
        "source_key": parse_key(source) or source,
        "kind": RelationKind(kind),
        "target_key": parse_key(target) or target,
        "target_provisions": " ".join(clean(row.get("target_provisions", "")).replace(";", " ").split()),
        "source_provision": clean(row.get("source_provision", "")),
        "starts": _day(row, "from"),
    }
    if tuple(identity.values()) in book.relations:
        return "unchanged"
    book.add_relation(Relation(**identity), tuple(identity.values()))
    return "created"


def _day(row: Row, column: str) -> date | None:
    typed = (row.get(column) or "").strip()
    if not typed:
        return None
    try:
        return parse_day(typed[:10] if len(typed) > 10 else typed)
    except BadDay:
        raise BadDay(text=f"{column}: {typed}") from None


def _count(taken: Taken, what: str) -> None:
    setattr(taken, what, getattr(taken, what) + 1)


def _line(row: Instrument, standing: Standing, cited_by: int) -> InstrumentLine:
    return InstrumentLine(
        row.key, row.type, row.title, row.issuer, row.issued, row.effective, standing, cited_by
    )


def _cited_counts(work: Work, day: date) -> dict[str, int]:
    rows = work.session.execute(
        select(Citation.key, func.count(func.distinct(Citation.revision_id)))
        .join(revision_period, revision_period.c.revision_id == Citation.revision_id)
        .where(Citation.nested.is_(False), in_force(day))
        .group_by(Citation.key)
    )
    counts: dict[str, int] = {}
    for key, count in rows:
        number = standings.number_of(work, key, day) or key
        counts[number] = counts.get(number, 0) + count
    return counts


def _relations(work: Work, condition: object, *, incoming: bool) -> tuple[RelationLine, ...]:
    rows = work.session.scalars(
        select(Relation).where(condition).order_by(Relation.starts, Relation.id)  # type: ignore[arg-type]
    ).all()
    others = {row.source_key if incoming else row.target_key for row in rows}
    titles = dict(
        work.session.execute(select(Instrument.key, Instrument.title).where(Instrument.key.in_(others))).all()
    )
    return tuple(
        RelationLine(
            kind=row.kind,
            other=(other := row.source_key if incoming else row.target_key),
            other_title=titles.get(other, ""),
            known=other in titles,
            provisions=row.target_provisions,
            starts=row.starts,
            deadline=deadline(row.starts) if row.starts else None,
        )
        for row in rows
    )


def _citing(work: Work, instrument: Instrument, day: date) -> tuple[CitingLine, ...]:
    keys = standings.cited_as(work, {instrument.key}, day)
    rows = work.session.execute(
        select(Document.id, Revision.code, Revision.title, Revision, func.max(Citation.basis))
        .join(Revision, Revision.document_id == Document.id)
        .join(Citation, Citation.revision_id == Revision.id)
        .join(revision_period, revision_period.c.revision_id == Revision.id)
        .where(Citation.key.in_(keys), Citation.nested.is_(False), in_force(day))
        .group_by(Revision.id)
        .order_by(Revision.code, Document.id)
    )
    return tuple(
        CitingLine(document, code or document, title, revision.label, bool(basis))
        for document, code, title, revision, basis in rows
    )

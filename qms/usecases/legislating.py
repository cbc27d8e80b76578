"""The legal register: rows in from tables, tried before they are kept, and one instrument's facts put right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from qms.errors import NotFound, Refused, WrongUse
from qms.formats.tables import read_table
from qms.model.ids import clean
from qms.model.law import Instrument
from qms.model.permissions import Act
from qms.usecases import law_rows, law_views, naming, tthc_lines, tthc_rows
from qms.usecases.law_book import Book
from qms.usecases.law_paste import Pasted
from qms.usecases.law_rows import Row, TableKind
from qms.usecases.ports import Work

PASTED = "nội dung đã dán"


class UnknownTable(WrongUse):
    """The header of a table is none of those that can be taken in."""

    code = "unknown_table"
    sentence = (
        "Không nhận ra bảng trong «{file}»; dòng đầu cần có các cột number, type, title, issuer, issued, effective "
        "(văn bản), source, kind, target, from (quan hệ) hoặc decision, code, name, change (thủ tục hành chính)."
    )


class FactsChanged(Refused):
    """Somebody else changed the instrument while it was being corrected."""

    code = "facts_changed"
    sentence = "{number}: có người vừa sửa thông tin văn bản này; hãy xem lại thông tin mới rồi ghi lại."


class NotTheSame(Refused):
    """A correction would make two instruments one."""

    code = "not_the_same"
    sentence = "Sổ đã có một văn bản {number} khác cùng loại và cùng cơ quan ban hành; hãy xem lại."


class EmptyNumber(WrongUse):
    """An instrument without its number."""

    code = "number_needed"
    sentence = "Hãy nhập số, ký hiệu văn bản."


@dataclass(frozen=True)
class Table:
    """A table handed in: its file, its columns, its rows with the line each stands on."""

    file: str
    columns: frozenset[str]
    rows: Sequence[tuple[int, Row]]


@dataclass(frozen=True)
class TakenRow:
    """What became of one row: ``created``, ``updated``, ``unchanged``, or rejected with what is wrong with it."""

    file: str
    line: int
    values: Row
    done: str
    wrong: str = ""


@dataclass
class Taken:
    """What an import of legal rows did; ``doubts`` are rows that were taken but need a person's eye."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rows: list[TakenRow] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def rejected(self) -> list[tuple[str, int, str]]:
        """Return file, line and fault of every row that was not taken."""
        return [(row.file, row.line, row.wrong) for row in self.rows if row.wrong]


@dataclass(frozen=True)
class Correction:
    """An instrument's own facts as the officer wants them; ``base`` names the state that was on the screen."""

    type: str
    title: str
    issuer: str
    issued: date | None
    effective: date | None
    expires: date | None
    base: str


@dataclass(frozen=True)
class Kept:
    """An instrument that was put right, by what it is found again."""

    number: str
    issuer_key: str
    type: str


def read(file: str, data: bytes) -> Table:
    """Read a CSV, XLSX or JSON lines file; raises ``BadTable``."""
    rows = read_table(data)
    columns = {name for row in rows for name in row.values}
    return Table(file, frozenset(columns), [(row.line, row.values) for row in rows])


def pasted_table(pasted: Pasted) -> Table:
    """Return what was pasted as a table that may be taken in."""
    columns = {name for _line, row in pasted.rows for name in row}
    return Table(PASTED, frozenset(columns), pasted.rows)


def take_in(work: Work, tables: Sequence[Table]) -> Taken:
    """Take instruments, then relations, then TTHC rows, whatever the order of files; twice changes nothing."""
    work.allow(Act.IMPORT_LAW)
    taken = _take(work, tables)
    naming.move(work)
    work.record("import_law", "legal", created=taken.created, updated=taken.updated)
    work.commit()
    return taken


def attempt(work: Work, tables: Sequence[Table]) -> Taken:
    """Tell what taking these tables in would do, and leave everything as it was."""
    work.allow(Act.IMPORT_LAW)
    taken = _take(work, tables)
    work.session.rollback()
    return taken


def register_one(work: Work, row: Row) -> str:
    """Take one instrument in as somebody typed it and return its number; raises ``BadRow`` or ``EmptyNumber``."""
    work.allow(Act.IMPORT_LAW)
    if not clean(row.get("number", "")):
        raise EmptyNumber
    facts = law_rows.instrument_facts(row)
    done = Book.opened(work).take_instrument(facts)
    naming.move(work)
    work.record("import_law", facts.key, done=done)
    work.commit()
    return facts.key


def may_correct(work: Work) -> None:
    """Refuse whoever may not fill or correct the register, before a form is shown; raises ``Forbidden``."""
    work.allow(Act.IMPORT_LAW)


def correct(work: Work, instrument_id: int, new: Correction) -> Kept:
    """Put an instrument's own facts right; raises ``UnknownInstrument``, ``FactsChanged`` or ``NotTheSame``."""
    work.allow(Act.IMPORT_LAW)
    row = work.session.get(Instrument, instrument_id)
    if row is None:
        raise NotFound(what="văn bản này trong sổ")
    if law_views.state_of(row) != new.base:
        raise FactsChanged(number=row.key)
    values = {
        "type": law_rows.instrument_kind(new.type) or law_rows.default_kind(row.key),
        "title": clean(new.title),
        "issuer": clean(new.issuer),
        "issued": new.issued,
        "effective": new.effective,
        "expires": new.expires,
    }
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    before = {name: str(getattr(row, name) or "") for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    row.issuer_key = law_rows.local_issuer(row.key, row.issuer)
    _check_alone(work, row)
    if changed:
        after = {name: str(value or "") for name, value in changed.items()}
        work.record("correct_instrument", row.key, before=before, after=after)
        naming.move(work)
    work.commit()
    return Kept(row.key, row.issuer_key, row.type)


def _check_alone(work: Work, row: Instrument) -> None:
    with work.session.no_autoflush:
        same = select(Instrument.id).where(
            Instrument.key == row.key,
            Instrument.issuer_key == row.issuer_key,
            Instrument.type == row.type,
            Instrument.id != row.id,
        )
        if work.session.scalar(same) is not None:
            raise NotTheSame(number=row.key)


def _take(work: Work, tables: Sequence[Table]) -> Taken:
    taken = Taken()
    kinds = [(_kind(table), table) for table in tables]
    book = Book.opened(work)
    for kind in TableKind:
        mine = [table for known, table in kinds if known is kind]
        if mine:
            with work.session.no_autoflush:
                _rows_of(work, kind, mine, book, taken)
            work.session.flush()
    return taken


def _rows_of(work: Work, kind: TableKind, tables: Sequence[Table], book: Book, taken: Taken) -> None:
    catalogue = tthc_rows.opened(work) if kind is TableKind.TTHC else None
    takers: dict[TableKind, Callable[[Row], str]] = {
        TableKind.INSTRUMENTS: lambda row: book.take_instrument(law_rows.instrument_facts(row)),
        TableKind.RELATIONS: lambda row: book.take_relation(law_rows.relation_facts(row)),
    }
    take = takers[kind] if catalogue is None else lambda row: tthc_rows.take_row(catalogue, row)
    for table in tables:
        taken.rows.extend(_each(table.file, _prepared(kind, table), take, taken))
    if catalogue is not None:
        taken.doubts += catalogue.doubts


def _each(
    file: str, rows: Sequence[tuple[int, Row]], take: Callable[[Row], str], taken: Taken
) -> Iterator[TakenRow]:
    for line, row in rows:
        try:
            done = take(row)
        except WrongUse as wrong:
            yield TakenRow(file, line, row, "", str(wrong))
            continue
        setattr(taken, done, getattr(taken, done) + 1)
        yield TakenRow(file, line, row, done)


def _kind(table: Table) -> TableKind:
    kind = law_rows.table_kind(table.columns)
    if kind is None:
        raise UnknownTable(file=table.file)
    return kind


def _prepared(kind: TableKind, table: Table) -> Sequence[tuple[int, Row]]:
    if kind is TableKind.TTHC:
        return tthc_lines.prepared(table.rows)
    return [(line, law_rows.named(row)) for line, row in table.rows]

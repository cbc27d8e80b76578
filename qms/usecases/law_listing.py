"""Listing the legal register: the instruments as they stand on a day, chosen and counted, and the whole as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, literal, select

from qms.model.enums import InstrumentStatus
from qms.model.ids import clean
from qms.model.law import Instrument, Relation
from qms.model.permissions import Act
from qms.usecases import law_views
from qms.usecases.law_views import InstrumentLine
from qms.usecases.ports import Work

INSTRUMENT_COLUMNS = (
    *("number", "type", "title", "issuer", "issued", "effective", "topics", "expires", "province", "url"),
)
RELATION_COLUMNS = (
    *("source", "kind", "target", "target_provisions", "source_provision", "from"),
    *("except_provisions", "source_issuer", "target_issuer"),
)


@dataclass(frozen=True)
class Choice:
    """Which instruments are wanted; what is empty does not choose."""

    text: str = ""
    type: str = ""
    status: InstrumentStatus | None = None
    topic: str = ""
    cited: bool = False


EVERYTHING = Choice()


@dataclass(frozen=True)
class Listing:
    """A page of the list, how many instruments were chosen, and what one may choose by."""

    lines: tuple[InstrumentLine, ...]
    total: int
    types: tuple[str, ...]
    topics: tuple[str, ...]


def listing(
    work: Work,
    on: date | None = None,
    choice: Choice = EVERYTHING,
    offset: int = 0,
    limit: int | None = None,
) -> Listing:
    """Return instruments as they stand on a day, those that documents cite most first, then the newest."""
    work.allow(Act.READ_LAW)
    day = on or work.today
    counts = law_views.instrument_counts(work, day)
    wanted = _wanted(work, choice, day, counts)
    total = work.session.scalar(select(func.count(Instrument.id)).where(*wanted)) or 0
    numbers = _page(work, wanted, list(counts), offset, total if limit is None else limit)
    rows = {row.id: row for row in _rows(work, numbers)}
    lines = law_views.described(work, [rows[number] for number in numbers], day)
    return Listing(lines, total, *_choices(work))


def instrument_rows(work: Work) -> list[tuple[object, ...]]:
    """Return the whole register under ``INSTRUMENT_COLUMNS``, as it can be taken in again."""
    work.allow(Act.READ_LAW)
    row = Instrument
    columns = (
        *(row.key, row.type, row.title, row.issuer, row.issued, row.effective, row.topics, row.expires),
        *(row.province, row.url),
    )
    return [tuple(found) for found in work.session.execute(select(*columns).order_by(row.key, row.id))]


def relation_rows(work: Work) -> list[tuple[object, ...]]:
    """Return every relation under ``RELATION_COLUMNS``, as it can be taken in again."""
    work.allow(Act.READ_LAW)
    row = Relation
    columns = (
        *(row.source_key, row.kind, row.target_key, row.target_provisions, row.source_provision, row.starts),
        *(row.except_provisions, row.source_issuer, row.target_issuer),
    )
    order = (row.target_key, row.source_key, row.id)
    return [tuple(found) for found in work.session.execute(select(*columns).order_by(*order))]


def _wanted(work: Work, choice: Choice, day: date, counted: Iterable[int]) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if clean(choice.text):
        wanted.append(law_views.among(law_views.worded(work, clean(choice.text))))
    if choice.type:
        wanted.append(Instrument.type == choice.type)
    if choice.topic:
        kept = literal("; ") + Instrument.topics + ";"
        wanted.append(kept.contains(f"; {choice.topic};", autoescape=True))
    if choice.cited:
        wanted.append(law_views.among(counted))
    if choice.status is not None:
        standing = law_views.statuses(work, day)
        wanted.append(law_views.among(number for number, one in standing.items() if one is choice.status))
    return wanted


def _page(
    work: Work, wanted: Sequence[ColumnElement[bool]], ranked: Sequence[int], offset: int, limit: int
) -> list[int]:
    """Return the rows of a page: the cited ones by rank, behind them all others, the newest first."""
    chosen = set(work.session.scalars(select(Instrument.id).where(*wanted, law_views.among(ranked))))
    first = [number for number in ranked if number in chosen]
    page = first[offset : offset + limit]
    if len(page) < limit:
        others = (
            select(Instrument.id)
            .where(*wanted, ~law_views.among(ranked))
            .order_by(Instrument.issued.desc().nulls_last(), Instrument.key, Instrument.id)
            .offset(max(0, offset - len(first)))
            .limit(limit - len(page))
        )
        page += work.session.scalars(others)
    return page


def _rows(work: Work, numbers: Sequence[int]) -> Sequence[Instrument]:
    return work.session.scalars(select(Instrument).where(law_views.among(numbers))).all()


def _choices(work: Work) -> tuple[tuple[str, ...], tuple[str, ...]]:
    types = work.session.scalars(select(Instrument.type).distinct().order_by(Instrument.type))
    topics = {
        one.strip()
        for kept in work.session.scalars(select(Instrument.topics).distinct())
        for one in kept.split(";")
        if one.strip()
    }
    return tuple(one for one in types if one), tuple(sorted(topics))

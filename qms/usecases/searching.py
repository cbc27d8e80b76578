"""Searching: what applies on a day, with its forms and source, found by a few words with or without marks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import joinedload, selectinload

from qms.errors import WrongUse
from qms.model import lifecycle
from qms.model.document import Document, Revision
from qms.model.enums import DayStatus, DocumentType, RevisionState
from qms.model.ids import clean
from qms.model.lifecycle import Period, revision_period
from qms.model.permissions import Act, allowed
from qms.model.search import QUERY_LIMIT, Hit, RevisionSet, SearchQuery, SnippetPiece
from qms.model.trail import Generation
from qms.usecases import lookups, marks, notices
from qms.usecases.ports import Work


class QueryTooLong(WrongUse):
    """A question of more than 200 characters."""

    code = "query_too_long"
    sentence = "Câu tìm dài quá {limit} ký tự; hãy rút gọn còn vài từ chính."


@dataclass(frozen=True)
class Found:
    """One hit as it is shown."""

    document: str
    code: str
    title: str
    type: DocumentType
    sequence: int
    revision: str
    status: DayStatus
    effective_from: date
    unit: str
    score: float
    snippet: tuple[SnippetPiece, ...]
    source_file: str | None
    notices: tuple[notices.NoticeLine, ...] = ()
    mark: marks.Mark | None = None


@dataclass(frozen=True)
class Answer:
    """A question and its hits; ``past`` counts the documents that only an old or coming revision would answer."""

    query: str
    on: date
    total: int
    took_ms: float
    hits: tuple[Found, ...]
    past: tuple[Found, ...] = ()


def search(
    work: Work,
    text: str,
    on: date | None = None,
    unit: str | None = None,
    limit: int = 20,
    cites: str | None = None,
) -> Answer:
    """Return the documents that apply on a day and answer the words, best first."""
    work.allow(Act.SEARCH)
    day = on or work.today
    query = _query(work, text, unit, limit, cites)
    result = work.index.search(
        SearchQuery(query.text, in_force(work, day), query.unit, cites=cites, limit=limit)
    )
    hits = _found(work, result.hits, day)
    past = () if result.total else _past(work, query, day)
    return Answer(query.text, day, result.total, result.took_ms, hits, past)


def search_all(
    work: Work, text: str, on: date | None = None, unit: str | None = None, limit: int = 20
) -> Answer:
    """Return every revision that answers the words, superseded, scheduled and retired ones too."""
    work.allow(Act.READ_HISTORY)
    day = on or work.today
    result = work.index.search(_query(work, text, unit, limit, None))
    return Answer(clean(text), day, result.total, result.took_ms, _found(work, result.hits, day))


def in_force(work: Work, day: date) -> RevisionSet:
    """Return the revisions that apply on ``day``."""
    counter = work.session.get(Generation, "register")
    generation = counter.value if counter else 0
    token = f"{day.isoformat()}@{generation}"
    known = work.cached("in_force", token)
    if isinstance(known, RevisionSet):
        return known
    period = revision_period.c
    rows = work.session.execute(select(period.document_id, period.sequence).where(lifecycle.in_force(day)))
    found = RevisionSet(token, frozenset((document, sequence) for document, sequence in rows))
    work.remember("in_force", token, found)
    return found


def _query(work: Work, text: str, unit: str | None, limit: int, cites: str | None) -> SearchQuery:
    typed = clean(text)
    if len(typed) > QUERY_LIMIT:
        raise QueryTooLong(limit=QUERY_LIMIT)
    key = lookups.unit(work, unit).key if unit else None
    return SearchQuery(typed, None, key, cites=cites, limit=max(1, min(limit, 200)))


def _past(work: Work, query: SearchQuery, day: date) -> tuple[Found, ...]:
    """What only a superseded, retired or coming revision answers, newest status first, one line a document."""
    found = _found(work, work.index.search(query).hits, day)
    knows_history = allowed(work.actor, Act.READ_HISTORY)
    seen: dict[str, Found] = {}
    for hit in found:
        # that there was something is told to everybody; what it said only to those who may read it
        seen.setdefault(hit.document, hit if knows_history else replace(hit, snippet=()))
    return tuple(seen.values())[:5]


def _found(work: Work, hits: tuple[Hit, ...], day: date) -> tuple[Found, ...]:
    ids = {hit.document_id for hit in hits}
    rows = work.session.execute(
        select(Revision, revision_period)
        .join(revision_period, revision_period.c.revision_id == Revision.id)
        .where(Revision.document_id.in_(ids), Revision.state == RevisionState.ISSUED)
        .options(
            joinedload(Revision.document).options(selectinload(Document.codes), joinedload(Document.unit))
        )
    ).all()
    by_key = {(row[0].document_id, row[0].sequence): row for row in rows}
    given = notices.shown(work, ids, day)
    bases = marks.of_revisions(work, [by_key[hit.key].Revision for hit in hits if hit.key in by_key], day)
    return tuple(
        _line(row, hit, day, given.get(hit.document_id, ()), bases[row.Revision.id])
        for hit in hits
        if (row := by_key.get(hit.key)) is not None
    )


def _line(
    row: Row[Any], hit: Hit, day: date, given: tuple[notices.NoticeLine, ...], mark: marks.Mark
) -> Found:
    revision: Revision = row.Revision
    period = Period.of(row)
    applies = period.status_on(day) is DayStatus.EFFECTIVE
    return Found(
        document=hit.document_id,
        code=revision.code or hit.document_id,
        title=revision.title,
        type=revision.document.type,
        sequence=hit.sequence,
        revision=revision.label,
        status=period.status_on(day),
        effective_from=period.start,
        unit=revision.document.unit.name,
        score=round(hit.score, 3),
        snippet=hit.snippet,
        source_file=revision.source_file,
        notices=given if applies else (),
        mark=mark if applies else None,
    )

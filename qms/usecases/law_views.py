"""What is derived from the legal register for a day and remembered until it changes. No acts here.

How many documents in force cite what, how every instrument stands, what its words are without marks: each is one
pass over the tables, asked again only when the register of law or of documents has moved on.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, bindparam, func, select

from qms.citations import is_local, issuer_key
from qms.model.enums import InstrumentStatus
from qms.model.ids import fold
from qms.model.law import Citation, Instrument, Ref
from qms.model.legal_status import Standing
from qms.model.lifecycle import in_force, revision_period
from qms.model.trail import Generation
from qms.usecases import naming, standings
from qms.usecases.ports import Work


@dataclass(frozen=True)
class CitedCount:
    """How many documents in force cite it, and its issuer as one of them writes it."""

    documents: int
    issuer: str = ""


@dataclass(frozen=True)
class InstrumentLine:
    """One instrument of the register on a day, and how many documents in force cite it."""

    number: str
    type: str
    title: str
    issuer: str
    issued: date | None
    effective: date | None
    standing: Standing
    cited_by: int
    issuer_key: str = ""


def described(work: Work, rows: Sequence[Instrument], day: date) -> tuple[InstrumentLine, ...]:
    """Return instruments as lines of a list on ``day``."""
    counts = instrument_counts(work, day)
    found = standings.of_refs(work, [row.ref for row in rows], day)
    return tuple(
        InstrumentLine(
            number=row.key,
            type=row.type,
            title=row.title,
            issuer=row.issuer,
            issued=row.issued,
            effective=row.effective,
            standing=found[row.ref].standing,
            cited_by=counts.get(row.id, 0),
            issuer_key=row.issuer_key,
        )
        for row in rows
    )


def state_of(row: Instrument) -> str:
    """Return a name for what is known of an instrument, so that a correction can say what it was made from."""
    facts = (row.type, row.title, row.issuer, row.issued, row.effective, row.expires)
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def cited(work: Work, day: date) -> Mapping[Ref, CitedCount]:
    """Return what the documents in force on ``day`` cite themselves, and how many of them do."""
    token = state(work, day)
    known = work.cached("law_cited", token)
    if isinstance(known, dict):
        return known
    found = _cited(work, day)
    work.remember("law_cited", token, found)
    return found


def instrument_counts(work: Work, day: date) -> Mapping[int, int]:
    """Return for each instrument (by row) that documents in force cite, how many do, the most cited first."""
    token = state(work, day)
    known = work.cached("law_counts", token)
    if isinstance(known, dict):
        return known
    counts = cited(work, day)
    found: dict[int, int] = {}
    for chunk in naming.chunks(ref.key for ref in counts):
        rows = work.session.execute(
            select(Instrument.id, Instrument.key, Instrument.issuer_key).where(Instrument.key.in_(chunk))
        )
        for number, key, issuer in rows:
            told = counts.get(Ref(key, issuer))
            # a citation that does not say whose local number it means may mean each of them
            vague = counts.get(Ref(key)) if issuer else None
            found[number] = sum(one.documents for one in (told, vague) if one)
    ranked = dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
    work.remember("law_counts", token, ranked)
    return ranked


def statuses(work: Work, day: date) -> Mapping[int, InstrumentStatus]:
    """Return how every instrument (by row) stands on ``day``."""
    token = f"{day.isoformat()}@{_generation(work, naming.GENERATION)}"
    known = work.cached("law_statuses", token)
    if isinstance(known, dict):
        return known
    columns = (Instrument.id, Instrument.key, Instrument.issuer_key)
    refs = {number: Ref(key, issuer) for number, key, issuer in work.session.execute(select(*columns))}
    standing = standings.of_refs(work, refs.values(), day)
    found = {number: standing[ref].standing.status for number, ref in refs.items()}
    work.remember("law_statuses", token, found)
    return found


def worded(work: Work, text: str) -> list[int]:
    """Return the instruments (by row) whose facts hold the words, with or without marks."""
    token = _generation(work, naming.GENERATION)
    known = work.cached("law_words", token)
    if not isinstance(known, list):
        row = Instrument
        columns = (row.id, row.type, row.key, row.title, row.issuer, row.topics)
        known = [
            (number, f" {fold(' '.join(words))}") for number, *words in work.session.execute(select(*columns))
        ]
        work.remember("law_words", token, known)
    # 23/2015 is no part of 123/2015: words are met at their beginning
    wanted = [f" {part}" for part in _wanted(text)]
    return [number for number, words in known if all(part in words for part in wanted)]


def among(numbers: Iterable[int]) -> ColumnElement[bool]:
    """Return the condition on ``Instrument`` that holds for these rows, however many they are."""
    return Instrument.id.in_(
        bindparam(None, sorted(numbers), expanding=True, literal_execute=True, unique=True)
    )


def spellings(issuers: Iterable[str], local_issuer: str) -> list[str]:
    """Return those issuers, as texts write them, that mean a folded one or may mean it."""
    return [
        one
        for one in issuers
        if naming.same_issuer(issuer_key(one) if one else "", local_issuer) is not False
    ]


def _wanted(text: str) -> list[str]:
    """A number is looked for as one piece, other words each by itself."""
    return [fold(part) for part in text.split() if fold(part)]


def state(work: Work, day: date) -> str:
    """Return a name for the state of law, documents and citations about ``day``: what is derived holds as long."""
    return f"{day.isoformat()}@{_generation(work, 'register', naming.GENERATION, naming.CITATIONS)}"


def _generation(work: Work, *names: str) -> str:
    rows = work.session.execute(select(Generation.name, Generation.value).where(Generation.name.in_(names)))
    return ".".join(f"{name}{value}" for name, value in sorted(rows))


def _cited(work: Work, day: date) -> dict[Ref, CitedCount]:
    """One question counts by key; what one document may name in two ways is counted document by document."""
    rows = work.session.execute(
        select(Citation.key, func.count(func.distinct(Citation.revision_id)))
        .join(revision_period, revision_period.c.revision_id == Citation.revision_id)
        .where(Citation.nested.is_(False), in_force(day))
        .group_by(Citation.key)
    )
    counts = dict(rows.all())
    numbers = {key: naming.number_of(work, key, day) or key for key in counts}
    forms: dict[str, list[str]] = defaultdict(list)
    for key, number in numbers.items():
        forms[number].append(key)
    several = {key for key, number in numbers.items() if len(forms[number]) > 1 or is_local(number)}
    found = {Ref(numbers[key]): CitedCount(count) for key, count in counts.items() if key not in several}
    return found | _one_by_one(work, day, several, numbers)


def _one_by_one(
    work: Work, day: date, keys: Iterable[str], numbers: Mapping[str, str]
) -> dict[Ref, CitedCount]:
    revisions: dict[Ref, set[int]] = defaultdict(set)
    issuers: dict[Ref, str] = {}
    for chunk in naming.chunks(keys):
        rows = work.session.execute(
            select(Citation.key, Citation.issuer, Citation.revision_id)
            .join(revision_period, revision_period.c.revision_id == Citation.revision_id)
            .where(Citation.key.in_(chunk), Citation.nested.is_(False), in_force(day))
            .distinct()
        )
        for key, issuer, revision in rows:
            ref = Ref(numbers[key], naming.local_key(numbers[key], issuer))
            revisions[ref].add(revision)
            if ref.issuer:
                issuers.setdefault(ref, issuer)
    return {ref: CitedCount(len(found), issuers.get(ref, "")) for ref, found in revisions.items()}

"""How the legal basis of a text stands on a day: of a page's revisions at once, and of a draft's text. No acts here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select

from qms.citations import find
from qms.formats.reading import Reading
from qms.model.document import Revision
from qms.model.enums import InstrumentStatus, Verdict
from qms.model.law import Citation, Ref
from qms.model.legal_status import Standing, worst
from qms.usecases import cited, standings
from qms.usecases.ports import Work

GRAVEST_FIRST = (Verdict.DEAD, Verdict.SUSPECT, Verdict.UNKNOWN, Verdict.LIVE)


@dataclass(frozen=True)
class BasisLine:
    """One instrument that a text rests on, and how it stands on the day."""

    key: str
    title: str
    basis: bool
    standing: Standing
    verdict: Verdict
    issuer: str = ""
    by: str = ""
    """What made the verdict, and since when: not always what changed the instrument last."""
    since: date | None = None
    seen: bool = False
    """Whether the text was looked at after what the standing tells."""
    ends: date | None = None
    """The day soon to come from which it will have ended or be suspended, where it is known today."""


@dataclass(frozen=True)
class Mark:
    """The gravest verdict on what a revision cites, and the instruments behind it; nothing read is unknown."""

    verdict: Verdict
    keys: tuple[str, ...] = ()


NOTHING_READ = Mark(Verdict.UNKNOWN)
SOON = timedelta(days=90)
"""How far ahead a draft is warned of what ends: about as long as it may take to be issued."""


def lines(
    work: Work, citations: Sequence[Citation], looked_at: date | None, day: date
) -> tuple[BasisLine, ...]:
    """Return what citations make of a text on a day, gravest first; mere mentions of the unknown are left out."""
    revisions = {row.revision_id for row in citations if row.revision_id}
    judge = standings.judge(work, {row.ref for row in citations}, day, revisions)
    return _judged(judge, citations, looked_at)


def _judged(
    judge: standings.Judge, citations: Sequence[Citation], looked_at: date | None
) -> tuple[BasisLine, ...]:
    alive = [row for row in citations if not row.nested]
    keys: dict[Ref, bool] = {}
    for row in alive:
        keys.setdefault(row.ref, row.basis)
    found = judge.verdicts(alive, looked_at)
    shown = [
        _line(ref, basis, found[ref], looked_at)
        for ref, basis in keys.items()
        if basis or found[ref].known.standing.status is not InstrumentStatus.UNKNOWN
    ]
    return tuple(sorted(shown, key=lambda line: GRAVEST_FIRST.index(line.verdict)))


def _line(ref: Ref, basis: bool, made: standings.Judgment, looked_at: date | None) -> BasisLine:
    known, since = made.known, made.known.standing.since
    seen = looked_at is not None and since is not None and since <= looked_at
    return BasisLine(
        ref.key,
        known.title,
        basis,
        known.standing,
        made.verdict,
        known.issuer_key,
        made.by,
        made.since,
        seen,
    )


def of_text(work: Work, reading: Reading) -> tuple[BasisLine, ...]:
    """Return how the basis of a text stands that somebody works on: looked at today, so only what died shows.

    What is going to end while the text is on its way is told with its day.
    """
    rows = cited.citation_rows(reading, find(reading.plain))
    soon = lines(work, rows, work.today, work.today + SOON)
    ends = {(line.key, line.issuer): line.since for line in soon if line.verdict is Verdict.DEAD}
    return tuple(
        line if line.verdict is Verdict.DEAD else replace(line, ends=ends.get((line.key, line.issuer)))
        for line in lines(work, rows, work.today, work.today)
    )


def dead(basis: Iterable[BasisLine]) -> tuple[str, ...]:
    """Return the instruments of a legal basis that have ended or are suspended."""
    return tuple(line.key for line in basis if line.verdict is Verdict.DEAD)


def bases_of(work: Work, revisions: Collection[Revision], day: date) -> dict[int, tuple[BasisLine, ...]]:
    """Return what each revision rests on and how it stands on a day; empty where nothing could be read."""
    rows: dict[int, list[Citation]] = defaultdict(list)
    ids = [revision.id for revision in revisions]
    for chunk in (ids[i : i + 500] for i in range(0, len(ids), 500)):
        wanted = select(Citation).where(Citation.revision_id.in_(chunk), Citation.nested.is_(False))
        for row in work.session.scalars(wanted.order_by(Citation.position)):
            rows[row.revision_id].append(row)
    refs = {row.ref for group in rows.values() for row in group}
    judge = standings.judge(work, refs, day, ids)
    return {revision.id: _judged(judge, rows[revision.id], revision.looked_at) for revision in revisions}


def of_revisions(work: Work, revisions: Collection[Revision], day: date) -> dict[int, Mark]:
    """Return the mark of each revision on a day: of its legal basis, or of all it cites where it has none."""
    return {key: _mark(basis) for key, basis in bases_of(work, revisions, day).items()}


def _mark(lines: Sequence[BasisLine]) -> Mark:
    basis = [line for line in lines if line.basis] or lines
    if not basis:
        return NOTHING_READ
    verdict = worst(line.verdict for line in basis)
    return Mark(verdict, tuple(line.key for line in basis if line.verdict is verdict))

"""What the law says on a day: status of an instrument, verdict on a citation, deadline of a change.

Rules of ``design.md`` §6. Deadlines: a change of law is in application in the quality system at latest three
months after it takes effect (Decision 19/2014/QĐ-TTg art. 4.4.a); the law itself binds from its first day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qms.model.days import add_months
from qms.model.enums import InstrumentStatus, RelationKind, Verdict
from qms.model.law import Instrument, Relation

MONTHS_TO_APPLY = 3
ENDING = (RelationKind.REPLACES, RelationKind.REPEALS)
CHANGING = (*ENDING, RelationKind.SUSPENDS, RelationKind.AMENDS)


@dataclass(frozen=True)
class Standing:
    """Status of an instrument on a day, and the relation or date that explains it."""

    status: InstrumentStatus
    because: str = ""
    since: date | None = None


def deadline(starts: date) -> date:
    """Return the last day on which a change that starts on ``starts`` may reach the quality system."""
    return add_months(starts, MONTHS_TO_APPLY)


def touches(relation: Relation, provisions: tuple[str, ...]) -> bool:
    """Tell whether a relation bears on what is cited: the whole is touched by any part, a part by itself or the whole.

    A part is touched by a change of anything that contains it or that it contains (``art_2`` and ``art_2__para_1``).
    """
    changed = relation.provisions
    if not changed or not provisions:
        return True
    return any(_overlap(cited, part) for cited in provisions for part in changed)


def standing_on(instrument: Instrument | None, incoming: Iterable[Relation], day: date) -> Standing:
    """Return the status of ``instrument`` on ``day`` given the relations whose target it is."""
    if instrument is None:
        return Standing(InstrumentStatus.UNKNOWN)
    begun = sorted(
        (r for r in incoming if r.starts is not None and r.starts <= day), key=lambda r: r.starts or day
    )
    for relation in begun:
        if relation.kind in ENDING and not relation.provisions:
            return Standing(InstrumentStatus.EXPIRED, relation.source_key, relation.starts)
    if instrument.expires is not None and instrument.expires <= day:
        return Standing(InstrumentStatus.EXPIRED, since=instrument.expires)
    for relation in begun:
        if relation.kind is RelationKind.SUSPENDS and not relation.provisions:
            return Standing(InstrumentStatus.SUSPENDED, relation.source_key, relation.starts)
    if instrument.effective is not None and day < instrument.effective:
        return Standing(InstrumentStatus.FUTURE, since=instrument.effective)
    partial = [r for r in begun if r.kind in CHANGING]
    if partial:
        return Standing(InstrumentStatus.PARTLY_EXPIRED, partial[-1].source_key, partial[-1].starts)
    if instrument.effective is None:
        return Standing(InstrumentStatus.UNKNOWN)
    return Standing(InstrumentStatus.IN_FORCE, since=instrument.effective)


def verdict_of(relation: Relation, provisions: tuple[str, ...], looked_at: date | None, day: date) -> Verdict:
    """Return what one relation makes, by ``day``, of a citation of its target last looked at on ``looked_at``."""
    if relation.starts is None or relation.starts > day or not touches(relation, provisions):
        return Verdict.LIVE
    if relation.kind in (*ENDING, RelationKind.SUSPENDS) and _covers_all(relation, provisions):
        return Verdict.DEAD
    if relation.kind in CHANGING and (looked_at is None or looked_at < relation.starts):
        return Verdict.SUSPECT
    return Verdict.LIVE


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the gravest of several verdicts."""
    order = (Verdict.LIVE, Verdict.UNKNOWN, Verdict.SUSPECT, Verdict.DEAD)
    return max(verdicts, key=order.index, default=Verdict.LIVE)


def _covers_all(relation: Relation, provisions: tuple[str, ...]) -> bool:
    ended = relation.provisions
    if not ended:
        return True
    return bool(provisions) and all(any(_within(cited, part) for part in ended) for cited in provisions)


def _within(inner: str, outer: str) -> bool:
    return inner == outer or inner.startswith(outer + "__")


def _overlap(one: str, other: str) -> bool:
    return _within(one, other) or _within(other, one)

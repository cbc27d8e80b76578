"""What one instrument changes, from which day, by when it must be followed, and what of that is unsure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from qms.model.enums import RelationKind
from qms.model.law import Instrument, Ref, Relation
from qms.model.legal_status import (
    CHANGING,
    DECISION_RULE,
    LAW_RULE,
    RETIRING,
    DeadlineRule,
    Step,
    Surroundings,
    deadline,
    ends_whole,
    relation_doubts,
    said,
)
from qms.model.tthc import TthcRow
from qms.usecases import naming, standings
from qms.usecases.naming import chosen, same_issuer
from qms.usecases.ports import Work

BEARING = (*CHANGING, RelationKind.CORRECTS)
"""What has to be followed in documents; a correction only by comparing what was copied."""


@dataclass(frozen=True)
class Effect:
    """What the change does to one instrument from one day: the relations of one kind that say so."""

    kind: RelationKind
    source: Ref
    target: Ref
    starts: date | None
    relations: tuple[Relation, ...]

    @property
    def step(self) -> Step:
        """Return it as a step of a path, with every provision that it touches."""
        parts = tuple(dict.fromkeys(part for relation in self.relations for part in relation.provisions))
        whole = any(not relation.provisions for relation in self.relations)
        return Step(self.source.key, self.kind, self.target.key, () if whole else parts, self.starts)

    @property
    def path(self) -> tuple[str, str, str]:
        """Return it as the words of a path."""
        return self.source.key, self.kind.value, self.target.key

    @property
    def ends(self) -> bool:
        """Tell whether the instrument ends as a whole."""
        return any(ends_whole(relation) for relation in self.relations)


@dataclass(frozen=True)
class Change:
    """One instrument as it changes others or ends itself, and what it says of administrative procedures."""

    source: Ref
    effects: tuple[Effect, ...]
    rows: tuple[TthcRow, ...]
    doubts: tuple[str, ...]
    rule: DeadlineRule

    @property
    def sources(self) -> frozenset[Ref]:
        """Return the instruments by which a clearance may name it: itself, and what ended it."""
        return frozenset({self.source, *(effect.source for effect in self.effects)})

    @property
    def kind(self) -> RelationKind | None:
        """Return what it does first, if it bears on other instruments at all."""
        return next((effect.kind for effect in self.effects), None)

    @property
    def starts(self) -> date | None:
        """Return its first day."""
        days = [effect.starts for effect in self.effects] + [row.effective for row in self.rows]
        return min((day for day in days if day), default=None)

    def deadline(self, starts: date) -> date:
        """Return by when what starts on a day must be followed."""
        return deadline(starts, self.rule)

    def dated(self) -> Iterator[tuple[Effect, date]]:
        """Yield the effects whose first day is known."""
        for effect in self.effects:
            if effect.starts is not None:
                yield effect, effect.starts


def read_change(work: Work, source: Ref, number: str, day: date) -> Change:
    """Return the changes that start from an instrument, and those by which it ended itself.

    One that changes nothing and did not end answers with whatever changed it. A relation may name an instrument
    that the register lacks; one that nothing names at all is refused (``UnknownInstrument``).
    """
    relations = _relations(work, source)
    rows = _rows(work, source)
    if not relations and not rows:
        naming.instrument(work, number, source.issuer)
    around = _with_rows(standings.surroundings(work, relations), source, rows)
    effects = tuple(_effects(relations, around))
    doubts = [doubt for relation in relations for doubt in relation_doubts(relation, day, around)]
    doubts += _unsaid(work, source, relations)
    doubts += [
        f"Chưa rõ {said(relation)} từ ngày nào; tài liệu viện dẫn phải xem bằng mắt."
        for effect in effects
        if effect.starts is None
        for relation in effect.relations
    ]
    doubts += [
        f"Chưa rõ ngày có hiệu lực của {source.key} đối với thủ tục {row.stem}."
        for row in rows
        if row.effective is None
    ]
    rule = DECISION_RULE if rows else LAW_RULE
    return Change(source, effects, rows, tuple(dict.fromkeys(doubts)), rule)


def _relations(work: Work, source: Ref) -> Sequence[Relation]:
    query = select(Relation).where(Relation.kind.in_(BEARING)).order_by(Relation.starts, Relation.id)
    outgoing = [
        row
        for row in work.session.scalars(query.where(Relation.source_key == source.key))
        if same_issuer(row.source.issuer, source.issuer) is not False
    ]
    incoming = [
        row
        for row in work.session.scalars(query.where(Relation.target_key == source.key))
        if same_issuer(row.target.issuer, source.issuer) is not False
    ]
    ended = [row for row in incoming if row.kind in RETIRING]
    found = [*outgoing, *ended] or incoming
    expiry = _expiry(work, source)
    return [*found, expiry] if expiry is not None else found


def _unsaid(work: Work, source: Ref, relations: Sequence[Relation]) -> list[str]:
    """Doubts of relations that name no issuer for a number which several localities use: it may be another's."""
    open_ends = [r for r in relations if source.key == r.source_key and r.source.issuer != source.issuer]
    if not open_ends:
        return []
    bearers = work.session.scalars(select(Instrument.issuer_key).where(Instrument.key == source.key))
    if len(set(bearers)) < 2:
        return []
    return [
        f"Sổ ghi {said(relation)} mà không ghi đủ cơ quan ban hành {source.key}; số này có ở nhiều nơi, "
        "có thể là văn bản của địa phương khác. Hãy ghi thêm cơ quan ban hành cho dòng này."
        for relation in open_ends
    ]


def _expiry(work: Work, source: Ref) -> Relation | None:
    """An instrument that runs out by its own date ends as if it repealed itself on that day."""
    rows = work.session.scalars(
        select(Instrument)
        .where(Instrument.key == source.key, Instrument.issuer_key == source.issuer)
        .order_by(Instrument.id)
    ).all()
    expires = chosen(rows).expires if rows else None
    if expires is None:
        return None
    return Relation(
        source_key=source.key,
        source_issuer=source.issuer,
        kind=RelationKind.REPEALS,
        target_key=source.key,
        target_issuer=source.issuer,
        target_provisions="",
        starts=expires,
    )


def _rows(work: Work, source: Ref) -> tuple[TthcRow, ...]:
    rows = work.session.scalars(
        select(TthcRow).where(TthcRow.decision_key == source.key).order_by(TthcRow.stem, TthcRow.id)
    )
    return tuple(row for row in rows if same_issuer(row.decision_issuer, source.issuer) is not False)


def _with_rows(around: Surroundings, source: Ref, rows: Sequence[TthcRow]) -> Surroundings:
    """A decision of which only the rows are known begins when they do."""
    first = min((row.effective for row in rows if row.effective), default=None)
    if first is None or source in around.instruments:
        return around
    decision = Instrument(key=source.key, issuer_key=source.issuer, type="Quyết định", effective=first)
    return Surroundings({**around.instruments, source: decision}, around.incoming)


def _effects(relations: Sequence[Relation], around: Surroundings) -> Iterator[Effect]:
    groups: dict[tuple[RelationKind, Ref, Ref, date | None], list[Relation]] = {}
    for relation in relations:
        key = (relation.kind, relation.source, relation.target, around.begins(relation))
        groups.setdefault(key, []).append(relation)
    ordered = sorted(groups.items(), key=lambda one: (one[0][0] not in CHANGING, one[0][3] or date.max))
    for (kind, source, target, starts), found in ordered:
        yield Effect(kind, source, target, starts, tuple(found))

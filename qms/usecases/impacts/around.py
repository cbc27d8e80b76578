"""Around: documents one step away. *Cascade*: their instrument guides one that ended. *Related*: weak, shown folded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from qms.model.enums import ImpactReason, RelationKind, Verdict
from qms.model.law import Ref, Relation
from qms.model.legal_status import RETIRING, Step, may_concern
from qms.usecases.impacts.change import Change, Effect
from qms.usecases.impacts.documents import Cited, Looked, cited_by, citing
from qms.usecases.impacts.values import Found, LeftAlone, Paper, Reason
from qms.usecases.naming import chunks, same_issuer
from qms.usecases.ports import Work

GUIDING = (RelationKind.GUIDES, RelationKind.IMPLEMENTS)
DEPTH = 3
"""Law, decree, circular: so far an ended law may drag what guides it."""

MAY_FALL = "{own} {verb} văn bản đã hết hiệu lực; xem {own} còn áp dụng được hay không."
MAY_CHANGE = "Liên quan xa: không viện dẫn {target}; xem có phải sửa theo hay không."
MAY_REVIVE = "{part}: nội dung {own} có thể đã khác; không tự coi phần bị sửa trước đây có hiệu lực trở lại."


@dataclass(frozen=True)
class _Way:
    """How one leads from the change to an instrument that a document cites."""

    effect: Effect
    starts: date
    steps: tuple[Step, ...]
    note: str
    beside: frozenset[str] = frozenset()
    """Other instruments that explain why one cites it."""

    @property
    def path(self) -> tuple[str, ...]:
        words: tuple[str, ...] = self.effect.path
        for step in self.steps[1:]:
            words = (*words, step.kind.value, step.target if step.source == words[-1] else step.source)
        return words


def cascade(work: Work, change: Change, day: date) -> Iterator[Found]:
    """Judge the documents that cite what guides or implements an instrument that ends as a whole."""
    ways: dict[Ref, list[_Way]] = defaultdict(list)
    for effect, starts in change.dated():
        if effect.ends:
            for ref, way in _guided(work, effect, starts):
                ways[ref].append(way)
    yield from _judged(work, change, ways, ImpactReason.CASCADE, day, skip=())


def related(work: Work, change: Change, day: date, skip: Collection[Paper]) -> Iterator[Found]:
    """Judge the documents that cite only what amends, guides or was amended by a changed instrument."""
    ways: dict[Ref, list[_Way]] = defaultdict(list)
    for effect, starts in change.dated():
        for ref, way in _remote(work, effect, starts):
            ways[ref].append(way)
    yield from _judged(work, change, ways, ImpactReason.RELATED, day, skip)


def _guided(work: Work, effect: Effect, starts: date) -> Iterator[tuple[Ref, _Way]]:
    seen = {effect.target}
    level: list[tuple[Ref, tuple[Step, ...]]] = [(effect.target, (effect.step,))]
    for _ in range(DEPTH):
        following: list[tuple[Ref, tuple[Step, ...]]] = []
        for ref, steps in level:
            for relation in _once(_towards(work, ref, GUIDING)):
                if relation.source not in seen:
                    seen.add(relation.source)
                    longer = (*steps, _step(relation))
                    following.append((relation.source, longer))
                    verb = "hướng dẫn" if relation.kind is RelationKind.GUIDES else "quy định chi tiết"
                    note = MAY_FALL.format(own=relation.source_key, verb=verb)
                    yield relation.source, _Way(effect, starts, longer, note)
        level = following


def _remote(work: Work, effect: Effect, starts: date) -> Iterator[tuple[Ref, _Way]]:
    note = MAY_CHANGE.format(target=effect.target.key)
    amending = _once(_towards(work, effect.target, (RelationKind.AMENDS,)))
    others = _amended_by(work, [relation.source for relation in amending])
    for relation in amending:
        beside = frozenset(others[relation.source_key] - {effect.target.key})
        yield relation.source, _Way(effect, starts, (effect.step, _step(relation)), note, beside)
    if not effect.ends and effect.kind is not RelationKind.CORRECTS:
        for relation in _once(_towards(work, effect.target, GUIDING)):
            yield relation.source, _Way(effect, starts, (effect.step, _step(relation)), note)
    if effect.kind in RETIRING:
        for relation in _once(_from(work, effect.target, (RelationKind.AMENDS,))):
            if any(may_concern(fate, relation) for fate in effect.relations):
                part = f"{effect.source.key} làm mất hiệu lực phần sửa đổi trong {effect.target.key}"
                revived = MAY_REVIVE.format(part=part, own=relation.target_key)
                yield relation.target, _Way(effect, starts, (effect.step, _step(relation)), revived)


def _judged(
    work: Work,
    change: Change,
    ways: Mapping[Ref, Sequence[_Way]],
    why: ImpactReason,
    day: date,
    skip: Collection[Paper],
) -> Iterator[Found]:
    targets = {effect.target for effect in change.effects}
    wanted = {ref: found for ref, found in ways.items() if ref not in targets}
    found = {paper: cited for paper, cited in citing(work, wanted, day).items() if paper not in skip}
    looked = Looked.at(work, change.sources, found)
    beside = {key for ways_ in wanted.values() for way in ways_ for key in way.beside}
    explained = cited_by(work, found, beside) if beside else {}
    for paper, citations in found.items():
        for ref in dict.fromkeys(citation.target for citation in citations):
            mine = [citation for citation in citations if citation.target == ref]
            for way in _distinct(wanted[ref]):
                others = way.beside & explained.get(paper.revision_id, set())
                yield paper, _one(change, ref, way, why, mine, paper, looked, others)


def _one(
    change: Change,
    ref: Ref,
    way: _Way,
    why: ImpactReason,
    citations: Sequence[Cited],
    paper: Paper,
    looked: Looked,
    others: Collection[str],
) -> Reason | LeftAlone:
    target = way.effect.target.key
    if others:
        return LeftAlone(f"Viện dẫn {ref.key} cùng với {', '.join(sorted(others))}, không viện dẫn {target}.")
    alone = looked.why_alone(paper, target, way.starts)
    if alone:
        return LeftAlone(alone)
    through = citations[0].through
    return Reason(
        why=why,
        path=(*way.path, *((through.kind.value, through.source) if through else ())),
        citations=tuple(dict.fromkeys(" ".join(c.text.split()) for c in citations)),
        verdict=Verdict.SUSPECT,
        starts=way.starts,
        deadline=change.deadline(way.starts),
        target=target,
        steps=(*way.steps, *((through,) if through else ())),
        note=way.note,
        doubts=tuple(dict.fromkeys(c.doubt for c in citations if c.doubt)),
    )


def _once(relations: Sequence[Relation]) -> list[Relation]:
    """The first of the relations between each two instruments: registers hold one a provision."""
    found: dict[tuple[Ref, Ref], Relation] = {}
    for relation in relations:
        found.setdefault((relation.source, relation.target), relation)
    return list(found.values())


def _amended_by(work: Work, sources: Sequence[Ref]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for chunk in chunks(source.key for source in sources):
        rows = work.session.execute(
            select(Relation.source_key, Relation.target_key).where(
                Relation.source_key.in_(chunk), Relation.kind == RelationKind.AMENDS
            )
        )
        for source, target in rows:
            found[source].add(target)
    return found


def _distinct(ways: Sequence[_Way]) -> Iterator[_Way]:
    seen: set[tuple[str, ...]] = set()
    for way in ways:
        if way.path not in seen:
            seen.add(way.path)
            yield way


def _step(relation: Relation) -> Step:
    return Step(relation.source_key, relation.kind, relation.target_key, relation.provisions, relation.starts)


def _towards(work: Work, ref: Ref, kinds: Sequence[RelationKind]) -> list[Relation]:
    rows = work.session.scalars(
        select(Relation)
        .where(Relation.target_key == ref.key, Relation.kind.in_(kinds))
        .order_by(Relation.starts, Relation.id)
    )
    return [row for row in rows if same_issuer(row.target.issuer, ref.issuer) is not False]


def _from(work: Work, ref: Ref, kinds: Sequence[RelationKind]) -> list[Relation]:
    rows = work.session.scalars(
        select(Relation)
        .where(Relation.source_key == ref.key, Relation.kind.in_(kinds))
        .order_by(Relation.starts, Relation.id)
    )
    return [row for row in rows if same_issuer(row.source.issuer, ref.issuer) is not False]

"""How far a change of law reaches: the affected, the untouched and the unexamined. No acts here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import select

from qms.model.document import Revision
from qms.model.enums import ImpactReason, RelationKind, Verdict
from qms.model.law import Citation, Instrument, Relation
from qms.model.legal_status import CHANGING, ENDING, deadline, touches, verdict_of, worst
from qms.model.lifecycle import in_force, revision_period
from qms.usecases import standings
from qms.usecases.ports import Work

ENDED = (*ENDING, RelationKind.SUSPENDS)


@dataclass(frozen=True)
class Affected:
    """A document that the change reaches, with the reason shown."""

    document: str
    code: str
    title: str
    revision: str
    source_file: str | None
    why: ImpactReason
    path: tuple[str, ...]
    citations: tuple[str, ...]
    verdict: Verdict
    starts: date
    deadline: date


@dataclass(frozen=True)
class Aside:
    """A document that was looked at and left alone, or could not be examined, with the reason said aloud."""

    document: str
    code: str
    title: str
    reason: str


@dataclass(frozen=True)
class Impact:
    """The answer to «the law changed: what must I do?»."""

    instrument: str
    kind: RelationKind | None
    starts: date | None
    deadline: date | None
    on: date
    affected: tuple[Affected, ...]
    untouched: tuple[Aside, ...]
    unexamined: tuple[Aside, ...]


def reach(work: Work, number: str, on: date | None = None) -> Impact:
    """Return what an instrument changes, from its first day, in the documents that are in force."""
    day = on or work.today
    source, relations = _changes(work, number)
    cited_as = standings.cited_as(work, {relation.target_key for relation in relations}, day)
    affected: list[Affected] = []
    untouched: list[Aside] = []
    for revision, citations in _citing(work, cited_as, day):
        found = _judge(revision, relations, [(cited_as[c.key], c) for c in citations], day)
        (affected if isinstance(found, Affected) else untouched).append(found)  # type: ignore[arg-type]
    first = min((r.starts for r in relations if r.starts), default=None)
    return Impact(
        instrument=source,
        kind=relations[0].kind if relations else None,
        starts=first,
        deadline=deadline(first) if first else None,
        on=day,
        affected=tuple(sorted(affected, key=lambda line: (line.verdict is not Verdict.DEAD, line.code))),
        untouched=tuple(untouched),
        unexamined=tuple(_unexamined(work, day)),
    )


def _changes(work: Work, number: str) -> tuple[str, Sequence[Relation]]:
    """The changes that start from an instrument, and those by which it ended itself.

    One that changes nothing and did not end answers with whatever changed it. A relation may name an instrument
    that the register lacks; one that nothing names at all is refused.
    """
    source = standings.key_of(work, number)
    query = select(Relation).where(Relation.kind.in_(CHANGING)).order_by(Relation.starts, Relation.id)
    outgoing = work.session.scalars(query.where(Relation.source_key == source)).all()
    incoming = work.session.scalars(query.where(Relation.target_key == source)).all()
    ended = [relation for relation in incoming if relation.kind in ENDED]
    found = [*outgoing, *ended] or list(incoming)
    expiry = _expiry(work, source)
    if expiry is not None:
        found.append(expiry)
    if not found:
        standings.instrument(work, number)
    return source, found


def _expiry(work: Work, key: str) -> Relation | None:
    """An instrument that runs out by its own date ends as if it repealed itself on that day."""
    expires = work.session.scalar(
        select(Instrument.expires).where(Instrument.key == key, Instrument.expires.is_not(None))
    )
    if expires is None:
        return None
    return Relation(
        source_key=key, kind=RelationKind.REPEALS, target_key=key, target_provisions="", starts=expires
    )


def _citing(work: Work, keys: Collection[str], day: date) -> Iterator[tuple[Revision, Sequence[Citation]]]:
    """Yield the revisions in force that cite any of the keys themselves, with those citations in order."""
    rows = work.session.execute(
        select(Revision, Citation)
        .join(Citation, Citation.revision_id == Revision.id)
        .join(revision_period, revision_period.c.revision_id == Revision.id)
        .where(Citation.key.in_(keys), Citation.nested.is_(False), in_force(day))
        .order_by(Revision.code, Revision.document_id, Citation.position)
    )
    for revision, group in groupby(rows, key=lambda row: row[0]):
        yield revision, [citation for _, citation in group]


def _unexamined(work: Work, day: date) -> Iterator[Aside]:
    """Yield what is in force but cites nothing that could be read: it must be looked at by eye."""
    rows = work.session.scalars(
        select(Revision)
        .join(revision_period, revision_period.c.revision_id == Revision.id)
        .where(~select(Citation.id).where(Citation.revision_id == Revision.id).exists(), in_force(day))
        .order_by(Revision.code, Revision.document_id)
    )
    for revision in rows:
        yield _aside(revision, "Không đọc được căn cứ nào trong tài liệu; cần xem bằng mắt.")


def _judge(
    revision: Revision, relations: Iterable[Relation], citations: Sequence[tuple[str, Citation]], day: date
) -> Affected | Aside:
    verdicts: list[Verdict] = []
    texts: dict[str, None] = {}
    paths: dict[str, None] = {}
    starts: list[date] = []
    reason = ""
    for relation in relations:
        mine = [citation for target, citation in citations if target == relation.target_key]
        if not mine or relation.starts is None:
            continue
        # a change still to come is judged as of its first day: the work begins before it binds
        judged = max(day, relation.starts)
        found = [verdict_of(relation, c.provision_ids, revision.looked_at, judged) for c in mine]
        if worst(found) is Verdict.LIVE:
            reason = reason or _why_untouched(relation, mine, revision)
            continue
        verdicts.append(worst(found))
        texts |= dict.fromkeys(c.text for c, v in zip(mine, found, strict=True) if v is not Verdict.LIVE)
        paths |= dict.fromkeys((relation.source_key, relation.kind.value, relation.target_key))
        starts.append(relation.starts)
    if not verdicts:
        return _aside(revision, reason or "Thay đổi chưa rõ ngày có hiệu lực.")
    return Affected(
        document=revision.document_id,
        code=revision.code or revision.document_id,
        title=revision.title,
        revision=revision.label,
        source_file=revision.source_file,
        why=ImpactReason.DIRECT,
        path=tuple(paths),
        citations=tuple(texts),
        verdict=worst(verdicts),
        starts=min(starts),
        deadline=deadline(min(starts)),
    )


def _why_untouched(relation: Relation, citations: Sequence[Citation], revision: Revision) -> str:
    if relation.starts and revision.looked_at and revision.looked_at >= relation.starts:
        return f"Bản này được ban hành ngày {revision.looked_at:%d/%m/%Y}, sau khi thay đổi có hiệu lực."
    if not any(touches(relation, c.provision_ids) for c in citations):
        return f"Chỉ viện dẫn điều khoản không bị sửa đổi của {relation.target_key}."
    return f"Viện dẫn {relation.target_key} nhưng thay đổi này không chạm tới."


def _aside(revision: Revision, reason: str) -> Aside:
    return Aside(revision.document_id, revision.code or revision.document_id, revision.title, reason)

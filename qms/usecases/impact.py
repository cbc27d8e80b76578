"""What a change of law means: which documents are touched, why, how gravely, and until when they must follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from qms.model.document import Document, Revision
from qms.model.enums import ImpactReason, RelationKind, Verdict
from qms.model.law import Citation, Relation
from qms.model.legal_status import CHANGING, deadline, touches, verdict_of, worst
from qms.model.lifecycle import revision_period
from qms.model.permissions import Act
from qms.usecases import standings
from qms.usecases.ports import Work


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


def impact(work: Work, number: str, on: date | None = None) -> Impact:
    """Return what an instrument changes, from its first day, in the documents that are in force."""
    work.allow(Act.READ_IMPACT)
    source = standings.instrument(work, number)
    day = on or work.today
    relations = _changes(work, source.key)
    first = min((r.starts for r in relations if r.starts), default=None)
    revisions = _current(work, day)
    cited = _citations(work, revisions)
    affected: list[Affected] = []
    untouched: list[Aside] = []
    for revision in revisions:
        found = _judge(work, revision, relations, cited[revision.id], day)
        if isinstance(found, Affected):
            affected.append(found)
        elif found is not None:
            untouched.append(found)
    return Impact(
        instrument=source.key,
        kind=relations[0].kind if relations else None,
        starts=first,
        deadline=deadline(first) if first else None,
        on=day,
        affected=tuple(sorted(affected, key=lambda line: (line.verdict is not Verdict.DEAD, line.code))),
        untouched=tuple(untouched),
        unexamined=tuple(
            _aside(revision, "Không đọc được căn cứ nào trong tài liệu; cần xem bằng mắt.")
            for revision in revisions
            if not cited[revision.id]
        ),
    )


def _changes(work: Work, source_key: str) -> Sequence[Relation]:
    """The changes that start from an instrument; for one that ended, the changes that ended it."""
    query = select(Relation).where(Relation.kind.in_(CHANGING)).order_by(Relation.starts, Relation.id)
    outgoing = work.session.scalars(query.where(Relation.source_key == source_key)).all()
    return outgoing or work.session.scalars(query.where(Relation.target_key == source_key)).all()


def _current(work: Work, day: date) -> Sequence[Revision]:
    period = revision_period.c
    return work.session.scalars(
        select(Revision)
        .join(revision_period, period.revision_id == Revision.id)
        .where(
            period.effective_from <= day, or_(period.effective_until.is_(None), period.effective_until > day)
        )
        .options(joinedload(Revision.document).options(selectinload(Document.codes)))
        .order_by(Revision.code, Revision.document_id)
    ).all()


def _citations(work: Work, revisions: Sequence[Revision]) -> dict[int, list[Citation]]:
    found: dict[int, list[Citation]] = defaultdict(list)
    wanted = {revision.id for revision in revisions}
    for citation in work.session.scalars(select(Citation).order_by(Citation.position)):
        if citation.revision_id in wanted:
            found[citation.revision_id].append(citation)
    return found


def _judge(
    work: Work, revision: Revision, relations: Iterable[Relation], citations: Sequence[Citation], day: date
) -> Affected | Aside | None:
    verdicts: list[Verdict] = []
    texts: dict[str, None] = {}
    paths: dict[str, None] = {}
    starts: list[date] = []
    reason = ""
    for relation in relations:
        mine = [c for c in citations if not c.nested and _points_to(work, c, relation, day)]
        if not mine or relation.starts is None:
            continue
        # a change still to come is judged as of its first day: the work begins before it binds
        found = [
            verdict_of(relation, c.provision_ids, revision.looked_at, max(day, relation.starts)) for c in mine
        ]
        if worst(found) is Verdict.LIVE:
            reason = reason or _why_untouched(relation, mine, revision)
            continue
        verdicts.append(worst(found))
        texts |= dict.fromkeys(c.text for c, v in zip(mine, found, strict=True) if v is not Verdict.LIVE)
        paths |= dict.fromkeys(_path(relation))
        starts.append(relation.starts)
    if not verdicts:
        return _aside(revision, reason) if reason else None
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


def _points_to(work: Work, citation: Citation, relation: Relation, day: date) -> bool:
    if citation.key == relation.target_key:
        return True
    return standings.number_of(work, citation.key, day) == relation.target_key


def _why_untouched(relation: Relation, citations: Sequence[Citation], revision: Revision) -> str:
    if relation.starts and revision.looked_at and revision.looked_at >= relation.starts:
        return f"Bản này được ban hành ngày {revision.looked_at:%d/%m/%Y}, sau khi thay đổi có hiệu lực."
    if not any(touches(relation, c.provision_ids) for c in citations):
        return f"Chỉ viện dẫn điều khoản không bị sửa đổi của {relation.target_key}."
    return f"Viện dẫn {relation.target_key} nhưng thay đổi này không chạm tới."


def _path(relation: Relation) -> tuple[str, ...]:
    return relation.source_key, relation.kind.value, relation.target_key


def _aside(revision: Revision, reason: str) -> Aside:
    return Aside(revision.document_id, revision.code or revision.document_id, revision.title, reason)

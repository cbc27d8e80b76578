"""What documents and relations name that the legal register lacks, and filling it in from what somebody pastes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select

from qms.model.document import Revision
from qms.model.law import Citation, Instrument, Ref, Relation
from qms.model.lifecycle import in_force, revision_period
from qms.model.permissions import Act
from qms.usecases import law_rows, law_views, naming
from qms.usecases.ports import Work

DOCUMENTS_SHOWN = 5
ALL_DOCUMENTS = 1_000_000


@dataclass(frozen=True)
class Citing:
    """A document in force that cites what is missing."""

    document: str
    code: str
    title: str


@dataclass(frozen=True)
class MissingLine:
    """One instrument that the register lacks: who cites it, and which relations name it."""

    number: str
    type: str
    issuer: str
    issuer_key: str
    cited_by: int
    documents: tuple[Citing, ...]
    related: tuple[str, ...]


@dataclass(frozen=True)
class Missing:
    """A page of what is missing, and how much it is in all."""

    lines: tuple[MissingLine, ...]
    total: int
    cited: int


def missing(
    work: Work,
    on: date | None = None,
    offset: int = 0,
    limit: int | None = None,
    documents_each: int = DOCUMENTS_SHOWN,
) -> Missing:
    """Return what is cited in force or named by a relation but not registered, the most cited first."""
    work.allow(Act.READ_LAW)
    day = on or work.today
    found = _found(work, day)
    ranked = sorted(found, key=lambda one: (-found[one][0], one))
    page = ranked[offset : len(ranked) if limit is None else offset + limit]
    documents = _documents(work, day, {one.key for one in page if found[one][0]}, documents_each)
    related = _related(work, {one.key for one in page})
    lines = tuple(
        MissingLine(
            number=one.key,
            type=law_rows.default_kind(one.key),
            issuer=found[one][1],
            issuer_key=one.issuer,
            cited_by=found[one][0],
            documents=tuple(documents.get(one, ())),
            related=tuple(related[one.key]),
        )
        for one in page
    )
    return Missing(lines, len(found), sum(1 for count, _issuer in found.values() if count))


def _found(work: Work, day: date) -> Mapping[Ref, tuple[int, str]]:
    """Return what is missing, how many documents cite it and its issuer as one of them writes it; remembered."""
    token = law_views.state(work, day)
    kept = work.cached("law_missing", token)
    if isinstance(kept, dict):
        return kept
    cited = law_views.cited(work, day)
    known = _registered(work, cited)
    numbers = {ref.key for ref in known}
    found = {
        ref: (count.documents, count.issuer)
        for ref, count in cited.items()
        if ref not in known and (ref.issuer or ref.key not in numbers)
    }
    targets = work.session.execute(
        select(Relation.target_key, Relation.target_issuer)
        .where(~exists().where(Instrument.key == Relation.target_key))
        .distinct()
    )
    for key, issuer in targets:
        found.setdefault(Ref(key, issuer), (0, ""))
    work.remember("law_missing", token, found)
    return found


def _registered(work: Work, refs: Iterable[Ref]) -> set[Ref]:
    return {
        Ref(key, issuer)
        for chunk in naming.chunks(ref.key for ref in refs)
        for key, issuer in work.session.execute(
            select(Instrument.key, Instrument.issuer_key).where(Instrument.key.in_(chunk))
        )
    }


def _documents(work: Work, day: date, keys: Collection[str], each: int) -> dict[Ref, list[Citing]]:
    """Return the first documents that cite each of the keys, in order of code."""
    found: dict[Ref, list[Citing]] = defaultdict(list)
    for chunk in naming.chunks(sorted(keys)):
        written = (Citation.key, Citation.issuer)
        rank = func.row_number().over(partition_by=written, order_by=(Revision.code, Revision.document_id))
        once = (
            select(*written, Revision.document_id, Revision.code, Revision.title, rank.label("rank"))
            .join(Revision, Revision.id == Citation.revision_id)
            .join(revision_period, revision_period.c.revision_id == Revision.id)
            .where(Citation.key.in_(chunk), Citation.nested.is_(False), in_force(day))
            .group_by(*written, Revision.id)
            .subquery()
        )
        query = select(once).where(once.c.rank <= each).order_by(once.c.key, once.c.rank)
        for row in work.session.execute(query):
            line = Citing(row.document_id, row.code or row.document_id, row.title)
            lines = found[Ref(row.key, naming.local_key(row.key, row.issuer))]
            if line not in lines and len(lines) < each:
                lines.append(line)
    return found


def _related(work: Work, keys: Collection[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for chunk in naming.chunks(sorted(keys)):
        rows = work.session.execute(
            select(Relation.target_key, Relation.source_key)
            .where(Relation.target_key.in_(chunk))
            .distinct()
            .order_by(Relation.target_key, Relation.source_key)
        )
        for target, source in rows:
            found[target].append(source)
    return found

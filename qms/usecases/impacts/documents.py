"""Documents that apply on a day or wait for theirs, asked for by what they cite, cover or are.

Each question is answered from an index. What was issued and is not yet in force is as much under the law as what is:
its revision is told beside the one in force, and whoever gathers decides which of the two stands for the document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, or_, select

from qms.model.document import Document, Revision
from qms.model.enums import FormSource, RelationKind
from qms.model.forms import FormOrigin
from qms.model.law import Citation, Clearance, Ref, Relation
from qms.model.legal_status import Step
from qms.model.lifecycle import applies, waits
from qms.model.tthc import DocumentTthc
from qms.usecases.impacts.values import Paper
from qms.usecases.naming import chunks, cited_as, same_issuer
from qms.usecases.ports import Work

_PAPER = (
    Revision.id,
    Revision.document_id,
    Revision.sequence,
    Revision.code,
    Revision.title,
    Revision.issue_number,
    Revision.revision_number,
    Revision.source_file,
    Revision.looked_at,
)


@dataclass(frozen=True)
class Cited:
    """One citation that means a wanted instrument: as the text names it, through which consolidated text, how sure."""

    target: Ref
    text: str
    provisions: tuple[str, ...]
    through: Step | None = None
    doubt: str = ""


def citing(work: Work, wanted: Iterable[Ref], day: date) -> dict[Paper, list[Cited]]:
    """Return the documents in force that cite any of these instruments, with those citations in order.

    A form that comes with an instrument rests on it, whether or not its text says so.
    """
    names = _names(work, set(wanted), day)
    found: dict[Paper, list[Cited]] = defaultdict(list)
    for chunk in chunks(names):
        rows = work.session.execute(
            _papers(day, Citation.key, Citation.issuer_key, Citation.text, Citation.provisions)
            .join(Citation, Citation.revision_id == Revision.id)
            .where(Citation.key.in_(chunk), Citation.nested.is_(False))
            .order_by(Revision.code, Revision.document_id, Citation.position)
        )
        for row in rows:
            for target, through in names[row.key]:
                same = through is not None or same_issuer(row.issuer_key, target.issuer)
                if same is not False:
                    doubt = "" if same else _unsure(row.key, row.text)
                    cited = Cited(target, row.text, tuple(row.provisions.split()), through, doubt)
                    found[_paper(row)].append(cited)
        for row in work.session.execute(_forms(day, chunk)):
            for target, through in names[row.key]:
                if through is not None or same_issuer(row.issuer_key, target.issuer) is not False:
                    words = f"{row.sample or 'Mẫu'} kèm theo {row.key}"
                    found[_paper(row)].append(Cited(target, words, (), through))
    return found


def cited_by(work: Work, papers: Iterable[Paper], keys: Iterable[str]) -> dict[int, set[str]]:
    """Return which of these keys each of the documents cites, by the id of its revision."""
    revisions, wanted = [paper.revision_id for paper in papers], list(dict.fromkeys(keys))
    found: dict[int, set[str]] = defaultdict(set)
    for start in range(0, len(revisions), 500):
        for chunk in chunks(wanted):
            rows = work.session.execute(
                select(Citation.revision_id, Citation.key).where(
                    Citation.revision_id.in_(revisions[start : start + 500]),
                    Citation.key.in_(chunk),
                    Citation.nested.is_(False),
                )
            )
            for revision, key in rows:
                found[revision].add(key)
    return found


def by_document(work: Work, ids: Iterable[str], day: date) -> dict[str, Paper]:
    """Return these documents as they stand in force, else as they are going to be, by id."""
    found: dict[str, Paper] = {}
    for chunk in chunks(ids):
        rows = work.session.execute(
            _papers(day).where(Revision.document_id.in_(chunk)).order_by(Revision.sequence)
        )
        for paper in map(_paper, rows):
            found.setdefault(paper.document, paper)
    return found


def covering(work: Work, stems: Iterable[str], day: date) -> Iterator[tuple[str, Paper]]:
    """Yield the documents in force that cover these administrative procedures, each with the stem it covers."""
    for chunk in chunks(stems):
        rows = work.session.execute(
            _papers(day, DocumentTthc.stem)
            .join(DocumentTthc, DocumentTthc.document_id == Revision.document_id)
            .where(DocumentTthc.stem.in_(chunk))
            .order_by(Revision.code, Revision.document_id)
        )
        for row in rows:
            yield row.stem, _paper(row)


def reading_nothing(work: Work, day: date) -> list[Paper]:
    """Return the documents in force in whose text no citation was read."""
    rows = work.session.execute(
        _papers(day)
        .where(~select(Citation.id).where(Citation.revision_id == Revision.id).exists())
        .order_by(Revision.code, Revision.document_id)
    )
    return [_paper(row) for row in rows]


def among(work: Work, keys: Iterable[tuple[str, int]], day: date) -> list[Paper]:
    """Return those of these revisions (document, sequence) that are in force."""
    wanted = set(keys)
    found = by_document(work, {document for document, _ in wanted}, day)
    return [paper for paper in found.values() if (paper.document, paper.sequence) in wanted]


@dataclass(frozen=True)
class Looked:
    """When documents were last looked at in view of one change: at their issuance, or by a named person since."""

    cleared: Mapping[tuple[str, int], list[Clearance]]

    @classmethod
    def at(cls, work: Work, sources: Collection[Ref], papers: Iterable[Paper]) -> Looked:
        """Read what named persons cleared of these documents in view of a change by one of ``sources``."""
        cleared: dict[tuple[str, int], list[Clearance]] = defaultdict(list)
        for chunk in chunks(paper.document for paper in papers):
            rows = work.session.scalars(select(Clearance).where(Clearance.document_id.in_(chunk)))
            for row in rows:
                if (row.source_key, row.source_issuer) in sources:
                    cleared[row.document_id, row.sequence].append(row)
        return cls(cleared)

    def clearance(self, paper: Paper, target: str) -> Clearance | None:
        """Return the last clearance of a document in view of what happens to ``target``."""
        rows = self.cleared.get((paper.document, paper.sequence), ())
        return max(
            (row for row in rows if row.target_key in ("", target)), key=lambda row: row.day, default=None
        )

    def day(self, paper: Paper, target: str, starts: date) -> date | None:
        """Return the day on which a document was last looked at in view of what befalls ``target`` from ``starts``.

        Who clears a change names it, so that also a look before its first day counts.
        """
        cleared = starts if self.clearance(paper, target) is not None else None
        return max((day for day in (paper.looked_at, cleared) if day), default=None)

    def why_alone(self, paper: Paper, target: str, starts: date) -> str | None:
        """Return why a document needs no look again (Vietnamese), or None where nobody looked since ``starts``."""
        clearance = self.clearance(paper, target)
        if clearance is not None:
            said = f"{clearance.person_name} đã rà soát ngày {clearance.day:%d/%m/%Y}"
            return f"{said}: {clearance.reason}"
        if paper.looked_at is not None and paper.looked_at >= starts:
            return f"Bản này được ban hành ngày {paper.looked_at:%d/%m/%Y}, sau khi thay đổi có hiệu lực."
        return None


def _names(work: Work, wanted: set[Ref], day: date) -> dict[str, list[tuple[Ref, Step | None]]]:
    """By which keys texts name these instruments: number, law title, the texts that consolidate them."""
    by_key: dict[str, list[Ref]] = defaultdict(list)
    for ref in sorted(wanted):
        by_key[ref.key].append(ref)
    names: dict[str, list[tuple[Ref, Step | None]]] = defaultdict(list)
    for alias, number in cited_as(work, by_key.keys(), day).items():
        names[alias] += [(ref, None) for ref in by_key[number]]
    for chunk in chunks(by_key):
        rows = work.session.scalars(
            select(Relation)
            .where(Relation.target_key.in_(chunk), Relation.kind == RelationKind.CONSOLIDATES)
            .order_by(Relation.id)
        )
        for row in rows:
            step = Step(row.source_key, row.kind, row.target_key, (), row.starts)
            for ref in by_key[row.target_key]:
                if same_issuer(row.target.issuer, ref.issuer) is not False and row.source_key != ref.key:
                    names[row.source_key].append((ref, step))
    return names


def _forms(day: date, keys: Collection[str]) -> Select[Any]:
    return (
        _papers(day, FormOrigin.key, FormOrigin.issuer_key, FormOrigin.sample)
        .join(FormOrigin, FormOrigin.document_id == Revision.document_id)
        .where(FormOrigin.key.in_(keys), FormOrigin.source == FormSource.INSTRUMENT)
        .order_by(Revision.code, Revision.document_id)
    )


def _papers(day: date, *more: Any) -> Select[Any]:
    return (
        select(*_PAPER, *more)
        .select_from(Revision)
        .join(Document, Document.id == Revision.document_id)
        .where(or_(applies(day), waits(day)))
    )


def _paper(row: Row[Any]) -> Paper:
    return Paper(
        revision_id=row.id,
        document=row.document_id,
        sequence=row.sequence,
        code=row.code or row.document_id,
        title=row.title,
        label=f"{row.issue_number:02d}.{row.revision_number:02d}",
        source_file=row.source_file,
        looked_at=row.looked_at,
    )


def _unsure(key: str, text: str) -> str:
    return f"«{' '.join(text.split())}»: chưa rõ cơ quan ban hành {key}, có thể là văn bản khác cùng số."

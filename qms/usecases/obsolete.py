"""What applies today and should not, or not so: every document in force that needs work, with why and what is next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from qms.model.days import add_months
from qms.model.document import Document, DocumentLink, Revision
from qms.model.enums import (
    DocumentType,
    LinkKind,
    ObsoleteKind,
    TextFindingKind,
    TthcChange,
    TthcSource,
    Verdict,
)
from qms.model.law import TextFinding
from qms.model.lifecycle import in_force, revision_period
from qms.model.permissions import Act
from qms.model.tthc import AdministrativeProcedure, DocumentTthc, TthcRow
from qms.usecases import form_origins, marks
from qms.usecases.ports import Work

ORDER = tuple(ObsoleteKind)


@dataclass(frozen=True)
class Reason:
    """One reason: ``what`` is at fault (an instrument, a TTHC, a name), since when, and what ended or replaced it."""

    kind: ObsoleteKind
    what: str = ""
    since: date | None = None
    by: str = ""


@dataclass(frozen=True)
class ObsoleteLine:
    """A document in force that needs work, its reasons gravest first."""

    document: str
    code: str
    title: str
    type: DocumentType
    revision: str
    unit: str
    reasons: tuple[Reason, ...]

    @property
    def gravest(self) -> ObsoleteKind:
        """Return the kind of its first reason."""
        return self.reasons[0].kind


@dataclass(frozen=True)
class Obsolete:
    """The answer for a day: what needs work, and how many documents in force were looked at."""

    on: date
    examined: int
    lines: tuple[ObsoleteLine, ...]

    def counts(self) -> Mapping[ObsoleteKind, int]:
        """Return how many documents each kind concerns, gravest first; kinds that concern none are left out."""
        found = {
            kind: sum(any(reason.kind is kind for reason in line.reasons) for line in self.lines)
            for kind in ORDER
        }
        return {kind: count for kind, count in found.items() if count}


def obsolete(work: Work, on: date | None = None, kind: ObsoleteKind | None = None) -> Obsolete:
    """Return every document in force on a day that needs work, gravest first; only one kind of reason if asked."""
    work.allow(Act.READ_OBSOLETE)
    day = on or work.today
    revisions = work.session.scalars(
        select(Revision)
        .join(revision_period, revision_period.c.revision_id == Revision.id)
        .where(in_force(day))
        .options(joinedload(Revision.document).joinedload(Document.unit))
        .order_by(Revision.code, Revision.document_id)
    ).all()
    reasons = _reasons(work, revisions, day)
    lines = [_line(revision, reasons[revision.id]) for revision in revisions if reasons[revision.id]]
    if kind is not None:
        lines = [line for line in lines if any(reason.kind is kind for reason in line.reasons)]
    return Obsolete(
        day, len(revisions), tuple(sorted(lines, key=lambda line: (ORDER.index(line.gravest), line.code)))
    )


def _line(revision: Revision, reasons: Iterable[Reason]) -> ObsoleteLine:
    return ObsoleteLine(
        document=revision.document_id,
        code=revision.code or revision.document_id,
        title=revision.title,
        type=revision.document.type,
        revision=revision.label,
        unit=revision.document.unit.name,
        reasons=tuple(sorted(reasons, key=lambda reason: ORDER.index(reason.kind))),
    )


def _reasons(work: Work, revisions: Iterable[Revision], day: date) -> dict[int, list[Reason]]:
    found: dict[int, list[Reason]] = defaultdict(list)
    by_document = {revision.document_id: revision for revision in revisions}
    for revision in by_document.values():
        found[revision.id].extend(_past_review(revision, day))
    for revision_id, reason in _of_law(work, by_document, day):
        found[revision_id].append(reason)
    for revision_id, reason in _sources(work, by_document, day):
        # a form that also cites its instrument has the reason already
        if all((one.kind, one.what) != (reason.kind, reason.what) for one in found[revision_id]):
            found[revision_id].append(reason)
    for document, reason in _of_tthc(work, day):
        if document in by_document:
            found[by_document[document].id].append(reason)
    wanted = {revision.id for revision in by_document.values()}
    for revision_id, reason in _of_text(work, day):
        if revision_id in wanted:
            found[revision_id].append(reason)
    return found


def _sources(work: Work, by_document: Mapping[str, Revision], day: date) -> Iterator[tuple[int, Reason]]:
    """Yield the forms whose instrument does not hold any more: what the paper was valid by is gone."""
    for document, line in form_origins.of_documents(work, by_document, day).items():
        if line.ended and line.standing:
            kind = ObsoleteKind.FORM_SOURCE_ENDED
            yield by_document[document].id, Reason(kind, line.key, line.standing.since, line.standing.because)


def _past_review(revision: Revision, day: date) -> Iterator[Reason]:
    due = add_months(revision.effective_from or day, revision.document.review_months)
    if due < day:
        yield Reason(ObsoleteKind.PAST_REVIEW, since=due)


_OF_VERDICT = {
    Verdict.DEAD: ObsoleteKind.DEAD_BASIS,
    Verdict.SUSPECT: ObsoleteKind.SUSPECT_BASIS,
    Verdict.UNKNOWN: ObsoleteKind.UNKNOWN_BASIS,
}


def _of_law(work: Work, revisions: Mapping[str, Revision], day: date) -> Iterator[tuple[int, Reason]]:
    bases = marks.bases_of(work, list(revisions.values()), day)
    used = set(
        work.session.scalars(select(DocumentLink.other_id).where(DocumentLink.kind == LinkKind.USES_FORM))
    )
    for revision in revisions.values():
        basis = bases[revision.id]
        form = revision.document.type is DocumentType.FORM
        # a form cites nothing by nature; it is examined with the procedure that uses it
        if not basis and not (form and revision.document_id in used):
            yield revision.id, Reason(ObsoleteKind.NOT_EXAMINED)
        for line in basis:
            kind = _OF_VERDICT.get(line.verdict)
            if kind is ObsoleteKind.DEAD_BASIS and form:
                kind = ObsoleteKind.FORM_SOURCE_ENDED
            if kind is not None:
                yield revision.id, Reason(kind, line.key, line.since, line.by)


def _of_tthc(work: Work, day: date) -> Iterator[tuple[str, Reason]]:
    """Yield the documents that cover a procedure which was abolished or re-coded by the day."""
    rows = work.session.execute(
        select(DocumentTthc.document_id, TthcRow, AdministrativeProcedure.name)
        .join(TthcRow, TthcRow.stem == DocumentTthc.stem)
        .join(AdministrativeProcedure, AdministrativeProcedure.stem == DocumentTthc.stem)
        .where(TthcRow.source == TthcSource.PUBLISHED, TthcRow.effective <= day)
        .order_by(DocumentTthc.document_id, TthcRow.stem, TthcRow.effective, TthcRow.id)
    )
    last: dict[tuple[str, str], tuple[TthcRow, str]] = {
        (document, row.stem): (row, name) for document, row, name in rows
    }
    for (document, stem), (row, name) in last.items():
        if row.change in (TthcChange.ABOLISHED, TthcChange.RECODED):
            yield (
                document,
                Reason(ObsoleteKind.TTHC_ENDED, f"{stem} {name}".strip(), row.effective, row.decision_key),
            )


def _of_text(work: Work, day: date) -> Iterator[tuple[int, Reason]]:
    """Yield what stands in the texts in force: names out of use on the day, papers named incompletely."""
    rows = work.session.scalars(
        select(TextFinding)
        .join(revision_period, revision_period.c.revision_id == TextFinding.revision_id)
        .where(in_force(day))
        .order_by(TextFinding.revision_id, TextFinding.id)
    )
    for row in rows:
        if row.kind is TextFindingKind.ABOLISHED_NAME and row.since is not None and row.since <= day:
            yield row.revision_id, Reason(ObsoleteKind.ABOLISHED_NAME, row.text, row.since, row.instead)
        elif row.kind is TextFindingKind.UNLINKED:
            yield row.revision_id, Reason(ObsoleteKind.UNLINKED, row.text)

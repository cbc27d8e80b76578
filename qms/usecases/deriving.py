"""Deriving: what follows from an issued revision and may be made again at any time: citations and index entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import joinedload, selectinload

from qms.citations import Citation as FoundCitation
from qms.citations import find
from qms.errors import QmsError
from qms.formats.reading import Reading
from qms.formats.refusals import Unacceptable
from qms.model.document import Document, DocumentUnit, Revision
from qms.model.enums import CitationOrigin
from qms.model.law import Citation, TextFinding
from qms.model.organisation import Unit
from qms.model.permissions import Act
from qms.model.search import IndexEntry
from qms.model.trail import Job
from qms.usecases import cited, contents, standings
from qms.usecases.ports import Work

KIND = "derive"
BATCH = 50
RETRY = timedelta(minutes=1)


def read_ahead(work: Work) -> int:
    """Read the texts of the next batch, which the reader remembers, and return how many are due."""
    work.allow(Act.MAINTAIN)
    jobs = _due(work)
    for job in jobs:
        # what cannot be read is told of when its turn comes
        with suppress(QmsError):
            for revision in _revisions(work, [job.key]):
                _reading(work, revision)
    return len(jobs)


def derive_due(work: Work) -> int:
    """Derive one batch of what is due and return how many revisions it was."""
    work.allow(Act.MAINTAIN)
    jobs = _due(work)
    entries: list[IndexEntry] = []
    for job in jobs:
        try:
            entries.extend(_derived(work, revision) for revision in _revisions(work, [job.key]))
        except QmsError as error:
            _put_off(work, job, error)
        else:
            work.session.delete(job)
    if entries:
        standings.move(work, standings.CITATIONS)
        work.index.add(entries)
    if jobs:
        work.commit()
    return len(jobs)


def _put_off(work: Work, job: Job, error: QmsError) -> None:
    """What fails keeps nobody else waiting: it is tried again later, and doctor tells of it."""
    job.tries += 1
    job.last_error = str(error)[:500]
    job.due = work.now + RETRY * min(2**job.tries, 64)


def _due(work: Work) -> Sequence[Job]:
    # what was never tried is due at once, whatever clock wrote it; what failed waits for its time
    ready = or_(Job.tries == 0, Job.due <= work.now)
    return work.session.scalars(
        select(Job).where(Job.kind == KIND, ready).order_by(Job.id).limit(BATCH)
    ).all()


def _revisions(work: Work, keys: Sequence[str]) -> Iterator[Revision]:
    """Yield the published revisions named ``document/sequence``."""
    for key in keys:
        document_id, _, sequence = key.partition("/")
        revision = work.session.scalar(
            select(Revision)
            .where(Revision.document_id == document_id, Revision.sequence == int(sequence))
            .options(
                joinedload(Revision.document).options(
                    selectinload(Document.codes), joinedload(Document.field), joinedload(Document.unit)
                )
            )
        )
        if revision is not None and revision.commit_id:
            yield revision


def _reading(work: Work, revision: Revision) -> Reading | None:
    """What the master says; a scan or a damaged master says nothing but stays findable by title and code."""
    name, data = contents.issued_file(work, revision)
    try:
        return work.reader.read(data, name)
    except Unacceptable:
        return None


def _derived(work: Work, revision: Revision) -> IndexEntry:
    reading = _reading(work, revision)
    if reading is None:
        return _entry(work, revision, None, ())
    found = find(reading.plain)
    _keep_law(work, revision, reading, found)
    return _entry(work, revision, reading, tuple(dict.fromkeys(c.key for c in found if c.key)))


def _keep_law(work: Work, revision: Revision, reading: Reading, found: Sequence[FoundCitation]) -> None:
    work.session.execute(
        delete(Citation).where(Citation.revision_id == revision.id, Citation.origin == CitationOrigin.FOUND)
    )
    work.session.execute(delete(TextFinding).where(TextFinding.revision_id == revision.id))
    rows: list[Citation | TextFinding] = [
        *cited.citation_rows(reading, found),
        *cited.finding_rows(reading, found),
    ]
    for row in rows:
        row.revision_id = revision.id
    work.session.add_all(rows)


def _entry(work: Work, revision: Revision, reading: Reading | None, citations: tuple[str, ...]) -> IndexEntry:
    document = revision.document
    units = work.session.scalars(
        select(Unit.key)
        .join(DocumentUnit, DocumentUnit.unit_id == Unit.id)
        .where(DocumentUnit.document_id == document.id)
    ).all()
    anatomy = reading.anatomy if reading else None
    return IndexEntry(
        document_id=document.id,
        sequence=revision.sequence or 0,
        codes=(revision.code,) if revision.code else (),
        title=revision.title,
        type=document.type,
        units=tuple(sorted({document.unit.key, *units})),
        field=document.field.name if document.field else None,
        headings=tuple(s.title for s in anatomy.sections) if anatomy else (),
        forms=anatomy.forms if anatomy else (),
        body=reading.plain if reading else "",
        citations=citations,
        source_file=revision.source_file,
    )

"""Deriving: what follows from an issued revision and may be made again at any time: citations and index entries.

Two moves, so that nobody waits for texts to be read: ``prepare`` reads a batch and writes nothing, ``settle`` writes
what was made of it. A crash between the two leaves the jobs, and the same is made again.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.orm import joinedload

from qms.citations import find
from qms.errors import QmsError
from qms.formats.reading import Reading
from qms.formats.refusals import Unacceptable
from qms.model.document import Document, DocumentUnit, Revision
from qms.model.enums import CitationOrigin
from qms.model.law import Citation, TextFinding
from qms.model.organisation import Unit
from qms.model.permissions import Act
from qms.model.published import MANIFEST_NAME, Manifest
from qms.model.search import IndexEntry
from qms.model.trail import Job
from qms.usecases import cited, contents, form_texts, naming
from qms.usecases.ports import Work

KIND = "derive"
BATCH = 400
"""So many revisions are written at once: one commit of the database, one segment of the index."""
FILES_AT_ONCE = 20
"""So many masters are fetched at once, each of at most 20 MB."""
RETRY = timedelta(minutes=1)
Key = tuple[str, int]


@dataclass(frozen=True)
class Derived:
    """What was made of one revision: its entry, what it says of the law and the blank forms in it as rows."""

    revision_id: int
    entry: IndexEntry
    citations: tuple[dict[str, Any], ...] = ()
    findings: tuple[TextFinding, ...] = ()
    forms: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Batch:
    """Jobs that are due, and what was made of them or why nothing could be."""

    jobs: tuple[int, ...] = ()
    made: tuple[Derived, ...] = ()
    failed: dict[int, QmsError] = field(default_factory=dict)

    @property
    def full(self) -> bool:
        """Tell whether there may be more."""
        return len(self.jobs) == BATCH


def prepare(work: Work, after: int = 0) -> Batch:
    """Read and make whatever is due next, after the job with that number, and write nothing."""
    work.allow(Act.MAINTAIN)
    jobs = {_key(job.key): job.id for job in _due(work, after)}
    revisions = _revisions(work, list(jobs))
    units = _applying(work, [revision.document_id for revision in revisions])
    made, failed = [], {}
    for revision, reading in _readings(work, revisions):
        if isinstance(reading, QmsError):
            failed[jobs[revision.document_id, revision.sequence or 0]] = reading
        else:
            made.append(_derived(revision, reading, units[revision.document_id]))
    return Batch(tuple(jobs.values()), tuple(made), failed)


def settle(work: Work, batch: Batch) -> int:
    """Write what was made of a batch and return how many revisions it was."""
    work.allow(Act.MAINTAIN)
    # the index takes the same entry twice without harm: first, while the database waits for nobody
    work.index.add([each.entry for each in batch.made])
    _keep(work, batch.made)
    for job in work.session.scalars(select(Job).where(Job.id.in_(batch.failed))):
        _put_off(work, job, batch.failed[job.id])
    done = set(batch.jobs) - batch.failed.keys()
    work.session.execute(delete(Job).where(Job.id.in_(done)))
    if batch.made:
        naming.move(work, naming.CITATIONS)
    work.commit()
    return len(batch.jobs)


def _put_off(work: Work, job: Job, error: QmsError) -> None:
    """What fails keeps nobody else waiting: it is tried again later, and doctor tells of it."""
    job.tries += 1
    job.last_error = str(error)[:500]
    job.due = work.now + RETRY * min(2**job.tries, 64)


def _due(work: Work, after: int) -> Sequence[Job]:
    # what was never tried is due at once, whatever clock wrote it; what failed waits for its time
    ready = or_(Job.tries == 0, Job.due <= work.now)
    return work.session.scalars(
        select(Job).where(Job.kind == KIND, Job.id > after, ready).order_by(Job.id).limit(BATCH)
    ).all()


def _key(text: str) -> Key:
    document_id, _, sequence = text.partition("/")
    return document_id, int(sequence)


def _revisions(work: Work, keys: Sequence[Key]) -> list[Revision]:
    """Return the published revisions of these keys, in their order."""
    rows = work.session.scalars(
        select(Revision)
        .where(
            Revision.document_id.in_({document for document, _ in keys}),
            Revision.sequence.is_not(None),
            Revision.commit_id.is_not(None),
        )
        .options(joinedload(Revision.document).options(joinedload(Document.field), joinedload(Document.unit)))
    )
    known = {(row.document_id, row.sequence): row for row in rows}
    return [known[key] for key in keys if key in known]


def _applying(work: Work, documents: Sequence[str]) -> dict[str, set[str]]:
    rows = work.session.execute(
        select(DocumentUnit.document_id, Unit.key)
        .join(Unit, Unit.id == DocumentUnit.unit_id)
        .where(DocumentUnit.document_id.in_(documents))
    )
    found: dict[str, set[str]] = defaultdict(set)
    for document, unit in rows:
        found[document].add(unit)
    return found


def _readings(
    work: Work, revisions: Sequence[Revision]
) -> Iterator[tuple[Revision, Reading | QmsError | None]]:
    """Yield what the masters say: a scan or a damaged one says nothing but stays findable by title and code."""
    missing: list[tuple[Revision, QmsError]] = []
    asked: deque[Revision] = deque()

    def files() -> Iterator[tuple[bytes, str]]:
        for revision, file in _masters(work, revisions):
            if isinstance(file, QmsError):
                missing.append((revision, file))
            else:
                asked.append(revision)
                yield file

    for reading in work.reader.read_many(files()):
        yield asked.popleft(), None if isinstance(reading, Unacceptable) else reading
    yield from missing


def _masters(
    work: Work, revisions: Sequence[Revision]
) -> Iterator[tuple[Revision, tuple[bytes, str] | QmsError]]:
    """Yield bytes and name of each master; what cannot be fetched at once is fetched one by one."""
    rest = iter(revisions)
    while some := list(islice(rest, FILES_AT_ONCE)):
        try:
            yield from zip(some, _fetched(work, some), strict=True)
        except QmsError:
            for revision in some:
                try:
                    yield revision, _fetched(work, [revision])[0]
                except QmsError as error:
                    yield revision, error


def _fetched(work: Work, revisions: Sequence[Revision]) -> list[tuple[bytes, str]]:
    places = [(revision.commit_id or "", revision.document_id) for revision in revisions]
    listed = work.git.read_all([(*place, MANIFEST_NAME) for place in places])
    names = [contents.content_name(Manifest.parse(text.decode("utf-8", "replace"))) for text in listed]
    files = work.git.read_all([(*place, name) for place, name in zip(places, names, strict=True)])
    return list(zip(files, names, strict=True))


def _derived(revision: Revision, reading: Reading | None, units: set[str]) -> Derived:
    if reading is None:
        return Derived(revision.id, _entry(revision, None, units, ()))
    found = find(reading.plain)
    citations = tuple(cited.citation_values(reading, found))
    keys = tuple(dict.fromkeys(key for citation in found if (key := citation.key)))
    return Derived(
        revision.id,
        _entry(revision, reading, units, keys),
        citations,
        tuple(cited.finding_rows(reading, found)),
        form_texts.rows_of(revision, reading),
    )


def _keep(work: Work, made: Sequence[Derived]) -> None:
    """Write what the texts say of the law and the forms in them, instead of what was found there before."""
    session, ids = work.session, [each.revision_id for each in made]
    # one that is gone since (a rebuild took it back) has nothing to say
    standing = set(session.scalars(select(Revision.id).where(Revision.id.in_(ids))))
    session.execute(
        delete(Citation).where(Citation.revision_id.in_(ids), Citation.origin == CitationOrigin.FOUND)
    )
    session.execute(delete(TextFinding).where(TextFinding.revision_id.in_(ids)))
    kept = [each for each in made if each.revision_id in standing]
    citations = [row | {"revision_id": each.revision_id} for each in kept for row in each.citations]
    if citations:
        session.execute(insert(Citation), citations)
    for each in kept:
        for finding in each.findings:
            finding.revision_id = each.revision_id
        session.add_all(each.findings)
    form_texts.keep(session, [(each.revision_id, each.forms) for each in kept])


def _entry(
    revision: Revision, reading: Reading | None, units: set[str], citations: tuple[str, ...]
) -> IndexEntry:
    document = revision.document
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

"""Finding administrative procedures, what they are on a day, and the documents that cover them. No acts here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, selectinload

from qms.errors import NotFound
from qms.formats.anatomy.values import Anatomy
from qms.formats.reading import Reading
from qms.model.document import Document, DocumentLink, Revision
from qms.model.enums import DocumentType, LinkKind
from qms.model.ids import clean
from qms.model.lifecycle import in_force, revision_period
from qms.model.times import StepCell, StepColumn, ThreeTimes, TimesVerdict, three_times
from qms.model.trail import Generation
from qms.model.tthc import AdministrativeProcedure, DocumentTthc, TthcRow, stem
from qms.model.tthc_matching import Entry, Matcher
from qms.model.tthc_status import ENDED, TthcStanding, tthc_on
from qms.usecases import contents, naming
from qms.usecases.ports import Work


class UnknownTthc(NotFound):
    """The catalogue has no such procedure."""

    code = "unknown_tthc"
    sentence = (
        "Danh mục thủ tục hành chính chưa có «{code}»; hãy nhập danh mục hoặc quyết định công bố trước."
    )


@dataclass(frozen=True)
class Covering:
    """A document in force that covers a procedure, and the other procedures that it covers."""

    id: str
    code: str
    title: str
    type: DocumentType
    unit_id: int
    others: tuple[str, ...]


@dataclass(frozen=True)
class TthcTimes:
    """One procedure that a document covers: what it is on the day, and its three times."""

    stem: str
    name: str
    standing: TthcStanding
    times: ThreeTimes


@dataclass(frozen=True)
class DocumentTimes:
    """What a document's page shows of time: per covered procedure; with none, what the document says by itself."""

    covered: tuple[TthcTimes, ...]
    own: ThreeTimes

    @property
    def alarm(self) -> TimesVerdict | None:
        """Return the gravest verdict that asks for work; none where every time fits or nothing can be compared."""
        found = {one.times.verdict for one in self.covered}
        return next((one for one in (TimesVerdict.EXCEEDS, TimesVerdict.DIFFERS) if one in found), None)


def procedure(work: Work, code: str) -> AdministrativeProcedure:
    """Return the procedure that a code names, with or without the suffix of a province; raises ``UnknownTthc``."""
    found = work.session.get(AdministrativeProcedure, stem(code) or clean(code)[:8])
    if found is None:
        raise UnknownTthc(code=clean(code))
    return found


def standings_of(work: Work, stems: Iterable[str], day: date) -> dict[str, TthcStanding]:
    """Return what each procedure is on a day."""
    rows = rows_of(work, stems)
    return {one: tthc_on(rows.get(one, ()), day) for one in dict.fromkeys(stems)}


def rows_of(work: Work, stems: Iterable[str]) -> Mapping[str, Sequence[TthcRow]]:
    """Return the rows of each procedure in the order in which they were recorded."""
    wanted = list(dict.fromkeys(stems))
    rows: dict[str, list[TthcRow]] = defaultdict(list)
    for chunk in _chunks(wanted):
        query = select(TthcRow).where(TthcRow.stem.in_(chunk)).order_by(TthcRow.id)
        for row in work.session.scalars(query):
            rows[row.stem].append(row)
    return rows


def stems_of(work: Work, document_id: str) -> list[str]:
    """Return the procedures that a document covers."""
    query = select(DocumentTthc.stem).where(DocumentTthc.document_id == document_id)
    return list(work.session.scalars(query.order_by(DocumentTthc.stem)))


def covering(work: Work, stems: Collection[str], day: date) -> dict[str, list[Covering]]:
    """Return for each procedure the documents in force on a day that cover it."""
    found: dict[str, list[Covering]] = {one: [] for one in stems}
    for chunk in _chunks(list(found)):
        covers = select(DocumentTthc.document_id).where(DocumentTthc.stem.in_(chunk))
        covered: dict[str, list[str]] = defaultdict(list)
        links = select(DocumentTthc.document_id, DocumentTthc.stem).where(
            DocumentTthc.document_id.in_(covers)
        )
        for document_id, one in work.session.execute(links.order_by(DocumentTthc.stem)):
            covered[document_id].append(one)
        for document, revision in effective(work, day, Document.id.in_(covers)):
            for one in covered[document.id]:
                if one in chunk:
                    found[one].append(_covering(document, revision, one, covered[document.id]))
    return found


def _covering(document: Document, revision: Revision, stem: str, covered: Sequence[str]) -> Covering:
    return Covering(
        id=document.id,
        code=document.code,
        title=revision.title,
        type=document.type,
        unit_id=document.unit_id,
        others=tuple(one for one in covered if one != stem),
    )


def effective(work: Work, day: date, *where: ColumnElement[bool]) -> list[tuple[Document, Revision]]:
    """Return documents with the revision in force on a day, in order of code, as far as conditions hold."""
    query = (
        select(Document, Revision)
        .join(Revision, Revision.document_id == Document.id)
        .join(revision_period, revision_period.c.revision_id == Revision.id)
        .where(in_force(day), *where)
        .options(selectinload(Document.codes), joinedload(Document.field))
        .order_by(Revision.code, Document.id)
    )
    return [(document, revision) for document, revision in work.session.execute(query)]


def _chunks(stems: Sequence[str]) -> list[Sequence[str]]:
    return [stems[at : at + 500] for at in range(0, len(stems), 500)]


def documents(work: Work, ids: Collection[str]) -> list[Document]:
    """Return documents with their codes by id."""
    query = select(Document).where(Document.id.in_(ids)).options(selectinload(Document.codes))
    return list(work.session.scalars(query.order_by(Document.id)))


def reading_of(work: Work, document: Document, revision: Revision) -> Reading:
    """Return what an issued revision says; what was read once is remembered by hash."""
    commit = revision.commit_id or ""
    name = contents.content_name(work.git.manifest(commit, document.id))
    return contents.read_master(work, name, work.git.read(commit, document.id, name))


def forms_of(work: Work, ids: Collection[str]) -> dict[str, set[str]]:
    """Return for each form that any of these documents uses all documents that use it."""
    uses = DocumentLink.kind == LinkKind.USES_FORM
    forms = select(DocumentLink.other_id).where(uses, DocumentLink.document_id.in_(ids))
    found: dict[str, set[str]] = defaultdict(set)
    query = select(DocumentLink.other_id, DocumentLink.document_id)
    for form, document in work.session.execute(query.where(uses, DocumentLink.other_id.in_(forms))):
        found[form].add(document)
    return found


def matcher(work: Work, day: date) -> Matcher:
    """Return the catalogue ready for matching titles: procedures that have not ended; built once per its state."""
    counter = work.session.get(Generation, naming.GENERATION)
    token = f"{counter.value if counter else 0} {day}"
    known = work.cached("tthc", token)
    if isinstance(known, Matcher):
        return known
    rows = work.session.scalars(select(AdministrativeProcedure)).all()
    ended = {
        one
        for one, standing in standings_of(work, [r.stem for r in rows], day).items()
        if standing.status in ENDED
    }
    built = Matcher(Entry(row.stem, row.name, row.field) for row in rows if row.stem not in ended)
    work.remember("tthc", token, built)
    return built


def times_of(work: Work, document: Document, anatomy: Anatomy, day: date) -> DocumentTimes | None:
    """Return the three times of a text of a procedure on a day; None for other documents, which have no steps."""
    return (
        document_times(work, document.id, anatomy, day) if document.type is DocumentType.PROCEDURE else None
    )


def document_times(work: Work, document_id: str, anatomy: Anatomy, day: date) -> DocumentTimes:
    """Return the three times of every procedure that a document covers on a day."""
    stems = stems_of(work, document_id)
    found = standings_of(work, stems, day)
    names = dict(
        work.session.execute(
            select(AdministrativeProcedure.stem, AdministrativeProcedure.name).where(
                AdministrativeProcedure.stem.in_(stems)
            )
        ).all()
    )
    return DocumentTimes(
        tuple(TthcTimes(one, names[one], found[one], _times(found[one], anatomy)) for one in stems),
        three_times("", "", anatomy.time_limit or "", step_columns(anatomy)),
    )


def step_columns(anatomy: Anatomy) -> tuple[StepColumn, ...]:
    """Return the time columns of a document's step tables as values for adding up."""
    width = max((len(step.times) for step in anatomy.steps), default=0)
    heads = (*anatomy.step_time_columns, *[""] * width)[:width]
    return tuple(
        StepColumn(
            head,
            tuple(
                StepCell(step.no or str(place), step.times[column], column in step.times_repeated, step.case)
                for place, step in enumerate(anatomy.steps, 1)
                if column < len(step.times)
            ),
        )
        for column, head in enumerate(heads)
    )


def printed_stems(reading: Reading) -> tuple[str, ...]:
    """Return the procedures whose codes a document itself prints."""
    return tuple(dict.fromkeys(one for code in reading.anatomy.tthc_codes if (one := stem(code))))


def _times(standing: TthcStanding, anatomy: Anatomy) -> ThreeTimes:
    return three_times(
        standing.limit.text if standing.limit else "",
        standing.internal.text if standing.internal else "",
        anatomy.time_limit or "",
        step_columns(anatomy),
        abolished=standing.status in ENDED,
    )

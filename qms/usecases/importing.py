"""Importing: files are read, matched with what is in control, and taken in as drafts or as issued papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from qms.errors import Refused
from qms.model.document import Code, Document, DocumentUnit, Revision
from qms.model.enums import ImportMatch, ImportStatus, IssuanceKind, ItemRole, WarningCode
from qms.model.ids import fold, fold_code
from qms.model.issuance import IssuingDecision
from qms.model.lifecycle import check_issue
from qms.model.organisation import Unit
from qms.model.permissions import Act, Subject
from qms.model.published import DocumentAct, DocumentLine, Manifest, PersonLine
from qms.usecases import acts, contents, lookups
from qms.usecases.candidates import Candidate, ImportLine, Progress, Source, examine, unseen
from qms.usecases.matching import matched
from qms.usecases.ports import Publication, Work


@dataclass(frozen=True)
class Package:
    """What one call of import did, in all: counts, and what is in control of the same issuers but was not in it."""

    next: int
    new: int
    same: int
    refused: int
    absent: tuple[str, ...]


@dataclass(frozen=True)
class Imported:
    """One line a file, in the order given, and the package as a whole."""

    lines: tuple[ImportLine, ...]
    package: Package

    @property
    def clean(self) -> bool:
        """Tell whether nothing is left for a person to do."""
        left = (ImportStatus.REVIEW, ImportStatus.REFUSED)
        return not any(line.status in left for line in self.lines)


def take_in(
    work: Work, sources: Sequence[Source], unit: str | None = None, progress: Progress = unseen
) -> Imported:
    """Take files in as drafts of new documents or of next revisions."""
    work.allow(Act.IMPORT)
    # the transaction begins with the first question to the database: whatever is slow is read before
    read = examine(work, sources, progress)
    home = lookups.unit(work, unit)
    work.allow(Act.IMPORT, Subject(home.id))
    candidates = matched(work, home, read)
    lines = [_draft(work, home, candidate) for candidate in candidates]
    work.record("import", home.key, files=len(sources), taken=sum(c.taken for c in candidates))
    work.commit()
    return _result(work, home, candidates, lines)


def publish(
    work: Work,
    sources: Sequence[Source],
    unit: str | None = None,
    decision: IssuingDecision | None = None,
    progress: Progress = unseen,
) -> Imported:
    """Record papers that were issued already: by one decision for all, else one ``record`` per date on the covers."""
    work.allow(Act.IMPORT)
    if decision is not None:
        decision.check(work.today)
    read = examine(work, sources, progress)
    home = lookups.unit(work, unit)
    work.allow(Act.IMPORT, Subject(home.id))
    if decision is not None:
        acts.refuse_used_number(work, lookups.root_unit(work).name, decision)
    candidates = [_dated(work, c, decision) for c in matched(work, home, read)]
    groups: dict[date, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.taken:
            day = decision.signed if decision else candidate.printed_date
            groups.setdefault(day, []).append(candidate)
    for day in sorted(groups):
        _publish_group(
            work, home, groups[day], decision or IssuingDecision(None, day, day), decision is not None
        )
    return _result(work, home, candidates, [candidate.line(home) for candidate in candidates])


def _dated(work: Work, candidate: Candidate, decision: IssuingDecision | None) -> Candidate:
    """Hold back what cannot be recorded as issued: no date, a date to come, or one before what applies."""
    if not candidate.taken:
        return candidate
    effective = decision.effective if decision else candidate.reading_date
    if effective is None:
        return candidate.held(
            WarningCode.NO_DATE,
            "Không thấy ngày ban hành trên bìa; hãy nhập kèm số, ngày quyết định hoặc ghi ngày vào bìa.",
        )
    if decision is None and effective > work.today:
        return candidate.held(
            WarningCode.NO_DATE,
            f"Ngày ban hành trên bìa ({effective:%d/%m/%Y}) ở sau hôm nay; hãy kiểm tra lại.",
        )
    if candidate.match is ImportMatch.NEXT_REVISION and candidate.document_id:
        document = lookups.document_by_id(work, candidate.document_id)
        issued = lookups.issued_revisions(work, document.id)
        try:
            check_issue(
                document.code, lookups.periods_of(work, document, issued), effective, document.retired_on
            )
        except Refused as refusal:
            return candidate.held(WarningCode.DATE_NOT_AFTER_CURRENT, str(refusal))
    return candidate


def _draft(work: Work, home: Unit, candidate: Candidate) -> ImportLine:
    if not candidate.taken:
        return candidate.line(home)
    if candidate.match is ImportMatch.NEW:
        _new_document(work, home, candidate)
        base = None
    else:
        base = lookups.issued_revisions(work, candidate.document_id or "")
    revision = Revision(
        document_id=candidate.document_id,
        code=candidate.code,
        title=candidate.title,
        issue_number=candidate.issue_number,
        revision_number=candidate.revision_number,
        base_sequence=base[-1].sequence if base else None,
        source_file=candidate.base_name,
        source_sha256=candidate.sha256,
        master_sha256=candidate.sha256,
        printed_date=candidate.reading_date,
        created_at=work.now,
        **contents.author(work),
    )
    work.session.add(revision)
    work.session.flush()
    contents.put(work.session, revision, candidate.content_path, candidate.load())
    return candidate.line(home)


def _new_document(work: Work, home: Unit, candidate: Candidate) -> None:
    document = Document(
        id=candidate.document_id,
        title=candidate.title,
        folded_title=fold(candidate.title)[:500],
        type=candidate.type,
        issuer=candidate.issuer or home.name,
        master=candidate.master,
        unit_id=home.id,
        created_at=work.now,
    )
    work.session.add(document)
    work.session.flush()
    work.session.add(DocumentUnit(document_id=document.id, unit_id=home.id))
    if candidate.code:
        clash = work.session.scalars(
            select(Code).where(
                Code.folded == fold_code(candidate.code), Code.unit_id == home.id, Code.ends.is_(None)
            )
        ).all()
        for other in clash:
            other.reused = True
        work.session.add(
            Code(
                document_id=document.id,
                unit_id=home.id,
                code=candidate.code,
                folded=fold_code(candidate.code),
                reused=bool(clash),
            )
        )
    work.session.flush()


def _publish_group(
    work: Work, home: Unit, candidates: Sequence[Candidate], decision: IssuingDecision, numbered: bool
) -> None:
    trees = {}
    items = []
    for candidate in candidates:
        files = candidate.files(home)
        document_id = candidate.document_id or ""
        sequence = lookups.next_sequence(work, document_id)
        line = DocumentLine(
            document_id, sequence, candidate.label, Manifest.of(files).content_sha256, candidate.code
        )
        trees[document_id] = files
        items.append(
            DocumentAct(
                line=line,
                role=ItemRole.REPLACES if candidate.match is ImportMatch.NEXT_REVISION else ItemRole.NEW,
                drafted_by=PersonLine("", candidate.drafted_by_role) if candidate.drafted_by_role else None,
            )
        )
    kind = IssuanceKind.ADOPT if numbered else IssuanceKind.RECORD
    agency = lookups.root_unit(work).name if numbered else candidates[0].issuer or home.name
    act = acts.published_act(work, kind, agency, decision, items)
    work.publish(Publication(act, trees, acts.scan_file(act, decision)))


def _result(work: Work, home: Unit, candidates: Sequence[Candidate], lines: Sequence[ImportLine]) -> Imported:
    # what waits for a person is neither: its line says so
    settled = (ImportStatus.IMPORTED, ImportStatus.UNCHANGED)
    counted = Counter(line.match for line in lines if line.status in settled)
    package = Package(
        next=counted[ImportMatch.NEXT_REVISION],
        new=counted[ImportMatch.NEW],
        same=counted[ImportMatch.SAME],
        refused=sum(line.status is ImportStatus.REFUSED for line in lines),
        absent=tuple(_absent(work, home, candidates)),
    )
    return Imported(tuple(lines), package)


def _absent(work: Work, home: Unit, candidates: Sequence[Candidate]) -> Iterator[str]:
    """Yield what the same issuers have in control here but was not handed in."""
    present = {candidate.document_id for candidate in candidates}
    issuers = {fold(candidate.issuer or home.name) for candidate in candidates if candidate.format}
    rows = work.session.scalars(
        select(Document)
        .where(Document.unit_id == home.id, Document.retired_on.is_(None))
        .order_by(Document.id)
    )
    for document in rows:
        if document.id not in present and fold(document.issuer) in issuers:
            yield document.id

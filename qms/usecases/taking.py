"""Taking files in: what a file needs to be recorded as issued, and the issuance that carries it. No acts here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlalchemy import select

from qms.errors import Refused
from qms.model.document import Code, Document, DocumentUnit
from qms.model.enums import ImportMatch, IssuanceKind, ItemRole, WarningCode
from qms.model.ids import fold, fold_code
from qms.model.issuance import IssuingDecision
from qms.model.lifecycle import check_issue
from qms.model.organisation import Unit
from qms.model.published import DocumentAct, DocumentLine, Manifest, PersonLine
from qms.usecases import acts, lookups
from qms.usecases.acts import Issued
from qms.usecases.candidates import Candidate
from qms.usecases.ports import Publication, Work


def dated(work: Work, candidate: Candidate, decision: IssuingDecision | None) -> Candidate:
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


def new_document(work: Work, home: Unit, candidate: Candidate) -> None:
    """Open a document for a file that is new; a code that others bear is kept and marked as reused."""
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


def issue_together(
    work: Work,
    home: Unit,
    candidates: Sequence[Candidate],
    decision: IssuingDecision,
    kind: IssuanceKind,
    meanwhile: Callable[[str], None] = lambda _issuance: None,
) -> Issued:
    """Carry out one issuance over all these files; without a number it is the issuer's own, on the covers' date.

    ``meanwhile`` is told the id of the issuance and writes what belongs into the same transaction.
    """
    items = []
    trees = {}
    for candidate in candidates:
        files = candidate.files(home)
        item = _item(work, candidate, files)
        trees[item.line.document_id] = files
        items.append(item)
    agency = lookups.root_unit(work).name if decision.number else candidates[0].issuer or home.name
    act = acts.published_act(work, kind, agency, decision, items)
    meanwhile(act.issuance_id or "")
    commit = work.publish(Publication(act, trees, acts.scan_file(act, decision)))
    return acts.issued(act, commit, decision)


def _item(work: Work, candidate: Candidate, files: Mapping[str, bytes]) -> DocumentAct:
    document_id = candidate.document_id or ""
    sequence = lookups.next_sequence(work, document_id)
    content = Manifest.of(files).content_sha256
    return DocumentAct(
        line=DocumentLine(document_id, sequence, candidate.label, content, candidate.code),
        role=ItemRole.REPLACES if candidate.match is ImportMatch.NEXT_REVISION else ItemRole.NEW,
        drafted_by=PersonLine("", candidate.drafted_by_role) if candidate.drafted_by_role else None,
    )


def absent(work: Work, home: Unit, candidates: Sequence[Candidate]) -> Iterator[str]:
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

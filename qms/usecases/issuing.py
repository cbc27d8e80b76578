"""Issuing: the decision on paper makes approved revisions take effect, all of them in one act or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from qms.errors import NotFound, Refused, WrongUse
from qms.model.document import ContentChanged, Document, Revision
from qms.model.enums import DecisionKind, IssuanceKind, ItemRole, RevisionState
from qms.model.issuance import IssuingDecision
from qms.model.lifecycle import check_issue, check_withdrawal
from qms.model.permissions import Act, allowed
from qms.model.published import DocumentAct, DocumentLine, Manifest, PersonLine, PublishedAct
from qms.usecases import acts, contents, lookups
from qms.usecases.ports import Publication, Work


class NothingScheduled(Refused):
    """There is no issued revision to take back."""

    code = "nothing_scheduled"
    sentence = "{code}: không có lần ban hành nào để rút lại."


@dataclass(frozen=True)
class ReadyLine:
    """An approved revision that waits for its decision."""

    document_id: str
    code: str
    title: str
    label: str
    replaces: bool
    approved_by: str


def ready(work: Work) -> list[ReadyLine]:
    """Return the approved revisions that this person may issue."""
    work.allow(Act.READ_ISSUANCES)
    rows = work.session.scalars(
        select(Revision)
        .where(Revision.state == RevisionState.APPROVED)
        .options(joinedload(Revision.document), selectinload(Revision.decisions))
        .order_by(Revision.code)
    )
    return [
        ReadyLine(
            document_id=row.document_id,
            code=row.code,
            title=row.title,
            label=row.label,
            replaces=row.base_sequence is not None,
            approved_by=", ".join(d.person_name for d in row.standing(DecisionKind.APPROVAL)),
        )
        for row in rows
        if allowed(work.actor, Act.ISSUE, lookups.subject_of(row.document))
    ]


def issue(work: Work, codes: Sequence[str], decision: IssuingDecision) -> acts.Issued:
    """Issue approved revisions by one decision; raises ``Refused`` for the first that may not be, changing nothing."""
    if not codes:
        raise acts.NothingChosen
    documents = [lookups.document(work, code) for code in dict.fromkeys(codes)]
    for document in documents:
        work.allow(Act.ISSUE, lookups.subject_of(document))
    decision.check(work.today)
    agency = lookups.root_unit(work).name
    acts.refuse_used_number(work, agency, decision)
    chosen = [(document, _approved(work, document, decision)) for document in documents]
    items = [_item(work, document, revision) for document, revision in chosen]
    kind = IssuanceKind.REISSUE if all(r.base_sequence for _, r in chosen) else IssuanceKind.ISSUE
    act = acts.published_act(work, kind, agency, decision, items)
    trees = {document.id: _decided_files(work, revision) for document, revision in chosen}
    commit = work.publish(Publication(act, trees, acts.scan_file(act, decision)))
    return acts.issued(act, commit, decision)


def withdraw(work: Work, code: str, reason: str) -> str:
    """Take back a revision before its day and return the commit that says so."""
    document = lookups.document(work, code)
    work.allow(Act.WITHDRAW, lookups.subject_of(document))
    if not reason.strip():
        raise WrongUse(reason="hãy ghi lý do rút lại.")
    issued = lookups.issued_revisions(work, document.id)
    if not issued:
        raise NothingScheduled(code=document.code)
    latest = issued[-1]
    check_withdrawal(document.code, lookups.periods_of(work, document, issued)[-1], work.today)
    line = DocumentLine(
        document.id, latest.sequence or 1, latest.label, latest.content_sha256 or "", latest.code
    )
    act = PublishedAct(
        act="withdraw",
        issuance_id=latest.issuance_id,
        agency=lookups.root_unit(work).name,
        reason=reason,
        documents=(DocumentAct(line),),
        **acts.record_of(work),
    )
    return work.publish(Publication(act))


def _approved(work: Work, document: Document, decision: IssuingDecision) -> Revision:
    revision = lookups.open_revision(work, document.id)
    if revision is None:
        raise NotFound(what=f"bản đã phê duyệt của {document.code}")
    revision.require_approval()
    issued = lookups.issued_revisions(work, document.id)
    check_issue(
        document.code, lookups.periods_of(work, document, issued), decision.effective, document.retired_on
    )
    return revision


def _decided_files(work: Work, revision: Revision) -> dict[str, bytes]:
    files = contents.all_files(work.session, revision)
    if Manifest.of(files).content_sha256 != revision.content_sha256:
        raise ContentChanged(code=revision.code)
    return files


def _item(work: Work, document: Document, revision: Revision) -> DocumentAct:
    sequence = lookups.next_sequence(work, document.id)
    people = {
        kind: tuple(PersonLine(d.person_name, d.position_name, d.at) for d in revision.standing(kind))
        for kind in DecisionKind
    }
    return DocumentAct(
        line=DocumentLine(
            document.id, sequence, revision.label, revision.content_sha256 or "", revision.code
        ),
        role=ItemRole.REPLACES if revision.base_sequence else ItemRole.NEW,
        drafted_by=PersonLine(revision.author_name, revision.author_position),
        reviewed_by=people[DecisionKind.REVIEW],
        approved_by=people[DecisionKind.APPROVAL],
    )

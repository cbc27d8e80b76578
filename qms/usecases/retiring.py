"""Retiring: a decision ends documents on its effective day; what they said stays readable."""

from __future__ import annotations

from collections.abc import Sequence

from qms.errors import WrongUse
from qms.model.document import Document
from qms.model.enums import IssuanceKind, ItemRole
from qms.model.issuance import IssuingDecision
from qms.model.lifecycle import check_retirement
from qms.model.permissions import Act
from qms.model.published import DocumentAct, DocumentLine
from qms.usecases import acts, lookups
from qms.usecases.ports import Publication, Work


class RetireReasonNeeded(WrongUse):
    """A document ends for a reason that is recorded."""

    code = "reason_needed"
    sentence = "Hãy ghi lý do ngừng áp dụng."


def retire(work: Work, codes: Sequence[str], reason: str, decision: IssuingDecision) -> acts.Issued:
    """End documents by one decision; raises ``Refused`` for the first that may not be, changing nothing."""
    if not codes:
        raise acts.NothingChosen
    documents = [lookups.document(work, code) for code in dict.fromkeys(codes)]
    for document in documents:
        work.allow(Act.RETIRE, lookups.subject_of(document))
    if not reason.strip():
        raise RetireReasonNeeded
    decision.check(work.today)
    agency = lookups.root_unit(work).name
    acts.refuse_used_number(work, agency, decision)
    items = [_item(work, document, decision) for document in documents]
    act = acts.published_act(work, IssuanceKind.RETIRE, agency, decision, items, reason)
    commit = work.publish(Publication(act, {}, acts.scan_file(act, decision)))
    return acts.issued(act, commit, decision)


def _item(work: Work, document: Document, decision: IssuingDecision) -> DocumentAct:
    issued = lookups.issued_revisions(work, document.id)
    check_retirement(
        document.code, lookups.periods_of(work, document, issued), decision.effective, document.retired_on
    )
    last = issued[-1]
    line = DocumentLine(document.id, last.sequence or 1, last.label, last.content_sha256 or "", last.code)
    return DocumentAct(line=line, role=ItemRole.RETIRES)

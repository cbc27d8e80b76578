"""How an issuing decision becomes a published act: shared by issuing, retiring and importing. No acts of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypedDict
from uuid import uuid4

from sqlalchemy import extract, select

from qms.errors import Refused, WrongUse
from qms.model.check_codes import new_token
from qms.model.enums import IssuanceKind
from qms.model.ids import fold_code, new_id
from qms.model.issuance import Issuance, IssuingDecision, NumberUsed, write_transition
from qms.model.published import DocumentAct, PersonLine, PublishedAct
from qms.usecases.ports import Work

SCAN_BYTES = 20 * 1024 * 1024
SCAN_TYPES = {".pdf": b"%PDF-", ".png": b"\x89PNG", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}


class NothingChosen(WrongUse):
    """An issuance is over at least one document."""

    code = "nothing_chosen"
    sentence = "Hãy chọn ít nhất một tài liệu."


class BadScan(Refused):
    """A scan is a PDF or a picture, and says so in its first bytes."""

    code = "bad_scan"
    sentence = "Bản quét «{name}» không phải PDF, PNG hoặc JPG; hãy quét lại hoặc chọn đúng tệp."


@dataclass(frozen=True)
class Issued:
    """What an issuance did: its id, its commit, and document, sequence and label of each revision."""

    issuance_id: str
    commit: str
    effective: date
    revisions: tuple[tuple[str, int, str], ...]


class RecordOf(TypedDict):
    """Who records an act, when and through what."""

    recorded_by: PersonLine
    via: str
    publish_key: str
    audit_head: str
    at: datetime


def issued(act: PublishedAct, commit: str, decision: IssuingDecision) -> Issued:
    """Return what a published issuance did."""
    return Issued(
        issuance_id=act.issuance_id or "",
        commit=commit,
        effective=decision.effective,
        revisions=tuple((i.line.document_id, i.line.sequence, i.line.label) for i in act.documents),
    )


def published_act(
    work: Work,
    kind: IssuanceKind,
    agency: str,
    decision: IssuingDecision,
    items: Sequence[DocumentAct],
    reason: str = "",
) -> PublishedAct:
    """Return the act as Git will hold it; the trail's head is filled in when it is accepted."""
    signer = PersonLine(decision.signer_name, decision.signer_position)
    return PublishedAct(
        act=kind.value,
        issuance_id=new_id(),
        number=decision.number,
        signed_on=decision.signed,
        signed_as=decision.signing_form,
        effective_from=decision.effective,
        agency=agency,
        signed_by=signer if decision.signer_name or decision.signer_position else None,
        transition=write_transition(decision.transition, decision.transition_until),
        reason=reason or None,
        scan_sha256=hashlib.sha256(decision.scan).hexdigest() if decision.scan else None,
        documents=tuple(items) if kind is IssuanceKind.RETIRE else tuple(map(_checkable, items)),
        **record_of(work),
    )


def _checkable(item: DocumentAct) -> DocumentAct:
    """Give a revision the token by which its prints are checked; it is published with the act."""
    return replace(item, check_token=item.check_token or new_token())


def record_of(work: Work) -> RecordOf:
    """Return who records, when and through what, as every published act holds it."""
    actor = work.actor
    return {
        "recorded_by": PersonLine(actor.name, actor.position),
        "via": actor.through,
        "publish_key": str(uuid4()),
        "audit_head": "0" * 64,
        "at": work.now,
    }


def scan_file(act: PublishedAct, decision: IssuingDecision) -> dict[str, bytes]:
    """Return the scan of the decision under the path it has in Git; raises ``BadScan``."""
    if decision.scan is None:
        return {}
    name = (decision.scan_name or "").lower()
    suffix = next((s for s in SCAN_TYPES if name.endswith(s)), None)
    if suffix is None or not decision.scan.startswith(SCAN_TYPES[suffix]):
        raise BadScan(name=decision.scan_name)
    return {f"issuances/{act.issuance_id}/scan{suffix}": decision.scan}


def refuse_used_number(work: Work, agency: str, decision: IssuingDecision) -> None:
    """Refuse a number and symbol that another decision of the same year bears."""
    same_year = work.session.scalars(
        select(Issuance).where(
            Issuance.agency == agency,
            Issuance.number.is_not(None),
            extract("year", Issuance.signed_on) == decision.signed.year,
            Issuance.signed_on != decision.signed,
        )
    )
    wanted = fold_code(decision.number or "")
    other = next((row for row in same_year if fold_code(row.number or "") == wanted), None)
    if other is not None:
        raise NumberUsed(number=decision.number, year=decision.signed.year, signed=other.signed_on)

"""What answers look like as JSON, key by key as ``design.md`` §7 promises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qms.model.findings import Finding
    from qms.model.legal_status import Step
    from qms.usecases.acts import Issued
    from qms.usecases.change_lines import ItemLine
    from qms.usecases.changes import ChangeLine, ChangePage
    from qms.usecases.impact import Affected, Aside, Impact, Reason
    from qms.usecases.law_external import ExternalLine
    from qms.usecases.law_missing import MissingLine
    from qms.usecases.law_views import InstrumentLine
    from qms.usecases.notices import NoticeLine
    from qms.usecases.reading import DocumentPage, RevisionLine
from qms.cli import tthc_shapes
from qms.usecases.registering import RegisterLine

Json = dict[str, Any]


def page(page: DocumentPage) -> Json:
    """One document on a day."""
    return {
        "document": page.id,
        "code": page.code,
        "title": page.title,
        "type": page.type.value,
        "issuer": page.issuer,
        "unit": page.unit,
        "field": page.field,
        "on": page.on.isoformat(),
        "shown": revision(page.shown) if page.shown else None,
        "scheduled": revision(page.scheduled) if page.scheduled else None,
        "retired_on": _day(page.retired_on),
        "retired_by": page.retired_by or None,
        "source_file": page.file_name,
        "code_reused": page.code_reused,
        "in_progress": page.has_open,
        "notices": notices(page.notices),
        "forms": list(page.forms),
        "legal_basis": [
            {"number": b.key, "title": b.title, "status": b.standing.status.value, "basis": b.basis}
            for b in page.basis
        ],
        "tthc": [tthc_shapes.times(one) for one in page.times.covered] if page.times else [],
        "step_totals": [tthc_shapes.step_total(one) for one in page.times.own.totals] if page.times else [],
        "revisions": [revision(line) for line in page.history],
        "html": page.html,
    }


def revision(line: RevisionLine) -> Json:
    """One revision of a history."""
    return {
        "sequence": line.sequence,
        "revision": line.label,
        "title": line.title,
        "status": line.status.value,
        "withdrawn": line.withdrawn,
        "effective_from": line.effective_from.isoformat(),
        "effective_until": _day(line.effective_until),
        "issued_by": line.issued_by,
        "signed": line.signed_on.isoformat(),
        "signer": line.signer,
        "recorded_at": line.recorded_at.isoformat(),
        "author": line.author,
        "approved_by": list(line.approved_by),
        "change_note": line.change_note,
        "content_sha256": line.content_sha256,
        "commit": line.commit,
    }


def register_line(line: RegisterLine) -> Json:
    """One document of the register."""
    return {
        "document": line.document,
        "code": line.code,
        "title": line.title,
        "type": line.type.value,
        "issuer": line.issuer,
        "unit": line.unit,
        "field": line.field,
        "revision": line.revision,
        "status": line.status.value,
        "effective_from": line.effective_from.isoformat(),
        "effective_until": _day(line.effective_until),
        "issued_by": line.issued_by,
        "review_due": line.review_due.isoformat(),
        "source_file": line.source_file,
    }


def instrument(line: InstrumentLine) -> Json:
    """One instrument of the legal register."""
    return {
        "number": line.number,
        "type": line.type,
        "title": line.title,
        "issuer": line.issuer,
        "issued": _day(line.issued),
        "effective": _day(line.effective),
        "status": line.standing.status.value,
        "since": _day(line.standing.since),
        "because": line.standing.because or None,
        "path": [_step(step) for step in line.standing.path],
        "doubts": list(line.standing.doubts),
        "cited_by": line.cited_by,
    }


def _step(step: Step) -> Json:
    return {
        "source": step.source,
        "kind": step.kind.value,
        "target": step.target,
        "provisions": list(step.provisions),
        "from": _day(step.starts),
    }


def external(line: ExternalLine) -> Json:
    """One external document that documents in force rest on."""
    return {
        **instrument(line.instrument),
        "cause": line.cause.value if line.cause else None,
        "units": list(line.units),
        "reviewed": _day(line.reviewed),
        "registered": line.registered,
    }


def missing(line: MissingLine) -> Json:
    """One instrument that the legal register lacks."""
    return {
        "number": line.number,
        "type": line.type,
        "issuer": line.issuer or None,
        "cited_by": line.cited_by,
        "documents": [
            {"document": one.document, "code": one.code, "title": one.title} for one in line.documents
        ],
        "related": list(line.related),
    }


def impact(found: Impact) -> Json:
    """What a change of law means."""
    return {
        "change": {
            "instrument": found.instrument,
            "kind": found.kind.value if found.kind else None,
            "from": _day(found.starts),
        },
        "deadline": _day(found.deadline),
        "affected": [_affected(line) for line in found.affected],
        "untouched": _asides(found.untouched),
        "unexamined": _asides(found.unexamined),
        "issuer": found.issuer or None,
        "doubts": list(found.doubts),
    }


def notices(lines: Sequence[NoticeLine]) -> list[Json]:
    """The interim notices that stand above a document."""
    return [
        {
            "text": line.text,
            "basis": line.basis or None,
            "from": line.starts.isoformat(),
            "until": _day(line.ends),
            "given_by": line.given_by,
        }
        for line in lines
    ]


def change(line: ChangeLine) -> Json:
    """One change of law under review."""
    return {
        "id": line.id,
        "instrument": line.instrument,
        "title": line.title,
        "from": _day(line.starts),
        "deadline": _day(line.deadline),
        "submit_by": _day(line.submit_by),
        "done": line.done,
        "total": line.total,
        "overdue": line.overdue,
        "gap_days": line.gap_days,
        "closed": line.closed_at.isoformat() if line.closed_at else None,
    }


def change_page(page: ChangePage) -> Json:
    """One change of law with its documents as they stand on a day."""
    return change(page.line) | {
        "on": page.on.isoformat(),
        "documents": [_change_item(item) for item in (*page.items, *page.weak)],
        "untouched": _asides(page.untouched),
        "unexamined": _asides(page.unexamined),
        "new": _asides(page.newly),
    }


def _change_item(item: ItemLine) -> Json:
    return {
        "document": item.document,
        "code": item.code,
        "title": item.title,
        "why": item.why.value if item.why else None,
        "weak": item.weak,
        "verdict": item.verdict.value if item.verdict else None,
        "state": item.state.value,
        "decision": item.decision.value if item.decision else None,
        "owner": item.owner or None,
        "due": _day(item.due),
        "deadline": _day(item.deadline),
        "overdue": item.overdue,
        "gap_days": item.gap_days,
        "done": item.done,
    }


def issued(done: Issued) -> Json:
    """What an issuing decision did."""
    return {
        "issuance": done.issuance_id,
        "commit": done.commit,
        "effective_from": done.effective.isoformat(),
        "documents": [
            {"document": document, "sequence": sequence, "revision": label}
            for document, sequence, label in done.revisions
        ],
    }


def findings(found: Sequence[Finding]) -> list[Json]:
    """What a check found."""
    return [
        {"level": f.level.value, "code": f.code, "message": f.sentence, "subject": f.subject} for f in found
    ]


def _affected(line: Affected) -> Json:
    return {
        "document": line.document,
        "code": line.code,
        "title": line.title,
        "revision": line.revision,
        "source_file": line.source_file,
        "why": line.why.value,
        "path": list(line.path),
        "citations": list(line.citations),
        "verdict": line.verdict.value,
        "from": line.starts.isoformat(),
        "deadline": line.deadline.isoformat(),
        "weak": line.weak,
        "reasons": [_reason(reason) for reason in line.reasons],
    }


def _reason(reason: Reason) -> Json:
    return {
        "why": reason.why.value,
        "path": list(reason.path),
        "citations": list(reason.citations),
        "verdict": reason.verdict.value,
        "from": reason.starts.isoformat(),
        "deadline": reason.deadline.isoformat(),
        "weak": reason.weak,
        "note": reason.note or None,
        "doubts": list(reason.doubts),
    }


def _asides(lines: Sequence[Aside]) -> list[Json]:
    return [
        {"document": line.document, "code": line.code, "title": line.title, "reason": line.reason}
        for line in lines
    ]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

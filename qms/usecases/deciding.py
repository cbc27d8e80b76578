"""Deciding: review, approve or return exactly the content that was looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from qms.errors import NotFound, WrongUse
from qms.formats.comparison import part_changes
from qms.model.comparison import PartChange
from qms.model.document import Decision, Document, Revision
from qms.model.enums import DecisionKind, RevisionState, Via
from qms.model.permissions import Act, ShellDecision, Subject, allowed
from qms.usecases import batches, contents, lookups, marks, tthc_lookups
from qms.usecases.ports import Work
from qms.usecases.tthc_lookups import DocumentTimes


class ReasonNeeded(WrongUse):
    """A return without a reason helps nobody."""

    code = "reason_needed"
    sentence = "Hãy ghi lý do trả lại để người soạn biết cần sửa gì."


@dataclass(frozen=True)
class Waiting:
    """One line of the inbox: a revision that waits for somebody, and what this person may do about it."""

    document_id: str
    code: str
    title: str
    label: str
    state: RevisionState
    author: str
    submitted_at: datetime | None
    change_note: str
    content_sha256: str
    may_review: bool
    may_approve: bool
    own: bool


@dataclass(frozen=True)
class DecisionLine:
    """A decision that was taken, as it is shown."""

    kind: DecisionKind
    accepted: bool
    person: str
    position: str
    at: datetime
    comment: str
    standing: bool


@dataclass(frozen=True)
class DecisionPage:
    """All that one needs to decide on one page: redline, change note, earlier decisions."""

    waiting: Waiting
    html: str
    redline: str | None
    base_label: str | None
    decisions: tuple[DecisionLine, ...]
    basis: tuple[marks.BasisLine, ...]
    basis_reason: str
    times: DocumentTimes | None
    changes: tuple[PartChange, ...]
    """What of its parts differs from what is in force."""


def page(work: Work, document_id: str) -> DecisionPage:
    """Return one waiting revision with its redline against what is in force."""
    document = lookups.document_by_id(work, document_id)
    revision = _in_hand(work, document)
    work.allow(Act.READ_DRAFT, lookups.subject_of(document, revision))
    file = contents.content_file(work.session, revision)
    reading = contents.read_master(work, file.path, file.data)
    html = work.reader.render(reading.markdown)
    base = next(
        (r for r in lookups.issued_revisions(work, document.id) if r.sequence == revision.base_sequence), None
    )
    redline: str | None = None
    changes: tuple[PartChange, ...] = ()
    if base is not None and base.commit_id:
        name, data = contents.issued_file(work, base)
        old = contents.read_master(work, name, data)
        redline = work.reader.redline(work.reader.render(old.markdown), html)
        changes = part_changes(old.anatomy, reading.anatomy)
    revision.document = document
    return DecisionPage(
        waiting=_waiting(work, revision),
        html=html,
        redline=redline,
        base_label=base.label if base else None,
        decisions=tuple(_line(revision, decision) for decision in revision.decisions),
        basis=marks.of_text(work, reading),
        basis_reason=revision.basis_reason,
        times=tthc_lookups.times_of(work, document, reading.anatomy, work.today),
        changes=changes,
    )


def review(work: Work, code: str, content_sha256: str | None = None, comment: str = "") -> None:
    """Record that somebody other than the author reviewed exactly this content."""
    _decide(work, Act.REVIEW, DecisionKind.REVIEW, code, content_sha256, comment)


def approve(work: Work, code: str, content_sha256: str | None = None, comment: str = "") -> None:
    """Approve exactly this content; the revision may then be issued by a decision."""
    _decide(work, Act.APPROVE, DecisionKind.APPROVAL, code, content_sha256, comment)


def approve_batch(work: Work, chosen: Sequence[tuple[str, str]], comment: str = "") -> list[batches.Outcome]:
    """Approve many revisions, each by document and the Content-SHA256 that was looked at; one refusal stops no other.

    Raises ``ShellDecision`` for all of them where the agency takes no decisions from the shell.
    """
    work.allow(Act.APPROVE)
    _shell_may(work)
    seen = dict(chosen)

    def approve_one(document: Document) -> str:
        return _decided(work, document, Act.APPROVE, DecisionKind.APPROVAL, seen[document.id], comment)

    outcomes = batches.each(work, list(seen), approve_one)
    work.commit()
    return outcomes


def send_back(work: Work, code: str, reason: str) -> None:
    """Return a revision to its author with a reason; its decisions no longer count."""
    document = lookups.document(work, code)
    revision = _in_hand(work, document)
    work.allow(Act.RETURN, lookups.subject_of(document, revision))
    _shell_may(work)
    if not reason.strip():
        raise ReasonNeeded
    revision.send_back()
    work.session.execute(
        update(Decision)
        .where(Decision.revision_id == revision.id, Decision.voided_at.is_(None))
        .values(voided_at=work.now)
    )
    work.session.add(_decision(work, revision, DecisionKind.REVIEW, reason, accepted=False))
    work.record("return", document.id, content_sha256=revision.content_sha256)
    work.commit()


def _decide(
    work: Work, act: Act, kind: DecisionKind, code: str, content_sha256: str | None, comment: str
) -> None:
    _decided(work, lookups.document(work, code), act, kind, content_sha256, comment)
    work.commit()


def _decided(
    work: Work, document: Document, act: Act, kind: DecisionKind, content_sha256: str | None, comment: str
) -> str:
    revision = _in_hand(work, document)
    work.allow(act, lookups.subject_of(document, revision))
    _shell_may(work)
    decision = _decision(work, revision, kind, comment, accepted=True)
    if content_sha256 is not None:
        decision.content_sha256 = content_sha256
    revision.decide(decision)
    work.session.add(decision)
    work.record(kind.value, document.id, content_sha256=decision.content_sha256)
    return decision.content_sha256


def _decision(
    work: Work, revision: Revision, kind: DecisionKind, comment: str, *, accepted: bool
) -> Decision:
    return Decision(
        revision_id=revision.id,
        kind=kind,
        accepted=accepted,
        person_id=work.actor.person_id,
        person_name=work.actor.name,
        position_name=work.actor.position,
        at=work.now,
        content_sha256=revision.content_sha256 or "",
        comment=comment.strip(),
    )


def _shell_may(work: Work) -> None:
    if work.actor.via is Via.SHELL and not work.shell_decisions:
        raise ShellDecision


def _in_hand(work: Work, document: Document) -> Revision:
    revision = lookups.open_revision(work, document.id)
    if revision is None:
        raise NotFound(what=f"bản đang trình của {document.code}")
    return revision


def _subject(revision: Revision) -> Subject:
    return Subject(revision.document.unit_id, revision.hands)


def _waiting(work: Work, revision: Revision) -> Waiting:
    subject = _subject(revision)
    own = work.actor.person_id in subject.people
    deciding = revision.state is RevisionState.IN_REVIEW and not own
    return Waiting(
        document_id=revision.document_id,
        code=revision.code,
        title=revision.title,
        label=revision.label,
        state=revision.state,
        author=revision.author_name,
        submitted_at=revision.submitted_at,
        change_note=revision.change_note,
        content_sha256=revision.content_sha256 or "",
        may_review=deciding and allowed(work.actor, Act.REVIEW, subject),
        may_approve=deciding and allowed(work.actor, Act.APPROVE, subject),
        own=own,
    )


def _line(revision: Revision, decision: Decision) -> DecisionLine:
    standing = decision.voided_at is None and decision.content_sha256 == revision.content_sha256
    return DecisionLine(
        kind=decision.kind,
        accepted=decision.accepted,
        person=decision.person_name,
        position=decision.position_name,
        at=decision.at,
        comment=decision.comment,
        standing=standing and decision.accepted,
    )

"""What a file is to what is in control: the same bytes, the next revision, or new. No acts here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import aliased

from qms.model.document import Code, Document, Revision
from qms.model.enums import ImportMatch, ImportStatus, RevisionState, WarningCode
from qms.model.ids import fold, new_id
from qms.model.organisation import Unit
from qms.usecases import lookups
from qms.usecases.candidates import Candidate
from qms.usecases.ports import Work

AT_ONCE = 500
"""So many hashes are asked for in one question."""


@dataclass(frozen=True)
class Edition:
    """A revision made from the very bytes of a file, and whether another took its place since."""

    document: str
    label: str
    superseded: bool
    retired: bool

    def told_of(self, candidate: Candidate) -> Candidate:
        """Say of a file that it is what no longer applies."""
        if self.retired:
            message = "Tệp giống hệt tài liệu đã ngừng áp dụng; nếu ban hành lại, hãy lập tài liệu mới."
        elif self.superseded:
            message = (
                f"Tệp giống hệt lần ban hành {self.label}, đã có lần sau thay thế; "
                "nếu muốn dùng lại nội dung cũ, hãy soạn lần ban hành mới."
            )
        else:
            return candidate
        return candidate.warned(WarningCode.POSSIBLE_MATCH, message)


def matched(work: Work, home: Unit, read: Sequence[Candidate]) -> list[Candidate]:
    """Find what each file is to what is in control and to the files before it."""
    editions = _editions(work, [candidate.sha256 for candidate in read])
    twins: dict[str, str] = {}
    taken: set[tuple[str, str, str]] = set()
    found: list[Candidate] = []
    for candidate in read:
        if candidate.status is not ImportStatus.REFUSED:
            known = _known(candidate, twins, editions, taken)
            # what could not be read has no cover to tell by
            candidate = known or (_by_cover(work, home, candidate) if candidate.format else candidate)
            if candidate.document_id:
                twins.setdefault(candidate.sha256, candidate.document_id)
            if candidate.taken:
                taken.add(candidate.identity)
        found.append(candidate)
    return _warned_of_reuse(work, home, found)


def _known(
    candidate: Candidate,
    twins: Mapping[str, str],
    editions: Mapping[str, Edition],
    taken: set[tuple[str, str, str]],
) -> Candidate | None:
    """Match by bytes; a second paper of one identity in one call is held for a person to choose."""
    if candidate.sha256 in twins:
        return _same(candidate, twins[candidate.sha256])
    if edition := editions.get(candidate.sha256):
        return edition.told_of(_same(candidate, edition.document))
    if candidate.identity in taken:
        return candidate.held(
            WarningCode.POSSIBLE_MATCH,
            "Trong cùng lần nhập có tệp khác cùng mã hiệu, tên và cơ quan ban hành nhưng khác nội dung; hãy chọn một.",
        )
    return None


def _editions(work: Work, hashes: Sequence[str]) -> dict[str, Edition]:
    """Return by hash the latest revision that was made from those bytes."""
    later = aliased(Revision)
    issued_later = exists().where(
        later.document_id == Revision.document_id,
        later.state == RevisionState.ISSUED,
        later.sequence > Revision.sequence,
    )
    found: dict[str, Edition] = {}
    for start in range(0, len(hashes), AT_ONCE):
        rows = work.session.execute(
            select(Revision, Document.retired_on, issued_later)
            .join(Document, Document.id == Revision.document_id)
            .where(
                Revision.source_sha256.in_(hashes[start : start + AT_ONCE]),
                Revision.state != RevisionState.WITHDRAWN,
            )
            .order_by(Revision.id)
        )
        for revision, retired_on, superseded in rows:
            edition = Edition(revision.document_id, revision.label, superseded, retired_on is not None)
            found[revision.source_sha256 or ""] = edition
    return found


def _same(candidate: Candidate, document_id: str) -> Candidate:
    return replace(
        candidate,
        status=ImportStatus.UNCHANGED,
        match=ImportMatch.SAME,
        document_id=document_id,
        matched_by="sha256",
    )


def _by_cover(work: Work, home: Unit, candidate: Candidate) -> Candidate:
    """Match by issuer, code and title; other evidence only proposes."""
    document = _by_identity(work, home, candidate)
    if document is None:
        new = replace(candidate, match=ImportMatch.NEW, document_id=new_id())
        alike = _by_title(work, home, candidate)
        if alike is None:
            return new
        return new.warned(
            WarningCode.POSSIBLE_MATCH,
            f"Trùng tên với tài liệu {alike} nhưng không đủ mã hiệu để chắc là một; nếu là lần ban hành mới của "
            "tài liệu đó, hãy ghi mã hiệu vào bìa rồi nhập lại.",
        )
    found = replace(
        candidate,
        match=ImportMatch.NEXT_REVISION,
        document_id=document.id,
        revision_of=document.id,
        matched_by="issuer+code+title",
    )
    return checked_next(work, document, found)


def _by_title(work: Work, home: Unit, candidate: Candidate) -> str | None:
    """Name a document of that issuer and title where it or the paper has no code to tell by."""
    _, code, title = candidate.identity
    issuer = fold(candidate.issuer or home.name)
    rows = work.session.execute(
        select(Document.id, Document.issuer, Code.code)
        .outerjoin(Code, and_(Code.document_id == Document.id, Code.ends.is_(None)))
        .where(Document.folded_title == title, Document.unit_id == home.id, Document.retired_on.is_(None))
        .order_by(Document.id)
    )
    return next((held or key for key, by, held in rows if fold(by) == issuer and not (code and held)), None)


def _by_identity(work: Work, home: Unit, candidate: Candidate) -> Document | None:
    _, code, title = candidate.identity
    issuer = fold(candidate.issuer or home.name)
    rows = work.session.scalars(
        select(Document)
        .join(Code)
        .where(
            Document.folded_title == title, Code.folded == code, Code.unit_id == home.id, Code.ends.is_(None)
        )
    )
    return next((row for row in rows if fold(row.issuer) == issuer), None)


def checked_next(work: Work, document: Document, candidate: Candidate) -> Candidate:
    """Hold a next revision back while another is open; say of one whose cover names the edition that applies."""
    if lookups.open_revision(work, document.id):
        return candidate.held(
            WarningCode.OPEN_REVISION,
            "Tài liệu này đang có bản soạn dở; hãy hoàn tất hoặc bỏ bản đó rồi nhập lại.",
        )
    latest = lookups.issued_revisions(work, document.id)
    if latest and latest[-1].label == candidate.label:
        return candidate.warned(
            WarningCode.SAME_EDITION_AGAIN,
            f"Bìa vẫn ghi lần ban hành {candidate.issue_number:02d} như bản đang áp dụng dù nội dung đã khác.",
        )
    return candidate


def _warned_of_reuse(work: Work, home: Unit, candidates: list[Candidate]) -> list[Candidate]:
    """Say of every code that two documents bear, in this package or in control already."""
    bearers = Counter(
        code
        for code, _ in {(c.identity[1], c.document_id) for c in candidates if c.document_id and c.identity[1]}
    )
    warned = []
    for candidate in candidates:
        code = candidate.identity[1]
        others = (
            work.session.scalars(
                select(Document.title)
                .join(Code)
                .where(
                    Code.folded == code,
                    Code.unit_id == home.id,
                    Code.ends.is_(None),
                    Document.id != candidate.document_id,
                )
            ).all()
            if code and candidate.document_id
            else []
        )
        if candidate.document_id and code and (others or bearers[code] > 1):
            candidate = candidate.warned(
                WarningCode.CODE_REUSED,
                f"Mã hiệu {candidate.code} dùng cho nhiều tài liệu khác tên; vẫn nhập và dùng được, nên đánh lại mã.",
            )
        warned.append(candidate)
    return warned

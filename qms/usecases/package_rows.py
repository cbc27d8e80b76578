"""The matrix of a package: each file against what is in control, and how one knows. No acts here."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import and_, select

from qms.errors import NotFound
from qms.formats.anatomy.values import Anatomy, Doubt
from qms.formats.reading import Reading, reading_from_json, reading_to_json
from qms.model.document import Code, Document
from qms.model.enums import DocumentType, ImportMatch, ImportStatus, MasterFormat, WarningCode
from qms.model.ids import fold, fold_code, new_id
from qms.model.organisation import Unit
from qms.model.package import PackageChoice, PackageFile, PackageFileState, PackageStanding
from qms.usecases import lookups, matching
from qms.usecases.candidates import Candidate, Source
from qms.usecases.ports import Work

CHOSEN = "chosen"
HELD = "held"
ALIKE = 0.5
"""From this share of common words on, two titles under one code are asked about."""
_HOW = {
    "issuer+code+title": "Cùng mã hiệu, tên và cơ quan ban hành",
    "sha256": "Giống hệt tệp đang quản lý",
    CHOSEN: "Bạn đã chọn",
    "": "Không trùng tài liệu nào",
}


@dataclass(frozen=True)
class Proposal:
    """A document that a file may be the next revision of, and why."""

    document_id: str
    code: str
    title: str
    why: str


@dataclass(frozen=True)
class Row:
    """One file of a package as the matrix shows it."""

    id: int
    candidate: Candidate
    standing: PackageStanding
    how: str
    of_title: str = ""
    choice: PackageChoice | None = None
    choice_of: str = ""
    proposals: tuple[Proposal, ...] = ()
    issuance_id: str = ""

    @property
    def name(self) -> str:
        """Return the file's name with its folder in the archive."""
        return self.candidate.source.name

    @property
    def short_name(self) -> str:
        """Return the file's own name."""
        return self.candidate.base_name

    @property
    def scan(self) -> bool:
        """Tell whether there is only a scan to take in."""
        return self.candidate.format is MasterFormat.SCAN

    @property
    def ready(self) -> bool:
        """Tell whether the file goes into control by the next decision."""
        return self.standing in (PackageStanding.REPLACES, PackageStanding.NEW)


@dataclass(frozen=True)
class Known:
    """A document in control, as far as titles and codes are compared."""

    id: str
    code: str
    title: str
    issuer: str


def remembered(candidate: Candidate) -> str:
    """Return what was read from a file as its row keeps it."""
    reading = Reading(candidate.master, candidate.anatomy, "", "", candidate.warnings)
    return json.dumps(
        {
            "reading": reading_to_json(replace(reading, converted=candidate.converted is not None)),
            "basis": candidate.basis,
            "citations": candidate.citations,
            "scan": candidate.scan_suffix,
        }
    )


def rows_of(work: Work, home: Unit, files: Sequence[PackageFile]) -> list[Row]:
    """Return the matrix of files: what each is now to what is in control, with what people said of it."""
    open_files = [f for f in files if f.state is PackageFileState.READ]
    asked = [f for f in open_files if f.choice is not PackageChoice.LEAVE_OUT]
    found = matching.matched(work, home, [candidate_of(work, file) for file in asked])
    chosen = {f.id: _chosen(work, f, c) for f, c in zip(asked, found, strict=True)}
    known = known_documents(work, home)
    taken = {c.document_id for c in chosen.values() if c.match is not ImportMatch.NEW}
    return [
        _row(file, chosen.get(file.id) or candidate_of(work, file), known, taken)
        for file in sorted(files, key=lambda one: one.position)
    ]


def candidate_of(work: Work, file: PackageFile) -> Candidate:
    """Return a file of a package as importing knows it, with what a person typed over what was read."""
    source = Source(file.name, partial(load, work, file.id))
    if not file.reading:
        doubts = (Doubt(WarningCode.UNREADABLE, file.reason),) if file.reason else ()
        return Candidate(source, ImportStatus.REFUSED, file.sha256, warnings=doubts)
    kept = json.loads(file.reading)
    reading = reading_from_json(kept["reading"])
    return Candidate(
        source=source,
        status=ImportStatus.IMPORTED,
        sha256=file.sha256,
        format=reading.format,
        anatomy=typed_over(reading.anatomy, file.typed),
        basis=tuple(kept["basis"]),
        citations=kept["citations"],
        warnings=reading.warnings,
        converted=work.reader.modern if reading.converted else None,
        scan_suffix=kept["scan"],
    )


def load(work: Work, file_id: int) -> bytes:
    """Return the bytes of a file of a package; raises ``NotFound`` once it is settled."""
    data = work.session.scalar(select(PackageFile.data).where(PackageFile.id == file_id))
    if data is None:
        raise NotFound(what="tệp này trong gói")
    return data


def typed_over(anatomy: Anatomy, typed: dict[str, Any]) -> Anatomy:
    """Return what was read with what a person typed instead."""
    values = {name: typed[name] for name in ("code", "title", "issuer", "issue_number") if typed.get(name)}
    if typed.get("type"):
        values["type"] = DocumentType(typed["type"])
    if typed.get("issue_date"):
        values["issue_date"] = date.fromisoformat(typed["issue_date"])
    return replace(anatomy, **values)


def known_documents(work: Work, home: Unit) -> list[Known]:
    """Return every document of a unit that was not retired."""
    rows = work.session.execute(
        select(Document.id, Code.code, Document.title, Document.issuer)
        .outerjoin(Code, and_(Code.document_id == Document.id, Code.ends.is_(None)))
        .where(Document.unit_id == home.id, Document.retired_on.is_(None))
        .order_by(Document.title, Document.id)
    )
    return [Known(key, code or "", title, issuer) for key, code, title, issuer in rows]


def _chosen(work: Work, file: PackageFile, candidate: Candidate) -> Candidate:
    """Follow a person's choice instead of what was found; a document that has an open draft still waits."""
    if file.choice is PackageChoice.NEW:
        return replace(
            candidate,
            status=ImportStatus.IMPORTED,
            match=ImportMatch.NEW,
            document_id=new_id(),
            revision_of=None,
            matched_by=CHOSEN,
        )
    if file.choice is PackageChoice.NEXT and file.choice_of:
        document = lookups.document_by_id(work, file.choice_of)
        following = replace(
            candidate,
            status=ImportStatus.IMPORTED,
            match=ImportMatch.NEXT_REVISION,
            document_id=document.id,
            revision_of=document.id,
            matched_by=CHOSEN,
        )
        return matching.checked_next(work, document, following)
    return candidate


def _row(
    file: PackageFile, candidate: Candidate, known: Sequence[Known], taken: Collection[str | None]
) -> Row:
    if file.settled:
        candidate = replace(candidate, match=file.match, document_id=file.document_id)
    proposals = () if file.settled or file.choice else tuple(_proposals(candidate, known, taken))
    titles = {document.id: document.title for document in known}
    matched_by = file.matched_by if file.settled else candidate.matched_by or ""
    return Row(
        id=file.id,
        candidate=candidate,
        standing=_standing(file, candidate, proposals),
        how=_how(file, candidate, matched_by),
        of_title=titles.get(candidate.document_id or "", ""),
        choice=file.choice,
        choice_of=file.choice_of or "",
        proposals=proposals,
        issuance_id=file.issuance_id or "",
    )


def _how(file: PackageFile, candidate: Candidate, matched_by: str) -> str:
    if not file.reading:
        return file.reason
    # a scan that nobody has described yet was compared with nothing
    return _HOW.get(matched_by, "") if candidate.anatomy.title or matched_by else ""


_SETTLED = {
    PackageFileState.WAITING: PackageStanding.WAITING,
    PackageFileState.UNREADABLE: PackageStanding.UNREADABLE,
    PackageFileState.TAKEN: PackageStanding.TAKEN,
    PackageFileState.SAME: PackageStanding.SAME,
    PackageFileState.LEFT_OUT: PackageStanding.LEFT_OUT,
}


def _standing(file: PackageFile, candidate: Candidate, proposals: Sequence[Proposal]) -> PackageStanding:
    if file.state in _SETTLED:
        return _SETTLED[file.state]
    if file.choice is PackageChoice.LEAVE_OUT:
        return PackageStanding.LEFT_OUT
    doubtful = any(doubt.code is WarningCode.POSSIBLE_MATCH for doubt in candidate.warnings)
    if candidate.status is ImportStatus.UNCHANGED:
        return PackageStanding.UNCLEAR if doubtful else PackageStanding.SAME
    unsaid = file.choice is None and (doubtful or proposals)
    # what a cover does not say, or what was held back last time, is for a person to settle
    if not candidate.taken or unsaid or not candidate.anatomy.title or file.reason:
        return PackageStanding.UNCLEAR
    return PackageStanding.NEW if candidate.match is ImportMatch.NEW else PackageStanding.REPLACES


def _proposals(
    candidate: Candidate, known: Iterable[Known], taken: Collection[str | None]
) -> Iterable[Proposal]:
    """Yield what a file that is new by its cover may be instead; a code alone says little, papers share them."""
    if candidate.match is not ImportMatch.NEW or not candidate.format:
        return
    _, code, title = candidate.identity
    for document in known:
        if document.id in taken:
            continue
        same_title = fold(document.title) == title
        same_code = bool(code) and fold_code(document.code) == code
        if same_title:
            yield _proposal(document, "cùng tên, khác mã hiệu" if code else "cùng tên")
        elif same_code and _alike(fold(document.title), title):
            yield _proposal(document, "cùng mã hiệu, tên gần giống")


def _proposal(document: Known, why: str) -> Proposal:
    return Proposal(document.id, document.code, document.title, why)


def _alike(one: str, other: str) -> bool:
    mine, theirs = set(one.split()), set(other.split())
    return bool(mine and theirs) and len(mine & theirs) / len(mine | theirs) >= ALIKE

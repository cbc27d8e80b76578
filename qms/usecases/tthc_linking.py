"""Which document covers which administrative procedure (TTHC): the catalogue proposes, an officer ticks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, or_, select

from qms.errors import WrongUse
from qms.model.document import Document, Revision
from qms.model.enums import DocumentType
from qms.model.permissions import Act, allowed
from qms.model.tthc import AdministrativeProcedure, DocumentTthc
from qms.model.tthc_matching import Candidate, MatchReason
from qms.model.tthc_status import TthcStatus
from qms.usecases import lookups, tthc_lookups
from qms.usecases.ports import Work


class NothingTicked(WrongUse):
    """An act of linking without a single link."""

    code = "nothing_ticked"
    sentence = "Hãy chọn ít nhất một thủ tục hành chính để gắn."


@dataclass(frozen=True)
class Pair:
    """One tick: this document covers this procedure."""

    document: str
    stem: str


@dataclass(frozen=True)
class ToLink:
    """A procedure of ours that waits for its TTHC: why it does, and what is proposed, best first."""

    id: str
    code: str
    title: str
    unit: str
    covered: tuple[str, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Waiting:
    """The procedures that wait for a TTHC: a page of them, and how many there are in all."""

    lines: tuple[ToLink, ...]
    total: int


def propose(work: Work, code: str) -> tuple[str, list[Candidate]]:
    """Return a document's id and the procedures it may cover, with score and why; raises ``NotFound``."""
    document = lookups.document(work, code)
    work.allow(Act.READ_TTHC, lookups.subject_of(document))
    found = tthc_lookups.effective(work, work.today, Document.id == document.id)
    return document.id, list(_candidates(work, document, found[0][1] if found else None))


def waiting(work: Work, offset: int = 0, limit: int | None = None) -> Waiting:
    """Return the procedures in force without TTHC, or whose TTHC was given a new code, with what is proposed."""
    work.allow(Act.LINK_TTHC)
    recoded = _recoded(work, work.today)
    without = ~exists().where(DocumentTthc.document_id == Document.id)
    wanted = and_(Document.type == DocumentType.PROCEDURE, or_(without, Document.id.in_(recoded)))
    open_ones = [
        (document, revision)
        for document, revision in tthc_lookups.effective(work, work.today, wanted)
        if allowed(work.actor, Act.LINK_TTHC, lookups.subject_of(document))
    ]
    shown = open_ones[offset : offset + limit if limit else None]
    return Waiting(tuple(_to_link(work, *one, recoded) for one in shown), len(open_ones))


def link(work: Work, pairs: Sequence[Pair]) -> int:
    """Record that documents cover procedures, all in one act, and return how many links are new.

    Raises ``NothingTicked``, ``UnknownTthc`` or ``NotFound``; then nothing is recorded.
    """
    documents = {pair.document: lookups.document(work, pair.document) for pair in pairs}
    for document in documents.values():
        work.allow(Act.LINK_TTHC, lookups.subject_of(document))
    if not pairs:
        raise NothingTicked
    wanted = {
        (documents[pair.document].id, tthc_lookups.procedure(work, pair.stem).stem): None for pair in pairs
    }
    new = [key for key in wanted if work.session.get(DocumentTthc, key) is None]
    for document_id, stem in new:
        work.session.add(
            DocumentTthc(
                document_id=document_id, stem=stem, confirmed_by=work.actor.name, confirmed_at=work.now
            )
        )
        work.record("link_tthc", document_id, stem=stem)
    work.commit()
    return len(new)


def unlink(work: Work, code: str, stem: str) -> None:
    """Take back that a document covers a procedure; raises ``UnknownTthc`` where no such link is."""
    document = lookups.document(work, code)
    work.allow(Act.LINK_TTHC, lookups.subject_of(document))
    row = work.session.get(DocumentTthc, (document.id, tthc_lookups.procedure(work, stem).stem))
    if row is None:
        raise tthc_lookups.UnknownTthc(code=stem)
    work.session.delete(row)
    work.record("unlink_tthc", document.id, stem=row.stem)
    work.commit()


def _to_link(
    work: Work, document: Document, revision: Revision, recoded: dict[str, list[Candidate]]
) -> ToLink:
    heirs = recoded.get(document.id, [])
    stems = {heir.stem for heir in heirs}
    others = (
        [one for one in _candidates(work, document, revision) if one.stem not in stems] if not heirs else []
    )
    return ToLink(
        id=document.id,
        code=document.code,
        title=revision.title,
        unit=document.issuer,
        covered=tuple(tthc_lookups.stems_of(work, document.id)),
        candidates=(*heirs, *others),
    )


def _candidates(work: Work, document: Document, revision: Revision | None) -> list[Candidate]:
    title = revision.title if revision is not None else document.title
    printed = (
        tthc_lookups.printed_stems(tthc_lookups.reading_of(work, document, revision))
        if revision is not None and revision.commit_id
        else ()
    )
    covered = set(tthc_lookups.stems_of(work, document.id))
    field = document.field.name if document.field else ""
    found = tthc_lookups.matcher(work, work.today).candidates(title, field=field, codes=printed)
    return [one for one in found if one.stem not in covered]


def _recoded(work: Work, day: date) -> dict[str, list[Candidate]]:
    """Return for each document the successors of re-coded procedures that it covers and does not cover yet."""
    links = work.session.execute(select(DocumentTthc.document_id, DocumentTthc.stem)).all()
    standing = tthc_lookups.standings_of(work, {stem for _document, stem in links}, day)
    covered = {(document, stem) for document, stem in links}
    heirs: dict[str, list[Candidate]] = {}
    for document, stem in links:
        its = standing[stem]
        if its.status is not TthcStatus.RECODED or (document, its.successor) in covered:
            continue
        known = work.session.get(AdministrativeProcedure, its.successor)
        if known is not None:
            heirs.setdefault(document, []).append(
                Candidate(known.stem, known.name, known.field, 1.0, MatchReason.SUCCESSOR)
            )
    return heirs

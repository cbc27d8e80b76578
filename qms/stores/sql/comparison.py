"""The published facts of a database as plain rows, for comparing it with a fresh replay of Git."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from qms.model.document import Code, Decision, Document, DocumentUnit, Revision
from qms.model.ids import fold_code
from qms.model.issuance import Issuance, IssuanceItem
from qms.model.organisation import Field, Position, Unit

Fact = tuple[str, ...]
PUBLISHED = Revision.sequence.is_not(None)
"""What Git knows of: a revision given up as a draft is withdrawn too, but never had a sequence."""


def facts(session: Session) -> frozenset[Fact]:
    """Return every fact that Git can tell: register, revisions, approvals, issuances, retirements."""
    return frozenset(
        [
            *_documents(session),
            *_units(session),
            *_codes(session),
            *_revisions(session),
            *_decisions(session),
            *_issuances(session),
            *_items(session),
        ]
    )


def is_empty(session: Session) -> bool:
    """Tell whether there is nothing yet that Git could tell of or contradict."""
    return not any(session.scalar(select(key).limit(1)) for key in (Document.id, Issuance.id))


def differences(here: frozenset[Fact], git: frozenset[Fact]) -> Sequence[str]:
    """Name each fact that only one side knows: ``-`` only in Git, ``+`` only in the database."""
    return sorted(f"- {' · '.join(f)}" for f in git - here) + sorted(f"+ {' · '.join(f)}" for f in here - git)


def forget_unknown(session: Session, git: frozenset[Fact]) -> None:
    """Take back whatever is published here and of which Git does not tell: revisions, decisions, codes, retirements."""
    known_revisions = {(fact[1], fact[2]) for fact in git if fact[0] == "revision"}
    known_issuances = {fact[1] for fact in git if fact[0] == "issuance"}
    retired = {fact[1]: fact[-1] for fact in git if fact[0] == "document"}
    for revision in session.scalars(select(Revision).where(Revision.sequence.is_not(None))).all():
        if (revision.document_id, str(revision.sequence)) not in known_revisions:
            session.execute(delete(Decision).where(Decision.revision_id == revision.id))
            session.delete(revision)
    session.flush()
    for issuance in session.scalars(select(Issuance)).all():
        if issuance.id not in known_issuances:
            session.execute(delete(IssuanceItem).where(IssuanceItem.issuance_id == issuance.id))
            session.delete(issuance)
    for document in session.scalars(select(Document).where(Document.retired_on.is_not(None))).all():
        if retired.get(document.id, "None") == "None":
            document.retired_on = None
    session.flush()
    decisions = {row_id for row_id, fact in _decision_rows(session) if fact not in git}
    session.execute(delete(Decision).where(Decision.id.in_(decisions)))
    items = {row_id for row_id, fact in _item_rows(session) if fact not in git}
    session.execute(delete(IssuanceItem).where(IssuanceItem.id.in_(items)))
    _mend_codes(session, {fact for fact in git if fact[0] == "code"})


def _mend_codes(session: Session, git: set[Fact]) -> None:
    """Give every document whose codes differ exactly those that Git tells, the one that holds now last."""
    for document_id in {fact[1] for fact in git ^ set(_codes(session))}:
        session.execute(delete(Code).where(Code.document_id == document_id))
        told = [fact for fact in git if fact[1] == document_id]
        for _, _, code, starts, ends in sorted(told, key=lambda fact: (fact[4] == "None", fact[4])):
            _add_code(session, document_id, code, _day(starts), _day(ends))


def _add_code(session: Session, document_id: str, code: str, starts: date | None, ends: date | None) -> None:
    folded, unit_id = fold_code(code), session.get_one(Document, document_id).unit_id
    others = session.scalars(
        select(Code).where(
            Code.folded == folded,
            Code.unit_id == unit_id,
            Code.ends.is_(None),
            Code.document_id != document_id,
        )
    ).all()
    for other in others:
        other.reused = True
    session.add(
        Code(
            document_id=document_id,
            unit_id=unit_id,
            code=code,
            folded=folded,
            starts=starts,
            ends=ends,
            reused=bool(others),
        )
    )
    session.flush()


def _day(text: str) -> date | None:
    return None if text == "None" else date.fromisoformat(text)


def _rows(kind: str, found: object) -> list[Fact]:
    return [(kind, *(str(value) for value in row)) for row in found]  # type: ignore[attr-defined]


def _documents(session: Session) -> list[Fact]:
    issued = select(Revision.document_id).where(PUBLISHED)
    return _rows(
        "document",
        session.execute(
            select(
                Document.id,
                Document.title,
                Document.type,
                Document.issuer,
                Document.master,
                Unit.key,
                Field.key,
                Position.key,
                Document.review_months,
                Document.retired_on,
            )
            .join(Unit, Unit.id == Document.unit_id)
            .outerjoin(Field, Field.id == Document.field_id)
            .outerjoin(Position, Position.id == Document.owner_position_id)
            .where(Document.id.in_(issued))
        ),
    )


def _units(session: Session) -> list[Fact]:
    issued = select(Revision.document_id).where(PUBLISHED)
    return _rows(
        "applies",
        session.execute(
            select(DocumentUnit.document_id, Unit.key)
            .join(Unit, Unit.id == DocumentUnit.unit_id)
            .where(DocumentUnit.document_id.in_(issued))
        ),
    )


def _codes(session: Session) -> list[Fact]:
    issued = select(Revision.document_id).where(PUBLISHED)
    return _rows(
        "code",
        session.execute(
            select(Code.document_id, Code.code, Code.starts, Code.ends).where(Code.document_id.in_(issued))
        ),
    )


def _revisions(session: Session) -> list[Fact]:
    return _rows(
        "revision",
        session.execute(
            select(
                Revision.document_id,
                Revision.sequence,
                Revision.issue_number,
                Revision.revision_number,
                Revision.state,
                Revision.title,
                Revision.code,
                Revision.change_note,
                Revision.content_sha256,
                Revision.master_sha256,
                Revision.source_file,
                Revision.source_sha256,
                Revision.printed_date,
                Revision.issuance_id,
                Revision.effective_from,
                Revision.commit_id,
                Revision.check_token,
                Revision.author_name,
                Revision.author_position,
            ).where(PUBLISHED)
        ),
    )


def _decisions(session: Session) -> list[Fact]:
    return [fact for _, fact in _decision_rows(session)]


def _decision_rows(session: Session) -> list[tuple[int, Fact]]:
    rows = session.execute(
        select(
            Decision.id,
            Revision.document_id,
            Revision.sequence,
            Decision.kind,
            Decision.person_name,
            Decision.position_name,
            Decision.at,
            Decision.content_sha256,
        )
        .join(Revision, Revision.id == Decision.revision_id)
        .where(
            PUBLISHED,
            Decision.content_sha256 == Revision.content_sha256,
            Decision.accepted,
            Decision.voided_at.is_(None),
        )
    )
    return [
        (row_id, ("decision", *map(str, named), at.replace(microsecond=0).isoformat(), sha256))
        for row_id, *named, at, sha256 in rows
    ]


def _issuances(session: Session) -> list[Fact]:
    return _rows(
        "issuance",
        session.execute(
            select(
                Issuance.id,
                Issuance.kind,
                Issuance.agency,
                Issuance.number,
                Issuance.signed_on,
                Issuance.effective_from,
                Issuance.signer_name,
                Issuance.signer_position,
                Issuance.signing_form,
                Issuance.transition,
                Issuance.transition_until,
                Issuance.reason,
                Issuance.scan_sha256,
                Issuance.recorded_by,
                Issuance.via,
                Issuance.publish_key,
                Issuance.commit_id,
            )
        ),
    )


def _items(session: Session) -> list[Fact]:
    return [fact for _, fact in _item_rows(session)]


def _item_rows(session: Session) -> list[tuple[int, Fact]]:
    rows = session.execute(
        select(
            IssuanceItem.id,
            IssuanceItem.issuance_id,
            IssuanceItem.document_id,
            IssuanceItem.sequence,
            IssuanceItem.role,
        )
    )
    return [(row_id, ("item", *map(str, named))) for row_id, *named in rows]

"""Which papers there are for a person, and what they may choose for them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from qms.model.document import Revision
from qms.model.enums import IssuanceKind, RevisionState
from qms.model.issuance import Issuance
from qms.model.permissions import Act, allowed
from qms.usecases import lookups
from qms.usecases.letterheads import spoken
from qms.usecases.ports import Work

MOST_DECISIONS = 20


@dataclass(frozen=True)
class Offer:
    """What papers there are for a person: acts that they may do, decisions and approved drafts to choose from.

    ``decisions`` are id and number with day of the last ones, ``approved`` id, code and title of drafts that wait for
    their decision.
    """

    may: frozenset[Act]
    decisions: tuple[tuple[str, str], ...]
    approved: tuple[tuple[str, str, str], ...]
    year: int


def offer(work: Work) -> Offer:
    """Return what the page of papers offers to whoever asks."""
    work.allow(Act.READ_REGISTER)
    acts = (Act.READ_LAW, Act.READ_HISTORY, Act.READ_CHANGES, Act.READ_ISSUANCES)
    may = frozenset(act for act in acts if allowed(work.actor, act))
    knows_decisions = Act.READ_ISSUANCES in may
    return Offer(
        may=may,
        decisions=_decisions(work) if knows_decisions else (),
        approved=_approved(work) if knows_decisions else (),
        year=work.today.year,
    )


def _decisions(work: Work) -> tuple[tuple[str, str], ...]:
    rows = work.session.scalars(
        select(Issuance)
        .where(Issuance.number.is_not(None), Issuance.kind != IssuanceKind.RETIRE)
        .order_by(Issuance.signed_on.desc(), Issuance.number)
        .limit(MOST_DECISIONS)
    )
    return tuple((one.id, f"{one.number} ({spoken(one.signed_on)})") for one in rows)


def _approved(work: Work) -> tuple[tuple[str, str, str], ...]:
    rows = work.session.scalars(
        select(Revision)
        .where(Revision.state == RevisionState.APPROVED)
        .options(joinedload(Revision.document), selectinload(Revision.drafters))
        .order_by(Revision.code)
    )
    return tuple(
        (one.document_id, one.code, one.title)
        for one in rows
        if allowed(work.actor, Act.READ_DRAFT, lookups.subject_of(one.document, one))
    )

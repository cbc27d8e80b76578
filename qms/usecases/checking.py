"""Checking a printed page: whoever holds it may ask whether it still applies, and learns nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select

from qms.errors import NotFound
from qms.model.check_codes import is_token, read_short_code
from qms.model.copies import ControlledCopy
from qms.model.document import Revision
from qms.model.enums import CopyFate, DayStatus
from qms.model.permissions import Act
from qms.usecases import lookups, notices, paper_standing
from qms.usecases.notices import NoticeLine
from qms.usecases.ports import Work


class NothingToCheck(NotFound):
    """No print bears that token or short code; the answer is the same whatever was wrong."""

    code = "nothing_to_check"
    sentence = "Không có bản in nào mang mã này. Hãy kiểm tra lại từng ký tự, hoặc hỏi cơ quan ban hành."


@dataclass(frozen=True)
class Following:
    """The revision that replaced the one on paper."""

    edition: str
    decision: str
    starts: date | None


@dataclass(frozen=True)
class CheckedCopy:
    """A controlled copy as its paper is asked about; an unknown one is not in the book of copies."""

    number: int
    known: bool
    recalled_on: date | None = None
    fate: CopyFate | None = None


@dataclass(frozen=True)
class Checked:
    """What a printed page is told about itself; no ``status`` means taken back before its day."""

    code: str
    title: str
    edition: str
    agency: str
    decision: str
    on: date
    status: DayStatus | None
    effective_from: date | None
    ended_on: date | None
    transition_until: date | None
    following: Following | None
    retires_on: date | None
    notices: tuple[NoticeLine, ...]
    copy: CheckedCopy | None


@dataclass(frozen=True)
class Candidate:
    """A revision that a short code stands for."""

    token: str
    copy: int | None
    code: str
    title: str
    edition: str


def check(work: Work, token: str, copy: int | None = None) -> Checked:
    """Return whether the page that bears a token still applies today; raises ``NothingToCheck``."""
    work.allow(Act.CHECK)
    found = _published(work, Revision.check_token == token) if is_token(token) else ()
    if not found or found[0].sequence is None:
        raise NothingToCheck
    revision = found[0]
    document = lookups.document_by_id(work, revision.document_id)
    standing = paper_standing.of(work, document, revision.sequence or 0, work.today)
    period, following = standing.period, standing.next
    applies = standing.status is DayStatus.EFFECTIVE
    return Checked(
        code=revision.code or document.code,
        title=revision.title,
        edition=standing.edition,
        agency=document.issuer or lookups.root_unit(work).name,
        decision=standing.decision,
        on=work.today,
        status=standing.status,
        effective_from=revision.effective_from,
        ended_on=period.end if period else None,
        transition_until=period.transition_until if period else None,
        following=Following(
            paper_standing.edition(following),
            paper_standing.decision(standing.next_issuance) if standing.next_issuance else "",
            following.effective_from,
        )
        if following
        else None,
        retires_on=document.retired_on,
        notices=notices.above(work, document.id, work.today) if applies else (),
        copy=_copy(work, revision, copy) if copy is not None else None,
    )


def look_up(work: Work, typed: str) -> tuple[Candidate, ...]:
    """Return what a short code stands for, nearly always one; raises ``NothingToCheck``."""
    work.allow(Act.CHECK)
    short = read_short_code(typed)
    found = _published(work, Revision.short_code == short.code) if short else ()
    if short is None or not found:
        raise NothingToCheck
    return tuple(
        Candidate(row.check_token or "", short.copy, row.code, row.title, paper_standing.edition(row))
        for row in found
    )


def _published(work: Work, which: ColumnElement[bool]) -> Sequence[Revision]:
    return work.session.scalars(
        select(Revision)
        .where(which, Revision.sequence.is_not(None), Revision.commit_id.is_not(None))
        .order_by(Revision.id)
    ).all()


def _copy(work: Work, revision: Revision, number: int) -> CheckedCopy:
    row = work.session.scalar(
        select(ControlledCopy).where(
            ControlledCopy.document_id == revision.document_id,
            ControlledCopy.sequence == revision.sequence,
            ControlledCopy.number == number,
        )
    )
    if row is None:
        return CheckedCopy(number, known=False)
    return CheckedCopy(number, known=True, recalled_on=row.recalled_on, fate=row.fate)

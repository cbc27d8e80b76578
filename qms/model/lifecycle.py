"""Status is a function of the day: which revision of a document applies when (``design.md`` §3, day rules)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    Integer,
    MetaData,
    Over,
    Row,
    String,
    Subquery,
    Table,
    and_,
    case,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from qms.errors import Refused
from qms.model.document import Document, Revision
from qms.model.enums import DayStatus, RevisionState
from qms.model.issuance import Issuance

# a view that the migrations create; a metadata of its own, so that nothing takes it for a table of ours
revision_period = Table(
    "revision_period",
    MetaData(),
    Column("revision_id", Integer, primary_key=True),
    Column("document_id", String(8)),
    Column("sequence", Integer),
    Column("effective_from", Date),
    Column("next_from", Date),
    Column("retired_on", Date),
    Column("effective_until", Date),
    Column("transition_until", Date),
)


def in_force(day: date) -> ColumnElement[bool]:
    """Return the condition on ``revision_period`` that holds for what applies on ``day``."""
    period = revision_period.c
    return and_(
        period.effective_from <= day, or_(period.effective_until.is_(None), period.effective_until > day)
    )


def applies(day: date) -> ColumnElement[bool]:
    """Return the condition on ``Revision`` joined with ``Document`` that holds for what applies on ``day``.

    It says the same as ``in_force`` and asks only about the revisions that a question names, where the view first
    ranks all there are. The state is compared inside a function, so that no engine without statistics goes through
    all issued revisions by its index instead of through those named (100,000 documents: minutes for milliseconds).
    """
    later = aliased(Revision)
    issued = RevisionState.ISSUED.value
    follows = exists().where(
        later.document_id == Revision.document_id,
        func.lower(later.state) == issued,
        later.sequence > Revision.sequence,
    )
    return and_(
        func.lower(Revision.state) == issued,
        Revision.effective_from <= day,
        ~follows.where(later.effective_from <= day),
        or_(Document.retired_on.is_(None), Document.retired_on > day, follows),
    )


def waits(day: date) -> ColumnElement[bool]:
    """Return the condition, as for ``applies``, that holds for what was issued and takes effect only after ``day``."""
    return and_(
        func.lower(Revision.state) == RevisionState.ISSUED.value,
        Revision.effective_from > day,
        or_(Document.retired_on.is_(None), Document.retired_on > Revision.effective_from),
    )


STANDS_FOR = (
    DayStatus.EFFECTIVE,
    DayStatus.RETIRED,
    DayStatus.TRANSITION,
    DayStatus.SUPERSEDED,
    DayStatus.SCHEDULED,
)
"""Of a document's revisions on a day the first in this order stands for it in a register; among equals the latest."""


def standing(day: date, documents: Collection[str] | None = None) -> Subquery:
    """Return each issued revision with its period, its ``status`` on ``day``, and ``place`` 1 where it stands.

    Periods and status are told as the view and ``Period.status_on`` tell them, of all ``documents`` or of the named
    ones: the view would first rank all there are.
    """
    row = _followed(documents)
    until = case((row.next_from.is_not(None), row.next_from), else_=Document.retired_on)
    over = and_(row.next_from.is_not(None), row.next_from <= day)
    in_transition = and_(over, Issuance.transition_until > day, row.effective_from < row.next_from)
    told = (
        select(
            row.id,
            row.document_id,
            row.sequence,
            row.effective_from,
            until.label("effective_until"),
            case(
                (in_transition, DayStatus.TRANSITION.value),
                (over, DayStatus.SUPERSEDED.value),
                (until <= day, DayStatus.RETIRED.value),
                (row.effective_from > day, DayStatus.SCHEDULED.value),
                else_=DayStatus.EFFECTIVE.value,
            ).label("status"),
        )
        .join(Document, Document.id == row.document_id)
        .outerjoin(Issuance, Issuance.id == row.next_issuance)
        .subquery()
    )
    order = case({status.value: place for place, status in enumerate(STANDS_FOR)}, value=told.c.status)
    place = func.row_number().over(partition_by=told.c.document_id, order_by=(order, told.c.sequence.desc()))
    return select(told, place.label("place")).subquery()


def _followed(documents: Collection[str] | None) -> Any:
    """The issued revisions, each with the day and the issuance of the next."""
    found = select(
        Revision.id,
        Revision.document_id,
        Revision.sequence,
        Revision.effective_from,
        _next(Revision.effective_from).label("next_from"),
        _next(Revision.issuance_id).label("next_issuance"),
    ).where(Revision.state == RevisionState.ISSUED)
    if documents is not None:
        found = found.where(Revision.document_id.in_(documents))
    return found.subquery().c


def _next(column: Any) -> Over[Any]:
    return func.lead(column).over(partition_by=Revision.document_id, order_by=Revision.sequence)


class OutOfOrder(Refused):
    """Sequence order is date order: a later revision may not take effect before an earlier one."""

    code = "out_of_order"
    sentence = (
        "{code}: ngày hiệu lực {effective} ở trước ngày hiệu lực {current} của lần ban hành trước; "
        "nếu lần trước chưa có hiệu lực, hãy rút lại trước."
    )


class AlreadyRetired(Refused):
    """The document was ended; nothing more is issued under it."""

    code = "already_retired"
    sentence = "{code}: tài liệu đã ngừng áp dụng từ {day}."


class NeverIssued(Refused):
    """A document that never applied cannot be ended."""

    code = "never_issued"
    sentence = "{code}: tài liệu chưa từng được ban hành nên không thể ngừng áp dụng."


class StillScheduled(Refused):
    """A revision is waiting for its day."""

    code = "still_scheduled"
    sentence = "{code}: còn một lần ban hành sẽ có hiệu lực từ {day}; hãy rút lại lần đó trước."


class DayHasCome(Refused):
    """A revision can be withdrawn only before its day."""

    code = "day_has_come"
    sentence = "{code}: lần ban hành này đã có hiệu lực từ {day}, không rút lại được; hãy ban hành lần mới."


@dataclass(frozen=True)
class Issue:
    """An issued revision as the day rules see it."""

    sequence: int
    effective_from: date
    transition_until: date | None = None


@dataclass(frozen=True)
class Period:
    """When one issued revision applies: ``[start, end)``, and whether a successor or retirement ended it."""

    sequence: int
    start: date
    end: date | None
    superseded_on: date | None
    transition_until: date | None

    @classmethod
    def of(cls, row: Row[Any]) -> Period:
        """Return the period that a row of the view ``revision_period`` tells."""
        return cls(row.sequence, row.effective_from, row.effective_until, row.next_from, row.transition_until)

    def status_on(self, day: date) -> DayStatus:
        """Return what the revision is on ``day``."""
        if self.superseded_on is not None and day >= self.superseded_on:
            in_transition = self.transition_until is not None and day < self.transition_until
            return (
                DayStatus.TRANSITION
                if in_transition and self.start < self.superseded_on
                else DayStatus.SUPERSEDED
            )
        if self.end is not None and day >= self.end:
            return DayStatus.RETIRED
        return DayStatus.SCHEDULED if day < self.start else DayStatus.EFFECTIVE


def periods(issues: Sequence[Issue], retired_on: date | None) -> list[Period]:
    """Derive the period of every issued revision (in sequence order) from the ``effective_from`` days alone."""
    ordered = sorted(issues, key=lambda issue: issue.sequence)
    found = []
    for issue, following in zip(ordered, [*ordered[1:], None], strict=False):
        superseded = following.effective_from if following else None
        transition = following.transition_until if following else None
        found.append(
            Period(issue.sequence, issue.effective_from, superseded or retired_on, superseded, transition)
        )
    return found


def check_issue(code: str, issued: Sequence[Period], effective: date, retired_on: date | None) -> None:
    """Refuse an issue that would break date order, overtake a scheduled revision or revive an ended document."""
    if retired_on is not None:
        raise AlreadyRetired(code=code, day=retired_on)
    latest = max((p.start for p in issued), default=None)
    if latest is not None and effective < latest:
        raise OutOfOrder(code=code, effective=effective, current=latest)


def check_retirement(code: str, issued: Sequence[Period], effective: date, retired_on: date | None) -> None:
    """Refuse to end what never applied, was ended before, or still has a revision waiting for its day."""
    if retired_on is not None:
        raise AlreadyRetired(code=code, day=retired_on)
    if not issued:
        raise NeverIssued(code=code)
    latest = max(p.start for p in issued)
    if effective < latest:
        raise StillScheduled(code=code, day=latest)


def check_withdrawal(code: str, period: Period, today: date) -> None:
    """Refuse to take back a revision whose day has come."""
    if period.start <= today:
        raise DayHasCome(code=code, day=period.start)

"""What an administrative procedure (TTHC) is on a day, computed from the rows of the decisions about it.

Pure. A procedure is published by decision (Decree 63/2010/NĐ-CP art. 13 and 15); each row states what holds from its
day. A later row overrides an earlier one only in what it states. Rows without a day (the national base gives none)
hold from an unknown day, before all that have one. A procedure that was given a new code lives on under it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qms.model.enums import TthcChange, TthcSource
from qms.model.tthc import TthcRow


class TthcStatus(StrEnum):
    """What a procedure is on a day."""

    UNKNOWN = "unknown"
    FUTURE = "future"
    PUBLISHED = "published"
    RECODED = "recoded"
    ABOLISHED = "abolished"


ENDED = (TthcStatus.RECODED, TthcStatus.ABOLISHED)
_BY_CHANGE = {TthcChange.RECODED: TthcStatus.RECODED, TthcChange.ABOLISHED: TthcStatus.ABOLISHED}


@dataclass(frozen=True)
class Stated:
    """A limit or fee as a decision states it, and from when; ``since`` is None where no day is known."""

    text: str
    decision: str
    since: date | None


@dataclass(frozen=True)
class TthcStanding:
    """A procedure on a day: its status and since when, by which decision, and what the rows state of it."""

    status: TthcStatus
    decision: str = ""
    since: date | None = None
    successor: str = ""
    limit: Stated | None = None
    fee: Stated | None = None
    internal: Stated | None = None
    coming: tuple[TthcRow, ...] = ()


def tthc_on(rows: Iterable[TthcRow], day: date) -> TthcStanding:
    """Return what a procedure is on ``day`` given its rows, in the order in which they were recorded."""
    known = sorted(rows, key=lambda row: row.effective or date.min)
    begun = [row for row in known if row.effective is None or row.effective <= day]
    coming = tuple(row for row in known if row.effective is not None and row.effective > day)
    public = [row for row in begun if row.source is TthcSource.PUBLISHED]
    inside = [row for row in begun if row.source is TthcSource.INTERNAL]
    last = public[-1] if public else None
    return TthcStanding(
        status=_status(last, coming),
        decision=last.decision_key if last else "",
        since=last.effective if last else None,
        successor=last.successor if last else "",
        limit=_stated(public, "time_limit"),
        fee=_stated(public, "fee"),
        internal=None
        if inside and inside[-1].change is TthcChange.ABOLISHED
        else _stated(inside, "time_limit"),
        coming=coming,
    )


def in_order(rows: Iterable[TthcRow]) -> list[TthcRow]:
    """Return the rows newest first, those without a day last."""
    return sorted(rows, key=lambda row: (row.effective or date.min, row.id or 0), reverse=True)


def _status(last: TthcRow | None, coming: Sequence[TthcRow]) -> TthcStatus:
    if last is None:
        return TthcStatus.FUTURE if coming else TthcStatus.UNKNOWN
    return _BY_CHANGE.get(last.change, TthcStatus.PUBLISHED)


def _stated(rows: Sequence[TthcRow], what: str) -> Stated | None:
    for row in reversed(rows):
        text: str = getattr(row, what)
        if text:
            return Stated(text, row.decision_key, row.effective)
    return None

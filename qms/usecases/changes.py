"""Legal changes as work (đợt rà soát): opened from what is affected, listed, shown, decided on document by document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from qms.errors import NotFound
from qms.model.basis import BasisEdit
from qms.model.document import Document
from qms.model.enums import ImpactDecision
from qms.model.ids import new_id
from qms.model.law import Instrument
from qms.model.legal_change import (
    CLEARING,
    ChangeItem,
    LegalChange,
    NothingReached,
    check_reason,
    submit_by,
)
from qms.model.organisation import Position
from qms.model.permissions import Act, allowed
from qms.usecases import change_edits, change_items, change_lines, lookups, notices, reach
from qms.usecases.change_lines import ItemLine
from qms.usecases.ports import Work
from qms.usecases.reach import Aside

ACTS = (Act.MANAGE_CHANGES, Act.DECIDE_IMPACT, Act.NOTIFY, Act.DRAFT, Act.APPROVE, Act.ISSUE, Act.RETIRE)


class UnknownPosition(NotFound):
    """Work is given to a position that exists."""

    code = "unknown_position"
    sentence = "Không có chức danh «{position}»; hãy chọn trong danh sách chức danh."


@dataclass(frozen=True)
class ItemDecision:
    """What a named person decides for one document; no owner means the document's own, no day the deadline."""

    document: str
    decision: ImpactDecision
    reason: str = ""
    owner_position: str | None = None
    due: date | None = None


@dataclass(frozen=True)
class ChangeLine:
    """One change of the list; ``done`` of ``total`` count the documents that are not weak."""

    id: str
    instrument: str
    title: str
    starts: date | None
    deadline: date | None
    submit_by: date | None
    opened_by: str
    opened_at: datetime
    closed_by: str
    closed_at: datetime | None
    closing_note: str
    done: int
    total: int
    overdue: int
    gap_days: int


@dataclass(frozen=True)
class ChangePage:
    """One change with its documents on a day; what was looked at and left alone is computed live.

    ``newly`` are documents that became affected since and are not taken up yet; ``refresh`` takes them. ``edits`` are
    the words that the register suggests for their legal basis, ``rule`` is where the deadline comes from.
    """

    line: ChangeLine
    on: date
    items: tuple[ItemLine, ...]
    weak: tuple[ItemLine, ...]
    untouched: tuple[Aside, ...]
    unexamined: tuple[Aside, ...]
    newly: tuple[Aside, ...]
    doubts: tuple[str, ...]
    rule: str
    edits: tuple[BasisEdit, ...]
    positions: tuple[tuple[str, str], ...]
    may: frozenset[Act]


def open_change(work: Work, number: str, on: date | None = None, issuer: str = "") -> str:
    """Open a change for all that an instrument affects and return its id; the open one if there is one.

    ``issuer`` tells local instruments of one number apart. Raises ``NothingReached`` where no change of law starts
    from the instrument.
    """
    work.allow(Act.MANAGE_CHANGES)
    found = reach.reach(work, number, on, issuer)
    open_already = work.session.scalar(
        select(LegalChange.id).where(
            LegalChange.instrument_key == found.instrument,
            LegalChange.instrument_issuer == found.issuer,
            LegalChange.closed_at.is_(None),
        )
    )
    if open_already is not None:
        return open_already
    if found.starts is None and not found.affected:
        raise NothingReached(instrument=found.instrument)
    title = work.session.scalar(
        select(Instrument.title)
        .where(Instrument.key == found.instrument, Instrument.issuer_key == found.issuer)
        .order_by(Instrument.id)
    )
    change = LegalChange(
        id=new_id(),
        instrument_key=found.instrument,
        instrument_issuer=found.issuer,
        title=title or "",
        starts=found.starts,
        deadline=found.deadline,
        opened_by=work.actor.name,
        opened_at=work.now,
    )
    work.session.add(change)
    work.session.flush()
    work.session.add_all(change_items.taken_up(change.id, line) for line in found.affected)
    work.record("change_open", change.id, instrument=change.instrument_key, documents=len(found.affected))
    work.commit()
    return change.id


def refresh(work: Work, change_id: str) -> int:
    """Take up the documents that became affected since and return how many; what is not cleared is judged anew."""
    work.allow(Act.MANAGE_CHANGES)
    change = change_items.change(work, change_id)
    change.need_open()
    known = {item.document_id: item for item in change.items}
    found = reach.reach(work, change.instrument_key, issuer=change.instrument_issuer)
    change.starts, change.deadline = found.starts, found.deadline
    for line in found.affected:
        item = known.get(line.document)
        if item is not None and not item.cleared:
            change_items.tell(item, line)
    fresh = [line for line in found.affected if line.document not in known]
    work.session.add_all(change_items.taken_up(change.id, line) for line in fresh)
    work.record("change_refresh", change.id, documents=len(fresh))
    work.commit()
    return len(fresh)


def take_up(work: Work, change_id: str, documents: Sequence[str], reason: str) -> int:
    """Take up documents that a person found by eye, such as scans that could not be examined; return how many.

    Raises ``ReasonNeeded`` without a word on why.
    """
    work.allow(Act.MANAGE_CHANGES)
    change = change_items.change(work, change_id)
    change.need_open()
    known = {item.document_id for item in change.items}
    chosen = [lookups.document_by_id(work, one) for one in dict.fromkeys(documents) if one not in known]
    for document in chosen:
        check_reason(document.code, reason.strip(), None)
        work.session.add(change_items.found_by_eye(work, change, document.id, reason.strip()))
        work.record("change_take_up", document.id, change=change.id)
    work.commit()
    return len(chosen)


def listing(work: Work, on: date | None = None) -> list[ChangeLine]:
    """Return every change, those still open first, nearest deadline first."""
    work.allow(Act.READ_CHANGES)
    rows = work.session.scalars(select(LegalChange).options(selectinload(LegalChange.items)))
    day = on or work.today
    found = [_change_line(work, row, change_lines.lines(work, row, day)) for row in rows]
    return sorted(
        found, key=lambda line: (line.closed_at is not None, line.deadline or date.max, line.instrument)
    )


def page(work: Work, change_id: str, on: date | None = None) -> ChangePage:
    """Return one change as it stands on a day; raises ``NotFound``."""
    work.allow(Act.READ_CHANGES)
    change = change_items.change(work, change_id)
    day = on or work.today
    lines = change_lines.lines(work, change, day)
    known = {line.document for line in lines}
    found = reach.reach(work, change.instrument_key, day, change.instrument_issuer)
    newly = [line for line in found.affected if line.document not in known]
    positions = work.session.execute(select(Position.key, Position.name).order_by(Position.name))
    return ChangePage(
        line=_change_line(work, change, lines),
        on=day,
        items=tuple(line for line in lines if not line.weak),
        weak=tuple(line for line in lines if line.weak),
        untouched=tuple(aside for aside in found.untouched if aside.document not in known),
        unexamined=tuple(aside for aside in found.unexamined if aside.document not in known),
        newly=tuple(Aside(line.document, line.code, line.title, "; ".join(line.citations)) for line in newly),
        doubts=found.doubts,
        rule=found.rule,
        edits=change_edits.suggested(work, change),
        positions=tuple((key, name) for key, name in positions),
        may=frozenset(act for act in ACTS if allowed(work.actor, act)),
    )


def decide(work: Work, change_id: str, decisions: Sequence[ItemDecision]) -> int:
    """Take decisions on documents of a change, all of them or none, and return how many.

    Raises what ``ChangeItem.decide`` refuses, ``UnknownPosition``, ``NotInChange`` and ``ChangeClosed``.
    """
    work.allow(Act.DECIDE_IMPACT)
    change = change_items.change(work, change_id)
    documents = change_items.documents(work, {one.document for one in decisions})
    for document in documents.values():
        work.allow(Act.DECIDE_IMPACT, lookups.subject_of(document))
    change.need_open()
    for one in decisions:
        item = change_items.item(work, change, one.document)
        _decide(work, change, item, documents[one.document], one)
    work.commit()
    return len(decisions)


def _decide(work: Work, change: LegalChange, item: ChangeItem, document: Document, one: ItemDecision) -> None:
    noticed = _noticed(work, change, document.id)
    item.decide(document.code, one.decision, one.reason, one.due, today=work.today, noticed=noticed)
    item.owner_position_id = _owner(work, document, one.owner_position)
    item.decided_by, item.decided_at = work.actor.name, work.now
    change_items.take_back_clearing(work, item)
    if one.decision in CLEARING:
        change_items.mark_cleared(work, change, item, item.reason)
    work.record("change_decide", document.id, change=change.id, decision=one.decision.value)


def _noticed(work: Work, change: LegalChange, document_id: str) -> bool:
    given = notices.of(work, [document_id], change_id=change.id)
    return any(notice.ends is None or notice.ends > work.today for notice in given)


def _owner(work: Work, document: Document, key: str | None) -> int | None:
    if not key:
        return document.owner_position_id
    found = work.session.scalar(select(Position.id).where(Position.key == key))
    if found is None:
        raise UnknownPosition(position=key)
    return found


def _change_line(work: Work, change: LegalChange, lines: Sequence[ItemLine]) -> ChangeLine:
    strong = [line for line in lines if not line.weak]
    return ChangeLine(
        id=change.id,
        instrument=change.instrument_key,
        title=change.title,
        starts=change.starts,
        deadline=change.deadline,
        submit_by=submit_by(change.deadline, work.route_days),
        opened_by=change.opened_by,
        opened_at=change.opened_at,
        closed_by=change.closed_by,
        closed_at=change.closed_at,
        closing_note=change.closing_note,
        done=sum(line.done for line in strong),
        total=len(strong),
        overdue=sum(line.overdue for line in strong),
        gap_days=max((line.gap_days for line in strong), default=0),
    )

"""Writing the trail: every event is sealed with the one before it, the head row locked last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from qms.model.enums import FindingLevel, Via
from qms.model.findings import Finding
from qms.model.trail import GENESIS, Event, Generation, TrailHead


def record(
    session: Session, *, at: datetime, actor: str, act: str, subject: str, via: Via, facts: dict[str, Any]
) -> str:
    """Append one event and return the new head of the chain (hex)."""
    session.flush()
    head = session.get(TrailHead, 1, with_for_update=True)
    if head is None:
        head = TrailHead(id=1, hash=GENESIS, events=0)
        session.add(head)
    event = Event(
        at=at.replace(microsecond=0), actor=actor, act=act, subject=subject, via=via, facts=facts, hash=""
    )
    event.hash = event.sealed(head.hash)
    head.hash, head.events = event.hash, head.events + 1
    session.add(event)
    session.flush()
    return event.hash


def verify(session: Session) -> Iterator[Finding]:
    """Check the chain from its beginning; the first event that does not fit is named, then the count."""
    previous, count = GENESIS, 0
    for event in session.scalars(select(Event).order_by(Event.id).execution_options(yield_per=500)):
        if event.hash != event.sealed(previous):
            yield Finding(
                FindingLevel.DAMAGE, "trail_broken", f"Nhật ký bị sửa từ dòng {event.id}.", str(event.id)
            )
            return
        previous, count = event.hash, count + 1
    head = session.get(TrailHead, 1)
    if (head.hash, head.events) != (previous, count) if head else count:
        yield Finding(
            FindingLevel.DAMAGE, "trail_cut", f"Nhật ký thiếu dòng sau dòng thứ {count}.", str(count)
        )


def move_generation(session: Session) -> None:
    """Say that what is in force may have changed."""
    counter = session.get(Generation, "register", with_for_update=True)
    if counter is None:
        counter = Generation(name="register", value=0)
        session.add(counter)
    counter.value += 1

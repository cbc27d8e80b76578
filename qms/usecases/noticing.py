"""Interim notices (thông báo áp dụng tạm thời): given on many documents in one act, ended by a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qms.errors import NotFound
from qms.model.ids import clean
from qms.model.legal_change import InterimNotice, NoticeEnded, check_notice
from qms.model.permissions import Act
from qms.usecases import acts, change_items, lookups
from qms.usecases.ports import Work


def give(
    work: Work,
    documents: Sequence[str],
    text: str,
    basis: str = "",
    starts: date | None = None,
    ends: date | None = None,
    change_id: str | None = None,
) -> int:
    """Give one notice on all chosen documents, seen at once from its first day, and return on how many.

    Without a day it begins today, without a basis it rests on the instrument of its change.
    """
    work.allow(Act.NOTIFY)
    chosen = [lookups.document(work, document) for document in dict.fromkeys(documents)]
    for document in chosen:
        work.allow(Act.NOTIFY, lookups.subject_of(document))
    if not chosen:
        raise acts.NothingChosen
    change = change_items.change(work, change_id) if change_id else None
    if change is not None:
        change.need_open()
    law_from = change.starts if change else None
    # without a day it begins today, or with the law where that is still to come
    first = starts or max(work.today, law_from or work.today)
    check_notice(text, first, ends, law_from)
    rests_on = clean(basis) or (change.instrument_key if change else "")
    for document in chosen:
        work.session.add(
            InterimNotice(
                document_id=document.id,
                change_id=change.id if change else None,
                text=text.strip(),
                basis=rests_on[:200],
                starts=first,
                ends=ends,
                given_by=work.actor.name,
                given_at=work.now,
            )
        )
        work.record("notice_give", document.id, starts=first.isoformat(), basis=rests_on)
    work.commit()
    return len(chosen)


def end(work: Work, notice_id: int, on: date | None = None) -> None:
    """End a notice from a day on (today if none is given); raises ``NoticeEnded`` where it has ended already."""
    work.allow(Act.NOTIFY)
    notice = work.session.get(InterimNotice, notice_id)
    if notice is None:
        raise NotFound(what="thông báo này")
    work.allow(Act.NOTIFY, lookups.subject_of(lookups.document_by_id(work, notice.document_id)))
    last = on or work.today
    # what ran out by its own day must not be said to have held until today
    if notice.ended_by or (notice.ends is not None and notice.ends <= last):
        raise NoticeEnded(day=notice.ends)
    notice.ends, notice.ended_by = last, work.actor.name
    work.record("notice_end", notice.document_id, notice=notice.id, ends=notice.ends.isoformat())
    work.commit()

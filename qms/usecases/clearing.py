"""Clearing: a named person says that a document needs nothing more, and that a whole change is done."""

from __future__ import annotations

from qms.model.legal_change import WorkLeft, check_reason
from qms.model.permissions import Act
from qms.usecases import change_items, change_lines, lookups
from qms.usecases.ports import Work

NAMED = 5
"""How many documents a refusal names; the others are counted."""


def clear(work: Work, change_id: str, document_id: str, note: str) -> None:
    """Clear one document of a change, with a note that says why nothing more is to be done.

    Raises ``ReasonNeeded`` or ``DeadBasisKept`` where the note does not say it, ``NotInChange``, ``ChangeClosed``.
    What has ended stays dead.
    """
    document = lookups.document_by_id(work, document_id)
    work.allow(Act.DECIDE_IMPACT, lookups.subject_of(document))
    change = change_items.change(work, change_id)
    change.need_open()
    item = change_items.item(work, change, document.id)
    said = note.strip()
    check_reason(document.code, said, item.verdict)
    change_items.take_back_clearing(work, item)
    change_items.mark_cleared(work, change, item, said)
    work.record("change_clear", document.id, change=change.id)
    work.commit()


def close(work: Work, change_id: str, note: str = "") -> None:
    """Close a change of which nothing is left; raises ``WorkLeft`` with the documents that are."""
    work.allow(Act.MANAGE_CHANGES)
    change = change_items.change(work, change_id)
    change.need_open()
    left = change_lines.left(change_lines.lines(work, change, work.today))
    if left:
        named = ", ".join(line.code for line in left[:NAMED])
        more = f" và {len(left) - NAMED} tài liệu khác" if len(left) > NAMED else ""
        raise WorkLeft(count=len(left), left=named + more)
    change.closed_by, change.closed_at = work.actor.name, work.now
    change.closing_note = note.strip()
    work.record("change_close", change.id, instrument=change.instrument_key)
    work.commit()

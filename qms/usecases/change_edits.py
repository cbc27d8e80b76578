"""What a change of law asks of a legal basis: lines to replace, to add, to remove; the note on it. No acts here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from qms import citations
from qms.citations import InstrumentName, action_for, find
from qms.model.basis import BasisEdit
from qms.model.document import Revision
from qms.model.enums import BasisAction, RelationKind
from qms.model.law import Citation, Instrument
from qms.model.legal_change import LegalChange
from qms.usecases import change_items, naming
from qms.usecases.ports import Work

KIND_WORDS = {
    RelationKind.REPLACES: "thay thế",
    RelationKind.REPEALS: "bãi bỏ",
    RelationKind.SUSPENDS: "ngưng hiệu lực",
    RelationKind.AMENDS: "sửa đổi, bổ sung",
}


def suggested(work: Work, change: LegalChange) -> tuple[BasisEdit, ...]:
    """Return for each instrument that a change touches how its line in a legal basis should follow, in words to check.

    An instrument that was replaced gives its line to the new one, one that was only repealed loses it, one that was
    amended is followed by what amended it. ``cites`` is the number as the register has it.
    """
    found: dict[tuple[str, str], BasisEdit] = {}
    for relation in change_items.relations(work, change):
        action = action_for(relation.kind, whole=not relation.provisions)
        if action is not None:
            text = (
                ""
                if action is BasisAction.REMOVE
                else in_words(work, relation.source_key, relation.source_issuer)
            )
            found.setdefault(
                (relation.target_key, relation.source_key), BasisEdit(relation.target_key, action, text)
            )
    return tuple(found.values())


def meant_for(work: Work, revision: Revision, edits: Sequence[BasisEdit], day: date) -> list[BasisEdit]:
    """Return the edits that bear on what a revision cites, by the keys under which it cites them."""
    cited_as = naming.cited_as(work, {edit.cites for edit in edits}, day)
    keys = work.session.scalars(
        select(Citation.key)
        .where(Citation.revision_id == revision.id, Citation.key.in_(cited_as), Citation.nested.is_(False))
        .order_by(Citation.position)
    )
    cited = list(dict.fromkeys(keys))
    return [replace(edit, cites=key) for key in cited for edit in edits if edit.cites == cited_as[key]]


def change_note(work: Work, change: LegalChange, cited: Sequence[str]) -> str:
    """Return the line of the revision table: which instrument did what to what is cited, and from when."""
    rows = change_items.relations(work, change)
    wanted = [row for row in rows if row.target_key in cited] or rows
    told: dict[tuple[str, str, date | None], list[str]] = {}
    for row in wanted:
        targets = told.setdefault((row.source_key, KIND_WORDS[row.kind], row.starts), [])
        targets.extend({row.target_key} - set(targets))
    parts = [
        f"{source} {verb} {', '.join(targets)}" + (f", từ {starts:%d/%m/%Y}" if starts else "")
        for (source, verb, starts), targets in told.items()
    ]
    if not parts:
        return f"Cập nhật theo {change.instrument_key}."
    return f"Cập nhật căn cứ pháp lý: {'; '.join(parts)}."


def in_words(work: Work, key: str, issuer_key: str = "") -> str:
    """Return an instrument as a legal basis names it in full, as far as the register and its number tell."""
    row = work.session.scalar(
        select(Instrument)
        .where(Instrument.key == key, Instrument.issuer_key == issuer_key)
        .order_by(Instrument.id)
    )
    kind, issuer = _by_number(key)
    if row is None:
        return citations.in_words(InstrumentName(key, kind, issuer=issuer))
    return citations.in_words(
        InstrumentName(key, row.type or kind, row.title, row.issuer or issuer, row.issued)
    )


def _by_number(key: str) -> tuple[str, str]:
    """What a number alone tells: the kind of instrument and who issues it."""
    cited = find(f"số {key}")
    return (cited[0].type if cited else None) or "văn bản", (cited[0].issuer if cited else None) or ""

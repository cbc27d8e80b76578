"""The cover of a draft's Word file: what the next edition says of itself. No acts here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from qms.formats.anatomy.values import Anatomy
from qms.model.cover import BLANK_DAY, CoverField, CoverValues, EditedCover, SheetRow, spoken_day
from qms.model.document import Document, Revision
from qms.model.enums import MasterFormat
from qms.model.ids import fold_code
from qms.model.legal_change import ChangeItem, LegalChange
from qms.usecases import change_edits, contents, lookups
from qms.usecases.ports import Work


def written(
    work: Work, document: Document, revision: Revision, data: bytes, name: str, day: date | None
) -> EditedCover:
    """Return a draft's Word file with number, day and note of this edition written, and number the revision alike.

    A paper that counts issues only goes from 01 to 02, and so does the revision; one that counts amendments too keeps
    its issue. Without ``day`` it is left blank for the hand: number and day are given after signature. Any other
    master is given back as it is.
    """
    if document.master is not MasterFormat.DOCX:
        return EditedCover(data)
    cover = work.reader.read(data, name).anatomy
    base = _base(work, revision)
    _number_alike(revision, base, cover)
    spoken = spoken_day(day) if day else BLANK_DAY
    other_code = cover.code and fold_code(cover.code) != fold_code(revision.code)
    values = CoverValues(
        code=revision.code if other_code else None,
        issue=revision.issue_number if cover.issue_number else None,
        revision=revision.revision_number if cover.revision_number else None,
        issued=spoken if cover.issue_number or cover.issue_date else None,
        effective=spoken if cover.issue_number or cover.issue_date else None,
        row=_row(work, revision, base, spoken_day(day) if day else ""),
    )
    edited = work.reader.write_cover(data, name, values)
    revision.printed_date = day
    return replace(edited, written=tuple(one for one in edited.written if one is not CoverField.EFFECTIVE))


def _number_alike(revision: Revision, base: Revision | None, cover: Anatomy) -> None:
    """Count on from the edition it was made from, as the paper counts; a file of that edition still says its number."""
    if base is None or not cover.issue_number:
        return
    before = (base.issue_number, base.revision_number)
    if not cover.revision_number and (revision.revision_number or revision.issue_number <= base.issue_number):
        revision.issue_number, revision.revision_number = base.issue_number + 1, 0
    elif (revision.issue_number, revision.revision_number) <= before:
        revision.issue_number, revision.revision_number = base.issue_number, base.revision_number + 1


def _base(work: Work, revision: Revision) -> Revision | None:
    issued = lookups.issued_revisions(work, revision.document_id)
    return next((one for one in issued if one.sequence == revision.base_sequence), None)


def _row(work: Work, revision: Revision, base: Revision | None, day: str) -> SheetRow | None:
    """Return what the sheet of amendments gets; a first edition amends nothing."""
    if base is None or not revision.change_note.strip():
        return None
    name, data = contents.issued_file(work, base)
    known = len(work.reader.read(data, name).anatomy.revision_rows) if name.endswith(".docx") else 0
    return SheetRow(revision.change_note, "; ".join(instruments(work, revision)), day, known)


def instruments(work: Work, revision: Revision) -> list[str]:
    """Return the instruments whose changes a draft was opened for, as a legal basis names them."""
    changes = work.session.scalars(
        select(LegalChange)
        .join(ChangeItem, ChangeItem.change_id == LegalChange.id)
        .where(ChangeItem.revision_id == revision.id)
        .order_by(LegalChange.opened_at, LegalChange.id)
    )
    return [change_edits.in_words(work, one.instrument_key, one.instrument_issuer) for one in changes]

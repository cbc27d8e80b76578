"""Drafts of a legal change: many next revisions opened in one act, their legal basis brought up to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qms.errors import NotFound, Refused, WrongUse
from qms.model.basis import BasisEdit
from qms.model.cover import CoverField, EditedCover
from qms.model.document import EDITABLE, Document, Drafter, Revision
from qms.model.legal_change import LegalChange
from qms.model.permissions import Act
from qms.usecases import basis_edits, change_edits, change_items, contents, covers, lookups
from qms.usecases.ports import Work


@dataclass(frozen=True)
class DraftOpened:
    """One document: the revision that was opened, what was changed in its legal basis, what is left to do by hand.

    ``cover_left`` says what of the cover could not be written.

    ``refusal`` says why no draft was opened; then nothing of the document was touched.
    """

    document: str
    code: str
    label: str = ""
    applied: tuple[BasisEdit, ...] = ()
    left: tuple[tuple[BasisEdit, str], ...] = ()
    refusal: str = ""
    cover_left: tuple[tuple[CoverField, str], ...] = ()

    @property
    def opened(self) -> bool:
        """Tell whether a draft was opened."""
        return not self.refusal


def open_drafts(
    work: Work, change_id: str, documents: Sequence[str], edits: Sequence[BasisEdit] | None = None
) -> list[DraftOpened]:
    """Open the next revision of each document, its legal basis edited inside the file, and say what was done.

    ``edits`` are the words that a person checked (``cites`` as the register numbers it), else those the register
    suggests. A document that is refused is reported, and left as it was; the others are opened. Where the legal
    basis could not be edited, what is ``left`` says why: there the text is changed by hand, and until it is the draft
    cannot be sent.
    """
    work.allow(Act.DRAFT)
    change = change_items.change(work, change_id)
    change.need_open()
    asked = tuple(edits) if edits is not None else change_edits.suggested(work, change)
    found = [_opened(work, change, document, asked) for document in dict.fromkeys(documents)]
    work.commit()
    return found


def _opened(work: Work, change: LegalChange, document_id: str, edits: Sequence[BasisEdit]) -> DraftOpened:
    code = document_id
    try:
        with work.session.begin_nested():
            document = lookups.document_by_id(work, document_id)
            code = document.code
            work.allow(Act.DRAFT, lookups.subject_of(document))
            return _open(work, change, document, edits)
    except (NotFound, Refused, WrongUse) as refusal:
        return DraftOpened(document_id, code, refusal=str(refusal))


def _open(work: Work, change: LegalChange, document: Document, edits: Sequence[BasisEdit]) -> DraftOpened:
    item = change_items.item(work, change, document.id)
    base = lookups.latest(work, document)
    meant = change_edits.meant_for(work, base, edits, work.today) if base else []
    revision = _revision(work, document)
    file = contents.content_file(work.session, revision)
    edited = basis_edits.edit_basis(work.reader, file.data, file.path, meant)
    contents.put(work.session, revision, file.path, edited.data)
    note = change_edits.change_note(work, change, change_items.texts(item, "targets"))
    if note not in revision.change_note:
        revision.change_note = f"{revision.change_note}\n{note}".strip()
    item.revision_id = revision.id
    work.session.flush()
    # what nobody has changed yet must not look changed by its cover
    cover = EditedCover(edited.data)
    if edited.applied:
        cover = covers.written(work, document, revision, edited.data, file.path, None)
        contents.put(work.session, revision, file.path, cover.data)
    work.record("change_draft", document.id, change=change.id, edits=len(edited.applied))
    return DraftOpened(
        document.id, document.code, revision.label, edited.applied, edited.left, cover_left=cover.left
    )


def _revision(work: Work, document: Document) -> Revision:
    """The draft of another change takes this one in as well; what somebody drafts for other reasons is left alone."""
    known = lookups.open_revision(work, document.id)
    if known is None or known.state not in EDITABLE or not change_items.made_for_a_change(work, known):
        return contents.begin(work, document)
    work.allow(Act.SUBMIT, lookups.subject_of(document, known))
    person = work.actor.person_id
    if person is not None and person not in known.hands:
        known.drafters.append(Drafter(revision_id=known.id, person_id=person))
    known.content_sha256 = None
    return known

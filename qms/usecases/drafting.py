"""Drafting: begin the next revision, change its text or file, send it to be decided on, or give it up."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, update

from qms.errors import Refused
from qms.formats.reading import Reading
from qms.model.cover import EditedCover
from qms.model.document import EDITABLE, Decision, Document, Drafter, DraftFile, Revision
from qms.model.enums import MasterFormat, RevisionState
from qms.model.ids import clean, fold_code
from qms.model.permissions import Act, allowed
from qms.usecases import contents, covers, lookups, marks
from qms.usecases.ports import Work


class EditConflict(Refused):
    """Somebody saved in between; both texts are given back."""

    code = "edit_conflict"
    sentence = "Người khác đã lưu trong lúc bạn sửa. Bản của bạn vẫn còn ở dưới; hãy đối chiếu rồi lưu lại."

    def __init__(self, *, mine: str, theirs: str, base: str) -> None:
        super().__init__(mine=mine, theirs=theirs, base=base)


class WrongMaster(Refused):
    """A Word master takes a Word file, a Markdown master takes text."""

    code = "wrong_master"
    sentence = "{code}: tài liệu này được giữ dưới dạng {kept}; hãy tải lên đúng dạng đó."


@dataclass(frozen=True)
class DraftText:
    """A draft as its author sees it: text, what it was made from, and the hash to save against."""

    document_id: str
    code: str
    title: str
    state: RevisionState
    master: MasterFormat
    text: str
    base_sha256: str
    change_note: str
    html: str
    label: str
    may_edit: bool
    returned: tuple[str, ...]
    basis: tuple[marks.BasisLine, ...]
    basis_reason: str
    has_base: bool

    @property
    def dead(self) -> tuple[str, ...]:
        """Return the legal basis that has ended: to be replaced, or kept with a reason."""
        return marks.dead(line for line in self.basis if line.basis)


def begin(work: Work, code: str) -> str:
    """Open the next revision of a document from what was issued last and return the document's id.

    Raises ``AlreadyRetired`` where the document was ended, ``OpenAlready`` where a revision is open, and
    ``NotFound`` where its first draft was given up: that code is free for another document.
    """
    document = lookups.document(work, code)
    work.allow(Act.DRAFT, lookups.subject_of(document))
    contents.begin(work, document)
    work.commit()
    return document.id


def draft(work: Work, document_id: str) -> DraftText:
    """Return the open revision's text for editing or reading."""
    document = lookups.document_by_id(work, document_id)
    revision = lookups.need_open(work, document)
    subject = lookups.subject_of(document, revision)
    work.allow(Act.READ_DRAFT, subject)
    file = contents.content_file(work.session, revision)
    reading = contents.read_master(work, file.path, file.data)
    return DraftText(
        document_id=document.id,
        code=revision.code,
        title=revision.title,
        state=revision.state,
        master=document.master,
        text=reading.markdown,
        base_sha256=file.sha256,
        change_note=revision.change_note,
        html=work.reader.render(reading.markdown),
        label=revision.label,
        may_edit=allowed(work.actor, Act.SUBMIT, subject),
        returned=_returned(revision),
        basis=marks.of_text(work, reading),
        basis_reason=revision.basis_reason,
        has_base=revision.base_sequence is not None,
    )


def draft_file(work: Work, document_id: str) -> tuple[str, bytes]:
    """Return the draft's file as it was handed in: name and bytes."""
    document = lookups.document_by_id(work, document_id)
    revision = lookups.need_open(work, document)
    work.allow(Act.READ_DRAFT, lookups.subject_of(document, revision))
    file = contents.content_file(work.session, revision)
    return revision.source_file or file.path, file.data


def save_text(work: Work, document_id: str, text: str, base_sha256: str, change_note: str) -> str:
    """Save typed Markdown made from ``base_sha256``; raises ``EditConflict`` with both texts if it moved on."""
    document, revision = lookups.editable(work, document_id)
    if document.master is not MasterFormat.MARKDOWN:
        raise WrongMaster(code=document.code, kept="Word (.docx)")
    contents.check_text(text)
    current = contents.content_file(work.session, revision)
    if current.sha256 != base_sha256:
        theirs = contents.read_master(work, current.path, current.data).markdown
        raise EditConflict(mine=text, theirs=theirs, base=current.sha256)
    data = text.replace("\r\n", "\n").encode()
    return _changed(work, document, revision, "content.md", data, change_note)


def upload(work: Work, document_id: str, name: str, data: bytes, base_sha256: str, change_note: str) -> str:
    """Take a file edited outside as the draft's content; raises ``EditConflict`` if the draft moved on."""
    work.allow(Act.DRAFT)
    # the transaction begins with the first question to the database: whatever is slow is read before
    reading = work.reader.read(data, name)
    document, revision = lookups.editable(work, document_id)
    if reading.format is not document.master and document.master is not MasterFormat.SCAN:
        kept = "Word (.docx)" if document.master is MasterFormat.DOCX else "Markdown"
        raise WrongMaster(code=document.code, kept=kept)
    current = contents.content_file(work.session, revision)
    if base_sha256 and current.sha256 != base_sha256:
        theirs = contents.read_master(work, current.path, current.data).markdown
        raise EditConflict(mine=reading.markdown, theirs=theirs, base=current.sha256)
    path = "content.docx" if reading.format is MasterFormat.DOCX else "content.md"
    revision.source_file = clean(name)[:300]
    _follow_cover(document, revision, reading)
    return _changed(work, document, revision, path, data, change_note)


def write_cover(work: Work, document_id: str, day: date | None = None) -> EditedCover:
    """Write number, day and change note of this edition into the draft's Word file and tell what was written.

    Without ``day`` the date is left blank for the hand. Raises ``WrongMaster`` for any other master.
    """
    document, revision = lookups.editable(work, document_id)
    if document.master is not MasterFormat.DOCX:
        raise WrongMaster(code=document.code, kept="Markdown")
    file = contents.content_file(work.session, revision)
    edited = covers.written(work, document, revision, file.data, file.path, day)
    if edited.data != file.data:
        _changed(work, document, revision, file.path, edited.data, revision.change_note)
    else:
        work.commit()
    return edited


def preview(work: Work, text: str) -> str:
    """Return the HTML that a typed text will have; nothing is kept."""
    work.allow(Act.INBOX)
    contents.check_text(text)
    return work.reader.render(text)


def abandon(work: Work, document_id: str) -> None:
    """Give up the open revision; a document that was never issued stays as an empty entry."""
    document = lookups.document_by_id(work, document_id)
    revision = lookups.need_open(work, document)
    work.allow(Act.WITHDRAW, lookups.subject_of(document, revision))
    revision.state = RevisionState.WITHDRAWN
    if lookups.last_published(work, document.id) is None:
        # nothing was ever published under the code, so it may be given again
        for row in document.codes:
            row.ends = row.ends or work.today
    work.session.execute(delete(DraftFile).where(DraftFile.revision_id == revision.id))
    work.record("abandon", document.id)
    work.commit()


def _returned(revision: Revision) -> tuple[str, ...]:
    """Why the revision came back, as long as its author has not sent it again."""
    if revision.state is not RevisionState.RETURNED:
        return ()
    return tuple(f"{d.person_name}: {d.comment}" for d in revision.decisions if not d.accepted)[-1:]


def _follow_cover(document: Document, revision: Revision, reading: Reading) -> None:
    """A Word paper of this document says itself which edition it is and what it is called now."""
    cover = reading.anatomy
    if not cover.code or fold_code(cover.code) != fold_code(document.code):
        return
    if cover.title and not cover.title.isupper():  # capitals are how a cover is set, not how it is called
        revision.title = clean(cover.title)[:500]
    revision.printed_date = cover.issue_date
    if cover.issue_number and cover.issue_number.isdecimal():
        revision.issue_number = int(cover.issue_number)
        number = cover.revision_number or ""
        revision.revision_number = int(number) if number.isdecimal() else 0


def _changed(work: Work, document: Document, revision: Revision, path: str, data: bytes, note: str) -> str:
    """A change of content voids every decision on what was there and takes the revision back to its author."""
    revision.change_note = note.strip()
    person = work.actor.person_id
    if person is not None and person not in revision.hands:
        revision.drafters.append(Drafter(revision_id=revision.id, person_id=person))
    contents.put(work.session, revision, path, data)
    if revision.state not in EDITABLE:
        work.session.execute(
            update(Decision)
            .where(Decision.revision_id == revision.id, Decision.voided_at.is_(None))
            .values(voided_at=work.now)
        )
        revision.state = RevisionState.DRAFT
        work.record("decisions_void", document.id)
    revision.content_sha256 = None
    sha256 = hashlib.sha256(data).hexdigest()
    work.record("save", document.id, sha256=sha256)
    work.commit()
    return sha256

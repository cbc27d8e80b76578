"""Drafting: begin the next revision, change its text or file, send it to be decided on, or give it up."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from qms.citations import legal_basis
from qms.errors import NotFound, Refused, WrongUse
from qms.formats.meta import write_meta
from qms.formats.reading import Reading
from qms.model.document import EDITABLE, Code, Decision, Document, DocumentUnit, Drafter, DraftFile, Revision
from qms.model.enums import DocumentType, MasterFormat, RevisionState
from qms.model.ids import clean, fold, fold_code, new_id
from qms.model.organisation import Field, Position, Unit
from qms.model.permissions import Act, Subject, allowed
from qms.model.published import Manifest
from qms.usecases import contents, lookups
from qms.usecases.ports import Work


class EditConflict(Refused):
    """Somebody saved in between; both texts are given back."""

    code = "edit_conflict"
    sentence = "Người khác đã lưu trong lúc bạn sửa. Bản của bạn vẫn còn ở dưới; hãy đối chiếu rồi lưu lại."

    def __init__(self, *, mine: str, theirs: str, base: str) -> None:
        super().__init__(mine=mine, theirs=theirs, base=base)


class StaleBase(Refused):
    """Another revision was issued since this draft was begun."""

    code = "stale_base"
    sentence = (
        "{code}: trong lúc soạn đã có lần ban hành mới hơn (lần {issued}); "
        "hãy đối chiếu hai bản, đưa thay đổi vào rồi xác nhận soạn theo bản mới."
    )


class OpenAlready(Refused):
    """One open revision a document (day rule 5)."""

    code = "open_already"
    sentence = "{code}: đang có một bản soạn dở; hãy tiếp tục bản đó hoặc bỏ nó trước."


class CodeTaken(Refused):
    """The tool gives no code twice in a unit."""

    code = "code_taken"
    sentence = "Mã hiệu «{code}» đã dùng cho tài liệu «{title}»; hãy chọn mã khác."


class TitleNeeded(WrongUse):
    """A document has a name and a code."""

    code = "title_needed"
    sentence = "Cần nhập mã hiệu và tên tài liệu."


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


@dataclass(frozen=True)
class NewDocument:
    """What a new document is called and where it belongs; units, field and owner (a position) by key."""

    code: str
    title: str
    type: DocumentType
    unit: str | None = None
    issuer: str = ""
    field: str | None = None
    owner: str | None = None
    applying_units: tuple[str, ...] = ()
    review_months: int = 12


def units(work: Work) -> list[tuple[str, str]]:
    """Return key and name of the units for which this person may draft."""
    work.allow(Act.DRAFT)
    rows = work.session.scalars(select(Unit).order_by(Unit.id))
    return [(row.key, row.name) for row in rows if allowed(work.actor, Act.DRAFT, Subject(row.id))]


def create(work: Work, new: NewDocument, text: str) -> str:
    """Begin a document of our own with a Markdown master and return its id."""
    unit = _home_of(work, new)
    contents.check_text(text)
    document = _place(work, new, unit, MasterFormat.MARKDOWN)
    return _first_draft(work, document, "content.md", text.encode())


def create_from_file(work: Work, new: NewDocument, name: str, data: bytes) -> str:
    """Begin a document of our own whose master is this file and return its id."""
    unit = _home_of(work, new)
    reading = work.reader.read(data, name)
    document = _place(work, new, unit, reading.format)
    path = "content.docx" if reading.format is MasterFormat.DOCX else "content.md"
    return _first_draft(work, document, path, data, source_file=clean(name)[:300])


def begin(work: Work, code: str) -> str:
    """Open the next revision of a document from the latest issued one and return the document's id."""
    document = lookups.document(work, code)
    work.allow(Act.DRAFT, lookups.subject_of(document))
    if lookups.open_revision(work, document.id):
        raise OpenAlready(code=document.code)
    base = _latest(work, document)
    revision = _open(work, document, document.code, document.title, base)
    if base is not None and base.commit_id and base.sequence:
        contents.put(work.session, revision, *contents.issued_file(work, base))
        revision.source_file = base.source_file
    work.record("draft", document.id, base=base.sequence if base else None)
    work.commit()
    return document.id


def draft(work: Work, document_id: str) -> DraftText:
    """Return the open revision's text for editing or reading."""
    document = lookups.document_by_id(work, document_id)
    revision = _need_open(work, document)
    subject = lookups.subject_of(document, revision)
    work.allow(Act.READ_DRAFT, subject)
    file = contents.content_file(work.session, revision)
    reading = work.reader.read(file.data, file.path)
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
    )


def draft_file(work: Work, document_id: str) -> tuple[str, bytes]:
    """Return the draft's file as it was handed in: name and bytes."""
    document = lookups.document_by_id(work, document_id)
    revision = _need_open(work, document)
    work.allow(Act.READ_DRAFT, lookups.subject_of(document, revision))
    file = contents.content_file(work.session, revision)
    return revision.source_file or file.path, file.data


def save_text(work: Work, document_id: str, text: str, base_sha256: str, change_note: str) -> str:
    """Save typed Markdown made from ``base_sha256``; raises ``EditConflict`` with both texts if it moved on."""
    document, revision = _editable(work, document_id)
    if document.master is not MasterFormat.MARKDOWN:
        raise WrongMaster(code=document.code, kept="Word (.docx)")
    contents.check_text(text)
    current = contents.content_file(work.session, revision)
    if current.sha256 != base_sha256:
        theirs = work.reader.read(current.data, current.path).markdown
        raise EditConflict(mine=text, theirs=theirs, base=current.sha256)
    data = text.replace("\r\n", "\n").encode()
    return _changed(work, document, revision, "content.md", data, change_note)


def upload(work: Work, document_id: str, name: str, data: bytes, base_sha256: str, change_note: str) -> str:
    """Take a file edited outside as the draft's content; raises ``EditConflict`` if the draft moved on."""
    document, revision = _editable(work, document_id)
    reading = work.reader.read(data, name)
    if reading.format is not document.master:
        kept = "Word (.docx)" if document.master is MasterFormat.DOCX else "Markdown"
        raise WrongMaster(code=document.code, kept=kept)
    current = contents.content_file(work.session, revision)
    if base_sha256 and current.sha256 != base_sha256:
        theirs = work.reader.read(current.data, current.path).markdown
        raise EditConflict(mine=reading.markdown, theirs=theirs, base=current.sha256)
    path = "content.docx" if reading.format is MasterFormat.DOCX else "content.md"
    revision.source_file = clean(name)[:300]
    _follow_cover(document, revision, reading)
    return _changed(work, document, revision, path, data, change_note)


def preview(work: Work, text: str) -> str:
    """Return the HTML that a typed text will have; nothing is kept."""
    work.allow(Act.INBOX)
    contents.check_text(text)
    return work.reader.render(text)


def rebase(work: Work, document_id: str) -> None:
    """Say that the draft has taken in what was issued meanwhile."""
    document, revision = _editable(work, document_id)
    latest = _latest(work, document)
    revision.base_sequence = latest.sequence if latest else None
    work.record("rebase", document.id, base=revision.base_sequence)
    work.commit()


def submit(work: Work, code: str) -> str:
    """Send the draft to be decided on and return the Content-SHA256 that decisions will carry."""
    document = lookups.document(work, code)
    revision = _need_open(work, document)
    work.allow(Act.SUBMIT, lookups.subject_of(document, revision))
    revision.expect("trình duyệt", *EDITABLE)
    latest = _latest(work, document)
    file = contents.content_file(work.session, revision)
    reading = work.reader.read(file.data, file.path)
    if latest is not None and latest.sequence != revision.base_sequence:
        name, data = contents.issued_file(work, latest)
        theirs = work.reader.read(data, name).markdown
        raise StaleBase(code=document.code, issued=latest.label, mine=reading.markdown, theirs=theirs)
    meta = contents.meta_of(work.session, document, revision, reading, _basis(reading))
    files = {file.path: file.data, "meta.yaml": write_meta(meta)}
    contents.put(work.session, revision, "meta.yaml", files["meta.yaml"])
    revision.master_sha256 = file.sha256
    revision.submit(Manifest.of(files).content_sha256, work.now)
    work.record("submit", document.id, content_sha256=revision.content_sha256)
    work.commit()
    return revision.content_sha256 or ""


def abandon(work: Work, document_id: str) -> None:
    """Give up the open revision; a document that was never issued stays as an empty entry."""
    document = lookups.document_by_id(work, document_id)
    revision = _need_open(work, document)
    work.allow(Act.WITHDRAW, lookups.subject_of(document, revision))
    revision.state = RevisionState.WITHDRAWN
    if _latest(work, document) is None:
        # nothing was ever issued under the code, so it may be given again
        for row in document.codes:
            row.ends = row.ends or work.today
    work.session.execute(delete(DraftFile).where(DraftFile.revision_id == revision.id))
    work.record("abandon", document.id)
    work.commit()


def _home_of(work: Work, new: NewDocument) -> Unit:
    unit = lookups.unit(work, new.unit)
    work.allow(Act.DRAFT, Subject(unit.id))
    if not clean(new.code) or not clean(new.title):
        raise TitleNeeded
    _refuse_taken(work, clean(new.code), unit.id)
    return unit


def _place(work: Work, new: NewDocument, unit: Unit, master: MasterFormat) -> Document:
    code, title = clean(new.code), clean(new.title)
    document = Document(
        id=new_id(),
        title=title,
        folded_title=fold(title)[:500],
        type=new.type,
        issuer=new.issuer or unit.name,
        master=master,
        unit_id=unit.id,
        field_id=_keyed(work, Field, new.field),
        owner_position_id=_keyed(work, Position, new.owner),
        review_months=new.review_months,
        created_at=work.now,
        codes=[Code(unit_id=unit.id, code=code, folded=fold_code(code))],
    )
    work.session.add(document)
    work.session.flush()
    work.session.add_all(
        DocumentUnit(document_id=document.id, unit_id=lookups.unit(work, key).id)
        for key in new.applying_units
    )
    return document


def _keyed(work: Work, kind: type[Field] | type[Position], key: str | None) -> int | None:
    if key is None:
        return None
    found = work.session.scalar(select(kind.id).where(kind.key == key))
    if found is None:
        raise NotFound(what=f"«{key}»")
    return found


def _first_draft(
    work: Work, document: Document, path: str, data: bytes, source_file: str | None = None
) -> str:
    revision = _open(work, document, document.code, document.title, None)
    revision.source_file = source_file
    contents.put(work.session, revision, path, data)
    work.record("draft", document.id, code=document.code)
    work.commit()
    return document.id


def _returned(revision: Revision) -> tuple[str, ...]:
    """Why the revision came back, as long as its author has not sent it again."""
    if revision.state is not RevisionState.RETURNED:
        return ()
    return tuple(f"{d.person_name}: {d.comment}" for d in revision.decisions if not d.accepted)[-1:]


def _basis(reading: Reading) -> tuple[str, ...]:
    return tuple(c.key for c in legal_basis(reading.anatomy.legal_basis_lines) if c.key)


def _follow_cover(document: Document, revision: Revision, reading: Reading) -> None:
    """A Word paper of this document says itself which edition it is and what it is called now."""
    cover = reading.anatomy
    if not cover.code or fold_code(cover.code) != fold_code(document.code):
        return
    revision.title = clean(cover.title or revision.title)[:500]
    revision.printed_date = cover.issue_date
    if cover.issue_number and cover.issue_number.isdecimal():
        revision.issue_number = int(cover.issue_number)
        number = cover.revision_number or ""
        revision.revision_number = int(number) if number.isdecimal() else 0


def _editable(work: Work, document_id: str) -> tuple[Document, Revision]:
    document = lookups.document_by_id(work, document_id)
    revision = _need_open(work, document)
    work.allow(Act.SUBMIT, lookups.subject_of(document, revision))
    return document, revision


def _need_open(work: Work, document: Document) -> Revision:
    revision = lookups.open_revision(work, document.id)
    if revision is None:
        raise NotFound(what=f"bản soạn của tài liệu {document.code}")
    return revision


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


def _open(work: Work, document: Document, code: str, title: str, base: Revision | None) -> Revision:
    revision = Revision(
        document_id=document.id,
        code=code,
        title=title,
        issue_number=base.issue_number if base else 1,
        revision_number=base.revision_number + 1 if base else 0,
        base_sequence=base.sequence if base else None,
        created_at=work.now,
        **contents.author(work),
    )
    work.session.add(revision)
    work.session.flush()
    return revision


def _latest(work: Work, document: Document) -> Revision | None:
    issued = lookups.issued_revisions(work, document.id)
    return issued[-1] if issued else None


def _refuse_taken(work: Work, code: str, unit_id: int) -> None:
    other = work.session.scalar(
        select(Document)
        .join(Code)
        .where(Code.folded == fold_code(code), Code.unit_id == unit_id, Code.ends.is_(None))
    )
    if other is not None:
        raise CodeTaken(code=code, title=other.title)

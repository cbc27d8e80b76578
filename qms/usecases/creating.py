"""Creating: a document of our own begins, with a text typed here or a file made outside."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from qms.errors import NotFound, Refused, WrongUse
from qms.model.document import Code, Document, DocumentUnit
from qms.model.enums import DocumentType, MasterFormat
from qms.model.ids import clean, fold, fold_code, new_id
from qms.model.organisation import Field, Position, Unit
from qms.model.permissions import Act, Subject, allowed
from qms.usecases import contents, lookups
from qms.usecases.ports import Work


class CodeTaken(Refused):
    """The tool gives no code twice in a unit."""

    code = "code_taken"
    sentence = "Mã hiệu «{code}» đã dùng cho tài liệu «{title}»; hãy chọn mã khác."


class TitleNeeded(WrongUse):
    """A document has a name and a code."""

    code = "title_needed"
    sentence = "Cần nhập mã hiệu và tên tài liệu."


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
    work.allow(Act.DRAFT)
    # the transaction begins with the first question to the database: whatever is slow is read before
    reading = work.reader.read(data, name)
    unit = _home_of(work, new)
    document = _place(work, new, unit, reading.format)
    path = "content.docx" if reading.format is MasterFormat.DOCX else "content.md"
    return _first_draft(work, document, path, data, source_file=clean(name)[:300])


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
    revision = contents.new_revision(work, document, document.code, document.title, None)
    revision.source_file = source_file
    contents.put(work.session, revision, path, data)
    work.record("draft", document.id, code=document.code)
    work.commit()
    return document.id


def _refuse_taken(work: Work, code: str, unit_id: int) -> None:
    other = work.session.scalar(
        select(Document)
        .join(Code)
        .where(Code.folded == fold_code(code), Code.unit_id == unit_id, Code.ends.is_(None))
    )
    if other is not None:
        raise CodeTaken(code=code, title=other.title)

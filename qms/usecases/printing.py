"""Printing: a revision of any day on paper, with what tells its reader whether it still holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from qms.errors import NotFound, Refused
from qms.formats.press.sheet import Above, Answer, Sheet
from qms.model.check_codes import MAX_COPY, print_short_code
from qms.model.copies import ControlledCopy, CopyCameBack
from qms.model.document import Decision, Revision
from qms.model.enums import DayStatus, DecisionKind, DocumentType, IssuanceKind, PaperForm
from qms.model.permissions import Act
from qms.usecases import contents, lookups, notices, paper_standing
from qms.usecases.paper_standing import Standing, written
from qms.usecases.ports import Work

KINDS = {
    DocumentType.POLICY: "Chính sách",
    DocumentType.MANUAL: "Sổ tay",
    DocumentType.PROCEDURE: "Quy trình",
    DocumentType.INSTRUCTION: "Hướng dẫn",
    DocumentType.FORM: "Biểu mẫu",
}


class NoPdfHere(Refused):
    """A Word master on a machine without LibreOffice."""

    code = "no_pdf_here"
    sentence = (
        "{code}: soạn bằng Word, máy chủ chưa cài LibreOffice nên chưa in ra PDF; hãy tải bản Word để in."
    )


class NoWordHere(Refused):
    """A Markdown master asked for as a Word file."""

    code = "no_word_here"
    sentence = "{code}: tài liệu soạn trên hệ thống, không có bản Word; hãy tải bản PDF để in."


class NotPrintable(Refused):
    """A master that is neither text nor Word."""

    code = "not_printable"
    sentence = "{code}: chỉ có bản quét nên không dựng lại được để in; hãy tải và in tệp gốc."


@dataclass(frozen=True)
class Wanted:
    """Which print: its form, the revision (by day or sequence), the controlled copy; how this instance is reached."""

    address: str
    form: PaperForm = PaperForm.PDF
    on: date | None = None
    sequence: int | None = None
    copy: int | None = None


@dataclass(frozen=True)
class Paper:
    """A file to be printed."""

    name: str
    data: bytes


def paper(work: Work, code: str, wanted: Wanted) -> Paper:
    """Return a revision ready to be printed today; what is not in force says so on each page.

    Whoever may read what applies may print it; another revision is history; a controlled copy is handed out by those
    who keep them. Raises ``NoPdfHere``, ``NoWordHere``, ``NotPrintable``, ``NotFound``.
    """
    document = lookups.document(work, code)
    subject = lookups.subject_of(document)
    work.allow(Act.PRINT, subject)
    sequence = wanted.sequence or paper_standing.applying(work, document, wanted.on or work.today)
    if sequence is None:
        raise NotFound(what=f"bản áp dụng ngày {written(wanted.on or work.today)} của {document.code}")
    standing = paper_standing.of(work, document, sequence, work.today)
    if standing.status is not DayStatus.EFFECTIVE:
        work.allow(Act.READ_HISTORY, subject)
    if wanted.copy is not None:
        work.allow(Act.MANAGE_COPIES, subject)
    sheet = _sheet(work, standing, wanted)
    data = _printed(work, standing.revision, sheet, wanted.form)
    return Paper(_name(standing, wanted), data)


def _printed(work: Work, revision: Revision, sheet: Sheet, form: PaperForm) -> bytes:
    name, master = contents.issued_file(work, revision)
    if name.endswith(".md"):
        if form is PaperForm.DOCX:
            raise NoWordHere(code=revision.code)
        return work.press.pdf(master, sheet)
    if not name.endswith(".docx"):
        raise NotPrintable(code=revision.code)
    if form is PaperForm.DOCX:
        return work.press.stamped(master, sheet)
    if not work.press.prints_word:
        raise NoPdfHere(code=revision.code)
    return work.press.stamped_pdf(master, sheet)


def _sheet(work: Work, standing: Standing, wanted: Wanted) -> Sheet:
    document, revision, issuance = standing.document, standing.revision, standing.issuance
    mark, mark_line = standing.mark()
    shown = notices.above(work, document.id, work.today) if not mark else ()
    recorded = issuance.kind is IssuanceKind.RECORD and revision.printed_date
    path = f"/{wanted.copy}" if wanted.copy is not None else ""
    return Sheet(
        agency=document.issuer or lookups.root_unit(work).name,
        kind=KINDS[document.type],
        title=revision.title,
        code=revision.code or document.code,
        edition=standing.edition,
        issued_on=written(recorded or issuance.signed_on),
        effective_from=written(revision.effective_from),
        decision=standing.decision,
        copy_line=_copy_line(work, standing, wanted.copy),
        short_code=print_short_code(revision.short_code or "", wanted.copy),
        address=f"{wanted.address}/v/{revision.check_token}{path}",
        check_place=f"{wanted.address}/v",
        mark=mark,
        mark_line=mark_line,
        notices=tuple(Above(one.text, one.basis) for one in shown),
        answers=_answers(work, revision),
    )


def _copy_line(work: Work, standing: Standing, number: int | None) -> str:
    printed = f"in ngày {written(work.today)}"
    if number is None:
        return f"BẢN KHÔNG KIỂM SOÁT, {printed}"
    copy = work.session.scalar(
        select(ControlledCopy).where(
            ControlledCopy.document_id == standing.document.id,
            ControlledCopy.sequence == standing.revision.sequence,
            ControlledCopy.number == min(number, MAX_COPY),
        )
    )
    if copy is None:
        raise NotFound(what=f"bản kiểm soát số {number:02d} của {standing.document.code}")
    if copy.recalled_on is not None:
        raise CopyCameBack(number=f"{copy.number:02d}", day=copy.recalled_on)
    holder = f"{copy.holder} ({copy.place})" if copy.place else copy.holder
    return f"BẢN KIỂM SOÁT số {copy.number:02d}, người giữ: {holder}, {printed}"


def _answers(work: Work, revision: Revision) -> tuple[Answer, ...]:
    rows = work.session.scalars(
        select(Decision)
        .where(
            Decision.revision_id == revision.id,
            Decision.accepted,
            Decision.voided_at.is_(None),
            Decision.content_sha256 == revision.content_sha256,
        )
        .order_by(Decision.id)
    ).all()
    drafted = [Answer("Soạn thảo", revision.author_name, revision.author_position)]
    did = ((DecisionKind.REVIEW, "Xem xét"), (DecisionKind.APPROVAL, "Phê duyệt"))
    decided = [
        Answer(words, row.person_name, row.position_name)
        for kind, words in did
        for row in rows
        if row.kind is kind
    ]
    return (*(drafted if revision.author_name else ()), *decided)


def _name(standing: Standing, wanted: Wanted) -> str:
    copy = f" (bản kiểm soát {wanted.copy:02d})" if wanted.copy is not None else ""
    code = standing.revision.code or standing.document.code
    return f"{code} lần {standing.revision.label}{copy}.{wanted.form.value}"

"""Papers from the record, each filled from a replaceable Word template: registers, requests, lists to be signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from qms.errors import NotFound
from qms.formats.refusals import Unacceptable
from qms.formats.tables import write_xlsx
from qms.model.document import Revision
from qms.model.enums import ImpactDecision, RevisionState
from qms.model.issuance import Issuance
from qms.model.lifecycle import in_force, revision_period
from qms.model.organisation import Assignment, Person
from qms.model.permissions import Act
from qms.usecases import change_edits, change_items, change_lines, contents, exporting, letterheads
from qms.usecases.change_proof import ProofLine
from qms.usecases.law_external import ExternalLine
from qms.usecases.letterheads import DOTS, Paper, edition, spoken
from qms.usecases.ports import Work
from qms.usecases.registering import RegisterLine

RECORDS_HEAD = ("Tên hồ sơ", "Theo quy trình", "Nơi lưu, người lưu", "Thời gian lưu", "Ghi chú")
REVISIONS_HEAD = (
    "Mã hiệu",
    "Tên tài liệu",
    "Lần ban hành",
    "Tóm lược nội dung sửa đổi",
    "Quyết định",
    "Ngày ký",
    "Ngày hiệu lực",
)
NOT_READ = "Chưa đọc được tệp, xem bằng mắt"

_FORMS = {ImpactDecision.RETIRE: "Ngừng áp dụng"}


def internal(
    work: Work, lines: Iterable[RegisterLine], words: Mapping[str, str], on: date | None = None
) -> Paper:
    """Return the list of internal documents on a day; ``words`` says closed values in the reader's language."""
    work.allow(Act.READ_REGISTER)
    rows = [
        {
            "ma_hieu": line.code,
            "ten": line.title,
            "loai": words.get(line.type, line.type),
            "don_vi": line.unit,
            "lan": edition(*map(int, line.revision.split("."))),
            "hieu_luc": spoken(line.effective_from),
            "quyet_dinh": line.issued_by,
            "tinh_trang": words.get(line.status, line.status),
            "han_soat_xet": spoken(line.review_due),
        }
        for line in lines
    ]
    return _list(work, "danh-muc-tai-lieu-noi-bo", "Danh mục tài liệu nội bộ", rows, on)


def external(
    work: Work, lines: Iterable[ExternalLine], words: Mapping[str, str], on: date | None = None
) -> Paper:
    """Return the list of external documents on a day; ``words`` as for ``internal``."""
    work.allow(Act.READ_LAW)
    rows = [
        {
            "so": line.instrument.number,
            "ten": line.instrument.title,
            "loai": line.instrument.type,
            "co_quan": line.instrument.issuer,
            "hieu_luc": spoken(line.instrument.effective),
            "tinh_trang": exporting.said(line, words),
            "don_vi": "; ".join(line.units),
            "ra_soat": spoken(line.reviewed),
        }
        for line in lines
    ]
    return _list(work, "danh-muc-tai-lieu-ben-ngoai", "Danh mục tài liệu bên ngoài", rows, on)


def records(work: Work, on: date | None = None, *, sheet: bool = False) -> Paper:
    """Return the list of records that the documents in force ask to keep, as they print keeper and time.

    A document that cannot be read has a line that says so: none is left out in silence. ``sheet`` asks for XLSX.
    """
    work.allow(Act.READ_REGISTER)
    revisions = work.session.scalars(
        select(Revision)
        .join(revision_period, revision_period.c.revision_id == Revision.id)
        .where(in_force(on or work.today))
        .order_by(Revision.code, Revision.document_id)
    )
    rows = [row for revision in revisions for row in _records(work, revision)]
    if sheet:
        return _sheet("Danh mục hồ sơ", RECORDS_HEAD, rows, on or work.today)
    return _list(work, "danh-muc-ho-so", "Danh mục hồ sơ", rows, on)


def revisions(work: Work, on: date | None = None, *, sheet: bool = False) -> Paper:
    """Return the table that follows the amendments of all documents: every edition issued up to a day.

    ``sheet`` asks for XLSX.
    """
    work.allow(Act.READ_HISTORY)
    found = work.session.execute(
        select(Revision, Issuance)
        .join(Issuance, Issuance.id == Revision.issuance_id)
        .where(Revision.state == RevisionState.ISSUED, Issuance.signed_on <= (on or work.today))
        .order_by(Revision.code, Revision.document_id, Revision.sequence)
    )
    rows = [
        {
            "ma_hieu": revision.code,
            "ten": revision.title,
            "lan": edition(revision.issue_number, revision.revision_number),
            "tom_luoc": revision.change_note or ("Ban hành lần đầu" if revision.sequence == 1 else ""),
            "quyet_dinh": issuance.number or "",
            "ngay_ky": spoken(issuance.signed_on),
            "hieu_luc": spoken(revision.effective_from),
        }
        for revision, issuance in found
    ]
    if sheet:
        return _sheet("Bảng theo dõi sửa đổi", REVISIONS_HEAD, rows, on or work.today)
    return _list(work, "bang-theo-doi-sua-doi", "Bảng theo dõi sửa đổi", rows, on)


def updates(work: Work, lines: Iterable[ProofLine], year: int, words: Mapping[str, str]) -> Paper:
    """Return the table that follows how changes of law of a year were taken up (Circular 26/2014, art. 36.2d)."""
    work.allow(Act.READ_CHANGES)
    rows = [
        {
            "van_ban": line.instrument,
            "hieu_luc": spoken(line.starts),
            "han": spoken(line.deadline),
            "ma_hieu": line.code,
            "ten": line.title,
            "cap_nhat": spoken(line.updated),
            "quyet_dinh": line.decision,
            "ket_qua": words.get(line.outcome, line.outcome),
            "ly_do": line.reason,
        }
        for line in lines
    ]
    values = {"dong": rows, "nam": str(year)}
    return letterheads.made(work, "bang-theo-doi-cap-nhat", f"Bảng theo dõi cập nhật văn bản {year}", values)


def request(work: Work, change_id: str, document_id: str) -> Paper:
    """Return the request to amend one document, filled from the change of law that reaches it."""
    work.allow(Act.READ_CHANGES)
    change = change_items.change(work, change_id)
    item = change_items.item(work, change, document_id)
    line = next(
        one for one in change_lines.lines(work, change, work.today) if one.document == item.document_id
    )
    values = {
        "nguoi_de_nghi": work.actor.name if work.actor.signed_in else DOTS,
        "don_vi": line.unit,
        "ten": line.title,
        "ma_hieu": line.code,
        "lan": f"lần ban hành {edition(*map(int, line.revision.split('.')))}" if line.revision else DOTS,
        "hinh_thuc": _FORMS.get(line.decision, "Sửa đổi, bổ sung") if line.decision else "Sửa đổi, bổ sung",
        "ly_do": change_edits.in_words(work, change.instrument_key, change.instrument_issuer),
        "tac_dong": "; ".join(filter(None, (*line.citations, *line.notes))) or DOTS,
        "noi_dung": line.reason
        or change_edits.change_note(work, change, change_items.texts(item, "targets")),
        "hieu_luc": spoken(line.starts) or DOTS,
        "han": spoken(line.deadline) or DOTS,
        "phu_trach": line.owner or DOTS,
    }
    return letterheads.made(work, "phieu-de-nghi-sua-doi", f"Phiếu đề nghị sửa đổi {line.code}", values)


def informed(work: Work, issuance_id: str) -> Paper:
    """Return the list on which people sign that they were told of the documents of one decision."""
    work.allow(Act.READ_ISSUANCES)
    issuance = work.session.get(Issuance, issuance_id, options=[selectinload(Issuance.items)])
    if issuance is None:
        raise NotFound(what="quyết định này")
    documents = {item.document_id for item in issuance.items}
    rows = work.session.scalars(
        select(Revision)
        .where(Revision.document_id.in_(documents), Revision.issuance_id == issuance.id)
        .order_by(Revision.code)
    ).all()
    number = f"Quyết định số {issuance.number}" if issuance.number else "quyết định ban hành"
    values = {
        "quyet_dinh": f"{number} ngày {spoken(issuance.signed_on)}",
        "hieu_luc": spoken(issuance.effective_from),
        "dong": [_document(row) for row in rows],
        "co_thay_the": any(row.base_sequence is not None for row in rows),
        "nguoi": _people(work),
    }
    name = f"Danh sách phổ biến {(issuance.number or issuance.id).replace('/', '-')}"
    return letterheads.made(work, "danh-sach-pho-bien", name, values)


def _list(work: Work, template: str, name: str, rows: Sequence[Mapping[str, str]], on: date | None) -> Paper:
    day = on or work.today
    return letterheads.made(work, template, f"{name} {day}", {"dong": rows, "tinh_den": spoken(day)})


def _sheet(name: str, head: Sequence[str], rows: Sequence[Mapping[str, str]], day: date) -> Paper:
    numbered = [(number, *row.values()) for number, row in enumerate(rows, 1)]
    return Paper(f"{name} {day}.xlsx", write_xlsx(("STT", *head), numbered, name))


def _records(work: Work, revision: Revision) -> list[dict[str, str]]:
    try:
        found = contents.read_master(work, *contents.issued_file(work, revision)).anatomy.records
    except Unacceptable:
        return [_record(revision, "", note=NOT_READ)]
    return [_record(revision, one.name, one.keeper, one.retention) for one in found]


def _record(
    revision: Revision, name: str, keeper: str = "", kept: str = "", note: str = ""
) -> dict[str, str]:
    return {"ten": name, "ma_hieu": revision.code, "noi_luu": keeper, "thoi_gian": kept, "ghi_chu": note}


def _document(revision: Revision) -> dict[str, str]:
    return {
        "ma_hieu": revision.code,
        "ten": revision.title,
        "lan": edition(revision.issue_number, revision.revision_number),
        "thay_the": "Lần ban hành trước" if revision.base_sequence else "Ban hành mới",
        "tom_luoc": revision.change_note or "",
    }


def _people(work: Work) -> list[dict[str, str]]:
    people = work.session.scalars(
        select(Person)
        .where(Person.active)
        .options(selectinload(Person.assignments).joinedload(Assignment.position))
        .order_by(Person.name)
    )
    found = []
    for person in people:
        position = person.position_on(work.today)
        found.append({"ten": person.name, "chuc_vu": position.name if position else "", "ngay": "", "ky": ""})
    return found

"""Exporting: the lists of the register as files for a spreadsheet or Word. Nothing is asked or kept here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from qms.formats.tables import write_csv, write_xlsx

if TYPE_CHECKING:
    from qms.usecases.change_proof import ProofLine
    from qms.usecases.legislating import InstrumentLine
    from qms.usecases.registering import RegisterLine

REGISTER_HEAD = (
    "Mã hiệu",
    "Tên tài liệu",
    "Loại",
    "Cơ quan ban hành",
    "Đơn vị",
    "Lĩnh vực",
    "Lần ban hành",
    "Tình trạng",
    "Hiệu lực từ",
    "Hiệu lực đến",
    "Quyết định",
    "Hạn xem xét",
    "Tệp gốc",
    "Mã định danh",
)
EXTERNAL_HEAD = (
    "Số, ký hiệu",
    "Loại",
    "Trích yếu",
    "Cơ quan ban hành",
    "Ngày ban hành",
    "Ngày hiệu lực",
    "Tình trạng",
    "Số tài liệu viện dẫn",
)

PROOF_HEAD = (
    "Văn bản",
    "Trích yếu văn bản",
    "Hiệu lực từ",
    "Hạn cập nhật",
    "Mã hiệu",
    "Tên tài liệu",
    "Áp dụng bản mới từ",
    "Quyết định",
    "Ngày ký",
    "Kết quả",
    "Số ngày trễ hạn",
    "Số ngày chưa theo luật",
    "Lý do, ghi chú",
    "Người quyết định",
)


class SheetFormat(StrEnum):
    """A file that people open in their office programs."""

    XLSX = "xlsx"
    CSV = "csv"
    DOCX = "docx"


def register(lines: Iterable[RegisterLine], form: SheetFormat, words: Mapping[str, str]) -> bytes:
    """Return the master list of documents as a file; ``words`` says closed values in the reader's language."""
    rows = [
        (
            line.code,
            line.title,
            words.get(line.type, line.type),
            line.issuer,
            line.unit,
            line.field,
            line.revision,
            words.get(line.status, line.status),
            line.effective_from,
            line.effective_until,
            line.issued_by,
            line.review_due,
            line.source_file,
            line.document,
        )
        for line in lines
    ]
    return _sheet(REGISTER_HEAD, rows, form, "Danh mục tài liệu")


def external(lines: Iterable[InstrumentLine], form: SheetFormat, words: Mapping[str, str]) -> bytes:
    """Return the list of external documents as a file; ``words`` as for ``register``."""
    rows = [
        (
            line.number,
            line.type,
            line.title,
            line.issuer,
            line.issued,
            line.effective,
            words.get(line.standing.status, line.standing.status),
            line.cited_by,
        )
        for line in lines
    ]
    return _sheet(EXTERNAL_HEAD, rows, form, "Tài liệu bên ngoài")


def proof(lines: Iterable[ProofLine], form: SheetFormat, words: Mapping[str, str]) -> bytes:
    """Return the proof table of changes of law as a file; ``words`` as for ``register``."""
    rows = [
        (
            line.instrument,
            line.instrument_title,
            line.starts,
            line.deadline,
            line.code,
            line.title,
            line.updated,
            line.decision,
            line.signed,
            words.get(line.outcome, line.outcome),
            line.days_late or None,
            line.gap_days or None,
            line.reason,
            line.person,
        )
        for line in lines
    ]
    title = "Bảng theo dõi cập nhật văn bản quy phạm pháp luật"
    return _sheet(PROOF_HEAD, rows, form, title if form is SheetFormat.DOCX else "Theo dõi cập nhật VBQPPL")


def _sheet(head: Sequence[str], rows: Sequence[Sequence[object]], form: SheetFormat, title: str) -> bytes:
    if form is SheetFormat.DOCX:
        from qms.formats.docx.listing import write_listing

        return write_listing(title, head, rows)
    return write_xlsx(head, rows, title) if form is SheetFormat.XLSX else write_csv(head, rows)

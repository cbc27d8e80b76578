"""Exporting: the lists of the register as files for a spreadsheet or Word. Nothing is asked or kept here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from qms.formats.tables import write_csv, write_xlsx
from qms.model.enums import ImportMatch, InstrumentStatus

if TYPE_CHECKING:
    from qms.usecases.change_proof import ProofLine
    from qms.usecases.copies import CopyLine
    from qms.usecases.law_external import ExternalLine
    from qms.usecases.package_rows import Row
    from qms.usecases.packages import PackagePage
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
    "Số hiệu",
    "Tên văn bản",
    "Phân loại",
    "Cơ quan ban hành",
    "Ngày hiệu lực",
    "Tình trạng",
    "Đơn vị theo dõi",
    "Rà soát gần nhất",
)
"""Columns of ``domain.md`` §3; «STT» stands before them."""

COPIES_HEAD = (
    "Mã hiệu",
    "Tên tài liệu",
    "Lần ban hành",
    "Bản số",
    "Người giữ",
    "Nơi để",
    "Ngày phát",
    "Người phát",
    "Ngày thu hồi",
    "Kết quả",
    "Ghi chú",
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


PACKAGE_HEAD = (
    "Tệp",
    "Kết quả đối chiếu",
    "Nhận biết bằng",
    "Mã hiệu",
    "Tên tài liệu",
    "Cơ quan ban hành",
    "Lần ban hành",
    "Ngày ghi trên bìa",
    "Tài liệu đang quản lý",
    "Lưu ý",
)
ABSENT = "Không có trong gói"


_UNDATED = (InstrumentStatus.IN_FORCE, InstrumentStatus.UNKNOWN)
"""What needs no day: it holds, or nobody knows."""


class SheetFormat(StrEnum):
    """A file that people open in their office programs."""

    XLSX = "xlsx"
    CSV = "csv"
    DOCX = "docx"


class TableFormat(StrEnum):
    """A file from which the register can be read again."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


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


def external(lines: Iterable[ExternalLine], form: SheetFormat, words: Mapping[str, str], on: date) -> bytes:
    """Return the list of external documents as a file, days as people write them; ``words`` as for ``register``."""
    rows = [
        (
            line.instrument.number,
            line.instrument.title,
            line.instrument.type,
            line.instrument.issuer,
            _spoken(line.instrument.effective),
            said(line, words),
            "; ".join(line.units),
            _spoken(line.reviewed),
        )
        for line in lines
    ]
    title = f"Danh mục tài liệu bên ngoài (ngày {on:%d/%m/%Y})"
    if form is SheetFormat.DOCX:
        return _sheet(EXTERNAL_HEAD, rows, form, title)
    numbered = [(number, *row) for number, row in enumerate(rows, 1)]
    return _sheet(("STT", *EXTERNAL_HEAD), numbered, form, "Tài liệu bên ngoài")


def said(line: ExternalLine, words: Mapping[str, str]) -> str:
    """Return how an external document stands in one line, with what ended or changed it named.

    "Hết hiệu lực từ 01/07/2025, thay thế bởi 118/2025/NĐ-CP".
    """
    standing = line.instrument.standing
    text = words.get(standing.status, standing.status)
    if not line.registered:
        return f"{text} (chưa có trong sổ)"
    if standing.since is not None and standing.status not in _UNDATED:
        since = f"từ {standing.since:%d/%m/%Y}"
        text += f" ({since})" if standing.status is InstrumentStatus.FUTURE else f" {since}"
    if standing.because:
        cause = words.get(line.cause, "").lower() if line.cause else ""
        text += f", {cause} bởi {standing.because}" if cause else f", do {standing.because}"
    doubtful = standing.doubts and standing.status is not InstrumentStatus.EXPIRED
    return f"{text} (cần xem lại)" if doubtful else text


def law(rows: Iterable[Sequence[object]], head: Sequence[str], form: TableFormat) -> bytes:
    """Return rows of the legal register as a file that can be taken in again."""
    if form is TableFormat.JSONL:
        return _json_lines(head, rows)
    return write_xlsx(head, rows, "Sổ văn bản") if form is TableFormat.XLSX else write_csv(head, rows)


def _json_lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    lines = (
        {name: str(value) for name, value in zip(head, row, strict=True) if value not in (None, "")}
        for row in rows
    )
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()


def package(page: PackagePage, form: SheetFormat, words: Mapping[str, str]) -> bytes:
    """Return the matrix of a package as a file, with what was not in it; ``words`` as for ``register``."""
    rows: list[Sequence[object]] = [
        (
            row.name,
            _placed(row, words),
            row.how,
            row.candidate.code,
            row.candidate.title,
            row.candidate.issuer,
            row.candidate.anatomy.issue_number or "",
            row.candidate.reading_date,
            row.of_title,
            " ".join(doubt.message for doubt in row.candidate.warnings),
        )
        for row in page.rows
    ]
    rows += [
        ("", ABSENT, "", line.code, line.title, line.issuer, "", None, line.title, "") for line in page.absent
    ]
    return _sheet(PACKAGE_HEAD, rows, form, "Đối chiếu gói tài liệu")


def _placed(row: Row, words: Mapping[str, str]) -> str:
    """Return where a file of a package stands; of what was taken in, whether it was new."""
    standing = words.get(row.standing, row.standing)
    if row.issuance_id and row.candidate.match:
        return f"{standing} ({'thay thế' if row.candidate.match is ImportMatch.NEXT_REVISION else 'mới'})"
    return standing


def _spoken(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


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


def copies(lines: Iterable[CopyLine], form: SheetFormat, words: Mapping[str, str]) -> bytes:
    """Return the book of controlled copies (sổ phân phối, thu hồi) as a file."""
    rows = [
        (
            line.code,
            line.title,
            line.edition,
            f"{line.number:02d}",
            line.holder,
            line.place,
            line.given_on,
            line.given_by,
            line.recalled_on,
            words.get(line.fate, line.fate) if line.fate else ("phải thu hồi" if line.to_recall else ""),
            line.note,
        )
        for line in lines
    ]
    return _sheet(COPIES_HEAD, rows, form, "Sổ phân phối, thu hồi tài liệu")


def _sheet(head: Sequence[str], rows: Sequence[Sequence[object]], form: SheetFormat, title: str) -> bytes:
    if form is SheetFormat.DOCX:
        from qms.formats.docx.listing import write_listing

        return write_listing(title, head, rows)
    return write_xlsx(head, rows, title) if form is SheetFormat.XLSX else write_csv(head, rows)

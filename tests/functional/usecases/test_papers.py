"""Papers filled from the record: what stands on them, what is refused, and that an agency may bring its own."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import docx
import pytest

from qms.bootstrap import QMS
from qms.errors import Forbidden, NotFound
from qms.formats.papers import MissingField
from qms.usecases import (
    change_proof,
    comparing,
    issuances,
    law_external,
    papers,
    registering,
    signing_sets,
)
from qms.usecases.letterheads import Paper
from tests import house
from tests.functional.usecases.test_changes import one, opened

BODY = "Bước 1. Tiếp nhận hồ sơ.\n\nBước 2. Trả kết quả."


def words(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    found = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        for row in table.rows:
            found.append(" | ".join(dict.fromkeys(cell.text for cell in row.cells)))
    return "\n".join(found)


def approved(qms: QMS, code: str = "QT-01") -> str:
    document = house.next_draft(qms, code, "Bước 1. Tiếp nhận hồ sơ trực tuyến.")
    house.approve(qms, code)
    return document


def signing(qms: QMS, *codes: str, by: str = "vanthu") -> dict[str, str]:
    with qms.reading(qms.shell(by)) as work:
        made = signing_sets.signing_set(work, codes)
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        return {name: words(archive.read(name)) for name in archive.namelist()}


def test_the_list_of_internal_documents_has_every_document_under_the_letterhead(qms: QMS) -> None:
    house.issued(qms)
    with qms.reading(qms.shell("doc")) as work:
        made = papers.internal(work, registering.register(work), {"effective": "Đang áp dụng"})
    text = words(made.data)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "1 | QT-01 | Đăng ký thử nghiệm" in text
    assert "145/QĐ-UBND | Đang áp dụng" in text
    assert "(Tính đến ngày 25/11/2026)" in text
    assert not re.search(r"\{[{%]|[%}]\}", text)


def test_the_list_of_external_documents_says_how_each_stands(qms: QMS) -> None:
    one(qms)
    with qms.reading(qms.shell("doc")) as work:
        text = words(papers.external(work, law_external.external(work), {}).data)
    assert "123/2015/NĐ-CP" in text


def test_records_to_keep_are_listed_and_what_cannot_be_read_is_said(qms: QMS) -> None:
    table = "## 7. HỒ SƠ LƯU\n\n| TT | Tên hồ sơ | Nơi lưu | Thời gian lưu |\n|---|---|---|---|\n"
    house.issued(qms, body=f"Bước 1.\n\n{table}| 1 | Sổ theo dõi | Văn thư | 05 năm |\n")
    with qms.reading(qms.shell("doc")) as work:
        text = words(papers.records(work).data)
        sheet = papers.records(work, sheet=True)
    assert "1 | Sổ theo dõi | QT-01 | Văn thư | 05 năm" in text
    assert sheet.name.endswith(".xlsx")
    assert sheet.data[:2] == b"PK"


def test_every_edition_stands_in_the_table_of_amendments(qms: QMS) -> None:
    house.issued(qms, by=house.decision(signed=date(2026, 1, 5)))
    house.next_draft(qms, "QT-01", BODY)
    house.approve(qms, "QT-01")
    house.issue(qms, "QT-01", by=house.decision("146/QĐ-UBND"))
    with qms.reading(qms.shell("doc")) as work:
        rows = [line for line in words(papers.revisions(work).data).splitlines() if "QT-01" in line]
        early = words(papers.revisions(work, date(2026, 2, 1)).data)
    assert len(rows) == 2
    assert "Sửa theo quy định mới." in rows[1]
    assert "146/QĐ-UBND" not in early


def test_the_table_of_updates_is_that_of_the_year(qms: QMS) -> None:
    one(qms)
    opened(qms)
    with qms.reading(qms.shell("doc")) as work:
        lines = change_proof.proof_of_year(work, 2026)
        text = words(papers.updates(work, lines, 2026, {}).data)
    assert "300/2026/NĐ-CP | 01/10/2026 | 01/01/2027 | QT-01" in text


def test_a_request_is_filled_from_the_change_of_law(qms: QMS) -> None:
    document = one(qms)
    change = opened(qms)
    with qms.reading(qms.shell("thuky")) as work:
        text = words(papers.request(work, change, document).data)
    assert "PHIẾU ĐỀ NGHỊ SỬA ĐỔI TÀI LIỆU" in text
    assert "Đăng ký thử nghiệm (QT-01), lần ban hành 01" in text
    assert "300/2026/NĐ-CP" in text
    assert "Hạn cập nhật | 01/01/2027" in text


def test_people_sign_that_they_were_told_of_a_decisions_documents(qms: QMS) -> None:
    house.issued(qms)
    with qms.reading(qms.shell("vanthu")) as work:
        (line,) = issuances.listing(work)
        text = words(papers.informed(work, line.id).data)
        with pytest.raises(NotFound):
            papers.informed(work, "khongco1")
    assert "Quyết định số 145/QĐ-UBND ngày 25/11/2026" in text
    assert "Trần Văn Ví Dụ" in text


def test_what_is_put_before_the_head_has_three_papers_and_no_number(qms: QMS) -> None:
    house.issued(qms)
    approved(qms)
    found = signing(qms, "QT-01")
    assert list(found) == ["1. Tờ trình.docx", "2. Dự thảo quyết định.docx", "Bảng so sánh QT-01.docx"]
    decision = found["2. Dự thảo quyết định.docx"]
    assert re.search(r"Số: +/QĐ-UBND", decision)
    assert "QT-01 | Đăng ký thử nghiệm | 01 - sửa đổi 01 | Lần ban hành 01" in decision
    assert "Điều 3." in decision
    assert "Sửa theo quy định mới." in found["1. Tờ trình.docx"]
    assert "trực tuyến" in found["Bảng so sánh QT-01.docx"]


def test_what_nobody_approved_is_not_put_before_the_head(qms: QMS) -> None:
    house.draft(qms)
    with pytest.raises(signing_sets.NotApproved):
        signing(qms, "QT-01")
    with pytest.raises(signing_sets.NothingChosen):
        signing(qms)


def test_those_who_may_not_read_a_draft_get_no_set_of_it(qms: QMS) -> None:
    house.issued(qms)
    approved(qms)
    with pytest.raises((Forbidden, NotFound)):
        signing(qms, "QT-01", by="doc")


def compared(qms: QMS, code: str = "QT-01", by: str = "soan") -> Paper:
    with qms.reading(qms.shell(by)) as work:
        return comparing.table(work, code)


def test_a_draft_is_compared_with_what_it_was_made_from(qms: QMS) -> None:
    house.issued(qms)
    house.next_draft(qms, "QT-01", "Bước 1. Tiếp nhận hồ sơ trực tuyến.")
    document = docx.Document(io.BytesIO(compared(qms).data))
    (row,) = [row for row in document.tables[1].rows if "trực tuyến" in row.cells[1].text]
    marks = {run.text.strip(): bool(run.bold and run.underline) for run in row.cells[1].paragraphs[0].runs}
    assert marks["Bước 1. Tiếp nhận hồ"] is False
    assert any(marked for text, marked in marks.items() if "trực tuyến" in text)
    section = document.sections[0]
    assert section.page_width > section.page_height


def test_without_a_draft_the_last_edition_is_compared_with_the_one_before(qms: QMS) -> None:
    house.issued(qms, by=house.decision(signed=date(2026, 1, 5)))
    with pytest.raises(NotFound):
        compared(qms)
    approved(qms)
    house.issue(qms, "QT-01", by=house.decision("146/QĐ-UBND"))
    assert "trực tuyến" in words(compared(qms, by="doc").data)


def test_an_agency_brings_its_own_template_and_a_field_that_is_missing_is_named(qms: QMS) -> None:
    folder = qms.config.home / "templates"
    folder.mkdir()
    for content, expected in (("Của {{ co_quan }}", None), ("{{ khong_co }}", "khong_co")):
        own = docx.Document()
        own.add_paragraph(content)
        own.save(str(folder / "danh-muc-ho-so.docx"))
        with qms.reading(qms.shell("doc")) as work:
            if expected is None:
                assert words(papers.records(work).data).startswith("Của ")
            else:
                with pytest.raises(MissingField, match=expected):
                    papers.records(work)

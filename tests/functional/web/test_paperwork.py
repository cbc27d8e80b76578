"""Papers from the record on the screen: one button each, and what changed told before the redline."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from qms.bootstrap import QMS
from tests import house
from tests.conftest import ROOT
from tests.functional.web.conftest import Browser

Browse = Callable[..., Browser]
STEPS = (
    "## 5. NỘI DUNG\n\nk. Quy trình xử lý công việc:\n\n"
    "| TT | Trình tự các bước | Trách nhiệm | Thời gian |\n|---|---|---|---|\n"
    "| 1 | Tiếp nhận hồ sơ | {who} | 1 ngày |\n"
)


def revised(qms: QMS) -> str:
    """Issue a procedure and have its next revision wait for a decision."""
    document = house.issued(qms, body=STEPS.format(who="Bộ phận Một cửa"))
    house.next_draft(qms, "QT-01", STEPS.format(who="Trung tâm Phục vụ hành chính công"))
    house.approve(qms, "QT-01")
    return document


def test_the_page_leads_to_every_paper_that_a_person_may_have(qms: QMS, browse: Browse) -> None:
    revised(qms)
    browser = browse("vanthu")
    assert 'href="/papers"' in browser.get("/register").text
    page = browser.get("/papers").text
    for words in ("Danh mục hồ sơ", "Bảng theo dõi sửa đổi", "Danh sách phổ biến, ký nhận", "Bộ trình ký"):
        assert words in page
    for path in ("internal.docx", "external.docx", "records.docx", "revisions.xlsx", "updates/2026.docx"):
        answer = browser.get(f"/papers/{path}")
        assert answer.status_code == 200, path
        assert answer.data[:2] == b"PK"


def test_a_stranger_in_the_office_sees_registers_only(qms: QMS, browse: Browse) -> None:
    page = browse("doc").get("/papers").text
    assert "Danh mục tài liệu nội bộ" in page
    assert "Chưa có bản nào đã duyệt" in page


def test_the_chosen_drafts_come_as_one_archive(qms: QMS, browse: Browse) -> None:
    document = revised(qms)
    answer = browse("vanthu").get(f"/papers/signing.zip?documents={document}")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert len(archive.namelist()) == 3


def test_who_drafts_takes_the_table_too(qms: QMS, browse: Browse) -> None:
    house.issued(qms)
    document = house.next_draft(qms, "QT-01", "Bước 1. Tiếp nhận trực tuyến.")
    page = browse("soan").get(f"/documents/{document}/draft").text
    assert page.count(f"/documents/{document}/compare.docx") == 1


def test_an_unknown_form_or_year_is_not_found(qms: QMS, browse: Browse) -> None:
    browser = browse("vanthu")
    assert browser.get("/papers/records.exe").status_code == 404
    assert browser.get("/papers/updates/99999.docx").status_code == 404


def test_who_decides_reads_what_changed_before_the_redline_and_takes_the_table(
    qms: QMS, browse: Browse
) -> None:
    document = revised(qms)
    browser = browse("chutich")
    page = browser.get(f"/approvals/{document}").text
    assert page.index("Tóm tắt thay đổi") < page.index("gạch ngang, nền đỏ")
    assert "<del>Bộ phận Một cửa</del> → <ins>Trung tâm Phục vụ hành chính công</ins>" in page
    assert browser.get(f"/documents/{document}/compare.docx").data[:2] == b"PK"
    house.issue(qms, "QT-01", by=house.decision("146/QĐ-UBND"))
    redline = browser.get(f"/documents/{document}/redline?old=1&new=2").text
    assert "<del>Bộ phận Một cửa</del> → <ins>" in redline


def test_words_changed_inside_a_table_cell_are_marked_there_for_eye_and_ear(qms: QMS, browse: Browse) -> None:
    document = revised(qms)
    page = browse("chutich").get(f"/approvals/{document}").text
    (cell,) = [cell for cell in page.split("<td")[1:] if "<ins" in cell.split("</td>")[0]]
    assert "<del>Bộ phận Một cửa</del><ins>Trung tâm Phục vụ hành chính công</ins></td>" in cell
    style = (ROOT / "qms" / "web" / "static" / "qms.css").read_text()
    assert 'ins::before { content: "[thêm: "; }' in style, "told to those who do not see the colours"

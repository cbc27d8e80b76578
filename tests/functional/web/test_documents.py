"""Finding and reading: what applies on a day, what was, what will be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import unquote

from qms.bootstrap import QMS
from tests import house
from tests.functional.web.conftest import Browser

Browse = Callable[..., Browser]


def two_revisions(qms: QMS) -> str:
    """Return a document of which the first revision applied until the second took effect."""
    document = house.issued(qms, by=house.decision("10/QĐ-UBND", date(2026, 3, 2)))
    house.next_draft(qms, "QT-01", "Bước 1. Tiếp nhận hồ sơ trực tuyến.")
    house.approve(qms, "QT-01")
    house.issue(qms, "QT-01", by=house.decision("20/QĐ-UBND", date(2026, 6, 1)))
    return document


def test_one_search_without_marks_leads_to_the_document(qms: QMS, browse: Browse) -> None:
    document = house.issued(qms)
    page = browse("doc").get("/search?q=dang+ky+thu+nghiem").text
    assert f"/documents/{document}" in page
    assert "Đang áp dụng" in page
    assert f"/documents/{document}/files/1" in page


def test_the_office_reads_without_signing_in(qms: QMS, browse: Browse) -> None:
    document = house.issued(qms)
    config = qms.config.model_copy(update={"office_networks": ("192.0.2.0/24",)})
    object.__setattr__(qms, "config", config)
    browser = browse(address="192.0.2.55")
    assert browser.get(f"/documents/{document}").status_code == 200
    assert "Lịch sử" not in browser.get(f"/documents/{document}").text
    assert browse().get(f"/documents/{document}").status_code == 302


def test_the_day_of_the_file_decides_which_text_is_shown(qms: QMS, browse: Browse) -> None:
    document = two_revisions(qms)
    browser = browse("doc")
    assert "trực tuyến" in browser.get(f"/documents/{document}").text
    for day in ("2026-04-01", "01/04/2026"):
        old = browser.get(f"/documents/{document}", query_string={"on": day}).text
        assert "trực tuyến" not in old.partition("Lịch sử")[0]
        assert "01/04/2026" in old
    assert "không có bản nào áp dụng" in browser.get(f"/documents/{document}?on=2026-01-01").text


def test_a_day_that_is_none_is_told(qms: QMS, browse: Browse) -> None:
    document = house.issued(qms)
    answer = browse("doc").get(f"/documents/{document}?on=2026-13-45")
    assert answer.status_code == 422
    assert "không phải là ngày hợp lệ" in answer.text


def test_an_old_revision_says_in_words_that_it_no_longer_holds(qms: QMS, browse: Browse) -> None:
    document = two_revisions(qms)
    page = browse("doc").get(f"/documents/{document}/revisions/1").text
    assert "HẾT HIỆU LỰC" in page
    assert "02/03/2026 đến hết 31/05/2026" in page


def test_the_redline_marks_what_came_and_went(qms: QMS, browse: Browse) -> None:
    document = two_revisions(qms)
    page = browse("doc").get(f"/documents/{document}/redline?old=1&new=2").text
    assert "<ins>" in page.partition("<article")[2]


def test_the_file_comes_under_its_own_name(qms: QMS, browse: Browse) -> None:
    document = house.issued(qms)
    answer = browse("doc").get(f"/documents/{document}/files/1")
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "Đăng ký thử nghiệm" in answer.get_data(as_text=True)


def test_a_code_on_paper_leads_to_its_document(qms: QMS, browse: Browse) -> None:
    document = house.issued(qms, code="QT 01/TN")
    assert browse("doc").get("/d/QT 01/TN").headers["Location"] == f"/documents/{document}"
    assert browse("doc").get("/d/KHONG-CO").status_code == 404
    asked = browse("doc").get("/d/QT 01/TN?on=2026-01-01").headers["Location"]
    assert asked == f"/documents/{document}?on=2026-01-01"


def test_the_vietnamese_address_leads_to_the_search(browse: Browse) -> None:
    assert browse("doc").get("/tra-cuu?q=khai+sinh").headers["Location"] == "/search?q=khai+sinh"


def test_the_register_stands_as_of_a_day(qms: QMS, browse: Browse) -> None:
    two_revisions(qms)
    browser = browse("doc")
    assert "20/QĐ-UBND" in browser.get("/register").text
    assert "10/QĐ-UBND" in browser.get("/register?on=2026-04-01").text


def test_the_register_comes_as_a_file_under_a_vietnamese_name(qms: QMS, browse: Browse) -> None:
    house.issued(qms)
    browser = browse("doc")
    answer = browser.get("/register/internal.csv?on=2026-11-25")
    assert "Đang áp dụng" in answer.get_data(as_text=True)
    assert "Danh mục tài liệu nội bộ 2026-11-25.csv" in unquote(answer.headers["Content-Disposition"])
    assert browser.get("/register/internal.exe").status_code == 404


def test_an_ended_document_says_since_when_and_why(qms: QMS, browse: Browse) -> None:
    document = house.issued(qms, by=house.decision("10/QĐ-UBND", date(2026, 3, 2)))
    browser = browse("thuky")
    fields = {
        "reason": "Thủ tục đã bị bãi bỏ.",
        "number": "30/QĐ-UBND",
        "signed": "25/11/2026",
        "compared": "1",
    }
    assert browser.post(f"/documents/{document}/retire", fields).status_code == 302
    page = browser.get(f"/documents/{document}").text
    assert "ngừng áp dụng từ 25/11/2026" in page
    assert "Thủ tục đã bị bãi bỏ." in page


def test_ending_without_a_reason_gives_the_form_back_as_it_was(qms: QMS, browse: Browse) -> None:
    document = house.issued(qms)
    fields = {"reason": " ", "number": "30/QĐ-UBND", "signed": "25/11/2026", "compared": "1"}
    answer = browse("thuky").post(f"/documents/{document}/retire", fields)
    assert answer.status_code == 422
    assert 'value="30/QĐ-UBND"' in answer.text


def test_a_revision_is_taken_back_before_its_day(qms: QMS, browse: Browse) -> None:
    later = house.decision("10/QĐ-UBND", effective=date(2026, 12, 20))
    document = house.issued(qms, by=later)
    browser = browse("thuky")
    assert "Rút lại" in browser.get(f"/documents/{document}").text
    assert browser.post(f"/documents/{document}/withdraw", {"reason": ""}).status_code == 422
    assert browser.post(f"/documents/{document}/withdraw", {"reason": "Nhầm phụ lục."}).status_code == 302
    assert "Đã rút lại" in browser.get(f"/documents/{document}").text


def test_the_office_takes_the_file_of_a_past_day_from_the_page_of_that_day(qms: QMS, browse: Browse) -> None:
    document = two_revisions(qms)
    config = qms.config.model_copy(update={"office_networks": ("192.0.2.0/24",)})
    object.__setattr__(qms, "config", config)
    browser = browse(address="192.0.2.55")
    path = f"/documents/{document}/files/1"
    assert f'href="{path}?on=2026-04-01"' in browser.get(f"/documents/{document}?on=2026-04-01").text
    assert browser.get(f"{path}?on=2026-04-01").status_code == 200
    assert browser.get(path).status_code == 302, "today another text applies: that one is history"

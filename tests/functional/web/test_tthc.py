"""TTHC in a browser: paste a decision, see what it changes, confirm, tick documents, see three times side by side."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html import unescape

import pytest

from qms.bootstrap import QMS
from qms.usecases import submitting
from tests import house
from tests.functional.usecases.test_tthc import CATALOGUE, DECISION, STEPS, procedure, word_decision
from tests.functional.web.conftest import Browser

Browse = Callable[..., Browser]


@pytest.fixture
def officer(qms: QMS, browse: Browse) -> Browser:
    browser = browse("thuky")
    _confirm(browser, CATALOGUE)
    return browser


def _confirm(browser: Browser, text: str, **given: str) -> str:
    """Hand a pasted table in, confirm what is shown, and return the preview."""
    page = browser.post("/tthc/import", {"text": text, **given})
    assert page.status_code == 200, page.text
    rows = re.search(r'<textarea name="rows"[^>]*>\n(.*?)</textarea>', page.text, re.DOTALL)
    assert rows
    done = browser.post("/tthc/import/take", {"rows": unescape(rows[1])})
    assert done.status_code == 302
    return unescape(page.text)


def test_a_decision_that_cuts_abolishes_and_recodes_is_worked_through_without_a_terminal(
    qms: QMS, officer: Browser
) -> None:
    first = procedure(qms, "QT-01", "Đăng ký thử nghiệm")
    second = procedure(qms, "QT-02", "Đăng ký lại thử nghiệm")
    waiting = officer.get("/tthc/link?same=1").text
    ticks = re.findall(r'name="tick" value="([^"]+)" checked', waiting)
    assert ticks == [f"{first} 1.000101", f"{second} 1.000102"]
    assert officer.post("/tthc/link", {"tick": ticks}).status_code == 302

    preview = _confirm(officer, DECISION)
    assert "<del>10 Ngày làm việc</del>" in preview
    assert "<strong>7 ngày làm việc</strong>" in preview
    assert "Đổi mã thành 3.000901" in preview
    assert "Bãi bỏ" in preview
    assert "QT-01" in preview

    listed = unescape(officer.get("/tthc?decision=77/QĐ-BTP&on=2026-12-02").text)
    assert "Mở đợt rà soát" in listed
    assert "4 thủ tục." in listed
    assert "Đã bãi bỏ" in listed

    page = unescape(officer.get(f"/documents/{first}?on=2026-12-02").text)
    assert "Vượt thời hạn công bố" in page
    assert "Tổng các bước 10 ngày" in page
    assert "Khớp thời hạn công bố" in unescape(officer.get(f"/documents/{first}?on=2026-11-30").text)

    ended = unescape(officer.get("/tthc/1.000102?on=2026-12-02").text)
    assert "Ngừng áp dụng, vì không còn thủ tục nào khác." in ended
    assert f"/documents/{second}/retire" in ended


def test_a_search_works_without_marks_and_by_code(officer: Browser) -> None:
    for wanted in ("dang ky lai", "ĐĂNG KÝ LẠI", "1.000102.000.00.00.H42", "1.000102"):
        page = unescape(officer.get("/tthc", query_string={"q": wanted}).text)
        assert "Thủ tục đăng ký lại thử nghiệm" in page
        assert "Thủ tục xác nhận thử nghiệm" not in page


def test_gaps_are_the_procedures_that_no_document_covers(qms: QMS, officer: Browser) -> None:
    document = procedure(qms, "QT-01", "Đăng ký thử nghiệm")
    officer.post("/tthc/link", {"document": document, "codes": "1.000101"})
    page = officer.get("/tthc?gaps=1").text
    assert "1.000101" not in page
    assert "1.000102" in page


def test_a_link_can_be_taken_back_on_the_document(qms: QMS, officer: Browser) -> None:
    document = procedure(qms, "QT-01", "Đăng ký thử nghiệm")
    officer.post("/tthc/link", {"document": document, "codes": "1.000101, 1.000103"})
    assert "1.000103" in officer.get(f"/documents/{document}").text
    answer = officer.post("/tthc/unlink", {"document": document, "stem": "1.000103"})
    assert answer.headers["Location"] == f"/documents/{document}"
    assert "1.000103" not in officer.get(f"/documents/{document}").text


def test_a_word_decision_is_uploaded(officer: Browser) -> None:
    page = officer.post("/tthc/import", {"file": (io.BytesIO(word_decision()), "QD 88.docx")})
    assert "88/QĐ-UBND" in page.text
    assert "7 ngày làm việc" in page.text


def test_what_cannot_be_read_gives_the_pasted_text_back(officer: Browser) -> None:
    page = officer.post("/tthc/import", {"text": "không phải bảng\n1\t2\n", "decision": "1/QĐ-BTP"})
    assert page.status_code == 422
    assert "không phải bảng" in page.text
    assert "Mã số TTHC" in page.text
    empty = officer.post("/tthc/import", {"text": ""})
    assert (empty.status_code, "dán bảng" in empty.text) == (422, True)


def test_a_tick_of_what_is_not_there_is_refused(qms: QMS, officer: Browser) -> None:
    document = procedure(qms, "QT-01", "Đăng ký thử nghiệm")
    assert officer.post("/tthc/link", {"tick": f"{document} 9.999999"}).status_code == 404
    assert officer.post("/tthc/link", {}).status_code == 422


def test_unknown_procedures_are_not_found(officer: Browser) -> None:
    assert officer.get("/tthc/9.999999").status_code == 404
    assert officer.get("/tthc/nonsense").status_code == 404


def test_a_reader_sees_the_times_and_no_button(qms: QMS, officer: Browser, browse: Browse) -> None:
    document = procedure(qms, "QT-01", "Đăng ký thử nghiệm")
    officer.post("/tthc/link", {"document": document, "codes": "1.000101"})
    reader = browse("doc")
    page = unescape(reader.get(f"/documents/{document}").text)
    assert "Khớp thời hạn công bố" in page
    assert "Bỏ gắn" not in page
    assert "Nhập quyết định TTHC" not in unescape(reader.get("/tthc").text)


def test_who_decides_sees_whether_the_draft_fits_the_limit_and_what_is_coming(
    qms: QMS, officer: Browser, browse: Browse
) -> None:
    document = procedure(qms, "QT-01", "Đăng ký thử nghiệm")
    officer.post("/tthc/link", {"document": document, "codes": "1.000101"})
    _confirm(officer, DECISION)
    house.next_draft(qms, "QT-01", STEPS.replace("08 ngày", "09 ngày"))
    with qms.work(qms.shell("soan")) as work:
        submitting.submit(work, "QT-01")
    page = unescape(browse("chutich").get(f"/approvals/{document}").text)
    assert "Tổng các bước 11 ngày, vượt thời hạn công bố 10 ngày." in page
    assert "Từ 01/12/2026, theo 77/QĐ-BTP: sửa đổi, bổ sung, thời hạn 7 ngày làm việc." in page
    assert "Bỏ gắn" not in page


def test_intake_of_a_tthc_decision_leads_to_its_rows(officer: Browser) -> None:
    page = officer.post("/legal/intake", {"file": (io.BytesIO(word_decision()), "QD 88.docx")})
    assert page.status_code == 200
    assert "bảng 3 thủ tục hành chính" in page.text
    assert 'href="/tthc/import"' in page.text

"""What every answer carries and every request must keep to."""

from __future__ import annotations

import io
from collections.abc import Callable
from urllib.parse import unquote

from qms.bootstrap import QMS
from qms.web import answers
from tests import house
from tests.functional.web.conftest import Browser

Browse = Callable[..., Browser]


def test_every_answer_carries_the_strict_headers(browse: Browse) -> None:
    for path in ("/sign-in", "/healthz", "/static/qms.css", "/khong-co"):
        headers = browse().get(path).headers
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(browse: Browse) -> None:
    cookie = browse().get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_file_that_is_too_large_is_told_in_a_sentence(qms: QMS, browse: Browse) -> None:
    document = house.draft(qms)
    told = {"CONTENT_LENGTH": str(22 * 1024 * 1024)}
    file = (io.BytesIO(b"x"), "lớn.docx")
    path = f"/documents/{document}/draft/file"
    answer = browse("soan").client.post(path, data={"file": file}, environ_overrides=told)
    assert answer.status_code == 413
    assert "tối đa 20 MB" in answer.text


def test_a_typed_text_that_is_too_large_is_told_in_a_sentence(qms: QMS, browse: Browse) -> None:
    document = house.draft(qms)
    answer = browse("soan").post(f"/documents/{document}/draft", {"text": "a" * (1024 * 1024 + 1)})
    assert answer.status_code == 413


def test_a_form_that_was_open_too_long_gives_back_what_was_typed(qms: QMS, browse: Browse) -> None:
    document = house.draft(qms)
    browser = browse("soan")
    typed = "Đoạn văn gõ suốt buổi sáng, " * 10
    answer = browser.client.post(f"/documents/{document}/draft", data={"text": typed, "csrf_token": "cũ"})
    assert answer.status_code == 400
    assert typed.strip() in answer.text


def test_somebody_whose_session_ran_out_gets_back_what_was_typed(qms: QMS, browse: Browse) -> None:
    document = house.draft(qms)
    typed = "Đoạn văn gõ suốt buổi sáng, " * 10
    answer = browse().post(f"/documents/{document}/draft", {"text": typed})
    assert answer.status_code == 403
    assert typed.strip() in answer.text
    assert "Đăng nhập" in answer.text


def test_a_download_keeps_its_vietnamese_name_and_nothing_dangerous() -> None:
    header = answers.attachment('Đăng ký "khai/sinh"\r\n.docx', b"").headers["Content-Disposition"]
    assert header.startswith("attachment; ")
    assert "\r" not in header
    assert unquote(header.rpartition("''")[2]) == "Đăng ký -khai-sinh-.docx"


def test_an_unknown_page_is_told_in_vietnamese(browse: Browse) -> None:
    answer = browse().get("/khong-co")
    assert answer.status_code == 404
    assert "Không tìm thấy" in answer.text


def test_no_page_names_the_machinery_behind_it(qms: QMS, browse: Browse) -> None:
    document = house.issued(qms)
    browser = browse("thuky")
    for path in ("/", "/approvals", "/register", "/legal", "/issuances", f"/documents/{document}"):
        page = browser.get(path).text.lower()
        for word in (" git", "commit", "sha-256", "hash"):
            assert word not in page, (path, word)

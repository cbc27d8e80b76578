"""Coming in: one-time links, passwords, and what keeps strangers out."""

from __future__ import annotations

from collections.abc import Callable

from qms.bootstrap import QMS
from tests.functional.web.conftest import Browser, link_for

Browse = Callable[..., Browser]


def test_a_program_that_only_looks_at_the_link_does_not_use_it_up(qms: QMS, browse: Browse) -> None:
    path = f"/sign-in/{link_for(qms, 'soan')}"
    browser = browse()
    for _ in range(3):
        assert "Vào hệ thống" in browser.get(path).text
    assert browser.post(path).headers["Location"] == "/"
    assert "Trần Văn Ví Dụ" in browser.get("/").text


def test_a_link_opens_the_door_once(qms: QMS, browse: Browse) -> None:
    path = f"/sign-in/{link_for(qms, 'soan')}"
    browse().post(path)
    second = browse().post(path)
    assert second.status_code == 403
    assert "đã dùng hoặc hết hạn" in second.text


def test_a_person_sets_a_password_and_signs_in_with_it(browse: Browse) -> None:
    browser = browse("soan")
    assert browser.post("/account", {"password": "một câu rất dễ nhớ"}).status_code == 302
    other = browse()
    answer = other.post("/sign-in", {"login": "soan", "password": "một câu rất dễ nhớ"})
    assert answer.status_code == 302
    assert "Trần Văn Ví Dụ" in other.get("/account").text


def test_a_wrong_password_says_so_and_keeps_the_login_but_not_the_password(browse: Browse) -> None:
    answer = browse().post("/sign-in", {"login": "soan", "password": "khong-dung-dau"})
    assert answer.status_code == 403
    assert 'value="soan"' in answer.text
    assert "khong-dung-dau" not in answer.text


def test_a_short_password_is_refused_with_a_reason(browse: Browse) -> None:
    answer = browse("soan").post("/account", {"password": "ngắn"})
    assert answer.status_code == 422
    assert "ít nhất 10 ký tự" in answer.text


def test_signing_in_leads_back_to_where_one_was_going(browse: Browse) -> None:
    browser = browse()
    sent = browser.get("/approvals")
    assert sent.headers["Location"] == "/sign-in?next=/approvals"


def test_signing_in_never_leads_to_another_site(browse: Browse) -> None:
    browse("soan").post("/account", {"password": "một câu rất dễ nhớ"})
    for target in ("https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"):
        answer = browse().post(
            "/sign-in", {"login": "soan", "password": "một câu rất dễ nhớ", "next": target}
        )
        assert answer.headers["Location"] == "/"


def test_signing_out_ends_the_session(browse: Browse) -> None:
    browser = browse("soan")
    browser.post("/sign-out")
    assert browser.get("/approvals").status_code == 302


def test_trying_passwords_is_stopped_after_ten_tries(browse: Browse) -> None:
    browser = browse(address="198.51.100.9")
    tries = [browser.post("/sign-in", {"login": "soan", "password": "x"}).status_code for _ in range(11)]
    assert tries == [403] * 10 + [429]
    assert "quá nhiều lần" in browser.post("/sign-in", {"login": "soan", "password": "x"}).text


def test_a_form_from_another_site_is_refused_even_at_the_door(browse: Browse) -> None:
    browser = browse()
    answer = browser.client.post("/sign-in", data={"login": "soan", "password": "x"})
    assert answer.status_code == 400


def test_a_stranger_outside_the_office_is_asked_to_sign_in(browse: Browse) -> None:
    assert browse().get("/").headers["Location"].startswith("/sign-in")

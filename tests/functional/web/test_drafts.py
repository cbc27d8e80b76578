"""Drafting: nothing typed is ever lost, nobody's text is written over."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from qms.bootstrap import QMS
from qms.model.enums import DocumentType
from qms.usecases import creating
from tests import house
from tests.functional.web.conftest import Browser, field_of

Browse = Callable[..., Browser]
WORD = Path(__file__).parents[3] / "documents" / "sample" / "masters" / "QT-HT-01"


def test_a_new_document_is_typed_saved_and_submitted(qms: QMS, browse: Browse) -> None:
    browser = browse("soan")
    fields = {
        "code": "QT-07",
        "title": "Tiếp công dân",
        "type": "procedure",
        "text": house.text("Tiếp công dân"),
    }
    made = browser.post("/drafts/new", fields)
    assert made.status_code == 302
    path = made.headers["Location"]
    base = browser.field(path, "base")
    saved = browser.post(
        path, {"text": "## 1. MỤC ĐÍCH\n\nMới.", "base": base, "change_note": "Lần đầu.", "review": "1"}
    )
    assert saved.headers["Location"] == path + "/submit"
    check = browser.get(path + "/submit").text
    assert "Lần đầu." in check
    assert browser.post(path + "/submit").headers["Location"] == "/approvals"
    assert "Đang trình duyệt" in browser.get("/approvals").text


def test_a_new_document_with_a_taken_code_gives_everything_back(qms: QMS, browse: Browse) -> None:
    house.draft(qms, "QT-07")
    typed = "Nội dung gõ cả buổi."
    answer = browse("soan").post("/drafts/new", {"code": "QT-07", "title": "Tên khác", "text": typed})
    assert answer.status_code == 409
    assert field_of(answer.text, "text") == typed
    assert field_of(answer.text, "title") == "Tên khác"


def test_an_edit_from_an_older_base_is_refused_with_both_texts(qms: QMS, browse: Browse) -> None:
    path = f"/documents/{house.draft(qms)}/draft"
    first, second = browse("soan"), browse("thuky")
    base = first.field(path, "base")
    second.post(path, {"text": "Bản của thư ký.", "base": base, "change_note": ""})
    answer = first.post(
        path, {"text": "Bản của người soạn.", "base": base, "change_note": "Ghi chú của tôi."}
    )
    assert answer.status_code == 409
    assert field_of(answer.text, "text") == "Bản của người soạn."
    assert "Bản của thư ký." in answer.text
    assert field_of(answer.text, "change_note") == "Ghi chú của tôi."
    again = {"text": "Bản gộp.", "base": field_of(answer.text, "base"), "change_note": "Ghi chú của tôi."}
    assert first.post(path, again).status_code == 302
    assert first.field(path, "text") == "Bản gộp."


def test_the_preview_saves_nothing_and_loses_nothing(qms: QMS, browse: Browse) -> None:
    path = f"/documents/{house.draft(qms)}/draft"
    browser = browse("soan")
    base = browser.field(path, "base")
    before = browser.field(path, "text")
    page = browser.post(path + "/preview", {"text": "## ĐỀ MỤC THỬ", "base": base, "change_note": "x"}).text
    assert "ĐỀ MỤC THỬ</h2>" in page
    assert field_of(page, "text") == "## ĐỀ MỤC THỬ"
    assert field_of(page, "base") == base
    assert browser.field(path, "text") == before


def test_the_preview_alone_is_a_fragment(qms: QMS, browse: Browse) -> None:
    path = f"/documents/{house.draft(qms)}/draft/preview"
    answer = browse("soan").post(path, {"text": "**đậm**"}, headers={"HX-Request": "true"})
    assert "<strong>đậm</strong>" in answer.text
    assert "<html" not in answer.text


def test_typed_html_does_nothing(qms: QMS, browse: Browse) -> None:
    path = f"/documents/{house.draft(qms)}/draft/preview"
    typed = "<script>alert(1)</script><a href='javascript:alert(1)'>x</a>\n\n</textarea><b onclick=x>"
    page = browse("soan").post(path, {"text": typed}).text
    shown = page.partition('id="xem-truoc"')[2]
    assert "<script" not in shown
    assert "javascript:" not in shown
    assert "onclick" not in shown.partition("</article>")[0]
    assert field_of(page, "text") == typed


def test_a_returned_draft_shows_the_reason_and_goes_out_again(qms: QMS, browse: Browse) -> None:
    document = house.draft(qms)
    author, boss = browse("soan"), browse("chutich")
    author.post(f"/documents/{document}/draft/submit")
    boss.post(f"/approvals/{document}/return", {"comment": "Thiếu thời hạn ở bước 2."})
    assert "Thiếu thời hạn ở bước 2." in author.get(f"/documents/{document}/draft").text
    assert author.post(f"/documents/{document}/draft/submit").status_code == 302


def test_a_word_master_takes_a_new_word_file(qms: QMS, browse: Browse) -> None:
    from qms.usecases import importing
    from qms.usecases.candidates import Source

    with qms.work(qms.shell("thuky")) as work:
        first = Source("QT-HT-01.docx", (WORD / "r1.docx").read_bytes)
        (line,) = importing.take_in(work, [first]).lines
    path = f"/documents/{(line.document or {})['id']}/draft"
    browser = browse("thuky")
    fields = {
        "file": (io.BytesIO((WORD / "r2.docx").read_bytes()), "Khai sinh lần 02.docx"),
        "base": browser.field(path, "base"),
        "change_note": "Lần 02.",
    }
    assert browser.post(path + "/file", fields).status_code == 302
    handed = browser.get(path + "/file")
    assert handed.data == (WORD / "r2.docx").read_bytes()
    stale = {**fields, "file": (io.BytesIO((WORD / "r3.docx").read_bytes()), "a.docx")}
    assert browser.post(path + "/file", stale).status_code == 409


def test_a_file_that_is_no_word_file_is_refused_with_a_reason(qms: QMS, browse: Browse) -> None:
    path = f"/documents/{house.draft(qms)}/draft"
    answer = browse("soan").post(
        path + "/file", {"file": (io.BytesIO(b"MZ..."), "virus.docx"), "change_note": "giữ"}
    )
    assert answer.status_code in (409, 422)
    assert 'role="alert"' in answer.text
    assert field_of(answer.text, "change_note") == "giữ"


def test_the_next_revision_begins_with_one_click(qms: QMS, browse: Browse) -> None:
    document = house.issued(qms)
    browser = browse("soan")
    assert "Soạn bản mới" in browser.get(f"/documents/{document}").text
    assert (
        browser.post(f"/documents/{document}/draft/begin").headers["Location"]
        == f"/documents/{document}/draft"
    )
    assert browser.post(f"/documents/{document}/draft/begin").status_code == 409


def test_a_draft_is_given_up(qms: QMS, browse: Browse) -> None:
    document = house.draft(qms)
    browser = browse("soan")
    assert browser.post(f"/documents/{document}/draft/abandon").status_code == 302
    assert browser.get(f"/documents/{document}/draft").status_code == 404


def test_a_draft_is_hidden_from_those_who_only_read(qms: QMS, browse: Browse) -> None:
    document = house.draft(qms)
    assert browse("doc").get(f"/documents/{document}/draft").status_code == 404


def test_a_button_writes_number_and_note_into_the_word_file(qms: QMS, browse: Browse) -> None:
    house.issued(qms, "QT-77", "Đăng ký bằng văn bản")  # a text master has no such button
    with qms.work(qms.shell("soan")) as work:
        new = creating.NewDocument("QT-HT-01", "Đăng ký khai sinh", DocumentType.PROCEDURE)
        id = creating.create_from_file(work, new, "a.docx", (WORD / "r1.docx").read_bytes())
    browser, path = browse("soan"), f"/documents/{id}/draft"
    assert "Ghi lần ban hành, bảng theo dõi sửa đổi vào tệp" in browser.get(path).text
    answer = browser.post(f"{path}/cover", {"day": "5/12/2026"})
    assert answer.headers["Location"] == path
    assert "Đã ghi vào tệp: ngày ban hành." in browser.get(path).text
    wrong = browser.post(f"{path}/cover", {"day": "32/12/2026"})
    assert wrong.status_code == 422
    assert field_of(wrong.text, "day") == "32/12/2026"

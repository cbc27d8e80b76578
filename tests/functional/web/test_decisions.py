"""Deciding on exact content, and recording the decision on paper that makes it apply."""

from __future__ import annotations

import io
from collections.abc import Callable

from qms.bootstrap import QMS
from tests import house
from tests.functional.web.conftest import Browser, field_of

Browse = Callable[..., Browser]


def submitted(qms: QMS, browse: Browse) -> str:
    document = house.draft(qms)
    assert browse("soan").post(f"/documents/{document}/draft/submit").status_code == 302
    return document


def test_the_leader_finds_and_approves_what_waits(qms: QMS, browse: Browse) -> None:
    document = submitted(qms, browse)
    boss = browse("chutich")
    assert f"/approvals/{document}" in boss.get("/").text
    shown = boss.field(f"/approvals/{document}", "content_sha256")
    answer = boss.post(f"/approvals/{document}/approve", {"content_sha256": shown, "comment": "Nhất trí."})
    assert answer.status_code == 302
    assert f"/issuances/new?document={document}" in browse("vanthu").get("/").text


def test_content_that_changed_meanwhile_is_not_approved_and_the_comment_stays(
    qms: QMS, browse: Browse
) -> None:
    document = submitted(qms, browse)
    boss, author = browse("chutich"), browse("soan")
    shown = boss.field(f"/approvals/{document}", "content_sha256")
    path = f"/documents/{document}/draft"
    author.post(path, {"text": "Đã đổi.", "base": author.field(path, "base"), "change_note": ""})
    author.post(path + "/submit")
    answer = boss.post(f"/approvals/{document}/approve", {"content_sha256": shown, "comment": "Ý kiến dài."})
    assert answer.status_code == 409
    assert "nội dung đã thay đổi" in answer.text
    assert field_of(answer.text, "comment") == "Ý kiến dài."


def test_a_dead_basis_is_seen_before_sending_and_before_deciding(qms: QMS, browse: Browse) -> None:
    document = house.draft(qms)
    known = {"number": "123/2015/NĐ-CP", "type": "Nghị định", "effective": "2016-01-01"}
    house.law(qms, ("200/2026/NĐ-CP", "replaces", "123/2015/NĐ-CP", "2026-07-01"), instruments=[known])
    author, path = browse("soan"), f"/documents/{document}/draft/submit"
    assert "Căn cứ đã hết hiệu lực" in author.get(path).text
    refused = author.post(path)
    assert refused.status_code == 409
    assert "ghi lý do" in refused.text
    assert author.post(path, {"basis_reason": "Chờ hướng dẫn."}).status_code == 302
    page = browse("chutich").get(f"/approvals/{document}").text
    assert "Chờ hướng dẫn." in page
    assert "Căn cứ đã hết hiệu lực" in page


def test_nobody_approves_their_own_work(qms: QMS, browse: Browse) -> None:
    document = house.draft(qms, by="thuky")
    officer = browse("thuky")
    officer.post(f"/documents/{document}/draft/submit")
    page = officer.get(f"/approvals/{document}").text
    assert "không tự xem xét, phê duyệt" in page
    shown = "0" * 64
    assert officer.post(f"/approvals/{document}/review", {"content_sha256": shown}).status_code == 409


def test_a_return_needs_a_reason(qms: QMS, browse: Browse) -> None:
    document = submitted(qms, browse)
    answer = browse("chutich").post(f"/approvals/{document}/return", {"comment": " "})
    assert answer.status_code == 422
    assert "lý do trả lại" in answer.text


def test_the_page_to_decide_shows_what_changed(qms: QMS, browse: Browse) -> None:
    document = house.issued(qms)
    house.next_draft(qms, "QT-01", "Bước 1. Tiếp nhận hồ sơ trực tuyến.")
    browse("soan").post(f"/documents/{document}/draft/submit")
    page = browse("chutich").get(f"/approvals/{document}").text
    assert "Sửa theo quy định mới." in page
    assert "<ins>" in page.partition("<article")[2]


def paper(**more: object) -> dict[str, object]:
    return {"number": "145/QĐ-UBND", "signed": "25/11/2026", "compared": "1", **more}


def test_several_documents_are_issued_by_one_decision_with_its_scan(qms: QMS, browse: Browse) -> None:
    documents = [house.draft(qms, f"QT-0{n}", f"Thủ tục {n}") for n in (1, 2)]
    for n in (1, 2):
        house.approve(qms, f"QT-0{n}")
    clerk = browse("vanthu")
    scan = (io.BytesIO(b"%PDF-1.7 scan"), "QĐ 145.pdf")
    answer = clerk.post("/issuances", paper(documents=documents, scan=scan, signer_name="Nguyễn Văn Mẫu"))
    assert answer.status_code == 302, answer.text
    page = clerk.get(answer.headers["Location"]).text
    assert "145/QĐ-UBND" in page
    assert "Thủ tục 1" in page
    assert "Thủ tục 2" in page
    handed = clerk.get(answer.headers["Location"] + "/scan")
    assert handed.data == b"%PDF-1.7 scan"
    assert "145/QĐ-UBND" in clerk.get("/issuances").text
    assert "Đang áp dụng" in clerk.get(f"/documents/{documents[0]}").text


def test_a_wrong_paper_changes_nothing_and_keeps_the_form(qms: QMS, browse: Browse) -> None:
    document = house.draft(qms)
    house.approve(qms, "QT-01")
    clerk = browse("vanthu")
    wrong = {
        "number": paper(number="", documents=document),
        "ở sau hôm nay": paper(signed="26/11/2026", documents=document),
        "ở trước ngày ký": paper(effective="01/11/2026", documents=document),
        "ít nhất một tài liệu": paper(),
        "đối chiếu với văn bản giấy": paper(compared="", documents=document),
        "không phải PDF": paper(documents=document, scan=(io.BytesIO(b"MZ"), "a.pdf")),
    }
    for sentence, fields in wrong.items():
        answer = clerk.post("/issuances", {"signer_name": "Nguyễn Văn Mẫu", **fields})
        assert answer.status_code in (409, 422), sentence
        assert sentence in answer.text
        assert field_of(answer.text, "signer_name") == "Nguyễn Văn Mẫu"
    assert "Chưa ban hành" in browse("soan").get(f"/documents/{document}").text


def test_dates_in_a_refusal_are_written_as_people_write_them(qms: QMS, browse: Browse) -> None:
    document = house.draft(qms)
    house.approve(qms, "QT-01")
    answer = browse("vanthu").post("/issuances", paper(signed="2026-11-26", documents=document))
    assert "26/11/2026" in answer.text
    assert "2026-11-26 ở sau" not in answer.text

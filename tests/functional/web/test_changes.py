"""A change of law worked through in the browser: opened, notified, decided, drafted, sent, approved, closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from qms.bootstrap import QMS
from qms.jobs.runner import drain
from qms.usecases import changes, searching
from tests import house
from tests.functional.web.conftest import Browser

Browse = Callable[..., Browser]

NUMBER = "18/2026/NĐ-CP"


@pytest.fixture
def affected(qms: QMS) -> list[str]:
    """Two documents that were signed before the change of a decree on which they rest."""
    ids = [
        house.issued(qms, code, by=house.decision(f"{n}/QĐ-UBND", signed=date(2026, 1, 5)))
        for n, code in ((1, "QT-01"), (2, "QT-02"))
    ]
    decrees = [
        {"number": "123/2015/NĐ-CP", "type": "Nghị định", "effective": "2016-01-01"},
        {
            "number": NUMBER,
            "type": "Nghị định",
            "title": "Sửa đổi",
            "issued": "2026-01-12",
            "effective": "2026-09-15",
        },
    ]
    house.law(qms, (NUMBER, "amends", "123/2015/NĐ-CP", "2026-09-15"), instruments=decrees)
    return ids


def opened(browse: Browse) -> tuple[Browser, str]:
    officer = browse("thuky")
    assert "Mở đợt rà soát" in officer.get(f"/changes/new?number={NUMBER}").text
    answer = officer.post("/changes", {"number": NUMBER})
    assert answer.status_code == 302
    return officer, answer.headers["Location"]


def test_the_officer_works_a_change_through_without_a_terminal(
    qms: QMS, browse: Browse, affected: list[str]
) -> None:
    officer, path = opened(browse)
    page = officer.get(path).text
    assert all(f'value="{document}" checked' in page for document in affected)
    assert "15/12/2026" in page
    chosen = {"documents": affected}
    assert officer.post(f"{path}/notices", chosen | {"notice": "Áp dụng ngay điều mới."}).status_code == 302
    assert "Áp dụng ngay điều mới." in browse("doc").get(f"/documents/{affected[0]}").text
    assert officer.post(f"{path}/decide", chosen | {"decision": "revise"}).status_code == 302
    drafts = officer.post(f"{path}/drafts", chosen)
    assert "Đã mở 2 bản soạn" in drafts.text
    assert NUMBER in drafts.text
    assert "Đã trình 2/2" in officer.post(f"{path}/submit").text
    boss = browse("chutich")
    seen = dict(re.findall(r'name="(sha-\w+)" value="(\w+)"', boss.get(path).text))
    assert "Đã duyệt 2/2" in boss.post(f"{path}/approve", chosen | seen).text
    assert "/issuances/new?document=" in browse("vanthu").get(path).text
    house.issue(qms, "QT-01", "QT-02", by=house.decision("300/QĐ-UBND"))
    assert officer.post(f"{path}/close", {"closing_note": "Xong."}).status_code == 302
    assert "Đã kết thúc" in officer.get("/changes").text
    assert "Đúng hạn" in officer.get(f"{path}/proof").text
    table = officer.get("/changes/years/2026/proof.csv").data.decode("utf-8-sig")
    assert [NUMBER in line and "300/QĐ-UBND" in line for line in table.splitlines()[1:]] == [True, True]
    assert officer.get(f"{path}/proof.exe").status_code == 404


def test_what_was_chosen_but_has_no_draft_here_is_not_said_to_have_changed(
    browse: Browse, affected: list[str]
) -> None:
    officer, path = opened(browse)
    officer.post(f"{path}/drafts", {"documents": affected[:1]})
    officer.post(f"{path}/submit")
    boss = browse("chutich")
    seen = dict(re.findall(r'name="(sha-\w+)" value="(\w+)"', boss.get(path).text))
    answer = boss.post(f"{path}/approve", {"documents": affected} | seen).text
    assert "Đã duyệt 1/1" in answer
    assert "nội dung đã thay đổi" not in answer


def test_a_number_of_several_provinces_leads_to_the_choice(qms: QMS, browse: Browse) -> None:
    rows = [
        {"number": "12/2025/NQ-HĐND", "type": "Nghị quyết", "issuer": f"HĐND tỉnh {name}"}
        for name in ("Lào Cai", "Sơn La")
    ]
    house.law(qms, instruments=rows)
    answer = browse("thuky").get("/changes/new?number=12/2025/NQ-HĐND")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/legal?q=12/2025/NQ-H")


def test_a_notice_is_seen_at_once_by_whoever_searches(qms: QMS, browse: Browse, affected: list[str]) -> None:
    officer, path = opened(browse)
    officer.post(f"{path}/notices", {"documents": affected, "notice": "Áp dụng ngay điều mới."})
    drain(qms)
    assert "Áp dụng ngay điều mới." in browse("doc").get("/search?q=thu nghiem").text
    with qms.reading(qms.shell()) as work:
        assert all(hit.notices for hit in searching.search(work, "thử nghiệm").hits)


def test_what_was_typed_is_given_back_with_the_refusal(browse: Browse, affected: list[str]) -> None:
    officer, path = opened(browse)
    answer = officer.post(
        f"{path}/decide", {"documents": affected[:1], "decision": "no_change", "due": "31/12/2026"}
    )
    assert answer.status_code == 422
    assert "ghi lý do" in answer.text
    assert 'value="31/12/2026"' in answer.text
    assert officer.post(f"{path}/close").status_code == 409


def test_a_document_is_cleared_with_a_note_by_name(qms: QMS, browse: Browse, affected: list[str]) -> None:
    officer, path = opened(browse)
    first = affected[0]
    assert (
        officer.post(f"{path}/clear/{first}", {f"note-{first}": "Điều sửa không liên quan."}).status_code
        == 302
    )
    assert "Điều sửa không liên quan." in officer.get(path).text
    with qms.reading(qms.shell()) as work:
        assert changes.page(work, path.rpartition("/")[2]).line.done == 1


def test_a_form_leads_back_only_within_this_site(qms: QMS, browse: Browse, affected: list[str]) -> None:
    officer, path = opened(browse)
    officer.post(f"{path}/notices", {"documents": affected, "notice": "Áp dụng ngay."})
    answer = officer.post("/notices/1/end", {"back": "//evil.example/"})
    assert answer.headers["Location"] == "/changes"
    assert officer.post("/notices/2/end", {"back": path}).headers["Location"] == path


def test_the_officer_words_the_new_line_of_the_basis(qms: QMS, browse: Browse, affected: list[str]) -> None:
    officer, path = opened(browse)
    page = officer.get(path).text
    assert 'name="words-1"' in page
    line = "Nghị định số 18/2026/NĐ-CP ngày 12/01/2026 của Chính phủ (lời của thư ký)"
    edit = {"cites-1": "123/2015/NĐ-CP", "action-1": "add_after", "of-1": "", "words-1": line}
    assert "(lời của thư ký)" in officer.post(f"{path}/drafts", edit | {"documents": affected}).text
    assert "(lời của thư ký)" in officer.get(f"/documents/{affected[0]}/draft").text


def test_what_was_found_by_eye_is_taken_in_with_a_reason(
    qms: QMS, browse: Browse, affected: list[str]
) -> None:
    seen = house.issued(qms, "QT-05", by=house.decision("5/QĐ-UBND"))
    officer, path = opened(browse)
    assert officer.post(f"{path}/take-up", {"documents": [seen], "reason": ""}).status_code == 422
    taken = officer.post(f"{path}/take-up", {"documents": [seen], "reason": "Bước 2 làm theo nghị định này."})
    assert taken.status_code == 302
    assert f'value="{seen}"' in officer.get(path).text

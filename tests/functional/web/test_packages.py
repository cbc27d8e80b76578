"""The officer's pages of packages: from the zip to what is in control, without a terminal."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date

import pytest
from openpyxl import load_workbook

from qms.bootstrap import QMS
from qms.jobs.runner import drain
from qms.usecases import lookups, registering
from tests.functional.web.conftest import Browser
from tests.papers import word_paper

Browse = Callable[..., Browser]
JULY = date(2025, 7, 1)
BIRTH = word_paper("QT-TP-01", "Đăng ký khai sinh", day=JULY)
DEATH = word_paper("QT-TP-02", "Đăng ký khai tử", day=JULY)
PDF = b"%PDF-1.7\n% ban quet\n%%EOF\n"
PAPER: dict[str, object] = {"kind": "adopt", "number": "145/QĐ-UBND", "signed": "20/11/2026", "compared": "1"}


def packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def hand_in(qms: QMS, officer: Browser, files: Mapping[str, bytes]) -> str:
    """Upload a zip, have it read, and return the address of its page."""
    answer = officer.post("/packages", {"files": (io.BytesIO(packed(files)), "gói.zip")})
    assert answer.status_code == 302
    drain(qms)
    return answer.headers["Location"]


def publish(officer: Browser, place: str, **fields: object) -> str:
    answer = officer.post(f"{place}/publish", {**PAPER, "scan": (io.BytesIO(PDF), "qd.pdf"), **fields})
    assert answer.status_code == 302, answer.text
    return officer.get(place).text


def test_a_zip_goes_into_control_with_its_scan(qms: QMS, browse: Browse) -> None:
    officer = browse("thuky")
    place = hand_in(qms, officer, {"01.docx": BIRTH, "02.docx": DEATH})
    shown = officer.get(place).text
    assert "Sẵn sàng ghi nhận (2)" in shown
    page = publish(officer, place)
    assert "Đã nhập (2)" in page
    assert "Gói đã kết thúc" in page
    found = re.search(r'href="(/issuances/\w{8})"', page)
    assert found
    assert officer.get(f"{found[1]}/scan").data == PDF
    with qms.reading(qms.shell()) as work:
        assert {line.issued_by for line in registering.register(work)} == {"145/QĐ-UBND"}


def test_while_it_is_read_the_page_tells_how_far(qms: QMS, browse: Browse) -> None:
    officer = browse("thuky")
    answer = officer.post(
        "/packages", {"files": [(io.BytesIO(BIRTH), "1.docx"), (io.BytesIO(DEATH), "2.docx")]}
    )
    place = answer.headers["Location"]
    assert "xong 0 trên 2 tệp" in officer.get(place).text
    assert "HX-Refresh" not in officer.get(f"{place}/progress").headers
    assert officer.post(f"{place}/publish", PAPER).status_code == 409
    drain(qms)
    assert officer.get(f"{place}/progress").headers["HX-Refresh"] == "true"


def test_doubts_are_asked_and_the_rest_is_not(qms: QMS, browse: Browse) -> None:
    officer = browse("thuky")
    publish(officer, hand_in(qms, officer, {"01.docx": BIRTH, "02.docx": DEATH}))
    renamed = word_paper("QT-TP-01", "Đăng ký khai sinh lưu động", issue="02", day=date(2026, 9, 1))
    place = hand_in(qms, officer, {"moi.docx": renamed, "quet.pdf": PDF})
    page = officer.get(place).text
    assert "Cần bạn quyết định (2)" in page
    assert "cùng mã hiệu, tên gần giống" in page
    assert "Không có trong gói" in page
    choice = re.search(
        r'name="choice-(\d+)">\s*<option value="">[^<]*</option>\s*<option value="(next \w+)"', page
    )
    assert choice
    wrong = officer.post(f"{place}/choices", {f"choice-{choice[1]}": "", f"of-{choice[1]}": "QT-XX"})
    assert wrong.status_code == 404
    officer.post(f"{place}/choices", {f"choice-{choice[1]}": choice[2]})
    scan = re.search(r'href="(/packages/\w+/files/\d+)">Nhập mã hiệu', officer.get(place).text)
    assert scan
    typed: dict[str, object] = {"title": "Chứng thực", "code": "QT-09", "issue_date": "01/07/2025"}
    assert officer.post(scan[1], {**typed, "issue_date": "32/13/2025"}).status_code == 422
    assert officer.post(scan[1], typed).status_code == 302
    assert "Đã nhập (2)" in publish(officer, place, number="146/QĐ-UBND")
    with qms.reading(qms.shell()) as work:
        assert officer.get(f"/documents/{lookups.document(work, 'QT-09').id}").status_code == 200


def test_what_was_not_in_the_package_is_ended_by_one_decision(qms: QMS, browse: Browse) -> None:
    officer = browse("thuky")
    publish(officer, hand_in(qms, officer, {"01.docx": BIRTH, "02.docx": DEATH}))
    place = hand_in(qms, officer, {"01.docx": BIRTH})
    page = officer.get(f"{place}/retire").text
    assert "Đăng ký khai tử" in page
    (document,) = re.findall(r'name="documents" value="(\w+)"', page)
    ended = officer.post(
        f"{place}/retire", {**PAPER, "number": "150/QĐ-UBND", "documents": document, "reason": "Đã bỏ."}
    )
    assert ended.status_code == 302
    assert "Không còn tài liệu nào vắng" in officer.get(f"{place}/retire").text


def test_the_matrix_is_a_sheet_as_well(qms: QMS, browse: Browse) -> None:
    officer = browse("thuky")
    place = hand_in(qms, officer, {"01.docx": BIRTH, "hong.docx": b"PK hong"})
    sheet = load_workbook(io.BytesIO(officer.get(f"{place}/report.xlsx").data)).active
    assert sheet is not None
    cells = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    told = " ".join(" ".join(row) for row in cells)
    assert "Mới" in told
    assert "Không đọc được" in told


@pytest.mark.parametrize("data", [{}, {"files": (io.BytesIO(b""), "")}])
def test_nothing_chosen_is_said_on_the_form(browse: Browse, data: dict[str, object]) -> None:
    answer = browse("thuky").post("/packages", data)
    assert answer.status_code in (400, 422)
    assert "Hãy chọn tệp" in answer.text


def test_a_rar_without_its_program_says_what_to_install(
    qms: QMS, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    officer = browse("thuky")
    answer = officer.post("/packages", {"files": (io.BytesIO(b"Rar!\x1a\x07\x00"), "goi.rar")})
    assert "unar" in officer.get(answer.headers["Location"]).text


def test_an_unfinished_package_is_among_the_tasks_of_the_officer(qms: QMS, browse: Browse) -> None:
    officer = browse("thuky")
    place = hand_in(qms, officer, {"01.docx": BIRTH})
    assert f'href="{place}"' in officer.get("/approvals").text
    assert f'href="{place}"' not in browse("soan").get("/approvals").text
    publish(officer, place)
    assert f'href="{place}"' not in officer.get("/approvals").text


def test_packages_are_found_from_the_register(browse: Browse) -> None:
    assert 'href="/packages"' in browse("thuky").get("/register").text
    assert 'href="/packages"' not in browse("doc").get("/register").text


def test_a_scan_in_control_is_read_drafted_anew_in_word_and_found(qms: QMS, browse: Browse) -> None:
    officer = browse("thuky")
    place = hand_in(qms, officer, {"quet.pdf": PDF})
    (file,) = set(re.findall(r"/packages/\w+/files/\d+", officer.get(place).text))
    assert officer.get(f"{file}/original").data == PDF
    officer.post(file, {"title": "Chứng thực chữ ký", "code": "QT-09", "type": "procedure"})
    publish(officer, place)
    drain(qms)
    with qms.reading(qms.shell()) as work:
        document = lookups.document(work, "QT-09").id
    page = officer.get(f"/documents/{document}")
    assert "chỉ có bản quét" in page.text
    assert "In bản không kiểm soát" not in page.text
    assert officer.get(f"/documents/{document}/files/1").data == PDF
    assert "QT-09" in officer.get("/search?q=chung+thuc+chu+ky").text
    assert officer.post(f"/documents/{document}/draft/begin").status_code == 302
    assert officer.get(f"/documents/{document}/draft").status_code == 200
    word = (io.BytesIO(word_paper("QT-09", "Chứng thực chữ ký", issue="02")), "moi.docx")
    answer = officer.post(f"/documents/{document}/draft/file", {"file": word, "base": ""})
    assert answer.status_code == 302, answer.text
    assert "1. MỤC ĐÍCH" in officer.get(f"/documents/{document}/draft").text
    assert officer.post(f"/documents/{document}/draft/submit").status_code == 302
    assert "MỤC ĐÍCH" in browse("chutich").get(f"/approvals/{document}").text

"""A regulation comes in through the browser: read, confirmed or corrected, kept; or typed by hand."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

from qms.bootstrap import QMS
from qms.usecases import law_listing, law_page
from tests.functional.web.conftest import Browser

Browse = Callable[..., Browser]

DECREE = """CHÍNH PHỦ
Số: 18/2026/NĐ-CP
Hà Nội, ngày 12 tháng 01 năm 2026

NGHỊ ĐỊNH
Sửa đổi, bổ sung một số điều của các nghị định về hộ tịch

Căn cứ Luật Hộ tịch ngày 20 tháng 11 năm 2014;

Điều 1. Sửa đổi, bổ sung Điều 2, Điều 22 của Nghị định số 123/2015/NĐ-CP ngày 15 tháng 11 năm 2015
Điều 2. Hiệu lực thi hành
1. Nghị định này có hiệu lực thi hành từ ngày 15 tháng 01 năm 2026.
2. Nghị định này thay thế Nghị định số 87/2020/NĐ-CP ngày 28 tháng 7 năm 2020 của Chính phủ.
"""


def read(browser: Browser, text: str = DECREE) -> str:
    answer = browser.post("/legal/intake", {"file": (io.BytesIO(text.encode()), "nghi-dinh.txt")})
    assert answer.status_code == 200, answer.text
    return answer.text


def test_the_officer_sees_what_was_read_with_its_sentence_and_nothing_is_kept(
    qms: QMS, browse: Browse
) -> None:
    page = read(browse("thuky"))
    assert "18/2026/NĐ-CP" in page
    assert "87/2020/NĐ-CP" in page
    assert "thay thế Nghị định số 87/2020/NĐ-CP" in page
    assert 'value="15/01/2026"' in page
    with qms.reading(qms.shell()) as work:
        assert law_listing.listing(work).total == 0


def test_what_a_repeal_spares_is_seen_without_opening_the_line(browse: Browse) -> None:
    page = read(browse("thuky"), DECREE.replace("của Chính phủ.\n", "của Chính phủ, trừ Điều 4.\n"))
    label = page.partition("87/2020/NĐ-CP</strong>")[2].partition("</label>")[0]
    assert "trừ Điều 4</span>" in label


def test_what_is_ticked_is_kept_and_what_is_dropped_is_not(qms: QMS, browse: Browse) -> None:
    officer = browse("thuky")
    answer = officer.post(
        "/legal/intake/apply",
        {
            "number": "18/2026/NĐ-CP",
            "type": "Nghị định",
            "title": "Sửa đổi",
            "issued": "12/01/2026",
            "effective": "15/01/2026",
            "keep-1": "1",
            "kind-1": "amends",
            "target-1": "123/2015/NĐ-CP",
            "provisions-1": "Điều 2; Điều 22",
            "sentence-1": "Sửa đổi, bổ sung Điều 2, Điều 22.",
            "kind-2": "replaces",
            "target-2": "87/2020/NĐ-CP",
            "then": "page",
        },
    )
    assert answer.status_code == 302
    with qms.reading(qms.shell()) as work:
        page = law_page.page(work, "18/2026/NĐ-CP")
    assert [(line.other, line.provisions, line.starts) for line in page.outgoing] == [
        ("123/2015/NĐ-CP", "art_2 art_22", date(2026, 1, 15))
    ]


def test_a_regulation_that_ends_itself_is_kept_with_its_end(qms: QMS, browse: Browse) -> None:
    text = DECREE.replace(
        "từ ngày 15 tháng 01 năm 2026.", "từ ngày 15 tháng 01 năm 2026 đến hết ngày 28/02/2027."
    )
    assert 'value="01/03/2027"' in read(browse("thuky"), text)
    fields = {
        "number": "18/2026/NĐ-CP",
        "type": "Nghị định",
        "effective": "15/01/2026",
        "expires": "01/03/2027",
    }
    assert browse("thuky").post("/legal/intake/apply", fields | {"then": "page"}).status_code == 302
    with qms.reading(qms.shell()) as work:
        standing = law_page.page(work, "18/2026/NĐ-CP", date(2027, 3, 1)).line.standing
    assert standing.status.value == "expired"


def test_a_wrong_day_or_provision_gives_everything_back(qms: QMS, browse: Browse) -> None:
    officer = browse("thuky")
    typed = {"number": "18/2026/NĐ-CP", "title": "Tên đã gõ", "effective": "15/13/2026"}
    answer = officer.post("/legal/intake/apply", typed)
    assert answer.status_code == 422
    assert "Tên đã gõ" in answer.text
    relation = {"keep-1": "1", "target-1": "123/2015/NĐ-CP", "provisions-1": "vài chỗ", "kind-1": "amends"}
    answer = officer.post("/legal/intake/apply", typed | {"effective": "15/01/2026"} | relation)
    assert answer.status_code == 422
    assert "vài chỗ" in answer.text
    assert "123/2015/NĐ-CP" in answer.text


def test_a_file_without_text_leads_to_the_five_fields(browse: Browse) -> None:
    page = read(browse("thuky"), " ")
    assert 'name="number"' in page
    assert 'name="number"' in browse("thuky").get("/legal/intake/typed").text


def test_only_the_officer_takes_law_in(browse: Browse) -> None:
    assert browse("doc").get("/legal/intake").status_code == 403
    assert browse("doc").post("/legal/intake/apply", {"number": "1/2026/NĐ-CP"}).status_code == 403

"""The law that documents rest on, and what a change of it means."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date

import pytest

from qms.bootstrap import QMS
from qms.usecases import legislating
from tests import house, library
from tests.functional.web.conftest import Browser, field_of

Browse = Callable[..., Browser]

INSTRUMENTS = [
    {
        "number": "123/2015/NĐ-CP",
        "type": "Nghị định",
        "title": "Chi tiết Luật Hộ tịch",
        "issued": "2015-11-15",
        "effective": "2016-01-01",
    },
    {
        "number": "18/2026/NĐ-CP",
        "type": "Nghị định",
        "title": "",
        "issued": "2026-01-10",
        "effective": "2026-01-15",
    },
]
RELATIONS = [
    {
        "source": "18/2026/NĐ-CP",
        "kind": "amends",
        "target": "123/2015/NĐ-CP",
        "target_provisions": "art_2",
        "from": "2026-01-15",
    }
]


def table(name: str, rows: list[dict[str, str]]) -> legislating.Table:
    return legislating.Table(name, frozenset(rows[0]), list(enumerate(rows, 2)))


@pytest.fixture
def law(qms: QMS) -> str:
    """Return a document issued before the decree it cites was amended."""
    with qms.work(qms.shell("thuky")) as work:
        legislating.take_in(work, [table("vb.csv", INSTRUMENTS), table("qh.csv", RELATIONS)])
    return house.issued(qms, by=house.decision("10/QĐ-UBND", date(2026, 1, 5)))


def test_the_list_is_searched_and_counts_who_cites(law: str, browse: Browse) -> None:
    page = browse("doc").get("/legal?q=123/2015").text
    assert "123/2015/NĐ-CP" in page
    assert ">18/2026/NĐ-CP</a>" not in page
    assert 'data-label="Tài liệu viện dẫn">1<' in page


def test_an_instrument_shows_what_changed_it_and_who_cites_it(law: str, browse: Browse) -> None:
    page = browse("doc").get("/legal/123/2015/NĐ-CP").text
    assert "Được sửa đổi, bổ sung bởi" in page
    assert "Điều 2" in page
    assert f"/documents/{law}" in page


def test_the_impact_of_a_change_names_document_and_deadline(law: str, browse: Browse) -> None:
    page = browse("thuky").get("/legal/18/2026/NĐ-CP/impact").text
    assert f"/documents/{law}" in page
    assert "15/04/2026" in page
    assert "Cần rà soát" in page


def test_the_impact_shows_reasons_in_words_and_folds_what_is_remote(
    law: str, qms: QMS, browse: Browse
) -> None:
    more = {"source": "04/2020/TT-BTP", "kind": "guides", "target": "123/2015/NĐ-CP", "from": "2020-07-16"}
    with qms.work(qms.shell("thuky")) as work:
        legislating.take_in(work, [table("qh.csv", [more | {"target_provisions": ""}])])
        library.add_papers(work.session, [library.Paper("aaaaaaab", ["04/2020/TT-BTP"])])
        library.add_papers(work.session, [library.Paper("aaaaaaac")])
        work.commit()
    page = browse("thuky").get("/legal/18/2026/NĐ-CP/impact").text
    assert "18/2026/NĐ-CP sửa đổi, bổ sung Điều 2 của 123/2015/NĐ-CP, từ 15/01/2026" in page
    assert "04/2020/TT-BTP hướng dẫn 123/2015/NĐ-CP" in page
    strong, _, folded = page.partition("Liên quan xa, nên xem qua (1)")
    assert f"/documents/{law}" in strong
    assert "/documents/aaaaaaab" not in strong
    assert "/documents/aaaaaaab" in folded
    assert "Chưa xem được, phải xem bằng mắt (1)" in page


def test_a_document_shows_what_became_of_its_basis(law: str, browse: Browse) -> None:
    page = browse("doc").get(f"/documents/{law}").text
    assert "Cần rà soát" in page
    before = browse("doc").get(f"/documents/{law}?on=2026-01-10").text
    assert "Cần rà soát" not in before


def test_an_unknown_instrument_is_told(browse: Browse) -> None:
    assert browse("doc").get("/legal/999/2020/NĐ-CP").status_code == 404


def test_what_is_lacking_is_shown_and_filled_in_row_by_row(qms: QMS, browse: Browse) -> None:
    document = house.issued(qms)
    officer = browse("thuky")
    page = officer.get("/legal/missing").text
    assert "2 văn bản chưa có trong sổ" in page
    assert f"/documents/{document}" in page
    assert officer.field("/legal/new?number=123/2015/NĐ-CP", "number") == "123/2015/NĐ-CP"
    typed = {"number": "123/2015/NĐ-CP", "type": "Nghị định", "effective": "01/01/2016", "back": "1"}
    assert officer.post("/legal/new", typed).headers["Location"] == "/legal/missing"
    assert "1 văn bản chưa có trong sổ" in officer.get("/legal/missing").text
    assert "Điền" not in browse("doc").get("/legal/missing").text


def test_a_field_that_is_wrong_is_told_with_what_was_typed(browse: Browse) -> None:
    answer = browse("thuky").post(
        "/legal/new", {"number": "1/2020/NĐ-CP", "title": "Đã gõ", "issued": "31/02/2020"}
    )
    assert answer.status_code == 422
    assert "Đã gõ" in answer.text
    assert browse("thuky").post("/legal/new", {"number": " "}).status_code == 422


HEADS = "Số ký hiệu\tTrích yếu\tNgày hiệu lực\n"
WRONG = "8/2020/NĐ-CP\tSai ngày\t31/02/2020"
PASTE = f"{HEADS}9/2020/NĐ-CP\tQuy định mới\t01/02/2020\n{WRONG}"


def test_a_paste_is_shown_before_it_is_kept_and_wrong_rows_come_back_as_typed(browse: Browse) -> None:
    officer = browse("thuky")
    tried = officer.post("/legal/paste", {"rows": PASTE})
    assert "chưa ghi gì vào sổ" in tried.text
    assert "Quy định mới" in tried.text
    assert officer.get("/legal/9/2020/NĐ-CP").status_code == 404
    assert field_of(tried.text, "rows") == PASTE
    done = officer.post("/legal/paste/confirmed", {"rows": PASTE})
    assert officer.get("/legal/9/2020/NĐ-CP").status_code == 200
    assert "31/02/2020" in done.text
    assert field_of(done.text, "rows") == HEADS + WRONG


def test_a_table_in_a_file_is_taken_in_and_what_is_no_table_refused(browse: Browse) -> None:
    officer = browse("thuky")
    table = io.BytesIO("number,type\n7/2020/NĐ-CP,Nghị định\n".encode())
    assert officer.post("/legal/import", {"file": (table, "sổ.csv")}).status_code == 302
    assert officer.get("/legal/7/2020/NĐ-CP").status_code == 200
    assert officer.post("/legal/import", {"file": (io.BytesIO(b"a,b\n1,2"), "x.csv")}).status_code == 422
    assert officer.post("/legal/import").status_code == 422


def test_the_officer_puts_an_instrument_right_and_is_told_of_a_change_meanwhile(
    law: str, browse: Browse
) -> None:
    officer = browse("thuky")
    page = officer.get("/legal/123/2015/NĐ-CP/edit").text
    action = re.search(r'action="(/legal/[^"]*/edit\?id=\d+)"', page)
    assert action
    sent = {
        "base": field_of(page, "base"),
        "type": "Nghị định",
        "title": "Tên đúng",
        "effective": "01/01/2016",
    }
    assert officer.post(action[1], sent).status_code == 302
    assert "Tên đúng" in browse("doc").get("/legal/123/2015/NĐ-CP").text
    again = officer.post(action[1], {**sent, "title": "Tên gõ muộn"})
    assert again.status_code == 409
    assert "Tên gõ muộn" in again.text


def test_a_status_is_explained_and_a_review_may_be_opened(law: str, browse: Browse) -> None:
    page = browse("thuky").get("/legal/123/2015/NĐ-CP").text
    assert "18/2026/NĐ-CP sửa đổi, bổ sung Điều 2" in page
    assert "Mở đợt rà soát" in page
    assert "Mở đợt rà soát" not in browse("doc").get("/legal/123/2015/NĐ-CP").text


def test_a_local_number_of_two_provinces_leads_to_the_choice(qms: QMS, browse: Browse) -> None:
    rows = [
        {
            "number": "04/2024/NQ-HĐND",
            "type": "Nghị quyết",
            "issuer": f"HĐND tỉnh {province}",
            "title": province,
        }
        for province in ("Sóc Trăng", "Hậu Giang")
    ]
    with qms.work(qms.shell("thuky")) as work:
        legislating.take_in(work, [table("nq.csv", rows)])
    answer = browse("doc").get("/legal/04/2024/NQ-HĐND")
    assert answer.status_code == 302
    listed = browse("doc").get(answer.headers["Location"]).text
    assert "HĐND tỉnh Sóc Trăng" in listed
    assert "HĐND tỉnh Hậu Giang" in listed


def test_the_list_is_narrowed_by_kind_and_by_what_is_cited(law: str, browse: Browse) -> None:
    reader = browse("doc")
    assert "123/2015/NĐ-CP" in reader.get("/legal?cited=1&status=partly_expired&type=Nghị định").text
    assert "Không có văn bản nào khớp" in reader.get("/legal?status=suspended").text


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_the_whole_register_is_handed_out(law: str, browse: Browse, form: str) -> None:
    answer = browse("doc").get(f"/legal/export.{form}")
    assert answer.status_code == 200
    assert f".{form}" in answer.headers["Content-Disposition"]
    assert browse("doc").get("/legal/export.exe").status_code == 404


def test_an_unknown_basis_leads_to_where_the_register_is_filled(qms: QMS, browse: Browse) -> None:
    house.issued(qms, "QT-40", body="Theo Nghị định số 23/2015/NĐ-CP.")
    house.law(
        qms,
        ("996/2026/NĐ-CP", "amends", "23/2015/NĐ-CP", ""),
        instruments=[{"number": "23/2015/NĐ-CP", "type": "Nghị định", "effective": "2015-04-10"}],
    )
    page = browse("thuky").get("/obsolete?kind=unknown_basis").text
    assert 'href="/legal/new?number=123/2015/N%C4%90-CP"' in page
    assert 'href="/legal/23/2015/N%C4%90-CP"' in page
    assert "/legal/new" not in browse("doc").get("/obsolete").text

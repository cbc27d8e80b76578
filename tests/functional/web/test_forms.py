"""The page on which somebody drops a form; the source of a form on its page, its procedures' and its instrument's."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

from flask import Flask

from qms.app import create_app
from qms.bootstrap import QMS
from qms.model.enums import FormSource
from qms.usecases import form_sources, linking
from tests import house
from tests.forms import blank_form, filled
from tests.functional.usecases.test_recognising import LINES, issue_form, issue_next
from tests.functional.web.conftest import Browser

Browse = Callable[..., Browser]


def drop(browser: Browser, data: bytes, name: str = "don.docx", **fields: object) -> str:
    return browser.post("/forms/check", {"file": (io.BytesIO(data), name), **fields}).text


def test_a_reader_is_told_that_the_form_applies(browse: Browse, qms: QMS) -> None:
    issue_form(qms)
    browser = browse("doc")
    assert 'type="file"' in browser.get("/forms/check").text
    page = drop(browser, blank_form(*map(filled, LINES)))
    assert "CÒN ÁP DỤNG" in page
    assert "BM-01" in page


def test_an_old_form_shows_what_differs_and_leads_to_the_file_in_force(
    browse: Browse, qms: QMS, clock: house.FixedClock
) -> None:
    document = issue_form(qms)
    issue_next(qms)
    clock.move_to(date(2026, 12, 20))
    page = drop(browse("doc"), blank_form(*map(filled, LINES)))
    assert "MẪU CŨ, ĐÃ BỊ THAY THẾ" in page
    assert "146/QĐ-UBND" in page
    assert "<del>30</del>" in page
    assert f"/documents/{document}/files/2" in page
    again = drop(browse("doc"), blank_form(*map(filled, LINES)), on="9/12/2026")
    assert "CÒN ÁP DỤNG" in again
    assert f"/documents/{document}/files/1?on=2026-12-09" in again


def test_what_is_not_known_is_said_to_be_not_known(browse: Browse, qms: QMS) -> None:
    issue_form(qms)
    page = drop(browse("doc"), blank_form("ĐƠN XIN NGHỈ PHÉP", "BM-01", "Kính gửi cơ quan: ...."))
    assert "KHÔNG NHẬN RA" in page
    assert "tệp có in mã hiệu này" in page
    assert "CÒN ÁP DỤNG" not in page


def test_no_file_and_no_document_are_refused_with_the_day_kept(browse: Browse, qms: QMS) -> None:
    browser = browse("doc")
    answer = browser.post("/forms/check", {"on": "9/12/2026"})
    assert answer.status_code == 422
    assert 'value="9/12/2026"' in answer.text
    assert browser.post("/forms/check", {"file": (io.BytesIO(b"\x89PNG"), "a.png")}).status_code < 500


def test_the_officer_sets_the_source_and_it_stands_on_all_three_pages(browse: Browse, qms: QMS) -> None:
    form = issue_form(qms)
    procedure = house.issued(qms, "QT-01")
    instrument = {
        "number": "04/2024/TT-BTP",
        "type": "Thông tư",
        "title": "Về mẫu",
        "effective": "2024-07-01",
    }
    house.law(qms, instruments=[instrument])
    with qms.work(qms.shell("thuky")) as work:
        linking.link(work, "QT-01", "BM-01")
    officer = browse("thuky")
    sent = {"source": "instrument", "number": "Thông tư 04/2024/TT-BTP", "sample": "Mẫu số 01"}
    assert officer.post(f"/documents/{form}/source", sent).status_code == 302
    for path in (f"/documents/{form}", f"/documents/{procedure}"):
        page = officer.get(path).text
        assert "Mẫu số 01" in page
        assert "04/2024/TT-BTP" in page
        assert "Còn hiệu lực" in page
    assert "QT-01" in officer.get(f"/documents/{form}").text
    assert "BM-01" in officer.get("/legal/04/2024/TT-BTP").text


def test_a_form_whose_instrument_ended_is_not_called_valid(browse: Browse, qms: QMS) -> None:
    issue_form(qms)
    known = {"number": "04/2020/TT-BTP", "type": "Thông tư", "title": "Về mẫu", "effective": "2020-07-16"}
    house.law(qms, ("04/2024/TT-BTP", "replaces", "04/2020/TT-BTP", "2024-07-01"), instruments=[known])
    with qms.work(qms.shell("thuky")) as work:
        origin = form_sources.Origin(FormSource.INSTRUMENT, "04/2020/TT-BTP", sample="Mẫu số 01")
        form_sources.set_source(work, "BM-01", origin)
    page = drop(browse("doc"), blank_form(*map(filled, LINES)))
    assert "CĂN CỨ ĐÃ HẾT HIỆU LỰC" in page
    assert "CÒN ÁP DỤNG" not in page
    assert "Mẫu theo văn bản đã hết hiệu lực" in browse("thuky").get("/obsolete").text


def test_a_stranger_outside_the_office_is_asked_to_sign_in(app: Flask, qms: QMS) -> None:
    answer = Browser(create_app(qms), qms).get("/forms/check")
    assert answer.status_code == 302
    assert "/sign-in" in answer.headers["Location"]

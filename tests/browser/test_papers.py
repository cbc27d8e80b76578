"""The page that a QR code opens, and the book of copies, in a real browser: on a phone of 360 px, readable by all."""

from __future__ import annotations

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from qms.model.enums import CopyFate
from qms.usecases import copies, printing
from tests import house, printed
from tests.browser.conftest import WIDTHS, Site

SCROLLS_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SCREENS = os.environ.get("QMS_SCREENS")


def test_a_stranger_reads_on_a_phone_whether_a_page_still_holds(site: Site, context: BrowserContext) -> None:
    house.issued(site.qms, "QT-41", "Xác nhận tình trạng hôn nhân", by=house.decision("41/QĐ-UBND"))
    page = site.listen(context.new_page())
    site.complaints.clear()
    for sequence, words in ((1, "HẾT HIỆU LỰC."), (2, "CÒN ÁP DỤNG.")):
        page.goto(_address(site, "QT-01", sequence))
        expect(page.get_by_role("status")).to_contain_text(words)
        _look(page, f"check-{sequence}")
    page.goto(site.address + "/v")
    _look(page, "look-up")
    page.get_by_label("Mã kiểm tra").fill("AAAA-BBBB")
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.get_by_role("alert")).to_contain_text("Không có bản in nào mang mã này")
    _look(page, "unknown")
    # the browser itself notes an answer of 404
    assert [one for one in site.complaints if "404" not in one] == []


def test_the_officer_gives_out_a_copy_and_writes_down_its_return(site: Site, context: BrowserContext) -> None:
    page = site.enter(context, "thuky")
    site.complaints.clear()
    page.goto(f"{site.address}/documents/{site.ids['issued']}")
    page.get_by_role("button", name="Bản kiểm soát", exact=True).click()
    page.get_by_label("Người hoặc đơn vị giữ").fill("Phòng Văn hóa - Xã hội")
    page.get_by_role("button", name="Phát bản kiểm soát").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi bản kiểm soát số 01")
    _look(page, "book")
    page.goto(site.address + "/copies")
    _look(page, "copies")
    page.goto(f"{site.address}/documents/{site.ids['issued']}/copies")
    page.get_by_text("Ghi thu hồi").click()
    page.get_by_label("Kết quả").select_option(CopyFate.DESTROYED.value)
    page.get_by_role("button", name="Ghi", exact=True).click()
    page.goto(site.address + "/copies/minutes")
    expect(page.get_by_role("table")).to_contain_text("Phòng Văn hóa - Xã hội")
    _look(page, "minutes")
    assert site.complaints == []
    with site.qms.reading(site.qms.shell("thuky")) as work:
        assert copies.outstanding(work) == ()


def _address(site: Site, code: str, sequence: int) -> str:
    with site.qms.reading(site.qms.shell("thuky")) as work:
        paper = printing.paper(work, code, printing.Wanted(site.address, sequence=sequence))
    return printed.codes(paper.data)[0][0]


def _look(page: Page, name: str) -> None:
    """Refuse a page that hurts somebody or scrolls sideways at any width."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if SCREENS:
            page.screenshot(path=Path(SCREENS) / f"{name}-{width}.png", full_page=True)
        assert not page.evaluate(SCROLLS_SIDEWAYS), (page.url, width)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], page.url

"""The pages of administrative procedures in a real browser: readable, narrow, and a decision worked through by hand."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import WIDTHS, Site

CATALOGUE = (
    "code,name,decision,time_limit,field\n1.001193,Thủ tục đăng ký khai sinh,163/QĐ-BTP,10 ngày,Hộ tịch\n"
)
DECISION = (
    "code,name,decision,change,time_limit,effective\n"
    "1.001193,Đăng ký khai sinh,77/QĐ-BTP,sửa đổi,7 ngày,2026-11-01\n"
)
SCROLLS_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def test_a_decision_is_pasted_looked_at_taken_and_ticked(site: Site, context: BrowserContext) -> None:
    page = site.enter(context, "thuky")
    site.complaints.clear()
    for table in (CATALOGUE, DECISION):
        page.goto(site.address + "/tthc/import")
        page.get_by_label("Hoặc dán bảng vào đây").fill(table)
        page.get_by_role("button", name="Xem trước").click()
        _look(page)
        page.get_by_role("button", name="Ghi vào danh mục").click()
    expect(page.get_by_role("status")).to_contain_text("thêm 1 dòng")
    page.goto(site.address + "/tthc/link")
    _look(page)
    page.get_by_label("1.001193").first.check()
    page.get_by_role("button", name="Lưu các dòng đã đánh dấu").click()
    for path in ("/tthc", "/tthc?q=khong+co", "/tthc?decision=77/QĐ-BTP", "/tthc/1.001193", "/tthc/import"):
        page.goto(site.address + path)
        _look(page)
    page.goto(site.address + f"/documents/{site.ids['issued']}")
    expect(page.locator("#thoi-han")).to_contain_text("7 ngày")
    _look(page)
    assert site.complaints == []


def _look(page: Page) -> None:
    """Refuse a page that hurts somebody or scrolls sideways at any width."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert not page.evaluate(SCROLLS_SIDEWAYS), (page.url, width)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], page.url

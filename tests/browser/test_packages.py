"""The pages of packages in a real browser: a zip from the desk to what is in control, readable at any width."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from qms.jobs.runner import drain
from tests.browser.conftest import WIDTHS, Site
from tests.papers import word_paper

PDF = b"%PDF-1.7\n% ban quet\n%%EOF\n"
SCROLLS_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def _zip() -> FilePayload:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Thủ tục A.docx", word_paper("QT-GOI-01", "Thủ tục gói A", day=date(2025, 7, 1)))
        archive.writestr("bản quét.pdf", PDF)
        archive.writestr("hỏng.docx", b"PK hong")
    return {"name": "gói tháng 7.zip", "mimeType": "application/zip", "buffer": out.getvalue()}


def test_a_package_is_handed_in_decided_and_recorded(site: Site, context: BrowserContext) -> None:
    page = site.enter(context, "thuky")
    site.complaints.clear()
    page.goto(site.address + "/packages")
    _look(page)
    page.get_by_label("Tệp", exact=True).set_input_files(_zip())
    page.get_by_role("button", name="Tải lên và đọc").click()
    expect(page.get_by_role("status")).to_contain_text("xong 0 trên 3 tệp")
    _look(page)
    drain(site.qms)
    # the page comes by itself once everything is read
    expect(page.get_by_role("heading", name="Cần bạn quyết định (1)")).to_be_visible(timeout=10_000)
    _look(page)
    place = page.url
    page.get_by_role("link", name="Nhập mã hiệu, tên, ngày").click()
    _look(page)
    page.get_by_label("Tên tài liệu").fill("Thủ tục chỉ có bản quét")
    page.get_by_label("Mã hiệu", exact=True).fill("QT-GOI-02")
    page.get_by_role("button", name="Ghi thông tin").click()
    expect(page.get_by_role("heading", name="Sẵn sàng ghi nhận (2)")).to_be_visible()
    page.get_by_label("Số, ký hiệu quyết định").fill("300/QĐ-UBND")
    page.get_by_label("Tôi đã đối chiếu").check()
    page.get_by_role("button", name="Ghi nhận cả gói").click()
    expect(page.get_by_role("heading", name="Đã nhập (2)")).to_be_visible()
    _look(page)
    page.get_by_text("Kết thúc gói").first.click()
    page.get_by_role("button", name="Kết thúc gói").click()
    expect(page.get_by_text("Gói đã kết thúc. Trang này là bản đối chiếu còn lưu.")).to_be_visible()
    assert page.url == place
    page.get_by_role("link", name="Xem tài liệu").first.click()
    _look(page)
    page.goto(site.address + "/packages")
    _look(page)
    page.goto(place + "/retire")
    _look(page)
    assert site.complaints == []


def _look(page: Page) -> None:
    """Refuse a page that hurts somebody or scrolls sideways at any width."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert not page.evaluate(SCROLLS_SIDEWAYS), (page.url, width)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], page.url

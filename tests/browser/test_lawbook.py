"""Filling the legal register as an officer does it: paste, look, keep; wrong rows come back to be mended."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import WIDTHS, Site

ROWS = "\n".join(
    "\t".join(cells)
    for cells in (
        ("Số ký hiệu", "Loại văn bản", "Trích yếu", "Cơ quan ban hành", "Ngày hiệu lực"),
        ("301/2020/NĐ-CP", "Nghị định", "Quy định để thử việc dán bảng", "Chính phủ", "01/02/2020"),
        ("302/2020/NĐ-CP", "Nghị định", "Sai ngày", "Chính phủ", "31/02/2020"),
    )
)


def test_rows_are_pasted_looked_at_and_kept(site: Site, context: BrowserContext) -> None:
    page = site.enter(context, "thuky")
    page.goto(f"{site.address}/legal/paste")
    page.get_by_label("Các dòng văn bản").fill(ROWS)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", name="Xem trước: chưa ghi gì vào sổ")).to_be_visible()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert _hurts(page) == []
    page.get_by_role("button", name="Ghi 1 dòng vào sổ").click()
    expect(page.get_by_role("alert")).to_contain_text("302/2020/NĐ-CP")
    kept = page.get_by_label("Các dòng văn bản").input_value()
    assert "302/2020/NĐ-CP" in kept
    assert "301/2020/NĐ-CP" not in kept
    assert _hurts(page) == []
    page.goto(f"{site.address}/legal?q=dan+bang")
    expect(page.get_by_role("link", name="301/2020/NĐ-CP")).to_be_visible()


def _hurts(page: Page) -> list[str]:
    sideways = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    found = [
        f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in Axe().run(page).response["violations"]
    ]
    return [*found, *(["sideways"] if sideways else [])]

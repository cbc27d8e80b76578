"""Every page as people meet it: on a phone and on a desk, by axe, by the console, by the keyboard."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from qms.usecases import drafting
from tests import house
from tests.browser.conftest import WIDTHS, Site

PAGES = (
    "/",
    "/search?q=khai+sinh",
    "/search?q=khongcogi",
    "/register",
    "/papers",
    "/documents/{issued}",
    "/documents/{issued}?on=2026-01-06",
    "/documents/{issued}/revisions/1",
    "/documents/{issued}/redline?old=1&new=2",
    "/documents/{issued}/retire",
    "/documents/{draft}/draft",
    "/documents/{draft}/draft/submit",
    "/documents/{issued}/draft",
    "/drafts/new",
    "/approvals",
    "/approvals/{issued}",
    "/issuances",
    "/issuances/new",
    "/legal",
    "/legal?q=ho+tich&status=in_force&cited=1",
    "/legal/123/2015/NĐ-CP",
    "/legal/123/2015/NĐ-CP/edit",
    "/legal/missing",
    "/legal/paste",
    "/legal/new?number=Luật Hộ tịch 2014",
    "/legal/18/2026/NĐ-CP/impact",
    "/account",
)
SCROLLS_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def test_no_page_hurts_anybody_scrolls_sideways_or_complains(site: Site, context: BrowserContext) -> None:
    page = site.enter(context, "thuky")
    site.complaints.clear()
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for path in PAGES:
            page.goto(site.address + path.format(**site.ids))
            if page.evaluate(SCROLLS_SIDEWAYS):
                found.append(f"{path} at {width}: sideways")
            found += [f"{path} at {width}: {one}" for one in _violations(page)]
    assert found == []
    assert site.complaints == []


def test_the_pages_before_the_door_are_as_good(site: Site, context: BrowserContext) -> None:
    page = site.listen(context.new_page())
    site.complaints.clear()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(site.address + "/sign-in")
        assert not page.evaluate(SCROLLS_SIDEWAYS)
        assert _violations(page) == []
    assert site.complaints == []


def test_the_dark_is_readable_too(site: Site, context: BrowserContext) -> None:
    page = site.enter(context, "thuky")
    page.emulate_media(color_scheme="dark")
    for path in ("/", "/documents/{issued}", "/register", "/issuances/new", "/approvals/{issued}"):
        page.goto(site.address + path.format(**site.ids))
        assert _violations(page) == [], path


def test_a_slash_leads_to_the_search_box_but_not_out_of_a_text(site: Site, context: BrowserContext) -> None:
    page = site.enter(context, "soan")
    page.keyboard.press("/")
    expect(page.locator("input[type=search]")).to_be_focused()
    page.keyboard.type("a/b")
    expect(page.locator("input[type=search]")).to_have_value("a/b")


def test_the_preview_comes_without_leaving_the_page(site: Site, context: BrowserContext) -> None:
    page = site.enter(context, "soan")
    page.goto(f"{site.address}/documents/{site.ids['draft']}/draft")
    before = page.url
    page.get_by_label("Nội dung", exact=True).fill("## ĐỀ MỤC XEM TRƯỚC")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator("#xem-truoc")).to_contain_text("ĐỀ MỤC XEM TRƯỚC")
    assert page.url == before


def test_what_was_typed_survives_a_closed_tab(site: Site, context: BrowserContext) -> None:
    page = site.enter(context, "soan")
    address = f"{site.address}/documents/{site.ids['draft']}/draft"
    page.goto(address)
    page.get_by_label("Nội dung", exact=True).fill("Đoạn chưa kịp lưu.")
    page.close(run_before_unload=False)
    again = context.new_page()
    again.goto(address)
    again.get_by_role("button", name="Lấy lại").click()
    expect(again.get_by_label("Nội dung", exact=True)).to_have_value("Đoạn chưa kịp lưu.")


def test_what_survived_does_not_write_over_what_somebody_saved_meanwhile(
    site: Site, context: BrowserContext
) -> None:
    page = site.enter(context, "soan")
    document = house.draft(site.qms, "QT-08", "Tiếp công dân")
    address = f"{site.address}/documents/{document}/draft"
    page.goto(address)
    page.get_by_label("Nội dung", exact=True).fill("Bản gõ dở.")
    page.close(run_before_unload=False)
    with site.qms.work(site.qms.shell("soan")) as work:
        current = drafting.draft(work, document)
        drafting.save_text(work, document, "Bản đã lưu ở máy khác.", current.base_sha256, "")
    again = context.new_page()
    again.goto(address)
    again.get_by_role("button", name="Lấy lại").click()
    again.get_by_role("button", name="Lưu", exact=True).click()
    expect(again.get_by_label("Bản của bạn")).to_have_value("Bản gõ dở.")
    expect(again.get_by_label("Bản đang lưu của người khác")).to_have_value("Bản đã lưu ở máy khác.")


def test_everything_works_without_scripts(site: Site, context: BrowserContext) -> None:
    cookies = site.enter(context, "soan").context.cookies()
    assert context.browser
    plain = context.browser.new_context(java_script_enabled=False)
    plain.add_cookies(cookies)  # type: ignore[arg-type]
    page = plain.new_page()
    page.goto(f"{site.address}/documents/{site.ids['draft']}/draft")
    page.get_by_label("Nội dung", exact=True).fill("## KHÔNG CẦN MÃ LỆNH")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator("#xem-truoc")).to_contain_text("KHÔNG CẦN MÃ LỆNH")
    expect(page.get_by_label("Nội dung", exact=True)).to_have_value("## KHÔNG CẦN MÃ LỆNH")
    plain.close()


def test_a_printed_document_leaves_the_furniture_behind(site: Site, context: BrowserContext) -> None:
    page = site.enter(context, "soan")
    page.goto(f"{site.address}/documents/{site.ids['issued']}")
    page.emulate_media(media="print")
    for furniture in (".top", ".bar", ".actions", ".foot"):
        expect(page.locator(furniture).first).to_be_hidden()
    expect(page.locator("article.paper")).to_be_visible()


def _violations(page: Page) -> list[str]:
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:160]} ({one['nodes'][0].get('failureSummary', '')[:200]})"
        for one in Axe().run(page).response["violations"]
    ]

"""The officer's walk: from a decree as PDF to notices, drafts and people tasked, without a terminal.

With ``QMS_SCREENS=docs/guide/screens`` the pages on the way are kept as the pictures of the guide.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import typst
from playwright.sync_api import BrowserContext, Page, expect
from waitress.server import create_server

from qms.app import create_app
from qms.bootstrap import build
from qms.cli.__main__ import Start, run
from qms.config import Config
from qms.jobs.runner import drain
from tests import house
from tests.browser.conftest import Site

DECREE = """
#set page(paper: "a4")
#set text(lang: "vi")
#strong[CHÍNH PHỦ] \\
Số: 309/2026/NĐ-CP

Hà Nội, ngày 05 tháng 8 năm 2026

#strong[NGHỊ ĐỊNH]

Sửa đổi, bổ sung một số điều của Nghị định số 118/2025/NĐ-CP

Căn cứ Luật Tổ chức Chính phủ số 63/2025/QH15;

Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ

+ Bổ sung khoản 9 vào sau khoản 8 Điều 3 như sau: (văn bản mẫu, lược nội dung).
+ Bổ sung khoản 2a vào sau khoản 2 Điều 17 như sau: (văn bản mẫu, lược nội dung).

Điều 2. Hiệu lực thi hành

Nghị định này có hiệu lực thi hành từ ngày 05 tháng 8 năm 2026.
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Serve the sample agency as it stands after its story."""
    monkeypatch.setenv("QMS_SIGN_COMMITS", "0")
    home = tmp_path / "home"
    assert run(["--home", str(home), "init", "--sample"], Start(house.FixedClock())) == 0
    qms = build(Config(home=home, sign_commits=False), clock=house.FixedClock())
    app = create_app(qms, wake=lambda: drain(qms))
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.effective_port}", qms, {}, app)
    server.close()
    thread.join(timeout=10)
    qms.close()


@pytest.fixture
def decree(tmp_path: Path) -> Path:
    """Return a decree as a PDF with a text layer."""
    (tmp_path / "decree.typ").write_text(DECREE, encoding="utf-8")
    typst.compile(tmp_path / "decree.typ", output=tmp_path / "309-2026-ND-CP.pdf")
    return tmp_path / "309-2026-ND-CP.pdf"


def keep(page: Page, name: str) -> None:
    """Keep what stands on the screen as a picture of the guide, if somebody asked for it."""
    folder = os.environ.get("QMS_SCREENS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def open_step(page: Page, words: str) -> None:
    page.locator("summary", has_text=words).click()


def test_from_a_decree_as_pdf_to_notices_drafts_and_tasks(
    office: Site, context: BrowserContext, decree: Path
) -> None:
    page = office.enter(context, "thuky")
    page.goto(office.address + "/changes")
    press(page, "Nhận văn bản mới")
    page.set_input_files("#file", decree)
    keep(page, "1-nhan-van-ban")
    press(page, "Đọc văn bản")
    expect(page.locator("#number")).to_have_value("309/2026/NĐ-CP")
    expect(page.locator("#effective")).to_have_value("05/08/2026")
    expect(page.locator("main")).to_contain_text("118/2025/NĐ-CP")
    keep(page, "2-kiem-tra")
    press(page, "Ghi vào sổ và xem tài liệu chịu tác động")
    keep(page, "3-tac-dong")
    press(page, "Mở đợt rà soát")
    page.wait_for_url("**/changes/new**")
    press(page, "Mở đợt rà soát")
    rows = page.locator("li.item")
    count = rows.count()
    assert count >= 4
    keep(page, "4-dot-ra-soat")

    open_step(page, "1. Ra thông báo áp dụng tạm thời")
    press(page, "Ra thông báo")
    expect(page.get_by_role("status")).to_contain_text("Thông báo áp dụng tạm thời đã hiện")
    open_step(page, "2. Quyết định cách xử lý, giao việc")
    page.get_by_label("Chức danh phụ trách").select_option(label="Chuyên viên Văn phòng - Thư ký ISO")
    keep(page, "5-giao-viec")
    press(page, "Ghi quyết định")
    expect(page.get_by_role("status")).to_contain_text("Đã ghi quyết định")
    open_step(page, "3. Mở bản soạn và cập nhật căn cứ trong tệp")
    press(page, "Mở bản soạn")
    expect(page.locator("h1")).to_contain_text("bản soạn")
    expect(page.locator("main")).to_contain_text("309/2026/NĐ-CP")
    keep(page, "6-ban-soan")
    page.get_by_role("link", name="Xem thay đổi so với bản đang áp dụng").first.click()
    expect(page.locator("ins", has_text="309/2026/NĐ-CP").first).to_be_visible()
    keep(page, "7-thay-doi")

    page.goto(office.address + "/search?q=ket+hon")
    expect(page.locator("main")).to_contain_text("Thông báo áp dụng tạm thời")
    assert office.complaints == []


TTHC = """Mã TTHC\tTên thủ tục hành chính\tThay đổi\tMã mới\tThời hạn giải quyết\tSố quyết định\tNgày hiệu lực
1.001193\tĐăng ký khai sinh\tSửa đổi, bổ sung\t\t7 ngày\t77/QĐ-BTP\t01/11/2026
1.000894\tĐăng ký kết hôn\tBãi bỏ\t\t\t77/QĐ-BTP\t01/11/2026
2.000815\tChứng thực bản sao từ bản chính\tĐổi mã\t2.009999\t01 ngày làm việc\t77/QĐ-BTP\t01/11/2026
"""


def test_a_tthc_decision_that_cuts_a_limit_abolishes_one_and_recodes_one(
    office: Site, context: BrowserContext
) -> None:
    page = office.enter(context, "thuky")
    page.goto(office.address + "/tthc/import")
    page.get_by_label("Hoặc dán bảng vào đây").fill(TTHC)
    press(page, "Xem trước")
    for said in ("7 ngày", "Bãi bỏ", "Đổi mã thành 2.009999", "QT-HT-01", "QT-HT-02", "QT-CT-01"):
        expect(page.locator("main")).to_contain_text(said)
    keep(page, "8-tthc-xem-truoc")
    press(page, "Ghi vào danh mục")
    page.goto(office.address + "/changes/new?number=77/QĐ-BTP")
    press(page, "Mở đợt rà soát")
    for code in ("QT-HT-01", "QT-HT-02", "QT-CT-01"):
        expect(page.locator("main")).to_contain_text(code)
    keep(page, "9-tthc-ra-soat")
    open_step(page, "1. Ra thông báo áp dụng tạm thời")
    press(page, "Ra thông báo")
    page.goto(office.address + "/d/QT-HT-01")
    expect(page.locator("#thoi-han")).to_contain_text("7 ngày")
    expect(page.locator("main")).to_contain_text("Thông báo áp dụng tạm thời")
    keep(page, "10-ba-thoi-gian")
    page.goto(office.address + "/obsolete?kind=tthc_ended")
    expect(page.locator("main")).to_contain_text("QT-HT-02")
    keep(page, "11-can-xu-ly")
    assert office.complaints == []


def test_the_pages_of_a_change_are_for_everybody(office: Site, context: BrowserContext) -> None:
    from tests.browser.test_pages import SCROLLS_SIDEWAYS, WIDTHS, _violations

    page = office.enter(context, "thuky")
    page.goto(office.address + "/changes")
    change = page.get_by_role("link", name="18/2026/NĐ-CP").first.get_attribute("href")
    assert change
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for path in ("/changes", change, f"{change}/proof", "/changes/years/2026", "/changes/new?number=309/2026/NĐ-CP",
                     "/obsolete", "/legal/intake", "/legal/intake/typed", "/d/QT-HT-02"):  # fmt: skip
            page.goto(office.address + path)
            if page.evaluate(SCROLLS_SIDEWAYS):
                found.append(f"{path} at {width}: sideways")
            found += [f"{path} at {width}: {one}" for one in _violations(page)]
    assert found == []
    assert office.complaints == []

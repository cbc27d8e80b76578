"""A real browser on a served agency with a lived-in register; skipped where no chromium is installed."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from waitress.server import create_server

from qms.app import create_app
from qms.bootstrap import QMS, build
from qms.config import Config
from qms.usecases import legislating, people
from tests import house
from tests.conftest import skip_or_fail

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = (360, 1280)

INSTRUMENTS = [
    {
        "number": "123/2015/NĐ-CP",
        "type": "Nghị định",
        "title": "Quy định chi tiết Luật Hộ tịch",
        "effective": "2016-01-01",
    },
    {
        "number": "60/2014/QH13",
        "type": "Luật",
        "title": "Hộ tịch",
        "issued": "2014-11-20",
        "effective": "2016-01-01",
    },
    {"number": "18/2026/NĐ-CP", "type": "Nghị định", "title": "", "effective": "2026-01-15"},
]
RELATIONS = [{"source": "18/2026/NĐ-CP", "kind": "amends", "target": "123/2015/NĐ-CP", "from": "2026-01-15"}]
STEPS = """Các bước:

| TT | Trình tự thực hiện | Trách nhiệm | Thời gian | Biểu mẫu, kết quả |
|---|---|---|---|---|
| 1 | Tiếp nhận hồ sơ, kiểm tra thành phần | Công chức Tư pháp - Hộ tịch | 02 giờ | Giấy hẹn trả kết quả |
"""


@dataclass
class Site:
    """A served agency, its documents, and what the browser complained of."""

    address: str
    qms: QMS
    ids: dict[str, str]
    app: Flask
    complaints: list[str] = field(default_factory=list)

    def enter(self, context: BrowserContext, login: str) -> Page:
        """Return a page on which somebody is signed in."""
        # the tests sign in more often in a minute than one address may
        for limiter in self.app.extensions["limiter"]:
            limiter.reset()
        with self.qms.work(self.qms.shell()) as work:
            token = people.one_time_link(work, login)
        page = self.listen(context.new_page())
        page.goto(f"{self.address}/sign-in/{token}")
        page.get_by_role("button", name="Vào hệ thống").click()
        page.wait_for_url(self.address + "/")
        return page

    def listen(self, page: Page) -> Page:
        """Write down every error of the page's console."""
        page.on("console", lambda said: self._note(page, said.type, said.text))
        page.on("pageerror", lambda error: self._note(page, "error", str(error)))
        return page

    def _note(self, page: Page, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(f"{page.url}: {text}")


def _live_in(qms: QMS) -> dict[str, str]:
    with qms.work(qms.shell("thuky")) as work:
        tables = {"vb.csv": INSTRUMENTS, "qh.csv": RELATIONS}
        legislating.take_in(
            work,
            [
                legislating.Table(name, frozenset().union(*rows), list(enumerate(rows, 2)))
                for name, rows in tables.items()
            ],
        )
    issued = house.issued(
        qms, "QT-01", "Đăng ký khai sinh", by=house.decision("10/QĐ-UBND", date(2026, 1, 5))
    )
    house.next_draft(qms, "QT-01", STEPS)
    house.approve(qms, "QT-01")
    house.issue(qms, "QT-01", by=house.decision("20/QĐ-UBND", date(2026, 1, 10)))
    house.next_draft(qms, "QT-01", STEPS + "\nThêm một đoạn.")
    with qms.work(qms.shell("soan")) as work:
        house.submitting.submit(work, "QT-01")
    draft = house.draft(qms, "QT-02", "Đăng ký kết hôn")
    house.draft(qms, "QT-03", "Chứng thực bản sao")
    house.approve(qms, "QT-03")
    return {"issued": issued, "draft": draft}


@pytest.fixture(scope="session")
def site(template_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the agency for all tests of a worker."""
    home = tmp_path_factory.mktemp("site") / "home"
    shutil.copytree(template_home, home)
    qms = build(Config(home=home, shell_decisions=True, sign_commits=False), clock=house.FixedClock())
    ids = _live_in(qms)
    app = create_app(qms)
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.effective_port}", qms, ids, app)
    server.close()
    thread.join(timeout=10)
    qms.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the browser once."""
    if not CHROMIUM.exists():
        skip_or_fail("chromium is not installed (apt-get install -y chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """Open a window of its own for each test."""
    window = chromium.new_context(locale="vi-VN")
    yield window
    window.close()

"""Every endpoint is driven as every person and answers as the one table says."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from qms.app import create_app
from qms.bootstrap import QMS, build
from qms.config import Config
from qms.model.enums import Via
from qms.model.organisation import Person, Unit
from qms.model.permissions import NOTHING_IN_PARTICULAR, TABLE, Act, Subject, allowed
from qms.usecases import changes, packages, submitting, tthc_importing
from qms.usecases.package_files import Handed
from qms.web.routes import ACTS
from tests import house
from tests.functional.web.conftest import Browser

LATER = date(2026, 12, 20)
NOBODY = ("stranger", "office")
OFFICE = "192.0.2.55"
DOCUMENTS = {
    "issued": "QT-01",
    "to_retire": "QT-02",
    "to_begin": "QT-03",
    "scheduled": "QT-04",
    "draft": "QT-11",
    "to_submit": "QT-12",
    "to_abandon": "QT-13",
    "to_review": "QT-21",
    "to_approve": "QT-22",
    "to_return": "QT-23",
    "to_issue": "QT-31",
}


@dataclass(frozen=True)
class World:
    """An agency with a document for every act, so that no act spoils another."""

    home: Path
    ids: Mapping[str, str]
    issuance: str
    change: str
    package: str
    other_package: str


@pytest.fixture(scope="module")
def world(template_home: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    home = tmp_path_factory.mktemp("world") / "home"
    shutil.copytree(template_home, home)
    qms = build(_config(home), clock=house.FixedClock())
    ids = {name: house.draft(qms, code, f"Thủ tục {code}") for name, code in DOCUMENTS.items()}
    at_once, later = ("issued", "to_retire", "to_begin"), ("scheduled",)
    for name in (*at_once, *later, "to_issue"):
        house.approve(qms, DOCUMENTS[name])
    done = house.issue(qms, *(DOCUMENTS[name] for name in at_once))
    house.issue(qms, *(DOCUMENTS[name] for name in later), by=house.decision("146/QĐ-UBND", effective=LATER))
    for name in ("to_review", "to_approve", "to_return"):
        with qms.work(qms.shell("soan")) as work:
            submitting.submit(work, DOCUMENTS[name])
    known = {"number": "123/2015/NĐ-CP", "type": "Nghị định", "title": "x", "effective": "2016-01-01"}
    house.law(qms, ("18/2026/NĐ-CP", "amends", "123/2015/NĐ-CP", "2026-12-10"), instruments=[known])
    with qms.work(qms.shell("thuky")) as work:
        tthc_importing.take_in(work, tthc_importing.read(work, "tthc.csv", TTHC_TABLE.encode(), {}))
    with qms.work(qms.shell("thuky")) as work:
        change = changes.open_change(work, "18/2026/NĐ-CP")
    with qms.work(qms.shell("thuky")) as work:
        handed = [packages.begin(work, [Handed(f"{n}.md", b"# Quy trinh")]) for n in range(2)]
    qms.close()
    return World(home, ids, done.issuance_id, change, *handed)


def _config(home: Path) -> Config:
    return Config(home=home, shell_decisions=True, sign_commits=False, office_networks=("192.0.2.0/24",))


@pytest.fixture
def instance(world: World, tmp_path: Path) -> Iterator[QMS]:
    shutil.copytree(world.home, tmp_path / "home")
    qms = build(_config(tmp_path / "home"), clock=house.FixedClock())
    yield qms
    qms.close()


TTHC_TABLE = "code,name,decision\n1.001193,Đăng ký thử nghiệm,163/QĐ-BTP\n"
PAPER = {"number": "200/QĐ-UBND", "signed": "25/11/2026", "compared": "1", "reason": "Thử."}

CALLS: Mapping[str, tuple[str, str, str | None, Mapping[str, object]]] = {
    "static": ("GET", "/static/qms.css", None, {}),
    "health.alive": ("GET", "/healthz", None, {}),
    "health.ready": ("GET", "/readyz", None, {}),
    "session.form": ("GET", "/sign-in", None, {}),
    "session.link": ("GET", "/sign-in/abc", None, {}),
    "session.enter": ("POST", "/sign-in", None, {}),
    "session.redeem": ("POST", "/sign-in/abc", None, {}),
    "session.account": ("GET", "/account", None, {}),
    "session.set_password": ("POST", "/account", None, {"password": "mật khẩu thử nghiệm"}),
    "search.home": ("GET", "/", None, {}),
    "search.results": ("GET", "/search?q=thu", None, {}),
    "search.old_address": ("GET", "/tra-cuu?q=thu", None, {}),
    "documents.page": ("GET", "/documents/{id}", "issued", {}),
    "documents.by_code": ("GET", "/d/QT-01", None, {}),
    "documents.file": ("GET", "/documents/{id}/files/1", "issued", {}),
    "documents.revision": ("GET", "/documents/{id}/revisions/1", "issued", {}),
    "documents.redline": ("GET", "/documents/{id}/redline?old=1&new=1", "issued", {}),
    "documents.link": ("POST", "/documents/{id}/links", "issued", {"other": "QT-02", "kind": "adopts"}),
    "documents.unlink": ("POST", "/documents/{id}/links/remove", "issued", {"other": "QT-02"}),
    "documents.retiring_form": ("GET", "/documents/{id}/retire", "to_retire", {}),
    "documents.withdrawing": ("GET", "/documents/{id}/withdraw", "scheduled", {}),
    "printing.printed": ("GET", "/documents/{id}/print.pdf", "issued", {}),
    "printing.look_up": ("GET", "/v", None, {}),
    "printing.check": ("GET", "/v/0123456789abcdefghjkmnpqrs", None, {}),
    "copies.listing": ("GET", "/copies", None, {}),
    "copies.minutes": ("GET", "/copies/minutes", None, {}),
    "copies.book": ("GET", "/documents/{id}/copies", "issued", {}),
    "copies.give_out": ("POST", "/documents/{id}/copies", "issued", {"holder": "Quầy số 1"}),
    "copies.renew": ("POST", "/documents/{id}/copies/renew", "issued", {}),
    "copies.ledger": ("GET", "/copies/ledger.xlsx", None, {}),
    "copies.recall": ("POST", "/documents/{id}/copies/recall", "issued", {"sequence": "1", "number": "1"}),
    "register.internal": ("GET", "/register", None, {}),
    "register.internal_file": ("GET", "/register/internal.xlsx", None, {}),
    "register.external_file": ("GET", "/register/external.docx", None, {}),
    "papers.listing": ("GET", "/papers", None, {}),
    "papers.internal": ("GET", "/papers/internal.docx", None, {}),
    "papers.external": ("GET", "/papers/external.docx", None, {}),
    "papers.records": ("GET", "/papers/records.xlsx", None, {}),
    "papers.revisions": ("GET", "/papers/revisions.docx", None, {}),
    "papers.updates": ("GET", "/papers/updates/2026.docx", None, {}),
    "papers.request_for": ("GET", "/papers/changes/{change}/{id}.docx", "issued", {}),
    "papers.informed": ("GET", "/papers/informed.docx?decision={issuance}", None, {}),
    "papers.signing": ("GET", "/papers/signing.zip", None, {}),
    "papers.compare": ("GET", "/documents/{id}/compare.docx", "draft", {}),
    "drafts.new": ("GET", "/drafts/new", None, {}),
    "drafts.page": ("GET", "/documents/{id}/draft", "draft", {}),
    "drafts.file": ("GET", "/documents/{id}/draft/file", "draft", {}),
    "drafts.check": ("GET", "/documents/{id}/draft/submit", "draft", {}),
    "drafts.preview": ("POST", "/documents/{id}/draft/preview", "draft", {"text": "x"}),
    "approvals.inbox": ("GET", "/approvals", None, {}),
    "approvals.page": ("GET", "/approvals/{id}", "to_review", {}),
    "issuances.listing": ("GET", "/issuances", None, {}),
    "issuances.new": ("GET", "/issuances/new", None, {}),
    "issuances.page": ("GET", "/issuances/{issuance}", None, {}),
    "issuances.scan": ("GET", "/issuances/{issuance}/scan", None, {}),
    "changes.listing": ("GET", "/changes", None, {}),
    "changes.new": ("GET", "/changes/new?number=18/2026/NĐ-CP", None, {}),
    "changes.open_change": ("POST", "/changes", None, {"number": "18/2026/NĐ-CP"}),
    "changes.page": ("GET", "/changes/{change}", None, {}),
    "changes.proof": ("GET", "/changes/{change}/proof", None, {}),
    "changes.proof_file": ("GET", "/changes/{change}/proof.xlsx", None, {}),
    "changes.year": ("GET", "/changes/years/2026", None, {}),
    "changes.year_file": ("GET", "/changes/years/2026/proof.csv", None, {}),
    "changes.refresh": ("POST", "/changes/{change}/refresh", None, {}),
    "changes.decide": ("POST", "/changes/{change}/decide", None, {"decision": "revise"}),
    "changes.notify": ("POST", "/changes/{change}/notices", None, {"notice": "Áp dụng ngay."}),
    "changes.end_notice": ("POST", "/notices/1/end", None, {}),
    "changes.open_drafts": ("POST", "/changes/{change}/drafts", None, {}),
    "changes.take_up": ("POST", "/changes/{change}/take-up", None, {"reason": "Xem bằng mắt."}),
    "changes.submit": ("POST", "/changes/{change}/submit", None, {}),
    "changes.approve": ("POST", "/changes/{change}/approve", None, {}),
    "changes.clear": ("POST", "/changes/{change}/clear/{id}", "issued", {}),
    "changes.close": ("POST", "/changes/{change}/close", None, {}),
    "forms.ask": ("GET", "/forms/check", None, {}),
    "forms.check": ("POST", "/forms/check", None, {"file": b"Form"}),
    "forms.set_source": ("POST", "/documents/{id}/source", "issued", {"source": "internal"}),
    "obsolete.listing": ("GET", "/obsolete", None, {}),
    "intake.form": ("GET", "/legal/intake", None, {}),
    "intake.read": ("POST", "/legal/intake", None, {"file": b"Decree"}),
    "intake.by_hand": ("GET", "/legal/intake/typed", None, {}),
    "intake.apply": ("POST", "/legal/intake/apply", None, {"number": "1/2026/NĐ-CP", "type": "Nghị định"}),
    "packages.listing": ("GET", "/packages", None, {}),
    "packages.begin": ("POST", "/packages", None, {"files": b"# Quy trinh"}),
    "packages.add": ("POST", "/packages/{package}/files", "", {"files": b"# Quy trinh"}),
    "packages.page": ("GET", "/packages/{package}", "", {}),
    "packages.progress": ("GET", "/packages/{package}/progress", "", {}),
    "packages.again": ("POST", "/packages/{package}/again", "", {}),
    "packages.choose": ("POST", "/packages/{package}/choices", "", {}),
    "packages.file": ("GET", "/packages/{package}/files/1", "", {}),
    "packages.original": ("GET", "/packages/{package}/files/1/original", "", {}),
    "packages.describe": ("POST", "/packages/{package}/files/1", "", {"title": "Tên"}),
    "packages.report": ("GET", "/packages/{package}/report.xlsx", "", {}),
    "packages.publish": ("POST", "/packages/{package}/publish", "", PAPER),
    "packages.retiring_form": ("GET", "/packages/{package}/retire", "", {}),
    "packages.retire": ("POST", "/packages/{package}/retire", "", PAPER),
    "packages.close": ("POST", "/packages/{other_package}/close", "", {}),
    "tthc.listing": ("GET", "/tthc", None, {}),
    "tthc.page": ("GET", "/tthc/1.001193", None, {}),
    "tthc.import_form": ("GET", "/tthc/import", None, {}),
    "tthc.preview": ("POST", "/tthc/import", None, {"text": TTHC_TABLE}),
    "tthc.take_in": ("POST", "/tthc/import/take", None, {"rows": TTHC_TABLE}),
    "tthc.link_form": ("GET", "/tthc/link", None, {}),
    "tthc.link": ("POST", "/tthc/link", "issued", {"document": "QT-01", "codes": "1.001193"}),
    "tthc.unlink": ("POST", "/tthc/unlink", "issued", {"document": "QT-01", "stem": "1.001193"}),
    "legal.listing": ("GET", "/legal", None, {}),
    "legal.page": ("GET", "/legal/123/2015/NĐ-CP", None, {}),
    "legal.impact": ("GET", "/legal/123/2015/NĐ-CP/impact", None, {}),
    "lawbook.missing": ("GET", "/legal/missing", None, {}),
    "lawbook.export": ("GET", "/legal/export.csv", None, {}),
    "lawbook.paste": ("GET", "/legal/paste", None, {}),
    "lawbook.new": ("GET", "/legal/new?number=1/2020/NĐ-CP", None, {}),
    "lawbook.edit": ("GET", "/legal/123/2015/NĐ-CP/edit", None, {}),
    "lawbook.try_paste": ("POST", "/legal/paste", None, {"rows": "Nghị định số 2/2020/NĐ-CP"}),
    "lawbook.take_paste": ("POST", "/legal/paste/confirmed", None, {"rows": "Nghị định số 2/2020/NĐ-CP"}),
    "lawbook.take_file": ("POST", "/legal/import", None, {}),
    "lawbook.register_one": ("POST", "/legal/new", None, {"number": "3/2020/NĐ-CP"}),
    "lawbook.correct": ("POST", "/legal/123/2015/NĐ-CP/edit?id=1", None, {"base": "x"}),
    "drafts.create": ("POST", "/drafts/new", "", {"code": "QT-99", "title": "Mới", "text": "x"}),
    "drafts.begin": ("POST", "/documents/{id}/draft/begin", "to_begin", {}),
    "drafts.save": ("POST", "/documents/{id}/draft", "draft", {"text": "x", "base": "0"}),
    "drafts.upload": ("POST", "/documents/{id}/draft/file", "draft", {"file": None}),
    "drafts.write_cover": ("POST", "/documents/{id}/draft/cover", "draft", {}),
    "drafts.rebase": ("POST", "/documents/{id}/draft/rebase", "draft", {}),
    "drafts.submit": ("POST", "/documents/{id}/draft/submit", "to_submit", {}),
    "drafts.abandon": ("POST", "/documents/{id}/draft/abandon", "to_abandon", {}),
    "approvals.review": ("POST", "/approvals/{id}/review", "to_review", {}),
    "approvals.approve": ("POST", "/approvals/{id}/approve", "to_approve", {}),
    "approvals.send_back": ("POST", "/approvals/{id}/return", "to_return", {"comment": "Sửa lại."}),
    "issuances.issue": ("POST", "/issuances", "to_issue", PAPER),
    "documents.withdraw": ("POST", "/documents/{id}/withdraw", "scheduled", {"reason": "Nhầm."}),
    "documents.retire": ("POST", "/documents/{id}/retire", "to_retire", PAPER),
    "session.leave": ("POST", "/sign-out", None, {}),
}
"""How each endpoint is called: method, address, the document it is about ('' the agency), fields."""

MISSING = {
    "printing.check",
    "papers.request_for",
    "papers.compare",
    "session.redeem",
    "session.enter",
    "issuances.scan",
    "changes.end_notice",
}
"""Open to the person, but what they name is not there: the answer is a refusal of another kind."""

WITHOUT_SUBJECT = {Act.RETIRE: "documents.retiring_form", Act.WITHDRAW: "documents.withdrawing"}
"""Forms, shown to whoever may do the act to something."""


def test_every_endpoint_has_an_act_and_every_act_a_rule(instance: QMS) -> None:
    app = create_app(instance)
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(ACTS)
    assert set(ACTS) == set(CALLS)
    assert set(ACTS.values()) <= set(TABLE)


@pytest.mark.parametrize("who", [*house.PEOPLE, *NOBODY])
def test_every_endpoint_answers_as_the_table_says(who: str, world: World, instance: QMS) -> None:
    app = create_app(instance)
    address = OFFICE if who == "office" else "203.0.113.7"
    browser = Browser(app, instance, None if who in NOBODY else who, address)
    wrong = {}
    for endpoint in CALLS:
        status = _call(browser, endpoint, world)
        expected = _expected(instance, app, who, endpoint)
        if endpoint in MISSING and expected:
            continue
        if (status in ("refused", "hidden")) == expected:
            wrong[endpoint] = (status, "allowed" if expected else "denied")
    assert wrong == {}


def _call(browser: Browser, endpoint: str, world: World) -> str:
    method, address, about, fields = CALLS[endpoint]
    path = address.format(
        id=world.ids.get(about or "", ""),
        issuance=world.issuance,
        change=world.change,
        package=world.package,
        other_package=world.other_package,
    )
    sent = dict(fields)
    if endpoint == "issuances.issue":
        sent["documents"] = world.ids["to_issue"]
    if endpoint == "drafts.upload":
        sent = {"file": (io.BytesIO(b"# x"), "x.md"), "base": "0"}
    # a form takes its file once: a fresh one for every call
    sent = {n: (io.BytesIO(v), "x.txt") if isinstance(v, bytes) else v for n, v in sent.items()}
    headers = {"HX-Request": "true"} if endpoint == "drafts.preview" else {}
    answer = browser.get(path) if method == "GET" else browser.post(path, sent, headers=headers)
    assert answer.status_code < 500, (endpoint, answer.text)
    if answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in?"):
        return "refused"
    return {403: "refused", 404: "hidden"}.get(answer.status_code, f"answered {answer.status_code}")


def _expected(qms: QMS, app: Flask, who: str, endpoint: str) -> bool:
    act, about = ACTS[endpoint], CALLS[endpoint][2]
    with qms.reading(qms.visitor()) as work:
        root = work.session.scalar(select(Unit.id).where(Unit.kind == "agency"))
        ids = dict(work.session.execute(select(Person.login, Person.id)).all())
    actor = qms.visitor(office=who == "office") if who in NOBODY else qms.person(ids[who], Via.WEB)
    open_work = about in ("draft", "to_submit", "to_abandon", "to_review", "to_approve", "to_return")
    subject = Subject(root, frozenset({ids["soan"]}) if open_work else frozenset())
    plain = about is None or endpoint in WITHOUT_SUBJECT.values()
    return allowed(actor, act, NOTHING_IN_PARTICULAR if plain else subject)

"""A document's whole life typed at the terminal, each step by its person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.functional.cli.conftest import Terminal

Paper = Callable[..., Path]


def begin(terminal: Terminal, paper: Paper, code: str = "QT-09") -> str:
    words = (
        "draft",
        code,
        "--title",
        "Cấp lại giấy tờ",
        "--file",
        paper(code=code),
        "--as",
        "soan",
        "--json",
    )
    document: str = terminal(*words).json["document"]
    return document


def approve(terminal: Terminal, code: str = "QT-09") -> None:
    assert terminal("submit", code, "--as", "soan").code == 0
    assert terminal("review", code, "--as", "thuky", "--comment", "Đủ căn cứ.").code == 0
    assert terminal("approve", code, "--as", "chutich").code == 0


def issue(terminal: Terminal, number: str, signed: str, effective: str, *codes: str) -> dict[str, object]:
    words = ("--number", number, "--signed", signed, "--effective", effective, "--signer", "chutich")
    answer = terminal(
        "issue", *(codes or ("QT-09",)), *words, "--signed-as", "TM", "--as", "vanthu", "--json"
    )
    assert answer.code == 0, answer.err
    found: dict[str, object] = answer.json
    return found


def test_from_a_file_to_a_paper_in_force_to_its_end(terminal: Terminal, paper: Paper) -> None:
    document = begin(terminal, paper)
    approve(terminal)
    done = issue(terminal, "15/QĐ-UBND", "2026-11-20", "2026-11-21")
    assert done["documents"] == [{"document": document, "sequence": 1, "revision": "01.00"}]
    assert terminal("search", "cap lai giay to", "--json").json["hits"][0]["code"] == "QT-09"
    (line,) = terminal("history", "QT-09", "--json").json["revisions"]
    assert line["signer"] == "Chủ tịch UBND xã, Nguyễn Văn Mẫu"
    words = (
        "--number",
        "16/QĐ-UBND",
        "--signed",
        "2026-11-25",
        "--reason",
        "Thủ tục bị bãi bỏ.",
        "--as",
        "thuky",
    )
    assert terminal("retire", "QT-09", *words).code == 0
    assert terminal("search", "cap lai giay to", "--json").json["total"] == 0
    assert terminal("register", "--json").json["documents"][0]["status"] == "retired"


def test_the_next_revision_begins_from_a_file_and_shows_what_changed(
    terminal: Terminal, paper: Paper
) -> None:
    begin(terminal, paper)
    approve(terminal)
    issue(terminal, "15/QĐ-UBND", "2026-11-20", "2026-11-20")
    edited = paper("next.md", issue=2, body="Quy định việc cấp lại trong 03 ngày.")
    assert terminal("draft", "QT-09", "--file", edited, "--note", "Rút thời hạn.", "--as", "soan").code == 0
    approve(terminal)
    issue(terminal, "16/QĐ-UBND", "2026-11-24", "2026-11-25")
    shown = terminal("diff", "QT-09", "1", "2", "--json").json
    assert set(shown) == {"document", "code", "title", "from", "to", "html"}
    assert "03" in terminal("diff", "QT-09", "1", "2").out
    assert terminal("diff", "QT-09", "1", "7").code == 1


def test_nobody_approves_their_own_draft(terminal: Terminal, paper: Paper) -> None:
    begin(terminal, paper)
    terminal("submit", "QT-09", "--as", "soan")
    assert terminal("approve", "QT-09", "--as", "soan").code == 1
    assert (
        terminal("issue", "QT-09", "--number", "1/QĐ", "--signed", "2026-11-25", "--as", "vanthu").code == 1
    )


def test_what_was_returned_can_be_mended_and_submitted_again(terminal: Terminal, paper: Paper) -> None:
    begin(terminal, paper)
    terminal("submit", "QT-09", "--as", "soan")
    assert terminal("return", "QT-09", "--reason", "Thiếu căn cứ.", "--as", "chutich").code == 0
    assert terminal("draft", "QT-09", "--file", paper("b.md", body="Đã bổ sung."), "--as", "soan").code == 0
    approve(terminal)


def test_a_scheduled_revision_is_taken_back_before_its_day(terminal: Terminal, paper: Paper) -> None:
    begin(terminal, paper)
    approve(terminal)
    issue(terminal, "15/QĐ-UBND", "2026-11-25", "2026-12-05")
    assert terminal("withdraw", "QT-09", "--as", "vanthu").code == 2
    assert terminal("withdraw", "QT-09", "--reason", "Ký nhầm.", "--as", "vanthu", "--json").json == {
        "code": "QT-09",
        "state": "withdrawn",
    }
    assert terminal("withdraw", "QT-09", "--reason", "Lại.", "--as", "vanthu").code == 1


def test_a_draft_is_given_up_and_fetched(terminal: Terminal, paper: Paper, tmp_path: Path) -> None:
    begin(terminal, paper)
    target = tmp_path / "fetched.md"
    assert terminal("draft", "QT-09", "-o", target, "--as", "soan").code == 0
    assert target.read_bytes() == paper().read_bytes()
    assert terminal("draft", "QT-09", "--as", "soan").code == 1
    assert terminal("withdraw", "QT-09", "--draft", "--as", "soan").code == 0
    assert terminal("submit", "QT-09", "--as", "soan").code == 1


def test_decisions_need_the_agency_to_take_them_from_the_shell(
    terminal: Terminal, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(terminal, paper)
    terminal("submit", "QT-09", "--as", "soan")
    monkeypatch.setenv("QMS_SHELL_DECISIONS", "0")
    assert terminal("approve", "QT-09", "--as", "chutich", "--json").error["code"] == "shell_decision"


def test_a_scan_must_be_one(terminal: Terminal, paper: Paper, tmp_path: Path) -> None:
    begin(terminal, paper)
    approve(terminal)
    scan = tmp_path / "scan.pdf"
    scan.write_text("not a scan")
    words = ("--number", "1/QĐ", "--signed", "2026-11-25", "--scan", scan, "--as", "vanthu", "--json")
    assert terminal("issue", "QT-09", *words).error["code"] == "bad_scan"


def test_a_person_comes_in_by_a_link_and_sets_a_password(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = (
        "person",
        "add",
        "moi",
        "--name",
        "Người Mới",
        "--position",
        "tiep-nhan",
        "--role",
        "author",
        "--json",
    )
    answer = terminal(*words)
    assert answer.json["login"] == "moi"
    assert answer.json["link"].startswith("http://127.0.0.1:8000/sign-in/")
    assert terminal("person", "link", "moi", "--json").json["link"] != answer.json["link"]
    assert terminal(*words).code == 1

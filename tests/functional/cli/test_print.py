"""``qms print``: a file to be printed, or one sentence why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import printed
from tests.functional.cli.conftest import Terminal

CODES = ("--number", "5/QĐ-UBND", "--signed", "2026-11-20")


@pytest.fixture
def issued(terminal: Terminal, tmp_path: Path) -> Terminal:
    """Return a terminal before an agency with one Markdown procedure in force."""
    master = tmp_path / "QT-09.md"
    master.write_text("# Cấp lại giấy tờ\n\n## 1. MỤC ĐÍCH\n\nQuy định việc cấp lại.\n", encoding="utf-8")
    assert (
        terminal("draft", "QT-09", "--title", "Cấp lại giấy tờ", "--file", master, "--as", "soan").code == 0
    )
    assert terminal("submit", "QT-09", "--as", "soan").code == 0
    assert terminal("approve", "QT-09", "--as", "chutich").code == 0
    assert terminal("issue", "QT-09", *CODES, "--as", "vanthu").code == 0
    return terminal


def test_a_pdf_is_written_and_its_address_is_the_one_that_was_set(
    issued: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QMS_PUBLIC_URL", "https://qms.xa.example/")
    answer = issued("print", "QT-09", "-o", tmp_path / "a.pdf")
    assert (answer.code, answer.err) == (0, "")
    ((first, *_others), *_pages) = printed.codes((tmp_path / "a.pdf").read_bytes())
    assert first.startswith("https://qms.xa.example/v/")


def test_without_an_address_that_others_reach_it_is_said(issued: Terminal, tmp_path: Path) -> None:
    answer = issued("print", "QT-09", "--on", "2026-11-25", "-o", tmp_path / "a.pdf")
    assert answer.code == 0
    assert "QMS_PUBLIC_URL" in answer.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("QT-09", "-o", "a.txt"), 2),
        (("QT-09", "-o", "a.docx"), 1),
        (("QT-09", "--on", "2020-01-01", "-o", "a.pdf"), 1),
        (("QT-09", "--copy", "3", "-o", "a.pdf"), 1),
        (("QT-99", "-o", "a.pdf"), 1),
        (("QT-09", "-o", "nowhere/a.pdf"), 2),
    ],
)
def test_what_cannot_be_printed_is_one_sentence(
    issued: Terminal, arguments: tuple[str, ...], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = issued("print", *arguments)
    assert answer.code == code, answer.err
    assert answer.err.strip().count("\n") == 0
    assert not list(tmp_path.glob("a.*"))

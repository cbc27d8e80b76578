"""Papers from the record at the terminal."""

from __future__ import annotations

from pathlib import Path

import docx

from tests.functional.cli.conftest import Terminal


def test_papers_are_listed_and_written(terminal: Terminal, tmp_path: Path) -> None:
    listed = terminal("paper")
    assert listed.code == 0
    assert "internal" in listed.out
    path = tmp_path / "danh-muc.docx"
    written = terminal("paper", "internal", "--on", "2026-11-25", "-o", str(path))
    assert written.code == 0, written.err
    assert "DANH MỤC TÀI LIỆU NỘI BỘ" in [one.text for one in docx.Document(str(path)).paragraphs]


def test_what_is_missing_is_said(terminal: Terminal, tmp_path: Path) -> None:
    assert "qms paper" in terminal("paper", "khong-co").err
    assert "-o" in terminal("paper", "records").err
    assert "quyết định" in terminal("paper", "informed", "-o", str(tmp_path / "a.docx")).err
    unknown = terminal("compare", "QT-KHONG-CO", "-o", str(tmp_path / "b.docx"))
    assert unknown.code != 0
    assert not (tmp_path / "b.docx").exists()

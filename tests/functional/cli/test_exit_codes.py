"""Bad input gets one sentence on standard error and the exit code of the contract, never a traceback."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from qms.config import Config
from tests.functional.cli.conftest import Terminal

WRONG_USE: dict[str, tuple[str, ...]] = {
    "unknown command": ("fly",),
    "unknown option": ("search", "--fly", "x"),
    "missing argument": ("show",),
    "no such folder": ("import", "/no/such/folder"),
    "no such file of questions": ("search", "-f", "/no/such/file"),
    "no such text": ("cite", "/no/such/file"),
    "no such table": ("legal", "import", "/no/such/file"),
    "impossible date": ("register", "--on", "2026-02-30"),
    "date that is no date": ("search", "x", "--on", "hôm qua"),
    "bad choice": ("register", "--format", "pdf"),
    "no question": ("search",),
    "nobody acts": ("submit", "QT-01"),
    "paper without publish": ("import", __file__, "--number", "1/QĐ", "--signed", "2026-01-01"),
    "number without day": ("import", __file__, "--publish", "--number", "1/QĐ"),
    "no number": ("issue", "QT-01", "--signed", "2026-01-01", "--as", "vanthu"),
    "return without reason": ("return", "QT-01", "--as", "chutich"),
    "query too long": ("search", "x" * 201),
    "home in use": ("init",),
    "json and spreadsheet": ("register", "--json", "--format", "csv"),
}
ANSWER_IS_NO: dict[str, tuple[str, ...]] = {
    "unknown code": ("show", "QT-99"),
    "unknown code of a history": ("history", "QT-99"),
    "unknown code to retire": (
        *("retire", "QT-99", "--reason", "x", "--number", "1/QĐ", "--signed", "2026-11-25"),
        *("--as", "thuky"),
    ),
    "unknown person": ("submit", "QT-01", "--as", "khongco"),
    "unknown unit": ("register", "--unit", "khong-co"),
    "unknown instrument": ("legal", "impact", "1/1999/NĐ-CP"),
    "unknown person to be linked": ("person", "link", "khongco"),
}


@pytest.mark.parametrize("words", WRONG_USE.values(), ids=WRONG_USE)
def test_wrong_use_ends_with_two(terminal: Terminal, words: tuple[str, ...]) -> None:
    answer = terminal(*words)
    assert answer.code == 2
    assert len(answer.err.splitlines()) == 1
    assert answer.out == ""


@pytest.mark.parametrize("words", ANSWER_IS_NO.values(), ids=ANSWER_IS_NO)
def test_no_ends_with_one(terminal: Terminal, words: tuple[str, ...]) -> None:
    answer = terminal(*words)
    assert answer.code == 1
    assert len(answer.err.splitlines()) == 1
    assert answer.out == ""


def test_an_error_is_json_where_json_was_asked_for(terminal: Terminal) -> None:
    assert terminal("show", "QT-99", "--json").error == {
        "code": "not_found",
        "message": "Không tìm thấy tài liệu «QT-99».",
    }
    assert terminal("show", "--json").error["code"] == "bad_arguments"


def test_an_ambiguous_code_names_the_candidates(terminal: Terminal, paper: Callable[..., Path]) -> None:
    first, second = paper("a.md", title="Cấp lại giấy tờ"), paper("b.md", title="Thu hồi giấy tờ")
    lines = terminal("import", first, second, "--publish", "--json").lines
    answer = terminal("show", "QT-09")
    assert answer.code == 1
    assert all(line["document"]["id"] in answer.err for line in lines[:2])
    assert terminal("show", lines[0]["document"]["id"]).code == 0


def test_a_folder_without_an_instance_ends_with_three(
    bare_terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QMS_HOME", str(tmp_path / "nothing"))
    answer = bare_terminal("search", "x")
    assert (answer.code, "qms init" in answer.err) == (3, True)
    assert not (tmp_path / "nothing").exists()


def test_an_older_schema_ends_with_three_and_is_left_alone(terminal: Terminal, config: Config) -> None:
    database = sqlite3.connect(config.home / "qms.sqlite3")
    with database:
        database.execute("UPDATE alembic_version SET version_num = '0000'")
    database.close()
    for words in (("search", "x"), ("init",), ("rebuild",), ("import", __file__)):
        answer = terminal(*words, "--json")
        assert (answer.code, answer.error["code"]) == (3, "schema_differs")


def test_a_missing_path_is_told_before_the_instance_is_opened(
    bare_terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QMS_HOME", str(tmp_path / "nothing"))
    assert bare_terminal("import", "/no/such/folder", "--json").error["code"] == "no_such_path"


def test_a_bad_setting_is_named(bare_terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QMS_PORT", "nhiều")
    answer = bare_terminal("search", "x")
    assert (answer.code, "QMS_PORT" in answer.err) == (2, True)


def test_init_refuses_a_folder_of_other_things(bare_terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("kept")
    answer = bare_terminal("--home", tmp_path, "init")
    assert answer.code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_damaged_database_is_a_fault_told_in_a_sentence(terminal: Terminal, config: Config) -> None:
    (config.home / "qms.sqlite3").write_bytes(b"this is no database" * 500)
    answer = terminal("register")
    assert (answer.code, len(answer.err.splitlines())) == (3, 1)

"""Administrative procedures at the terminal: taken in, listed, shown, proposed, linked."""

from __future__ import annotations

from pathlib import Path

import pytest

from qms.bootstrap import QMS
from tests.functional.cli.conftest import Terminal
from tests.functional.usecases.test_tthc import CATALOGUE, DECISION, procedure


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "danh-muc.csv"
    path.write_text(CATALOGUE, encoding="utf-8")
    return path


@pytest.fixture
def decision(tmp_path: Path) -> Path:
    path = tmp_path / "qd-77.csv"
    path.write_text(DECISION, encoding="utf-8")
    return path


@pytest.fixture
def document(qms: QMS) -> str:
    made = procedure(qms, "QT-01", "Đăng ký thử nghiệm")
    qms.close()
    return made


def test_a_row_that_is_marked_as_an_error_leaves_work(terminal: Terminal, table: Path) -> None:
    answer = terminal("tthc", "import", table, "--json")
    assert answer.code == 1
    assert (answer.json["created"], answer.json["rejected"][0]["row"]) == (4, 6)
    listed = terminal("tthc", "list", "dang ky", "--json").json
    assert [line["code"] for line in listed["procedures"]] == ["1.000102", "1.000101"]


def test_the_three_times_are_told_before_and_after_the_decision(
    document: str, terminal: Terminal, table: Path, decision: Path
) -> None:
    terminal("tthc", "import", table)
    proposed = terminal("tthc", "propose", "QT-01", "--json").json
    assert proposed["document"] == document
    assert [(one["code"], one["why"]) for one in proposed["candidates"]] == [
        ("1.000101", "same_name"),
        ("1.000102", "like_name"),
    ]
    assert proposed["candidates"][0]["score"] == 1.0
    assert terminal("tthc", "link", "QT-01", "1.000101", "--as", "thuky").code == 0
    assert terminal("tthc", "import", decision, "--json").json["decisions"] == ["77/QĐ-BTP"]
    (before,) = terminal("show", "QT-01", "--on", "2026-11-30", "--json").json["tthc"]
    (after,) = terminal("show", "QT-01", "--on", "2026-12-02", "--json").json["tthc"]
    assert (before["verdict"], before["time_limit"], before["steps"][0]["days"]) == (
        "same",
        "10 Ngày làm việc",
        10.0,
    )
    assert (after["verdict"], after["time_limit"], after["decision"]) == (
        "exceeds",
        "7 ngày làm việc",
        "77/QĐ-BTP",
    )
    shown = terminal("tthc", "show", "1.000101", "--on", "2026-12-02", "--json").json
    assert [row["change"] for row in shown["rows"]] == ["amended", "new"]
    assert shown["documents"][0]["verdict"] == "exceeds"
    text = terminal("tthc", "show", "1.000101.000.00.00.H42", "--on", "2026-12-02").out
    assert "vượt thời hạn công bố 7 ngày" in text


def test_the_general_import_of_the_law_takes_these_tables_too(
    terminal: Terminal, table: Path, decision: Path
) -> None:
    terminal("legal", "import", table)
    answer = terminal("legal", "import", decision, "--json").json
    assert answer["rejected"] == []
    assert terminal("legal", "import", decision, "--json").json["created"] == 0
    recoded = terminal("tthc", "show", "1.000103", "--on", "2026-12-02", "--json").json
    assert (recoded["status"], recoded["successor"]) == ("recoded", "3.000901")


def test_an_unknown_code_is_an_answer_of_no(terminal: Terminal, table: Path) -> None:
    terminal("tthc", "import", table)
    answer = terminal("tthc", "show", "9.999999", "--json")
    assert (answer.code, answer.error["code"]) == (1, "unknown_tthc")


def test_what_is_no_table_of_procedures_is_wrong_use(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    answer = terminal("tthc", "import", path)
    assert (answer.code, "Mã số TTHC" in answer.err) == (2, True)


def test_the_sample_covers_its_procedures_and_shows_their_times(sample: Terminal) -> None:
    (birth,) = sample("show", "QT-HT-01", "--json").json["tthc"]
    assert (birth["code"], birth["status"], birth["verdict"]) == ("1.001193", "published", "same")
    assert birth["steps"][0]["days"] == 0.75
    gaps = sample("tthc", "list", "--gaps", "--json").json
    assert gaps["total"] == 42


def test_a_document_shown_in_words_tells_of_its_times(sample: Terminal) -> None:
    shown = sample("show", "QT-HT-01").out
    assert "TTHC 1.001193 Thủ tục đăng ký khai sinh: đang công bố" in shown
    assert "Tổng các bước 0,75 ngày (6 giờ), không quá thời hạn công bố (trong ngày)." in shown

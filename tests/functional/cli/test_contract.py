"""What ``--json`` prints, key by key as ``design.md`` §7 promises."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.functional.cli.conftest import Terminal

TABLES = {
    "instruments": "number,type,title,issuer,issued,effective,topics\n"
    "123/2015/NĐ-CP,Nghị định,Hộ tịch,Chính phủ,2015-11-15,2016-01-01,\n"
    "18/2026/NĐ-CP,Nghị định,,,,2026-01-15,\n",
    "relations": "source,kind,target,target_provisions,source_provision,from\n"
    "18/2026/NĐ-CP,amends,123/2015/NĐ-CP,art_2,,2026-01-15\n",
    "broken": "number,type,title,issuer,issued,effective,topics\n,Luật,,,,,\n9/2020/NĐ-CP,,,,,31/02/2020,\n",
}
HIT_KEYS = {
    *("document", "code", "title", "type", "revision", "status", "unit", "score", "snippet", "source_file"),
    "notices",
    "basis",
}
REGISTER_KEYS = {
    *("document", "code", "title", "type", "issuer", "unit", "field", "revision", "status", "effective_from"),
    *("effective_until", "issued_by", "review_due", "source_file"),
}
AFFECTED_KEYS = {
    *("document", "code", "title", "revision", "source_file", "why", "path", "citations", "verdict", "from"),
    *("deadline", "weak", "reasons"),
}
CITATION_KEYS = {
    *("file", "start", "end", "text", "type", "instrument", "title", "year", "date", "issuer", "partial"),
    *("nested", "self", "provisions"),
}


@pytest.fixture
def tables(tmp_path: Path) -> Callable[..., list[Path]]:
    """Return a function that writes tables of law and names their files."""

    def write(*names: str) -> list[Path]:
        paths = [tmp_path / f"{name}.csv" for name in names]
        for name, path in zip(names, paths, strict=True):
            path.write_text(TABLES[name], encoding="utf-8")
        return paths

    return write


def test_search(sample: Terminal) -> None:
    found = sample("search", "đăng ký kết hôn", "--json").json
    assert set(found) == {"query", "total", "took_ms", "hits"}
    assert set(found["hits"][0]) == HIT_KEYS
    assert found["hits"][0]["code"] == "QT-HT-02"
    assert sample("search", "khongcotunay", "--json").json["hits"] == []


def test_search_asks_on_a_day_and_of_everything(sample: Terminal) -> None:
    old = sample("search", "QT-MC-01", "--on", "01/08/2025", "--json").json
    assert [hit["status"] for hit in old["hits"]] == ["effective"]
    everything = sample("search", "QT-HT-01", "--all", "--json").json
    assert {hit["revision"] for hit in everything["hits"] if hit["code"] == "QT-HT-01"} == {
        "01.00",
        "02.00",
        "03.00",
    }


def test_a_file_of_questions_is_answered_line_by_line(sample: Terminal, tmp_path: Path) -> None:
    questions = ["khai sinh", "", "x" * 300, "ket hon"]
    path = tmp_path / "questions.txt"
    path.write_text("\r\n".join(questions) + "\r\n", encoding="utf-8")
    answer = sample("search", "-f", path, "--json")
    assert [line["query"] for line in answer.lines] == questions
    assert answer.lines[2]["error"]["code"] == "query_too_long"
    assert answer.code == 1
    path.write_text("khai sinh\n", encoding="utf-8")
    assert sample("search", "-f", path, "--json").code == 0


def test_register(sample: Terminal) -> None:
    found = sample("register", "--json").json
    assert set(found) == {"on", "documents"}
    assert all(set(line) == REGISTER_KEYS for line in found["documents"])
    assert sample("register", "--on", "2020-01-01", "--json").code == 0


def test_register_of_external_documents(sample: Terminal) -> None:
    found = sample("register", "--external", "--json").json
    assert "123/2015/NĐ-CP" in {line["number"] for line in found["instruments"]}


def test_register_as_a_spreadsheet(sample: Terminal, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    assert sample("register", "--format", "csv").out.startswith("\ufeffMã hiệu,Tên tài liệu")
    assert sample("register", "--format", "xlsx", "-o", tmp_path / "r.xlsx").code == 0
    book = load_workbook(io.BytesIO((tmp_path / "r.xlsx").read_bytes()))
    assert "Đăng ký khai sinh" in [row[1].value for row in book.worksheets[0].iter_rows()]
    assert sample("register", "--external", "--format", "csv").code == 0
    assert sample("register", "--format", "csv", "-o", tmp_path / "no" / "r.csv").code == 2


def test_show_and_history(sample: Terminal) -> None:
    page = sample("show", "QT-HT-01", "--on", "2025-12-15", "--json").json
    assert (page["shown"]["sequence"], page["on"]) == (2, "2025-12-15")
    assert {"number", "title", "status", "basis"} == set(page["legal_basis"][0])
    history = sample("history", "QT-HT-01", "--json").json
    assert [line["sequence"] for line in history["revisions"]] == [3, 2, 1]
    assert sample("show", page["document"].upper()).code == 0


def test_legal_import_twice_changes_nothing(terminal: Terminal, tables: Callable[..., list[Path]]) -> None:
    files = tables("relations", "instruments")
    first = terminal("legal", "import", *files, "--json").json
    assert first == {"created": 3, "updated": 0, "unchanged": 0, "rejected": []}
    assert terminal("legal", "import", *files, "--json").json["unchanged"] == 3


def test_legal_import_names_the_rows_it_rejects(
    terminal: Terminal, tables: Callable[..., list[Path]]
) -> None:
    answer = terminal("legal", "import", *tables("broken"), "--json")
    assert answer.code == 1
    assert [row["row"] for row in answer.json["rejected"]] == [2, 3]
    assert all(set(row) == {"row", "message"} for row in answer.json["rejected"])


def test_legal_import_refuses_what_is_no_table(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    answer = terminal("legal", "import", tmp_path / "x.csv", "--json")
    assert (answer.code, answer.error["code"]) == (2, "unknown_table")


def test_legal_list(sample: Terminal) -> None:
    found = sample("legal", "list", "--on", "2026-01-01", "--json").json
    status = {line["number"]: line["status"] for line in found["instruments"]}
    assert status["123/2015/NĐ-CP"] in ("in_force", "partly_expired")


def test_legal_impact(sample: Terminal) -> None:
    found = sample("legal", "impact", "18/2026/NĐ-CP", "--json").json
    assert set(found) == {"change", "deadline", "affected", "untouched", "unexamined", "issuer", "doubts"}
    assert found["change"] == {"instrument": "18/2026/NĐ-CP", "kind": "amends", "from": "2026-01-15"}
    assert found["deadline"] == "2026-04-15"
    assert [line["code"] for line in found["affected"]] == ["QT-HT-02"]
    assert set(found["affected"][0]) == AFFECTED_KEYS
    assert all(set(line) == {"document", "code", "title", "reason"} for line in found["untouched"])
    assert "Hạn cập nhật: 15/04/2026" in sample("legal", "impact", "18/2026/NĐ-CP").out


def test_cite_counts_characters_of_the_input_as_given(bare_terminal: Terminal, tmp_path: Path) -> None:
    text = "\ufeffCăn cứ\r\nĐiều 5 Nghị định số 123/2015/NĐ-CP;\r\n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    (found,) = bare_terminal("cite", path, "--json").lines
    assert set(found) == CITATION_KEYS
    assert text[found["start"] : found["end"]] == found["text"]
    assert (found["file"], found["instrument"]) == (str(path), "123/2015/NĐ-CP")


def test_cite_reads_standard_input_without_an_instance(
    bare_terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Luật Hộ tịch năm 2014".encode())))
    (found,) = bare_terminal("cite", "--json").lines
    assert (found["file"], found["title"], found["year"]) == (None, "Luật Hộ tịch", 2014)


def test_cite_without_hits_is_no_failure_and_bytes_are_no_text(
    bare_terminal: Terminal, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Không có gì.")
    assert bare_terminal("cite", tmp_path / "a.txt").code == 0
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04\xff\xfe")
    answer = bare_terminal("cite", tmp_path / "b.docx", "--json")
    assert (answer.code, answer.error["code"]) == (2, "not_text")


def test_init_founds_once(bare_terminal: Terminal, tmp_path: Path) -> None:
    home = tmp_path / "new"
    made = bare_terminal("--home", home, "init", "--agency", "UBND xã Mới", "--json").json
    assert set(made) == {"home", "agency", "login", "link"}
    assert made["link"].startswith("http://127.0.0.1:8000/sign-in/")
    again = bare_terminal("init", "--home", home, "--json")
    assert (again.code, again.error["code"]) == (2, "home_in_use")
    assert "UBND xã Mới" in again.error["message"]


def test_checks_say_that_a_fresh_sample_is_whole(sample: Terminal) -> None:
    for words in (("rebuild", "--check"), ("verify",), ("doctor",)):
        answer = sample(*words, "--json")
        assert answer.code == 0
        assert {finding["level"] for finding in answer.json["findings"]} <= {"info"}


def test_rebuild_restores_from_git_what_the_database_lost(sample: Terminal, tmp_path: Path) -> None:
    before = sample("register", "--json").json
    assert sample("rebuild", "--json").code == 0
    (tmp_path / "sample" / "qms.sqlite3").unlink()
    assert sample("register").code == 3
    answer = sample("rebuild", "--json")
    assert (answer.code, len(answer.json["notes"])) == (1, 1)
    assert sample("register", "--json").json == before
    assert sample("search", "khai sinh", "--json").json["total"] > 0
    assert sample("rebuild", "--check").code == 0


def test_upgrade_of_a_present_schema_does_nothing(terminal: Terminal) -> None:
    answer = terminal("upgrade", "--json").json
    assert answer["from"] == answer["to"]
    assert answer["backup"] is None

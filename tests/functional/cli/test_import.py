"""Importing: every file gets its line, whatever it is and wherever it lies; twice changes nothing."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qms.usecases import archives
from tests.functional.cli.conftest import Terminal

Paper = Callable[..., Path]

LINE_KEYS = {
    *("file", "status", "match", "revision_of", "matched_by", "document", "sections", "steps", "forms"),
    *("records", "legal_basis", "citations", "warnings"),
}


def names(lines: list[Any]) -> list[str]:
    return [line["file"] for line in lines if "file" in line]


def test_a_line_has_the_keys_of_the_contract(terminal: Terminal, paper: Paper) -> None:
    (line,) = terminal("import", paper(), "--publish", "--json").lines
    assert set(line) == LINE_KEYS
    assert (line["status"], line["match"]) == ("imported", "new")
    assert {"id", "code", "title", "type", "unit", "issuer", "issue_number", "issue_date"} <= set(
        line["document"]
    )
    assert line["document"]["code"] == "QT-09"
    assert "123/2015/NĐ-CP" in line["legal_basis"]


def test_a_package_ends_with_its_counts(terminal: Terminal, paper: Paper) -> None:
    first, second = paper("a.md"), paper("b.md", code="QT-10", title="Đổi giấy tờ")
    lines = terminal("import", first, second, "--publish", "--json").lines
    assert lines[-1] == {"package": {"next": 0, "new": 2, "same": 0, "refused": 0, "absent": []}}
    again = terminal("import", first, "--publish", "--json").lines
    assert [line["status"] for line in again] == ["unchanged"]


def test_twice_changes_nothing(terminal: Terminal, paper: Paper) -> None:
    paper("a.md"), paper("b.md", code="QT-10", title="Đổi giấy tờ")
    folder = paper("c.md", code="QT-11", title="Hủy giấy tờ").parent
    assert terminal("import", folder, "--publish").code == 0
    before = terminal("register", "--json").json
    again = terminal("import", folder, "--publish", "--json")
    assert again.code == 0
    assert again.lines[-1]["package"] == {"next": 0, "new": 0, "same": 3, "refused": 0, "absent": []}
    assert terminal("register", "--json").json == before


def test_the_next_edition_is_known_by_issuer_code_and_title(terminal: Terminal, paper: Paper) -> None:
    (first,) = terminal("import", paper("a.md"), "--publish", "--json").lines
    edited = paper("b.md", issue=2, day="01/9/2025", body="Quy định mới.")
    (second,) = terminal("import", edited, "--publish", "--json").lines
    assert (second["match"], second["revision_of"]) == ("next_revision", first["document"]["id"])
    revisions = terminal("history", "QT-09", "--json").json["revisions"]
    assert [one["status"] for one in revisions] == ["effective", "superseded"]


def test_what_is_taken_in_without_publish_waits_as_a_draft(terminal: Terminal, paper: Paper) -> None:
    assert terminal("import", paper(), "--as", "thuky").code == 0
    assert terminal("register", "--json").json["documents"] == []
    assert terminal("submit", "QT-09", "--as", "thuky").code == 0


def test_one_decision_covers_the_whole_package(terminal: Terminal, paper: Paper, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4\n%%EOF\n")
    first, second = paper("a.md"), paper("b.md", code="QT-10", title="Đổi giấy tờ")
    words = ("--publish", "--number", "12/QĐ-UBND", "--signed", "2025-08-01", "--effective", "10/08/2025")
    assert terminal("import", first, second, *words, "--scan", scan, "--json").code == 0
    documents = terminal("register", "--json").json["documents"]
    assert {(one["issued_by"], one["effective_from"]) for one in documents} == {("12/QĐ-UBND", "2025-08-10")}


def test_a_paper_without_a_date_waits_for_a_person(terminal: Terminal, paper: Paper) -> None:
    answer = terminal("import", paper(day=""), "--publish", "--json")
    assert answer.code == 1
    assert (answer.lines[0]["status"], answer.lines[0]["warnings"][-1]["code"]) == ("review", "no_date")


def test_folders_are_read_in_order_and_what_the_system_leaves_is_passed_over(
    terminal: Terminal, paper: Paper
) -> None:
    folder = paper("b/2.md", code="QT-10", title="Đổi giấy tờ").parent.parent
    paper("a.md")
    for name in (".DS_Store", "~$a.docx", "Thumbs.db", "b/desktop.ini"):
        (folder / name).write_bytes(b"x")
    (folder / "notes.csv").write_text("a,b\n")
    lines = terminal("import", f"{folder}/", "--publish", "--json").lines
    assert names(lines) == [f"{folder}/{name}" for name in ("a.md", "b/2.md", "notes.csv")]
    assert lines[2]["status"] == "refused"
    assert lines[2]["warnings"][0]["message"]


def test_an_archive_is_read_member_by_member_without_touching_the_disk(
    terminal: Terminal, paper: Paper, tmp_path: Path
) -> None:
    first, second = paper("a.md"), paper("b.md", code="QT-10", title="Đổi giấy tờ")
    archive = tmp_path / "gói.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(second, "hộ tịch/b.md")
        packed.write(first, "../a.md")
        packed.writestr("__MACOSX/._a.md", b"x")
    answer = terminal("import", archive, "--publish", "--json")
    assert names(answer.lines) == [f"{archive}/../a.md", f"{archive}/hộ tịch/b.md"]
    assert [line["status"] for line in answer.lines[:2]] == ["imported", "imported"]
    assert not (tmp_path.parent / "a.md").exists()


def broken(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 and then nothing")


def empty(path: Path) -> None:
    with zipfile.ZipFile(path, "w"):
        pass


def crowded(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        for number in range(archives.ARCHIVE_FILES + 1):
            packed.writestr(f"{number}.md", b"")


def swollen(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.md", b"\0" * (archives.FILE_LIMIT + 10))


@pytest.mark.parametrize("make", [broken, empty, crowded, swollen], ids=lambda make: make.__name__)
def test_an_archive_beyond_reason_is_one_refused_line(
    terminal: Terminal, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "x.zip")
    answer = terminal("import", tmp_path / "x.zip", "--json")
    (line,) = answer.lines
    assert (answer.code, line["status"]) == (1, "refused")
    assert line["warnings"][0]["message"].endswith(".")


def test_a_name_that_an_old_tool_wrote_in_utf8_is_read_as_meant(
    terminal: Terminal, paper: Paper, tmp_path: Path
) -> None:
    archive, meant = tmp_path / "old.zip", "Thủ tục.md".encode()
    stand_in = "x" * (len(meant) - 3) + ".md"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(paper(), stand_in)
    archive.write_bytes(archive.read_bytes().replace(stand_in.encode(), meant))
    (line,) = terminal("import", archive, "--json").lines
    assert (line["file"], line["status"]) == (f"{archive}/Thủ tục.md", "imported")


def test_a_file_that_may_not_be_read_is_refused_not_fatal(
    terminal: Terminal, tmp_path: Path, paper: Paper
) -> None:
    folder = paper("a.md").parent
    (folder / "b.docx").symlink_to(folder / "nowhere.docx")
    answer = terminal("import", folder, "--json")
    assert [line["status"] for line in answer.lines[:2]] == ["imported", "refused"]


def test_an_empty_folder_is_wrong_use(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert terminal("import", tmp_path / "empty").code == 2


def test_people_read_a_table_and_a_summary(terminal: Terminal, paper: Paper) -> None:
    answer = terminal("import", paper("a.md"), paper("b.md", code="QT-10", title="Đổi giấy tờ"), "--publish")
    assert "tài liệu mới  QT-09" in answer.out
    assert "tài liệu mới 2" in answer.out

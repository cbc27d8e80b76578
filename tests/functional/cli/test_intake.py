"""``legal intake``: what it prints, what it keeps, how it ends."""

from __future__ import annotations

from pathlib import Path

from tests.functional.cli.conftest import Terminal

TEXT = (
    "CHÍNH PHỦ\nSố: 18/2026/NĐ-CP\nHà Nội, ngày 15 tháng 01 năm 2026\nNGHỊ ĐỊNH\nQuy định thử nghiệm\n"
    "Điều 1. Bãi bỏ khoản 2 Điều 5 Nghị định số 123/2015/NĐ-CP, trừ điểm a khoản 2 Điều 5.\n"
    "Điều 2. Nghị định này có hiệu lực từ ngày 01 tháng 3 năm 2026."
)
ARTICLE = "Thông tư này có hiệu lực từ ngày 01/4/2026 và thay thế Thông tư số 01/2020/TT-BTP."


def test_a_line_of_json_says_what_a_regulation_is_and_does(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "nghi-dinh.txt"
    path.write_text(TEXT)
    answer = terminal("legal", "intake", str(path), "--json")
    (line,) = answer.lines
    assert (answer.code, line["file"], line["tthc"]) == (0, str(path), [])
    assert line["instrument"] == {
        "number": "18/2026/NĐ-CP",
        "type": "Nghị định",
        "title": "Quy định thử nghiệm",
        "issued": "2026-01-15",
        "effective": "2026-03-01",
        "expires": None,
        "effective_rule": "day",
        "issuer": "Chính phủ",
    }
    (relation,) = line["relations"]
    assert relation == {
        "kind": "repeals",
        "target": "123/2015/NĐ-CP",
        "target_issuer": None,
        "target_provisions": ["art_5__para_2"],
        "except_provisions": ["art_5__para_2__point_a"],
        "source_provision": "art_1",
        "from": "2026-03-01",
        "sentence": relation["sentence"],
    }
    assert "Bãi bỏ khoản 2 Điều 5" in relation["sentence"]
    assert [doubt["code"] for doubt in line["doubts"]] == ["target_not_in_register"]


def test_an_article_alone_takes_its_number_from_the_command_line(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "dieu.md"
    path.write_text(ARTICLE)
    (line,) = terminal("legal", "intake", str(path), "--number", "09/2026/TT-BTP", "--json").lines
    assert line["instrument"]["number"] == "09/2026/TT-BTP"
    assert [one["target"] for one in line["relations"]] == ["01/2020/TT-BTP"]


def test_what_is_applied_is_in_the_register_once(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "nghi-dinh.txt"
    path.write_text(TEXT)
    for counts in (
        {"created": 2, "updated": 0, "unchanged": 0},
        {"created": 0, "updated": 0, "unchanged": 2},
    ):
        answer = terminal("legal", "intake", str(path), "--apply", "--json")
        assert (answer.code, answer.json["applied"]) == (0, counts)
    listed = terminal("legal", "list", "--json").json["instruments"]
    assert "18/2026/NĐ-CP" in [one["number"] for one in listed]


def test_people_read_dates_changes_sentences_and_doubts(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "nghi-dinh.txt"
    path.write_text(TEXT)
    shown = terminal("legal", "intake", str(path)).out
    for words in (
        "Nghị định 18/2026/NĐ-CP",
        "Ngày hiệu lực: 01/03/2026",
        "bãi bỏ 123/2015/NĐ-CP (chưa có trong sổ): khoản 2 Điều 5, trừ điểm a khoản 2 Điều 5, từ 01/03/2026",
        "«Bãi bỏ khoản 2 Điều 5",
        "Cần xem lại: 1",
    ):
        assert words in shown


def test_each_file_has_its_line_and_one_that_cannot_be_read_is_work_left(
    terminal: Terminal, tmp_path: Path
) -> None:
    good, bad = tmp_path / "a.txt", tmp_path / "b.pdf"
    good.write_text(TEXT)
    bad.write_bytes(b"%PDF-1.4")
    answer = terminal("legal", "intake", str(good), str(bad), "--json")
    assert answer.code == 1
    assert [line["instrument"]["number"] for line in answer.lines] == ["18/2026/NĐ-CP", None]
    assert answer.lines[1]["doubts"][0]["code"] == "unreadable"


def test_without_a_number_nothing_is_applied(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "dieu.txt"
    path.write_text(ARTICLE)
    answer = terminal("legal", "intake", str(path), "--apply", "--json")
    assert answer.code == 1
    assert "applied" not in answer.json
    assert "no_number" in [doubt["code"] for doubt in answer.json["doubts"]]


def test_wrong_use_is_told(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    assert terminal("legal", "intake", str(tmp_path / "nowhere.txt")).code == 2
    answer = terminal("legal", "intake", str(path), str(path), "--number", "1/2026/NĐ-CP", "--json")
    assert (answer.code, answer.error["code"]) == (2, "number_for_one_file")

"""A change of law from the terminal: opened, listed, proven; notices in the answers of reading and searching."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.cli.conftest import PAPER, Terminal

RELATION = "source,kind,target,from\n300/2026/NĐ-CP,amends,123/2015/NĐ-CP,2026-10-01\n"


@pytest.fixture
def reached(terminal: Terminal, tmp_path: Path) -> Terminal:
    """Return a terminal of an agency whose one procedure is reached by a change of law."""
    paper = PAPER.format(
        code="QT-77", title="Đăng ký thử", issue=1, day="05/01/2026", issuer="Sở Mẫu", body="Thử nghiệm."
    )
    (tmp_path / "QT-77.md").write_text(paper, encoding="utf-8")
    (tmp_path / "relations.csv").write_text(RELATION, encoding="utf-8")
    assert terminal("import", tmp_path / "QT-77.md", "--publish").code == 0
    assert terminal("legal", "import", tmp_path / "relations.csv").code == 0
    return terminal


def test_a_change_is_opened_and_listed(reached: Terminal) -> None:
    opened = reached("legal", "open", "300/2026/NĐ-CP", "--as", "thuky", "--json").json
    assert (opened["instrument"], opened["from"], opened["deadline"]) == (
        "300/2026/NĐ-CP",
        "2026-10-01",
        "2027-01-01",
    )
    assert [(line["code"], line["state"], line["why"]) for line in opened["documents"]] == [
        ("QT-77", "open", "direct")
    ]
    listed = reached("legal", "changes", "--json").json["changes"]
    assert [(line["id"], line["done"], line["total"]) for line in listed] == [(opened["id"], 0, 1)]
    assert reached("legal", "changes", opened["id"], "--json").json == opened
    assert "QT-77" in reached("legal", "changes", opened["id"]).out
    assert "300/2026/NĐ-CP" in reached("legal", "changes").out


def test_opening_is_not_for_everybody(reached: Terminal) -> None:
    assert reached("legal", "open", "300/2026/NĐ-CP", "--as", "doc").code == 1
    assert reached("legal", "open", "300/2026/NĐ-CP").code == 2


def test_the_proof_table_of_a_year_is_written(reached: Terminal, tmp_path: Path) -> None:
    reached("legal", "open", "300/2026/NĐ-CP", "--as", "thuky")
    answer = reached("legal", "proof", "2026", "--format", "csv", "-o", tmp_path / "proof.csv")
    assert answer.code == 0
    assert "đang làm, còn hạn" in (tmp_path / "proof.csv").read_text(encoding="utf-8-sig")


def test_answers_name_the_notices_that_stand(reached: Terminal) -> None:
    assert reached("show", "QT-77", "--json").json["notices"] == []
    (hit,) = reached("search", "thử nghiệm", "--json").json["hits"]
    assert hit["notices"] == []

"""Twenty-six real procedures of a provincial department, taken in, revised and met by a change of law."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.functional.cli.conftest import Terminal

RELATION = (
    "source,kind,target,target_provisions,source_provision,from\n"
    "18/2026/NĐ-CP,amends,123/2015/NĐ-CP,art_2 art_22 art_24 art_26 art_27,,2026-01-15\n"
)


def citing(real_data: Path, number: str) -> set[str]:
    """Return the file names whose gold or text cites an instrument, read without our own reader."""
    import re

    from docx import Document

    found = set()
    for path in (real_data / "procedures").glob("*.docx"):
        body = "".join(
            node.text or "" for node in Document(str(path)).element.iter() if node.tag.endswith("}t")
        )
        if re.search(rf"(?<!\d){re.escape(number)}", body):
            found.add(path.name)
    return found


def revise(path: Path) -> None:
    from docx import Document

    document = Document(str(path))
    document.add_paragraph("Nội dung bổ sung khi sửa đổi.")
    document.save(str(path))


def add(source: Path, target: Path) -> None:
    """Write a procedure that nobody has yet: another code and title on the same cover."""
    from docx import Document

    document = Document(str(source))
    for node in document.element.iter():
        if node.tag.endswith("}t") and node.text:
            node.text = node.text.replace("khai sinh", "thường trú").replace("KHAI SINH", "THƯỜNG TRÚ")
    document.save(str(target))


def test_a_folder_twice_then_its_next_edition(terminal: Terminal, real_data: Path, tmp_path: Path) -> None:
    folder = real_data / "procedures"
    first = terminal("import", folder, "--publish", "--json")
    assert first.code == 0
    assert first.lines[-1]["package"] == {"next": 0, "new": 26, "same": 0, "refused": 0, "absent": []}
    assert {line["status"] for line in first.lines[:-1]} == {"imported"}
    again = terminal("import", folder, "--publish", "--json")
    assert {line["status"] for line in again.lines[:-1]} == {"unchanged"}

    edition = tmp_path / "edition"
    shutil.copytree(folder, edition)
    papers = sorted(edition.iterdir())
    for path in papers[5:8]:
        revise(path)
    add(papers[0], edition / "99. Đăng ký thường trú.docx")
    papers[10].unlink()
    missing = next(line for line in first.lines if line["file"].endswith(papers[10].name))
    second = terminal("import", edition, "--publish", "--json")
    assert second.lines[-1]["package"] == {
        "next": 3,
        "new": 1,
        "same": 22,
        "refused": 0,
        "absent": [missing["document"]["id"]],
    }
    changed = [line for line in second.lines[:-1] if line["match"] == "next_revision"]
    assert {Path(line["file"]).name for line in changed} == {path.name for path in papers[5:8]}
    assert {line["status"] for line in changed} == {"imported"}
    assert terminal("rebuild", "--check").code == 0


def test_a_change_of_law_lists_exactly_the_papers_that_cite_it(
    terminal: Terminal, real_data: Path, tmp_path: Path
) -> None:
    (tmp_path / "relations.csv").write_text(RELATION, encoding="utf-8")
    assert terminal("legal", "import", tmp_path / "relations.csv").code == 0
    assert terminal("import", real_data / "procedures", "--publish").code == 0
    found = terminal("legal", "impact", "18/2026/NĐ-CP", "--json").json
    listed = {line["source_file"] for line in found["affected"]}
    assert listed == citing(real_data, "123/2015/NĐ-CP")
    assert len(listed) == len(found["affected"]) == 16
    assert {line["deadline"] for line in found["affected"]} == {"2026-04-15"}
    assert {line["why"] for line in found["affected"]} == {"direct"}
    # with the full register the same ones are reached; who cites only the neighbour is told apart, with the reason
    register = [real_data / "legal" / name for name in ("instruments.csv", "relations.csv")]
    terminal("legal", "import", *register)
    found = terminal("legal", "impact", "18/2026/NĐ-CP", "--json").json
    assert {line["source_file"] for line in found["affected"] if line["why"] == "direct"} == listed
    lone = citing(real_data, "23/2015/NĐ-CP") - listed
    assert not lone & {line["source_file"] for line in found["affected"]}
    told = [line["reason"] for line in found["untouched"] if "23/2015/NĐ-CP" in line["reason"]]
    assert len(told) == len(lone)


def test_odd_files_each_get_a_line_and_a_reason(terminal: Terminal, real_data: Path) -> None:
    folder = real_data / "docx_odd"
    answer = terminal("import", folder, "--json")
    lines = answer.lines[:-1]
    assert {Path(line["file"]).parts[len(folder.parts)] for line in lines} == {
        p.name for p in folder.iterdir()
    }
    assert all(line["warnings"][0]["message"] for line in lines if line["status"] == "refused")
    assert answer.code == 1

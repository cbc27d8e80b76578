"""The legal register on the terminal: what it lacks, what is chosen of it, the whole out and in again."""

from __future__ import annotations

from pathlib import Path

from tests.functional.cli.conftest import Terminal

MISSING_KEYS = {"number", "type", "issuer", "cited_by", "documents", "related"}
EXTERNAL_KEYS = {
    *("number", "type", "title", "issuer", "issued", "effective", "status", "since", "because", "cited_by"),
    *("path", "doubts"),
    *("path", "doubts", "cause", "units", "reviewed", "registered"),
}


def test_the_sample_lacks_nothing_that_its_documents_cite(sample: Terminal) -> None:
    found = sample("legal", "missing", "--json").json
    assert set(found) == {"on", "total", "cited", "missing"}
    assert found["cited"] == 0
    assert sample("legal", "missing").code == 0


def test_what_is_lacking_names_who_cites_it(terminal: Terminal, paper: object, tmp_path: Path) -> None:
    path = paper()  # type: ignore[operator]
    assert terminal("import", path, "--publish").code == 0
    found = terminal("legal", "missing", "--json").json
    line = next(line for line in found["missing"] if line["number"] == "123/2015/NĐ-CP")
    assert set(line) == MISSING_KEYS
    assert line["cited_by"] == 1
    assert line["documents"][0]["code"] == "QT-09"
    assert "123/2015/NĐ-CP" in terminal("legal", "missing").out


def test_the_list_is_chosen_by_kind_status_and_words(sample: Terminal) -> None:
    words = ("--type", "Nghị định", "--status", "expired", "--text", "mot cua", "--json")
    found = sample("legal", "list", *words).json
    assert "61/2018/NĐ-CP" in [line["number"] for line in found["instruments"]]
    assert found["total"] == len(found["instruments"])
    cited = sample("legal", "list", "--cited", "--limit", "1", "--json").json
    assert cited["instruments"][0]["cited_by"] > 0
    assert cited["total"] > 1
    assert sample("legal", "list", "--status", "tốt").code == 2


def test_the_register_goes_out_and_comes_in_again(sample: Terminal, tmp_path: Path) -> None:
    for form in ("csv", "xlsx", "jsonl"):
        files = [tmp_path / f"{name}.{form}" for name in ("instruments", "relations")]
        assert sample("legal", "export", "--format", form, "-o", files[0]).code == 0
        assert sample("legal", "export", "--format", form, "--relations", "-o", files[1]).code == 0
        taken = sample("legal", "import", *files, "--json").json
        assert (taken["created"], taken["updated"], taken["rejected"]) == (0, 0, [])
    assert sample("legal", "export").out.startswith("\ufeffnumber,type,title")


def test_the_external_list_has_the_columns_of_the_field(sample: Terminal) -> None:
    out = sample("register", "--external", "--format", "csv").out
    head = ["STT", "Số hiệu", "Tên văn bản", "Phân loại", "Cơ quan ban hành", "Ngày hiệu lực", "Tình trạng"]
    assert out.startswith("\ufeff" + ",".join([*head, "Đơn vị theo dõi", "Rà soát gần nhất"]) + "\r\n")
    lines = sample("register", "--external", "--json").json["instruments"]
    assert set(lines[0]) == EXTERNAL_KEYS


def test_the_one_stop_chain_stands_as_it_should_with_its_doubts_stated(sample: Terminal) -> None:
    chain = ("61/2018/NĐ-CP", "118/2025/NĐ-CP", "367/2025/NĐ-CP")

    def on(day: str) -> tuple[list[str], dict[str, list[str]]]:
        found = sample("legal", "list", "--on", day, "--json").json["instruments"]
        lines = {line["number"]: line for line in found}
        return [lines[one]["status"] for one in chain], {one: lines[one]["doubts"] for one in chain}

    assert on("2025-06-30")[0] == ["in_force", "future", "future"]
    assert on("2025-07-01")[0] == ["expired", "in_force", "future"]
    assert on("2026-01-01")[0] == ["expired", "partly_expired", "in_force"]
    status, doubts = on("2026-07-02")
    assert status == ["expired", "partly_expired", "partly_expired"]
    assert any("224/2026/NĐ-CP" in doubt for doubt in doubts["118/2025/NĐ-CP"])
    assert any("31/12/2025" in doubt for doubt in doubts["367/2025/NĐ-CP"])


def test_an_impact_says_in_words_what_cannot_be_dated(
    terminal: Terminal, paper: object, tmp_path: Path
) -> None:
    assert terminal("import", paper(), "--publish").code == 0  # type: ignore[operator]
    table = tmp_path / "quan-he.csv"
    table.write_text("source,kind,target,from\n996/2026/NĐ-CP,amends,123/2015/NĐ-CP,\n", encoding="utf-8")
    assert terminal("legal", "import", table).code == 0
    said = terminal("legal", "impact", "996/2026/NĐ-CP").out
    assert "996/2026/NĐ-CP: sửa đổi, chưa rõ từ ngày nào" in said
    assert "Hạn cập nhật: chưa tính được" in said
    assert "?" not in said

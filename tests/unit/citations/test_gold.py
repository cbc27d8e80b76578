"""How well the reader does on texts that nobody here wrote (floors; measured figures are in docs/citations.md)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from qms.citations import Citation, Register, RegisterEntry, find, legal_basis, parse_key, resolve
from qms.model.ids import clean

TITLED = ("luật", "bộ luật", "pháp lệnh", "hiến pháp")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Facts = set[tuple[str, ...]]


def f1(pairs: list[tuple[Facts, Facts]]) -> float:
    right = sum(len(gold & found) for gold, found in pairs)
    return 2 * right / sum(len(gold) + len(found) for gold, found in pairs)


def gold_facts(row: dict[str, Any]) -> dict[str, Facts]:
    return facts(
        (citation["type"], citation["instrument"], citation["title"], tuple(citation["provisions"]))
        for citation in row["citations"]
        if not citation["partial"]
    )


def found_facts(citations: list[Citation]) -> dict[str, Facts]:
    return facts(
        (citation.type, citation.instrument, citation.title, citation.provisions)
        for citation in citations
        if not citation.partial and not citation.self_reference
    )


def facts(rows: Iterator[tuple[str | None, str | None, str | None, tuple[str, ...]]]) -> dict[str, Facts]:
    read: dict[str, Facts] = {"instruments": set(), "titles": set(), "provisions": set()}
    for kind, instrument, title, provisions in rows:
        if instrument:
            read["instruments"].add((instrument,))
        if title and kind in TITLED:
            read["titles"].add((title.lower(),))
        read["provisions"] |= {(instrument or (title or "").lower(), provision) for provision in provisions}
    return read


@pytest.mark.parametrize(
    ("measure", "floor"), [("instruments", 0.99), ("titles", 0.97), ("provisions", 0.98)]
)
def test_gold_sentences_are_read_well(real_data: Path, measure: str, floor: float) -> None:
    rows = [json.loads(line) for line in (real_data / "citations_dev.jsonl").read_text("utf-8").splitlines()]
    pairs = [(gold_facts(row)[measure], found_facts(find(row["text"]))[measure]) for row in rows]
    assert f1(pairs) >= floor


def test_legal_basis_of_real_procedures_is_read_in_order(real_data: Path) -> None:
    documents = json.loads((real_data / "anatomy_dev.json").read_text("utf-8"))
    read = {
        document["file"]: [citation.key for citation in legal_basis(basis_lines(real_data, document["file"]))]
        for document in documents
    }
    assert read == {document["file"]: document["legal_basis"] for document in documents}


def basis_lines(real_data: Path, name: str) -> list[str]:
    folder = real_data / "procedures"
    same = unicodedata.normalize("NFC", name)
    path = next(path for path in folder.iterdir() if unicodedata.normalize("NFC", path.name) == same)
    lines: list[str] = []
    inside = False
    for paragraph in docx.Document(str(path)).element.body.iter(f"{W}p"):
        text = "".join(run.text or "" for run in paragraph.iter(f"{W}t"))
        if re.match(r"(\w ?[.)] ?)?căn cứ pháp lý", clean(text), re.IGNORECASE):
            inside = True
        elif inside and clean(text).startswith("-"):
            lines.append(text)
        elif clean(text):
            inside = False
    return lines


def test_instruments_that_entry_into_force_articles_change_are_found(real_data: Path) -> None:
    rows = [json.loads(line) for line in (real_data / "intake_dev.jsonl").read_text("utf-8").splitlines()]
    missed = [
        (row["id"], relation["target"])
        for row in rows
        for relation in row["gold"]["relations"]
        if relation["target"].replace(" năm ", " ") not in {citation.key for citation in find(row["text"])}
    ]
    assert missed == []


def test_most_numbers_of_the_codification_are_their_own_key(real_data: Path) -> None:
    rows = (real_data / "legal" / "instruments.csv").read_text("utf-8").splitlines()[1:]
    numbers = [row.split(",", 1)[0] for row in rows]
    assert sum(parse_key(number) == number for number in numbers) / len(numbers) >= 0.975


def test_decrees_cited_by_real_procedures_resolve_to_the_register(real_data: Path) -> None:
    entries = [RegisterEntry("123/2015/NĐ-CP", "Nghị định"), RegisterEntry("23/2015/NĐ-CP", "Nghị định")]
    register = Register(entries)
    citing = {
        path.name
        for path in (real_data / "procedures").iterdir()
        for resolved in resolve(find(body(path)), register, date(2026, 1, 15))
        if resolved.key == "123/2015/NĐ-CP"
    }
    assert len(citing) == 16


def body(path: Path) -> str:
    paragraphs = docx.Document(str(path)).element.body.iter(f"{W}p")
    return "\n".join("".join(run.text or "" for run in paragraph.iter(f"{W}t")) for paragraph in paragraphs)

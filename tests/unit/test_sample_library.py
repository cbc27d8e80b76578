"""The sample library holds together: it parses, refers only to what exists and says that it is a sample."""

from __future__ import annotations

import csv
import importlib.util
import io
import re
import unicodedata
import zipfile
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import docx
import pytest
import yaml
from docx.oxml.ns import qn

from qms.model.days import add_months
from qms.model.enums import (
    DocumentType,
    FormSource,
    IssuanceKind,
    MasterFormat,
    RelationKind,
    Role,
    SigningForm,
)

DOCUMENTS = Path(__file__).resolve().parents[2] / "documents"
SAMPLE = DOCUMENTS / "sample"
MASTERS = sorted(path for path in (SAMPLE / "masters").rglob("*.*"))
NOTICE = "TÀI LIỆU MẪU - không phải văn bản thật"
DEMO_DAY = date(2026, 11, 25)
NUMBER = re.compile(
    r"(?<![\w/.])(?:\d[\d.]*/\d{4}/[A-ZĐ]+\d*(?:-[A-ZĐTg]+)*|\d+/QĐ-[A-ZĐ]+|TCVN ISO \d+:\d{4})(?![\w/])"
)
OWN_DECISION = "QĐ-UBND"


def read_yaml(name: str) -> Any:
    return yaml.safe_load((SAMPLE / name).read_text(encoding="utf-8"))


def read_rows(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def text_of(path: Path) -> str:
    """Return the text of a master as its reader sees it, tables included, headers not."""
    if path.suffix == ".md":
        return path.read_text(encoding="utf-8")
    body = docx.Document(str(path)).element.body
    return "\n".join(
        "".join(part.text or "" for part in node.iter(qn("w:t"))) for node in body.iter(qn("w:p"))
    )


def on(day: date | str) -> date:
    return day if isinstance(day, date) else DEMO_DAY + timedelta(days=int(day.removesuffix(" days")))


@pytest.fixture(scope="module")
def agency() -> Any:
    return read_yaml("agency.yaml")


@pytest.fixture(scope="module")
def story() -> Any:
    return read_yaml("story.yaml")


@pytest.fixture(scope="module")
def instruments() -> dict[str, dict[str, str]]:
    rows = read_rows("instruments.csv")
    assert len({row["number"] for row in rows}) == len(rows)
    return {row["number"]: row for row in rows}


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_docx", DOCUMENTS / "make_docx.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents_of(act: dict[str, Any]) -> list[str]:
    return act.get("documents") or ([act["document"]] if "document" in act else [])


def test_the_agency_refers_only_to_its_own_units_and_positions(agency: Any) -> None:
    units = {unit["key"] for unit in agency["units"]}
    positions = {position["key"] for position in agency["positions"]}
    assert {unit["parent"] for unit in agency["units"]} <= units | {None}
    assert {position["unit"] for position in agency["positions"]} <= units
    assert {person["position"] for person in agency["people"]} <= positions
    assert sum(unit["parent"] is None for unit in agency["units"]) == 1


def test_the_eight_people_are_plainly_fictitious_and_hold_known_roles(agency: Any) -> None:
    people = agency["people"]
    assert len({person["login"] for person in people}) == len(people) == 8
    assert all(person["name"].endswith(" Mẫu") and person["login"].isascii() for person in people)
    held = {role for person in people for role in person["roles"]}
    assert held <= set(Role)
    assert held >= {"administrator", "officer", "author", "approver", "clerk", "reader", "auditor"}


def test_document_codes_are_unique_and_documents_refer_to_the_agency(agency: Any, story: Any) -> None:
    documents = story["documents"]
    codes = [document["code"] for document in documents]
    units, positions, fields = (
        {one["key"] for one in agency[kind]} for kind in ("units", "positions", "fields")
    )
    issuers = {agency["agency"]["key"], *(issuer["key"] for issuer in agency["issuers"])}
    assert len(set(codes)) == len(codes)
    for document in documents:
        assert document["type"] in set(DocumentType)
        assert document["master"] in set(MasterFormat)
        assert document.get("form_source", "internal") in set(FormSource)
        assert {document["unit"], *document["applying_units"]} <= units
        assert document["owner"] in positions
        assert document["field"] in fields
        assert document["issuer"] in issuers
        assert set(document.get("forms", [])) <= set(codes)


def test_the_story_refers_only_to_existing_people_documents_and_files(agency: Any, story: Any) -> None:
    codes = {document["code"] for document in story["documents"]}
    logins = {person["login"] for person in agency["people"]}
    positions = {position["key"] for position in agency["positions"]}
    used = set()
    for act in story["acts"]:
        assert set(documents_of(act)) <= codes
        assert act["by"] in logins
        assert act.get("signer", "chu-tich") in positions
        assert act.get("signed_as", "HEAD") in set(SigningForm)
        assert act.get("kind", "issue") in set(IssuanceKind)
        if "file" in act:
            used.add(SAMPLE / "masters" / act["file"])
    assert used == set(MASTERS)


def test_acts_follow_one_another_in_time(story: Any) -> None:
    days = [on(act["day"]) for act in story["acts"]]
    assert days == sorted(days)
    assert days[-1] <= DEMO_DAY
    assert all(
        act["signed"] <= act["effective"] for act in story["acts"] if isinstance(act.get("signed"), date)
    )


def test_nobody_reviews_or_approves_what_they_drafted(story: Any) -> None:
    drafted: dict[str, str] = {}
    for act in story["acts"]:
        for code in documents_of(act):
            if act["act"] == "draft":
                drafted[code] = act["by"]
            elif act["act"] in {"review", "approve"}:
                assert act["by"] != drafted[code]


def test_a_decision_number_is_given_once_a_year(story: Any) -> None:
    given = [(act["number"], on(act["signed"]).year) for act in story["acts"] if "number" in act]
    assert len(set(given)) == len(given)
    assert all(re.fullmatch(r"\d+/QĐ-UBND", number) for number, _ in given)


def test_the_story_ends_as_expected(story: Any) -> None:
    legal = {None: {"draft", "record"}, "draft": {"submit"}, "in_review": {"review", "approve"}}
    legal |= {"approved": {"issue"}, "issued": {"draft", "retire"}, "retired": set()}
    becomes = {"draft": "draft", "submit": "in_review", "review": "in_review", "approve": "approved"}
    becomes |= {"issue": "issued", "record": "issued", "retire": "retired"}
    state: dict[str, str] = {}
    issued: dict[str, list[date]] = {}
    for act in story["acts"]:
        for code in documents_of(act) if act["act"] in becomes else ():
            assert act["act"] in legal[state.get(code)], (code, act)
            state[code] = becomes[act["act"]]
            if act["act"] in {"issue", "record"}:
                issued.setdefault(code, []).append(on(act["effective"]))
    expected = story["expected"]
    living = {code: days for code, days in issued.items() if state[code] != "retired"}
    now = {code: sum(day <= DEMO_DAY for day in days) for code, days in living.items()}
    later = {code: len(days) for code, days in living.items() if days[-1] > DEMO_DAY}
    assert now == expected["effective"]
    assert later == expected["scheduled"]
    for name in ("retired", "in_review", "approved", "draft"):
        assert sorted(code for code, value in state.items() if value == name) == expected[name]


def applying(story: Any) -> dict[str, tuple[str, date]]:
    """Return the text and the signed date of what applies on the demo day, by code."""
    found = {}
    for code, number in story["expected"]["effective"].items():
        (path,) = (SAMPLE / "masters" / code).glob(f"r{number}.*")
        issues = [act for act in story["acts"] if act["act"] == "issue" and code in act["documents"]]
        found[code] = (text_of(path), on(issues[number - 1]["signed"]))
    return found


def test_the_open_legal_change_starts_and_falls_due_as_told(story: Any) -> None:
    change = story["expected"]["legal_change"]
    starts = {
        date.fromisoformat(row["from"])
        for row in read_rows("relations.csv")
        if (row["source"], row["target"]) == (change["instrument"], change["target"])
    }
    assert starts == {date(2026, 1, 15)}
    assert add_months(starts.pop(), 3) == change["deadline"] < DEMO_DAY


def test_only_the_named_documents_lag_behind_the_law(story: Any) -> None:
    changes = [
        (row["target"], date.fromisoformat(row["from"]))
        for row in read_rows("relations.csv")
        if row["from"] and row["kind"] in {"amends", "repeals", "replaces", "suspends"}
    ]
    lagging = {
        code
        for code, (text, signed) in applying(story).items()
        for target, start in changes
        if target in NUMBER.findall(text) and signed < start <= DEMO_DAY
    }
    change = story["expected"]["legal_change"]
    assert lagging == set(change["suspect"])
    assert all(change["target"] in applying(story)[code][0] for code in change["suspect"] + change["clean"])


@pytest.mark.parametrize("path", MASTERS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_master_says_that_it_is_a_sample_and_names_its_code(path: Path) -> None:
    text = text_of(path)
    assert NOTICE in text
    assert path.parent.name in text
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("path", MASTERS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_cited_instrument_stands_in_the_register(
    path: Path, instruments: dict[str, dict[str, str]]
) -> None:
    cited = {number for number in NUMBER.findall(text_of(path)) if not number.endswith(OWN_DECISION)}
    assert cited - set(instruments) == set()
    assert cited or path.parent.name.startswith("BM-")


def test_no_master_calls_iso_compulsory_for_a_commune() -> None:
    assert not any("bắt buộc" in text_of(path).lower() for path in MASTERS)


def test_revisions_of_a_document_differ() -> None:
    texts = {path: text_of(path) for path in MASTERS}
    assert len(set(texts.values())) == len(texts)


def test_abolished_desk_name_is_gone_from_what_applies(story: Any) -> None:
    old = {code for code, (text, _) in applying(story).items() if "Bộ phận Tiếp nhận và Trả kết quả" in text}
    assert old == set()


def test_the_register_is_in_the_form_of_the_contract(instruments: dict[str, dict[str, str]]) -> None:
    assert len(instruments) >= 120
    assert ",".join(next(iter(instruments.values()))) == "number,type,title,issuer,issued,effective,topics"
    dates = [row[key] for row in instruments.values() for key in ("issued", "effective") if row[key]]
    relations = read_rows("relations.csv")
    dates += [row["from"] for row in relations if row["from"]]
    assert all(date.fromisoformat(day) <= DEMO_DAY for day in dates)
    assert {row["kind"] for row in relations} <= set(RelationKind)
    assert {row[end] for row in relations for end in ("source", "target")} <= set(instruments)
    shape = r"(art_\d+[a-zđ]?(__(para|point)_\w+)*)?"
    assert all(
        re.fullmatch(shape, row[key])
        for row in relations
        for key in ("target_provisions", "source_provision")
    )


def test_the_register_holds_the_one_stop_chain() -> None:
    links = {(row["source"], row["kind"], row["target"]) for row in read_rows("relations.csv")}
    assert links >= {
        ("118/2025/NĐ-CP", "replaces", "61/2018/NĐ-CP"),
        ("367/2025/NĐ-CP", "amends", "118/2025/NĐ-CP"),
        ("224/2026/NĐ-CP", "repeals", "367/2025/NĐ-CP"),
        ("309/2026/NĐ-CP", "amends", "118/2025/NĐ-CP"),
        ("107/2021/NĐ-CP", "amends", "61/2018/NĐ-CP"),
    }


def test_dates_agree_with_the_official_codification(
    real_data: Path, instruments: dict[str, dict[str, str]]
) -> None:
    with (real_data / "legal" / "instruments.csv").open(encoding="utf-8-sig", newline="") as file:
        # the Assembly has given one number to a law and to a resolution
        known = {
            row["number"]: row
            for row in csv.DictReader(file)
            if row["type"] == instruments.get(row["number"], {}).get("type")
        }
    assert len(known) >= 80
    for number, row in known.items():
        mine = instruments[number]
        assert all(mine[key] == row[key] for key in ("issued", "effective") if row[key]), number


def test_the_word_masters_are_what_their_texts_make(maker: ModuleType) -> None:
    made = maker.masters()
    committed = {path for path in MASTERS if path.suffix == ".docx"}
    assert {SAMPLE / "masters" / name for name in made} == committed
    for name, content in made.items():
        assert members(content) == members((SAMPLE / "masters" / name).read_bytes()), name


def test_making_twice_gives_the_same_bytes(maker: ModuleType) -> None:
    assert maker.masters() == maker.masters()


def members(content: bytes) -> dict[str, bytes]:
    """Return the parts of a package: compared unpacked, since zlib versions may pack differently."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: package.read(name) for name in package.namelist()}


def test_a_reader_of_a_procedure_finds_its_seven_sections_and_a_page_field() -> None:
    path = SAMPLE / "masters" / "QT-HT-01" / "r3.docx"
    document = docx.Document(str(path))
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == [
        "SỬA ĐỔI TÀI LIỆU",
        "1. MỤC ĐÍCH",
        "2. PHẠM VI",
        "3. TÀI LIỆU VIỆN DẪN",
        "4. ĐỊNH NGHĨA, VIẾT TẮT",
        "5. NỘI DUNG",
        "6. BIỂU MẪU",
        "7. HỒ SƠ LƯU",
    ]
    header = document.sections[0].header._element.xml
    assert 'w:instr="PAGE"' in header
    assert "QT-HT-01" in header

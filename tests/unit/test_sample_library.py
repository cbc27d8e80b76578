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

from qms.citations.names import abolished_names
from qms.cli.story import singly
from qms.formats.anatomy.values import Anatomy
from qms.formats.reader import read
from qms.model.days import add_months
from qms.model.durations import read_days
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
    told = read_yaml("story.yaml")
    documents = {entry["code"]: entry for entry in told["documents"]}
    return told | {"acts": list(singly(told["acts"], documents))}


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


def test_the_ten_people_are_plainly_fictitious_and_hold_known_roles(agency: Any) -> None:
    people = agency["people"]
    assert len({person["login"] for person in people}) == len(people) == 10
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


def test_acts_told_for_several_documents_are_played_one_by_one_but_a_decision_is_one_act() -> None:
    documents: dict[str, Any] = {"A": {"master": "docx", "forms": ["F", "G"]}, "B": {"master": "markdown"}}
    told = [
        {"act": "draft", "documents": ["A", "B"], "revision": "r1"},
        {"act": "link", "documents": ["A"]},
        {"act": "issue", "documents": ["A", "B"]},
    ]
    played = list(singly(told, documents))
    assert [act.get("file") for act in played[:2]] == ["A/r1.docx", "B/r1.md"]
    assert [(act["document"], act["other"]) for act in played[2:4]] == [("A", "F"), ("A", "G")]
    assert played[4:] == told[2:]


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


@pytest.fixture(scope="module")
def made(maker: ModuleType) -> dict[str, bytes]:
    """Return every Word master, made anew from its text."""
    masters: dict[str, bytes] = maker.masters()
    return masters


def test_the_word_masters_are_what_their_texts_make(made: dict[str, bytes]) -> None:
    committed = {path for path in MASTERS if path.suffix == ".docx"}
    assert {SAMPLE / "masters" / name for name in made} == committed
    for name, content in made.items():
        assert members(content) == members((SAMPLE / "masters" / name).read_bytes()), name


def test_making_twice_gives_the_same_bytes(maker: ModuleType, made: dict[str, bytes]) -> None:
    assert maker.masters() == made


def members(content: bytes) -> dict[str, bytes]:
    """Return the parts of a package: compared unpacked, since zlib versions may pack differently."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: package.read(name) for name in package.namelist()}


def test_a_reader_of_a_procedure_finds_its_seven_sections_and_a_page_field() -> None:
    path = SAMPLE / "masters" / "QT-HT-01" / "r3.docx"
    document = docx.Document(str(path))
    headings = [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"]
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


# --- what the decision of 15/9/2026 brought under control, as our own reader sees it

FIRST_ISSUED = date(2026, 9, 15)
SEVEN = ["1", "2", "3", "4", "5", "6", "7"]
TTHC_TITLES = [
    *(
        "MỤC ĐÍCH",
        "PHẠM VI",
        "TÀI LIỆU VIỆN DẪN",
        "ĐỊNH NGHĨA, VIẾT TẮT",
        "NỘI DUNG",
        "BIỂU MẪU",
        "HỒ SƠ LƯU",
    ),
]
SAID_AS_PUBLISHED = {"time_unit_unclear"}  # «15 Ngày» is published so


@pytest.fixture(scope="module")
def issued(story: Any) -> dict[str, dict[str, Any]]:
    """Return the documents of the one decision by code, as the story tells them."""
    (decision,) = (act for act in story["acts"] if act.get("number") == "212/QĐ-UBND")
    return {entry["code"]: entry for entry in story["documents"] if entry["code"] in decision["documents"]}


@pytest.fixture(scope="module")
def anatomies(issued: dict[str, dict[str, Any]]) -> dict[str, Anatomy]:
    """Return what our reader makes of the first revision of each of them."""
    paths = [path for path in MASTERS if path.stem == "r1" and path.parent.name in issued]
    return {path.parent.name: read(path.read_bytes(), path.name).anatomy for path in paths}


def tthc_procedures(issued: dict[str, dict[str, Any]]) -> list[str]:
    return [code for code in issued if re.fullmatch(r"QT-[A-ZĐ]{2}-\d\d", code)]


def test_the_decision_brings_the_system_and_twenty_tthc_procedures(issued: dict[str, dict[str, Any]]) -> None:
    assert {"CS-01", "CS-02", "HD-01", "QT-02", "QT-03", "QT-04", "QT-05", "QT-06"} <= set(issued)
    assert len(tthc_procedures(issued)) == 20
    fields = {issued[code]["field"] for code in tthc_procedures(issued)}
    assert len(fields) == 12


def test_covers_are_read_as_the_story_tells_them(
    issued: dict[str, dict[str, Any]], anatomies: dict[str, Anatomy]
) -> None:
    assert set(anatomies) == set(issued)
    for code, read_so in anatomies.items():
        entry = issued[code]
        assert (read_so.code, read_so.issue_number, read_so.issue_date) == (code, "01", FIRST_ISSUED)
        assert read_so.type == entry["type"]
        title = (read_so.title or "").removeprefix("QUY TRÌNH ")
        assert title.casefold() == entry["title"].casefold()


def test_every_document_but_a_form_has_the_seven_sections_and_records_with_their_retention(
    issued: dict[str, dict[str, Any]], anatomies: dict[str, Anatomy]
) -> None:
    for code, entry in issued.items():
        if entry["type"] == "form":
            continue
        assert [section.number for section in anatomies[code].sections] == SEVEN, code
        assert anatomies[code].records, code
        assert all(record.keeper and record.retention for record in anatomies[code].records), code


def test_a_tthc_procedure_has_every_part_and_nothing_to_be_doubted(
    issued: dict[str, dict[str, Any]], anatomies: dict[str, Anatomy]
) -> None:
    for code in tthc_procedures(issued):
        one = anatomies[code]
        assert [section.title for section in one.sections] == TTHC_TITLES, code
        assert all((one.time_limit, one.fee, one.legal_basis_lines, len(one.steps) >= 5)), code
        assert all(step.no and step.action and step.responsible and step.time for step in one.steps), code
        assert (one.drafted_by_role, one.approved_by_role) == (owner_of(issued[code]), "Chủ tịch UBND xã")
        assert {doubt.code for doubt in one.warnings} <= SAID_AS_PUBLISHED, code


def owner_of(entry: dict[str, Any]) -> str:
    names = {position["key"]: position["name"] for position in read_yaml("agency.yaml")["positions"]}
    return str(names[entry["owner"]])


def test_the_steps_of_a_tthc_procedure_add_up_to_the_limit_that_is_published(
    issued: dict[str, dict[str, Any]], anatomies: dict[str, Anatomy]
) -> None:
    published = {row["code"]: row["time_limit"] for row in read_rows("tthc.csv")}
    for code in tthc_procedures(issued):
        (head,) = anatomies[code].step_time_columns
        stated = read_days(head.partition("(")[2].rstrip(")"))
        days = [read_days(step.time) for step in anatomies[code].steps]
        assert None not in days, code
        assert sum(day for day in days if day is not None) == stated, code
        for stem in issued[code].get("tthc", []):
            first = read_days(published[stem].partition(" / ")[0])
            assert first in {None, stated}, code


def test_a_tthc_procedure_is_tied_to_its_code_or_says_that_its_figures_are_made_up(
    issued: dict[str, dict[str, Any]], anatomies: dict[str, Anatomy]
) -> None:
    known = {row["code"] for row in read_rows("tthc.csv")}
    for code in tthc_procedures(issued):
        stems = issued[code].get("tthc", [])
        assert set(stems) <= known
        assert list(anatomies[code].tthc_codes) == stems
        text = text_of(SAMPLE / "masters" / code / "r1.docx")
        assert ("SỐ LIỆU ĐẶT RA" in text) == (not stems), code


def test_every_form_of_ours_is_named_where_it_is_used_and_used_where_it_is_named(
    issued: dict[str, dict[str, Any]], anatomies: dict[str, Anatomy]
) -> None:
    used = set()
    for code, entry in issued.items():
        if entry["type"] != "procedure":
            continue
        forms = entry["forms"]
        (path,) = (SAMPLE / "masters" / code).glob("r1.*")
        assert set(re.findall(r"BM-[A-ZĐ]{2}-\d\d-\d\d", text_of(path))) == set(forms), code
        titles = [anatomies[form].title for form in forms]
        assert all(any((title or "?") in name for name in anatomies[code].forms) for title in titles), code
        used |= set(forms)
    assert used == {code for code, entry in issued.items() if entry["type"] == "form"}


def test_no_name_is_used_that_was_abolished_before_the_day_of_issue(
    issued: dict[str, dict[str, Any]],
) -> None:
    for path in MASTERS:
        if path.parent.name in issued:
            text = read(path.read_bytes(), path.name).plain
            assert [name.text for name in abolished_names(text, FIRST_ISSUED)] == [], path

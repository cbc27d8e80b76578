"""The real procedures say what a person read in them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from qms.formats.anatomy import Anatomy
from qms.formats.reader import read
from qms.formats.reading import reading_from_json, reading_to_json
from qms.model.enums import WarningCode

OWN, OTHER = ("anatomy_dev.json", "procedures"), ("anatomy_other_dev.json", "procedures_other")


@cache
def cases(root: Path, gold: str, folder: str) -> list[tuple[dict, Anatomy]]:
    rows = json.loads((root / gold).read_text())
    return [(row, read((root / folder / row["file"]).read_bytes(), row["file"]).anatomy) for row in rows]


def own(real_data):
    return cases(real_data, *OWN)


def test_code_title_issuer_issue_and_date_are_right_on_every_file(real_data):
    for gold, anatomy in own(real_data):
        assert (anatomy.code, anatomy.title, anatomy.issuer, anatomy.issue_number) == (
            gold["code"],
            gold["title"],
            gold["agency"],
            gold["issue_number"],
        )
        assert anatomy.issue_date.isoformat() == gold["issue_date"]


def test_roles_sections_and_their_numbers_are_right(real_data):
    for gold, anatomy in own(real_data):
        assert [one.title for one in anatomy.sections] == gold["sections"]
        assert [one.number for one in anatomy.sections] == gold["section_numbers"]
        for role in ("drafted_by_role", "reviewed_by_role", "approved_by_role", "time_limit", "fee"):
            assert getattr(anatomy, role) == gold[role]


@pytest.mark.parametrize("source", [OWN, OTHER], ids=["own", "other"])
def test_steps_are_right_with_merged_times(real_data, source):
    for gold, anatomy in cases(real_data, *source):
        found = [
            (one.no, one.action[:80].rstrip(), one.responsible, one.time, one.time_merged)
            for one in anatomy.steps
        ]
        assert found == [
            (one["no"], one["action"], one["responsible"] or "", one["time"], one.get("time_merged", False))
            for one in gold["steps"]
        ]


def test_forms_records_and_the_lines_of_the_legal_basis_are_right(real_data):
    for gold, anatomy in own(real_data):
        assert list(anatomy.forms) == gold["forms"]
        assert [(one.name, one.keeper, one.retention) for one in anatomy.records] == [
            (one["name"], one["keeper"], one["retention"]) for one in gold["records"]
        ]
        assert len(anatomy.legal_basis_lines) == len(gold["legal_basis"])
        for key, line in zip(gold["legal_basis"], anatomy.legal_basis_lines, strict=True):
            assert all(part in line for part in key.rsplit(" ", 1))


def test_papers_of_other_offices_have_code_title_and_no_invented_date(real_data):
    for gold, anatomy in cases(real_data, *OTHER):
        assert (anatomy.code, anatomy.title) == (gold["code"], gold["title"])
        assert (anatomy.issue_number, anatomy.issue_date) == (None, None)
        assert WarningCode.NO_DATE in [doubt.code for doubt in anatomy.warnings]


def test_contradictions_between_cover_and_footers_are_told(real_data):
    by_file = {
        gold["file"][:36]: [doubt.code for doubt in anatomy.warnings] for gold, anatomy in own(real_data)
    }
    assert {WarningCode.ISSUE_DATE_CONFLICT, WarningCode.ISSUE_NUMBER_CONFLICT} <= set(
        by_file["quy_trinh_cap_ho_tich_cap_xa__DOC_001"[:36]]
    )
    assert all(len(codes) == len(set(codes)) for codes in by_file.values())


def test_a_reading_survives_json(real_data):
    for path in sorted((real_data / "procedures").iterdir())[:3]:
        reading = read(path.read_bytes(), path.name)
        assert reading_from_json(reading_to_json(reading)) == reading

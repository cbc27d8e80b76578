"""Floors on real entry-into-force articles: relations by hand, effective dates from the codification.

A relation is right if kind, target and the set of provisions are (the data's README
defines no score for relations); days and exceptions are compared as well and reported.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from qms.citations.intake import read_regulation
from qms.model.enums import EffectiveRule

RELATIONS_AT_LEAST = 0.93
DATES_AT_LEAST = 0.97
STATES_NO_DAY = (
    EffectiveRule.SIGNING,
    EffectiveRule.ISSUING,
    EffectiveRule.ADOPTION,
    EffectiveRule.DAYS_AFTER_GAZETTE,
)


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)


def days_of_issue(real_data: Path) -> dict[str, date]:
    with (real_data / "legal" / "instruments.csv").open(encoding="utf-8") as file:
        rows = {row["number"]: row["issued"] for row in csv.DictReader(file)}
    return {number: date.fromisoformat(day) for number, day in rows.items() if len(day) == len("2026-01-15")}


def test_relations_of_the_gold_articles_are_found(real_data: Path) -> None:
    right = stated = found = days = 0
    missed: list[object] = []
    for row in lines_of(real_data / "intake_dev.jsonl"):
        said = read_regulation(row["text"], row["number"])
        gold = {
            (one["kind"], one["target"], frozenset(one["target_provisions"])): one["from"]
            for one in row["gold"]["relations"]
        }
        ours = {
            (str(one.kind), one.target, frozenset(one.target_provisions)): one.starts
            for one in said.relations
        }
        right, stated, found = right + len(gold.keys() & ours.keys()), stated + len(gold), found + len(ours)
        days += sum(str(ours[key]) == str(gold[key]) for key in gold.keys() & ours.keys())
        missed += [row["id"], *(gold.keys() ^ ours.keys())] if gold.keys() != ours.keys() else []
    f1 = 2 * right / (stated + found)
    assert f1 >= RELATIONS_AT_LEAST, (f1, missed)
    assert days >= DATES_AT_LEAST * right


def test_effective_days_of_the_gold_articles_are_right(real_data: Path) -> None:
    rows = list(lines_of(real_data / "intake_dev.jsonl"))
    wrong = []
    for row in rows:
        day = read_regulation(row["text"], row["number"]).instrument.effective
        if (day and day.isoformat()) != row["gold"]["effective"]:
            wrong.append((row["id"], day, row["gold"]["effective"]))
    assert len(wrong) <= (1 - DATES_AT_LEAST) * len(rows), wrong


def test_effective_days_agree_with_the_codification(real_data: Path) -> None:
    """Of the articles that tell a day or a rule; the others are no entry-into-force articles."""
    issued = days_of_issue(real_data)
    stated = right = 0
    wrong = []
    for row in lines_of(real_data / "legal" / "effective_dates_dev.jsonl"):
        said = read_regulation(row["text"], row["number"], issued.get(row["number"])).instrument
        if said.effective_rule is EffectiveRule.UNKNOWN:
            continue
        by_rule = said.effective is None and said.effective_rule in STATES_NO_DAY
        agrees = by_rule or str(said.effective) == row["effective"]
        stated, right = stated + 1, right + agrees
        wrong += [] if agrees else [(row["number"], row["effective"], said.effective_sentence[:120])]
    assert stated >= 380
    assert right >= DATES_AT_LEAST * stated, wrong

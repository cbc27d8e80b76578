"""Real procedures asked for in plain words: machine-written questions, a smoke test and no human judgement.

One question in six names no procedure at all ("Kết quả tôi nhận được sau khi làm thủ tục là gì?"), and no engine
can know which one is meant; the floors are therefore told apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from pathlib import Path

import pytest

from qms.model.search import SearchQuery
from qms.stores.index import open_index
from qms.stores.index.letters import compose, fold
from qms.stores.index.question import genre_pairs, pairs
from tests.stores.index.real_texts import real_entries

FIRST = 5


@dataclass(frozen=True)
class Score:
    """Shares of questions whose procedure is among the first five, and the mean reciprocal rank there."""

    all: float
    naming: float
    reciprocal: float


@pytest.fixture(scope="module", params=["marked", "unmarked"])
def score(request: pytest.FixtureRequest, real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Score:
    entries = real_entries(real_data)
    index = open_index(tmp_path_factory.mktemp("real") / "index")
    index.add(entries)
    titles = {pair for entry in entries for pair in pairs(compose(entry.title))} - genre_pairs()
    files = {entry.key: entry.source_file for entry in entries}
    ranks: list[float] = []
    naming: list[float] = []
    for text, file in questions(real_data):
        asked = fold(text) if request.param == "unmarked" else text
        hits = [files[hit.key] for hit in index.search(SearchQuery(asked, limit=FIRST)).hits]
        rank = hits.index(file) + 1 if file in hits else inf
        ranks.append(rank)
        if titles & set(pairs(compose(text))):
            naming.append(rank)
    index.close()
    return Score(share(ranks), share(naming), sum(1 / rank for rank in ranks) / len(ranks))


def questions(data: Path) -> Iterator[tuple[str, str]]:
    for line in (data / "queries_dev.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield row["query"], row["file"]


def share(ranks: list[float]) -> float:
    return sum(rank <= FIRST for rank in ranks) / len(ranks)


def test_most_questions_find_their_procedure_among_five(score: Score) -> None:
    assert score.all > 0.86


def test_nearly_all_questions_that_name_something_find_it_among_five(score: Score) -> None:
    assert score.naming > 0.95


def test_the_procedure_comes_high(score: Score) -> None:
    assert score.reciprocal > 0.72

"""Impact at scale: what one change costs in libraries of 1,000, 10,000 and 100,000 documents, with the full register.

``python -m tests.bench.bench_impact`` prints one JSON document. Documents and citations (ten each) are written as
rows; the register is that of the official codification (``../shared/data/legal``). Asked are a change that reaches
the same fifty documents in every library, and one that reaches one document in a hundred. What carries over to
another machine is how the times grow from one library to the next.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import text

from qms.bootstrap import QMS
from qms.model.enums import RelationKind
from qms.usecases import legislating, reach
from tests import house, library
from tests.bench import instance
from tests.bench.bench_search import document_id, rounded
from tests.library import Paper, relation

DATA = Path(__file__).parents[3] / "shared" / "data" / "legal"
SIZES = (1_000, 10_000, 100_000)
FIXED = 50
"""Documents that the first change reaches, however large the library."""
SHARE = 100
"""The second change reaches one document in so many."""
CITED = 10
"""Citations of one document."""
UNREAD = 50
"""One document in so many is a scan, of which nothing could be read."""
FROM = date(2026, 1, 15)
NARROW, WIDE = "9001/2026/NĐ-CP", "9002/2026/NĐ-CP"
NARROWED, WIDENED = "9001/2015/NĐ-CP", "9002/2015/NĐ-CP"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_impact", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), asked.sizes, asked.rounds)
    json.dump(rounded(figures), sys.stdout, indent=1)


def measure(folder: Path, sizes: Sequence[int], rounds: int) -> dict[str, Any]:
    """Return the figures of libraries of these sizes, and how the times grow from the smallest to the largest."""
    found = [measure_one(folder / str(size), size, rounds) for size in sizes]
    first, last = found[0], found[-1]
    return {
        "libraries": found,
        "growth": {
            "documents": last["documents"] / first["documents"],
            "fixed": last["fixed_ms"] / first["fixed_ms"],
            "share": last["share_ms"] / first["share_ms"],
            "share_documents": last["share_reached"] / first["share_reached"],
        },
    }


def measure_one(home: Path, size: int, rounds: int) -> dict[str, Any]:
    """Fill one library and ask it."""
    qms = instance.make(home, 0)
    try:
        began = time.perf_counter()
        citations = fill(qms, size)
        filled = time.perf_counter() - began
        cold = timed(lambda: ask(qms, NARROW))
        narrow, wide = ask(qms, NARROW), ask(qms, WIDE)
        return {
            "documents": size,
            "citations": citations,
            "instruments": count(qms, "instrument"),
            "relations": count(qms, "relation"),
            "fill_s": filled,
            "fixed_reached": len(narrow.affected),
            "fixed_ms": median(lambda: ask(qms, NARROW), rounds),
            "first_question_ms": cold,
            "share_reached": len(wide.affected),
            "share_ms": median(lambda: ask(qms, WIDE), rounds),
            "unexamined": len(narrow.unexamined),
        }
    finally:
        qms.close()


def fill(qms: QMS, size: int) -> int:
    """Write the register and a library whose documents cite it as ours do, and return the number of citations."""
    chance = random.Random(20261201)
    with qms.work(qms.shell("thuky")) as work:
        legislating.take_in(work, [legislating.read(str(path), path.read_bytes()) for path in tables()])
    with qms.work(qms.shell("thuky")) as work:
        library.add_law(
            work.session,
            [library.instrument(key) for key in (NARROWED, WIDENED)],
            [
                relation(NARROW, RelationKind.AMENDS, NARROWED, FROM),
                relation(WIDE, RelationKind.AMENDS, WIDENED, FROM),
            ],
        )
        library.add_papers(work.session, papers(size, chance, cited_keys()))
        work.commit()
    return count(qms, "citation")


def papers(size: int, chance: random.Random, keys: Sequence[str]) -> Iterator[Paper]:
    """Yield documents: some cite what the changes touch, one in fifty is a scan, all others cite the register."""
    fixed = set(chance.sample([number for number in range(size) if number % UNREAD != 1], FIXED))
    for number in range(size):
        cites = [] if number % UNREAD == 1 else chance.choices(keys, k=CITED)
        if number in fixed:
            cites = [NARROWED, *cites[1:]]
        if number % SHARE == 0:
            cites = [*cites[:-1], WIDENED]
        yield Paper(document_id(number), cites)


def tables() -> list[Path]:
    """Return the tables of the full register, in the form that ``qms legal import`` takes."""
    return [DATA / "instruments.csv", DATA / "relations.csv"]


def cited_keys() -> list[str]:
    """Return what the documents cite: a few hundred numbers and, as texts do, laws by title and year."""
    with (DATA / "instruments.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    titled = [row for row in rows if row["type"] == "Luật" and row["title"] and row["issued"]]
    laws = [f"Luật {row['title']} {row['issued'][:4]}" for row in titled[:60]]
    return [row["number"] for row in rows if row["type"] != "Luật"][:600] + laws


def ask(qms: QMS, number: str) -> reach.Impact:
    """Ask what a change reaches, in a work of its own as the web does."""
    with qms.reading(qms.shell("thuky")) as work:
        return reach.reach(work, number, house.TODAY)


def median(act: Callable[[], object], rounds: int) -> float:
    """Return the median time of an act in ms."""
    return statistics.median(timed(act) for _ in range(rounds))


def timed(act: Callable[[], object]) -> float:
    """Return how long an act takes in ms."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def count(qms: QMS, table: str) -> int:
    """Return the number of rows of a table."""
    with qms.reading(qms.shell("thuky")) as work:
        return int(work.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


if __name__ == "__main__":
    main()

"""Search at scale: two and four words with the day filter, against a plain Whoosh AND over the same text.

``python -m tests.bench.bench_search`` prints one JSON document. The documents are varied from the real procedures
(lines left out and mixed in), one in five has an older revision that the day must keep out. Each question is asked
of both in turn, so that a busy machine is busy for both; what carries over to another machine are the ratios.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from whoosh import analysis, fields, query
from whoosh import index as whoosh_index
from whoosh.support.charset import accent_map

from qms.model.ids import CROCKFORD
from qms.model.search import IndexEntry, RevisionSet, SearchIndex, SearchQuery
from qms.stores.index import open_index
from tests.stores.index.real_texts import real_entries

DATA = Path(__file__).parents[3] / "shared" / "data"
BATCH = 50
"""As many revisions as the deriving job hands over at once."""
LIMIT = 20
TWO = (
    "khai sinh",
    "kết hôn",
    "giám hộ",
    "di chúc",
    "hộ chiếu",
    "lệ phí",
    "con nuôi",
    "thông tin",
    "bản sao",
    "dân tộc",
)
FOUR = (
    "đăng ký khai sinh",
    "xác nhận hôn nhân",
    "giám hộ nước ngoài",
    "chứng thực bản sao",
    "thời hạn giải quyết",
    "yếu tố nước ngoài",
    "chứng thực chữ ký",
    "từ chối di sản",
)


def main() -> None:
    """Build both indexes, ask both, print the ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=6)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        json.dump(rounded(measure(Path(folder), asked.documents, asked.rounds)), sys.stdout, indent=2)
    sys.stdout.write("\n")


def measure(folder: Path, documents: int, rounds: int) -> dict[str, Any]:
    """Return every figure."""
    entries = list(synthetic(documents))
    day = RevisionSet(
        "2026-12-01@1", frozenset({entry.document_id: entry.sequence for entry in entries}.items())
    )
    built = {"ours": build(folder / "ours", entries), "plain_whoosh": build_plain(folder / "plain", entries)}
    characters = statistics.mean(len(entry.body) for entry in entries)
    entries.clear()
    ours, plain = open_index(folder / "ours"), whoosh_index.open_dir(str(folder / "plain")).searcher()
    opened = timed(lambda: ours.search(SearchQuery("zzz", day)))
    with ProcessPoolExecutor(1, get_context("spawn")) as fresh:
        grown = fresh.submit(memory_of_searching, folder / "ours", day).result()
    answers = {
        name: compare(ours, plain, day, texts, rounds)
        for name, texts in (("two_words", TWO), ("four_words", FOUR))
    }
    ours.close()
    plain.close()
    return {
        "revisions": documents,
        "in_force": len(day.keys),
        "mean_characters": characters,
        "build": built,
        "open_ms": opened,
        "memory_of_searching_mb": grown,
        **answers,
    }


def synthetic(count: int) -> Iterator[IndexEntry]:
    """Yield entries that look like the real ones: same words, other wholes."""
    chance = random.Random(20261201)
    real = real_entries(DATA)
    lines = [line for entry in real for line in entry.body.split("\n")]
    distinct = count * 4 // 5
    for place in range(count):
        model, number = chance.choice(real), place % distinct
        kept = [line for line in model.body.split("\n") if chance.random() > 0.25]
        kept += chance.choices(lines, k=len(kept) // 8)
        yield replace(
            model,
            document_id=document_id(number),
            sequence=1 + place // distinct,
            codes=(f"QT {number:04d}/CX-HCTP",),
            title=f"{model.title} tại xã số {number}",
            units=(f"xa-{number % 100}",),
            body="\n".join(kept),
        )


def document_id(number: int) -> str:
    """Return an id of the usual shape."""
    return "".join(CROCKFORD[(number >> (5 * place)) % 32] for place in reversed(range(8)))


def build(folder: Path, entries: Sequence[IndexEntry]) -> dict[str, float]:
    """Index in batches as the deriving job does."""
    index = open_index(folder)
    batches = [
        timed(lambda place=place: index.add(entries[place : place + BATCH]))
        for place in range(0, len(entries), BATCH)
    ]
    index.close()
    size = megabytes(folder)
    return rate(len(entries), sum(batches)) | {"megabytes": size, "longest_batch_ms": max(batches)}


def build_plain(folder: Path, entries: Sequence[IndexEntry]) -> dict[str, float]:
    """Index the same text as one folded field of Whoosh, in one go."""
    words = analysis.RegexTokenizer() | analysis.LowercaseFilter() | analysis.CharsetFilter(accent_map)
    folder.mkdir()
    made = whoosh_index.create_in(str(folder), fields.Schema(text=fields.TEXT(analyzer=words, phrase=False)))

    def write() -> None:
        with made.writer(limitmb=256) as writer:
            for entry in entries:
                writer.add_document(text=f"{entry.title}\n{entry.body}")

    return rate(len(entries), timed(write)) | {"megabytes": megabytes(folder)}


def compare(
    ours: SearchIndex, plain: Any, day: RevisionSet, texts: Sequence[str], rounds: int
) -> dict[str, Any]:
    """Ask both each question in turn; the plain one has no day to keep, no marks, no order of parts, no passage."""
    mine: list[float] = []
    theirs: list[float] = []
    words = plain.schema["text"].analyzer
    for text in texts * rounds:
        terms = [query.Term("text", token.text) for token in words(text)]
        mine.append(timed(lambda text=text: ours.search(SearchQuery(text, day, limit=LIMIT))))
        theirs.append(timed(lambda terms=terms: plain.search(query.And(terms), limit=LIMIT)))
    figures = {"ours": spread(mine), "plain_and": spread(theirs)}
    return {**figures, "ratio_of_medians": statistics.median(mine) / statistics.median(theirs)}


def timed(act: Callable[[], object]) -> float:
    """Return how long an act takes, in ms."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def spread(times: Sequence[float]) -> dict[str, float]:
    """Return p50 and p95."""
    return {"p50_ms": statistics.median(times), "p95_ms": statistics.quantiles(times, n=20)[18]}


def rate(count: int, spent: float) -> dict[str, float]:
    """Return seconds and documents a second."""
    return {"seconds": spent / 1000, "documents_per_second": count / spent * 1000}


def megabytes(folder: Path) -> float:
    """Return the size of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def memory_of_searching(folder: Path, day: RevisionSet) -> float:
    """Return what opening the index and asking every question adds to a process, in MB."""
    before = memory()
    index = open_index(folder)
    for text in (*TWO, *FOUR):
        index.search(SearchQuery(text, day, limit=LIMIT))
    return memory() - before


def memory() -> float:
    """Return the memory of this process in MB, pages of mapped files not counted."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("RssAnon:")[2].split()[0]) / 1000


def rounded(value: Any) -> Any:
    """Return figures with three digits that mean something."""
    if isinstance(value, dict):
        return {name: rounded(inner) for name, inner in value.items()}
    return float(f"{value:.3g}") if isinstance(value, float) else value


if __name__ == "__main__":
    main()

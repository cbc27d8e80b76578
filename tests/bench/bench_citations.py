"""The citation reader: bytes a second, against one ``re`` that finds only numbers and against eyecite on its own law.

``python -m tests.bench.bench_citations`` prints one JSON document. The Vietnamese text is all of the real text that
lies in ``../shared/data``, as it stands: once, and gone round until it is as large as asked. The reader reads a line
that a text repeats only once, so the second figure is the better one, as it is in a house full of documents with the
same legal basis; both are written down. Seconds are those of the processor; every reading takes its turn with the
others, so that a busy machine is busy for all. eyecite is asked in an interpreter of its own, named by
``QMS_BENCH_EYECITE``; the American text is ours, with about as many citations a kilobyte as the Vietnamese.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import docx

from qms.citations import find

DATA = Path(__file__).parents[3] / "shared" / "data"
EYECITE = "QMS_BENCH_EYECITE"
NO_EYECITE = f"{EYECITE} names no Python that has eyecite."
ROUNDS = 3
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_GAP = "[\\s\u200b-\u200f\ufeff]*"
_KIND = "(?:N[ĐD]|Q[ĐD]|TTLT|TTLB|TTLN|TT[rR]?|NQLT|NQ|PL|CT[rR]?|VBHN|KL|KH|TB|HD|BC|LCT|L|SL|CV|C[ĐD]|UBND|HĐND)"
_AGENCY = "[A-ZĐƯ][A-ZĐƯa-z&]{0,12}\\d{0,2}"
_SYMBOL = f"{_KIND}{_GAP}[-/ ]?{_GAP}{_AGENCY}(?:{_GAP}[-/]{_GAP}{_AGENCY}){{0,4}}"
NUMBERS = re.compile(
    f"(?<![\\d/.\\-])\\d{{1,5}}(?:\\.\\d{{1,3}})?[a-z]?{_GAP}"
    f"(?:[/.]{_GAP}(?:19|20)\\d\\d{_GAP}[/.\\-]?{_GAP}(?:{_SYMBOL}|(?:UBTVQH|QH|H[ĐD]NN)\\d{{1,2}})"
    f"|[/\\-]{_GAP}{_SYMBOL})"
    f"|(?:TCVN|QCVN):?{_GAP}(?:ISO/IEC|ISO|IEC)?{_GAP}\\d{{1,5}}(?:-\\d{{1,3}}){{0,3}}{_GAP}:{_GAP}(?:19|20)\\d\\d"
    f"(?:{_GAP}/{_GAP}[A-ZĐ&]{{2,12}})?"
)
"""Numbers in all forms of the field, with their gaps and typing errors, and nothing else about them."""
PLAIN_NUMBERS = re.compile(r"(?<!\d)\d+(?:\.\d+)?/(?:\d{4}/)?[A-ZĐ]+\d*(?:-[A-ZĐa-z]+)*")
"""What one would write in a minute: it misses every number with a gap, and takes form codes for numbers."""

ASK_EYECITE = """
import json, logging, sys, time
from importlib.metadata import version
from eyecite import get_citations
logging.disable(logging.CRITICAL)
texts = json.load(sys.stdin)
get_citations(texts[0])
began = time.process_time()
found = sum(len(get_citations(text)) for text in texts)
print(json.dumps({"seconds": time.process_time() - began, "found": found, "version": version("eyecite")}))
"""
CASES = ("Alder v. Birch", "Carver v. Dunmore", "In re Estwick", "Fallow v. Grange", "Hollis v. Ingram")
CITED = (
    "{case}, {volume} U.S. {page}, {pin} ({year})",
    "{case}, {volume} F.3d {page}, {pin} (9th Cir. {year})",
    "{case}, {volume} F. Supp. 2d {page} (S.D.N.Y. {year})",
    "{volume} U.S.C. § {page}",
    "Id. at {pin}",
    "{volume} S. Ct. {page}",
)
PROSE = (
    "The court below weighed the record as a whole and found that the notice had been given in time. ",
    "Counsel does not dispute that the licence was granted before the office moved to its present seat. ",
    "What remains is whether the agency could withdraw its consent without hearing those whom it concerned. ",
    "That reading is the narrower one, and nothing in the statute asks for more than it says. ",
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_citations", description=__doc__)
    parser.add_argument("--megabytes", type=float, default=50)
    asked = parser.parse_args()
    json.dump(measure(DATA, asked.megabytes), sys.stdout, ensure_ascii=False)


def measure(data: Path, megabytes: float, rounds: int = ROUNDS) -> dict[str, Any]:
    """Return the figures of every reading over the same text."""
    documents = [text for text in real_texts(data) if text]
    once = "\n".join(documents)
    large = gone_round(documents, megabytes)
    figures = {"once": compare(once, rounds), "large": compare(large, rounds)}
    return figures | {"calls": short_calls(once, rounds), "eyecite": against_eyecite(figures["once"])}


def real_texts(data: Path) -> Iterator[str]:
    """Yield every different real text as it stands: articles, procedures, rows, entry-into-force articles."""
    with gzip.open(data / "legal" / "articles_admin.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield "\n".join(filter(None, (row["title"], row["note"], row["text"])))
    for folder in ("procedures", "procedures_other"):
        for path in sorted((data / folder).glob("*.docx")):
            paragraphs = docx.Document(str(path)).element.body.iter(f"{W}p")
            yield "\n".join("".join(run.text or "" for run in each.iter(f"{W}t")) for each in paragraphs)
    for line in (data / "legal" / "effective_dates_dev.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)["text"]
    yield (data / "legal" / "amendments.csv").read_text("utf-8")
    with (data / "tthc_commune.csv").open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.reader(rows):
            yield ", ".join(row)


def gone_round(documents: list[str], megabytes: float) -> str:
    """Return the documents one after the other, again and again, up to so many megabytes of UTF-8."""
    taken, size = [], 0.0
    for text in cycle(documents):
        taken.append(text)
        size += len(text.encode()) / 1e6
        if size >= megabytes:
            return "\n".join(taken)
    return ""


def compare(text: str, rounds: int) -> dict[str, Any]:
    """Let the reader and the two patterns take turns; speeds in MB of UTF-8 a second, medians."""
    readings: dict[str, Callable[[], int]] = {
        "find": lambda: len(find(text)),
        "numbers_re": lambda: len([match.span() for match in NUMBERS.finditer(text)]),
        "plain_re": lambda: len([match.span() for match in PLAIN_NUMBERS.finditer(text)]),
    }
    times: dict[str, list[float]] = {name: [] for name in readings}
    found: dict[str, int] = {}
    for _ in range(rounds):
        for name, reading in readings.items():
            began = time.process_time()
            found[name] = reading()
            times[name].append(time.process_time() - began)
    size = len(text.encode()) / 1e6
    speeds = {name: size / statistics.median(spent) for name, spent in times.items()}
    ratios = {name: speeds["find"] / speeds[name] for name in ("numbers_re", "plain_re")}
    return {"megabytes": size, "found": found, "mb_per_s": speeds, "times_as_fast_as": ratios}


def short_calls(text: str, rounds: int) -> dict[str, float]:
    """Return what one call for one line takes, as documents are read: with a citation in it and without."""
    lines = [line for line in dict.fromkeys(text.split("\n")) if 40 <= len(line) <= 200]
    citing = [line for line in lines if find(line)][:2000]
    silent = [line for line in lines if not find(line)][:2000]
    return {
        name: 1e6 * min(timed_calls(some) for _ in range(rounds)) / len(some)
        for name, some in (("citing_us", citing), ("silent_us", silent))
        if some
    }


def timed_calls(lines: list[str]) -> float:
    """Return how many seconds it takes to read the lines one by one."""
    began = time.process_time()
    for line in lines:
        find(line)
    return time.process_time() - began


def against_eyecite(once: dict[str, Any]) -> dict[str, Any] | str:
    """Return the speed of eyecite on American text and how many times ours is, or why it was not asked."""
    python = os.environ.get(EYECITE)
    if python is None:
        return NO_EYECITE
    texts = american_texts(once["found"]["find"] / once["megabytes"] / 1e6)
    asked = subprocess.run(
        [python, "-c", ASK_EYECITE], input=json.dumps(texts), capture_output=True, text=True, check=False
    )
    if asked.returncode:
        return f"{NO_EYECITE} ({asked.stderr.strip().splitlines()[-1]})"
    said = json.loads(asked.stdout)
    size = sum(len(text.encode()) for text in texts) / 1e6
    speed = size / said["seconds"]
    return {
        "version": said["version"],
        "megabytes": size,
        "found": said["found"],
        "mb_per_s": speed,
        "times_as_fast": once["mb_per_s"]["find"] / speed,
    }


def american_texts(citations_a_byte: float, seed: int = 1, count: int = 20, size: int = 12_000) -> list[str]:
    """Return plainly invented opinions with about so many citations a byte."""
    chance = random.Random(seed)
    texts = []
    for _ in range(count):
        pieces: list[str] = []
        written = cited = 0
        while written < size:
            if cited < written * citations_a_byte:
                piece = f"See {an_american_citation(chance)}. "
                cited += 1
            else:
                piece = chance.choice(PROSE)
            pieces.append(piece)
            written += len(piece)
        texts.append("".join(pieces))
    return texts


def an_american_citation(chance: random.Random) -> str:
    """Return one citation in a form that eyecite knows."""
    page = chance.randrange(1, 900)
    return chance.choice(CITED).format(
        case=chance.choice(CASES),
        volume=chance.randrange(1, 560),
        page=page,
        pin=page + chance.randrange(9),
        year=chance.randrange(1950, 2025),
    )


if __name__ == "__main__":
    main()

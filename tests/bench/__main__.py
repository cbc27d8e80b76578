"""``make bench``: measure the promises one after the other and write ``docs/benchmarks.md``.

Each part is a program of its own that prints one JSON document, so that none lives in the memory of another.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from tests.bench.report import page

ROOT = Path(__file__).parents[2]
REAL_DATA = ROOT.parent / "shared" / "data"


def main() -> None:
    """Run every part and write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--each", type=int, default=25, help="revisions of each of the eight writers")
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "benchmarks.md")
    asked = parser.parse_args()
    count = ("--documents", str(asked.documents))
    figures = {
        "publishing": run("bench_git", *count),
        "writers": run("bench_writers", "--each", str(asked.each)),
        "house": run("bench_house", *count),
        "search": run("bench_search", *count)
        if REAL_DATA.is_dir()
        else "the real procedures that its texts are varied from do not lie in ../shared/data.",
        "impact": run("bench_impact")
        if REAL_DATA.is_dir()
        else "the register of the codification does not lie in ../shared/data.",
        "register": run("bench_register", *count)
        if REAL_DATA.is_dir()
        else "the register of the codification does not lie in ../shared/data.",
        "citations": run("bench_citations")
        if REAL_DATA.is_dir()
        else "the real texts do not lie in ../shared/data.",
        "docx": run("bench_docx")
        if REAL_DATA.is_dir()
        else "the real procedures do not lie in ../shared/data.",
        "paper": run("bench_paper"),
    }
    asked.page.write_text(page(figures, date.today()))
    sys.stdout.write(f"{asked.page}\n")


def run(part: str, *words: str) -> dict[str, Any]:
    """Run one part, tell how long it took, and return its figures."""
    start = time.perf_counter()
    sys.stdout.write(f"{part} ...")
    sys.stdout.flush()
    command = [sys.executable, "-m", f"tests.bench.{part}", *words]
    out = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    sys.stdout.write(f" {time.perf_counter() - start:.0f} s\n")
    figures: dict[str, Any] = json.loads(out)
    return figures


if __name__ == "__main__":
    main()

"""Eight processes that issue 25 revisions each at once: through the house, and into GitPython's index and commit.

``python -m tests.bench.bench_writers`` prints one JSON document. Ours does far more for each revision (draft, submit,
approve, issue, sign, fsync); what is compared is not speed but what is there afterwards.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from qms.bootstrap import build, create
from qms.config import Config
from tests import house
from tests.bench import naive_store
from tests.bench.naive_store import EACH, WRITERS
from tests.crash.keeper import all_at_once, look


def main() -> None:
    """Run both and print what came of them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--each", type=int, default=EACH)
    each = parser.parse_args().each
    with tempfile.TemporaryDirectory() as folder:
        json.dump(measure(Path(folder), each), sys.stdout, indent=2)
    sys.stdout.write("\n")


def measure(folder: Path, each: int = EACH) -> dict[str, object]:
    """Return what was acknowledged and what was lost on either side."""
    return {"ours": ours(folder, each), "naive": naive_store.measure(folder, WRITERS, each)}


def ours(folder: Path, each: int) -> dict[str, object]:
    """Put the load on the house; whatever was lost, doubled or half done is an assertion that fails."""
    config = Config(home=folder / "home", shell_decisions=True)
    create(config)
    qms = build(config, clock=house.FixedClock())
    house.found_agency(qms)
    codes = [f"QT-{number:02d}" for number in range(WRITERS)]
    for code in codes:
        house.issued(qms, code, f"Quy trình {code}", house.decision(f"{code}/QĐ-ĐẦU"))
    qms.close()
    start = time.perf_counter()
    told = all_at_once(config, codes, each)
    spent = time.perf_counter() - start
    look(config, told, untold=0)
    return {
        "asked": WRITERS * each,
        "acknowledged": len(told),
        "refused": WRITERS * each - len(told),
        "acknowledged_but_lost": 0,
        "under_the_words_of_another": 0,
        "fsck_clean": True,
        "seconds": round(spent, 1),
    }


if __name__ == "__main__":
    main()

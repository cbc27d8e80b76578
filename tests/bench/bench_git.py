"""How long an act of publishing takes on a record of 10,000 documents: ``python -m tests.bench.bench_git``.

Prints one JSON document. Times are medians in milliseconds on this machine; what carries over to another machine
are the ratios: against GitPython's ``index.add`` and ``index.commit`` on the same repository, and against the
bare cost of writing and fsyncing the very same objects one after the other.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path

from git import Repo

from qms.stores.git import keys
from qms.stores.git.shapes import document_folder
from qms.stores.git.store import GitStore
from tests.bench.record import acts_of, import_acts, one_act

BODY = 40_000
"""Bytes of a usual DOCX procedure."""


def main() -> None:
    """Build the record, measure each way, print the ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=30)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        json.dump(measure(Path(folder), asked.documents, asked.rounds), sys.stdout, indent=2)
    sys.stdout.write("\n")


def measure(folder: Path, documents: int, rounds: int) -> dict[str, object]:
    """Return every figure."""
    repository = folder / "published.git"
    GitStore.create(repository, None, "UBND xã").close()
    built = timed(lambda: import_acts(repository, acts_of(documents, 1_500)))
    key = keys.ensure_key(folder / "key")
    signed = GitStore(repository, key, "UBND xã")
    ways = {
        "unsigned": Publishing(GitStore(repository, None, "UBND xã"), 1),
        "signed": Publishing(signed, 1),
        "35_documents_signed": Publishing(signed, 35),
    }
    raw = in_turn(ways, repository, folder / "raw", rounds)
    porcelain = with_gitpython(repository, folder / "clone", max(3, rounds // 6))
    acts = {name: median_ms(way.totals) for name, way in ways.items()}
    return {
        "documents": documents,
        "build_s": round(built, 1),
        "act_ms": acts,
        "steps_ms": {
            name: {step: median_ms(s) for step, s in way.steps.items()} for name, way in ways.items()
        },
        "raw_fsynced_writes_ms": raw,
        "gitpython_index_commit_ms": porcelain,
        "times_faster_than_gitpython": {
            name: round(porcelain / acts[name]) for name in ("unsigned", "signed")
        },
        "multiple_of_raw_writes": {name: round(acts[name] / raw, 1) for name in ("unsigned", "signed")},
        "parts_ms": parts(key, rounds),
        **whole_record(ways["unsigned"].store),
    }


@dataclass
class Publishing:
    """One way of publishing: how many documents at once, and the seconds spent so far, whole and by step."""

    store: GitStore
    count: int
    totals: list[float] = field(default_factory=list)
    steps: dict[str, list[float]] = field(default_factory=dict)

    def once(self, chance: random.Random) -> str:
        """Publish one act and return its commit."""
        act, trees = one_act(chance, f"bench{chance.random()}", self.count, BODY)
        since = self.store.head()
        marks = [("begin", time.perf_counter())]
        commit = self.store.publish(
            act, trees, {}, since, lambda step: marks.append((step, time.perf_counter()))
        )
        self.totals.append(time.perf_counter() - marks[0][1])
        for (_, before), (name, after) in pairwise(marks):
            self.steps.setdefault(name, []).append(after - before)
        return commit


def in_turn(ways: dict[str, Publishing], repository: Path, folder: Path, rounds: int) -> float:
    """Publish each way in turn with raw writes between, so that a busy disk is busy for all; return the latter."""
    chance, raw = random.Random(os.urandom(8)), []
    folder.mkdir()
    os.sync()  # what was written before must not be paid for here
    for number in range(rounds):
        objects = objects_of(repository, ways["unsigned"].once(chance))
        raw.append(timed(partial(_write_all, folder, objects)))
        ways["signed"].once(chance)
        if number % 6 == 0:
            ways["35_documents_signed"].once(chance)
    return median_ms(raw)


def timed(act: Callable[[], object]) -> float:
    """Return the seconds that something took."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def median_ms(seconds: list[float]) -> float:
    """Return the median in milliseconds."""
    return round(statistics.median(seconds) * 1000, 2)


def objects_of(repository: Path, commit: str) -> list[bytes]:
    """Return the objects that a commit brought, byte for byte as they lie on the disk."""
    words = ["git", "--git-dir", str(repository)]
    listed = subprocess.run(
        [*words, "rev-list", "--objects", commit, f"^{commit}^"], check=True, capture_output=True, text=True
    ).stdout.split("\n")[:-1]
    paths = [repository / "objects" / line[:2] / line[2:40] for line in listed]
    return [path.read_bytes() for path in paths]


def _write_all(folder: Path, objects: list[bytes]) -> None:
    for data in objects:
        descriptor = os.open(folder / os.urandom(10).hex(), os.O_WRONLY | os.O_CREAT)
        os.write(descriptor, data)
        os.fsync(descriptor)
        os.close(descriptor)


def with_gitpython(repository: Path, clone: Path, rounds: int) -> float:
    """Return the median of adding and committing one document by GitPython's index in a clone."""
    subprocess.run(["git", "clone", "--quiet", "--local", str(repository), str(clone)], check=True)
    repo, chance = Repo(clone), random.Random(7)
    os.sync()
    spent = []
    for message, paths in _written(clone, chance, rounds):
        start = time.perf_counter()
        repo.index.add(paths)
        repo.index.commit(message)
        spent.append(time.perf_counter() - start)
    return median_ms(spent)


def _written(clone: Path, chance: random.Random, rounds: int) -> Iterator[tuple[str, list[str]]]:
    for number in range(rounds):
        act, trees = one_act(chance, f"porcelain{number}", 1, BODY)
        for document_id, files in trees.items():
            folder = clone / document_folder(document_id)
            folder.mkdir(parents=True)
            for name, data in files.items():
                (folder / name).write_bytes(data)
            yield act.message(), [str(folder / name) for name in files]


def parts(key: Path | None, rounds: int) -> dict[str, float]:
    """Return what the two processes of an act cost here by themselves."""
    version = ["git", "--version"]
    signer = keys.Signer(key) if key else None
    return {
        "git_process": median_ms(
            [timed(lambda: subprocess.run(version, capture_output=True, check=True)) for _ in range(rounds)]
        ),
        "signature": median_ms([timed(lambda: _sign(signer)) for _ in range(rounds)]) if signer else 0,
    }


def _sign(signer: keys.Signer) -> str:
    with signer.ready() as sign:
        return sign(b"x")


def whole_record(store: GitStore) -> dict[str, object]:
    """Return how long it takes to pack, to verify and to replay the whole record."""
    packing = timed(store.maintenance)
    findings = []
    checking = timed(lambda: findings.extend(store.verify()))
    replaying = timed(lambda: list(store.acts()))
    seconds = {"maintenance": packing, "verify": checking, "replay_acts": replaying}
    return {
        "whole_record_s": {name: round(spent, 2) for name, spent in seconds.items()},
        "findings": len(findings),
    }


if __name__ == "__main__":
    main()

"""The whole house at scale: issuing through the use case, one document's history, rebuild, and the memory of serving.

``python -m tests.bench.bench_house`` prints one JSON document. The instance is made by the real path (import, outbox,
Git, projection, index); ``git log -- path`` is asked of the same repository, plain Whoosh indexes the same texts.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from qms.bootstrap import QMS, create
from qms.model.enums import DocumentType
from qms.model.findings import Finding
from qms.model.search import IndexEntry
from qms.stores.git.shapes import document_folder
from qms.usecases import issuing, lookups, reading, rebuilding
from tests import house
from tests.bench import instance
from tests.bench.bench_search import build_plain

LIVELY, TIMES = 8, 5
"""So many documents get so many further revisions, through drafting, approval and issue."""

PAGES = (
    "/",
    "/search?q=khai+sinh",
    "/search?q=chung+thuc+ban+sao",
    "/d/QT%2000000/MT",
    "/register",
    "/register?page=300",
    "/register?q=khai+sinh&status=effective",
    "/register/internal.xlsx",
)
ROUNDS = 10
PATIENCE = 60
"""Seconds for the server to say where it listens."""


def main() -> None:
    """Make the instance, measure, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=10_000)
    with tempfile.TemporaryDirectory() as folder:
        json.dump(measure(Path(folder), parser.parse_args().documents), sys.stdout, indent=2)
    sys.stdout.write("\n")


def measure(folder: Path, documents: int, lively: int = LIVELY, times: int = TIMES) -> dict[str, Any]:
    """Return every figure; ``lively`` documents get ``times`` further revisions."""
    home = folder / "home"
    began = time.perf_counter()
    qms = instance.make(home, documents)
    published = time.perf_counter()
    instance.derive(qms)
    derived = time.perf_counter()
    codes = [f"QT {number * documents // lively:05d}/MT" for number in range(lively)]
    spent = [_issue_again(qms, code, nth) for nth in range(times) for code in codes]
    figures = {
        "documents": documents,
        "make": {
            "published_per_second": _rate(documents, published - began),
            "derived_per_second": _rate(documents, derived - published),
            "acts": sum(1 for _ in qms.stores.git.acts()),
        },
        "issue_one_revision_ms": median_ms(spent),
        "history": history(qms, codes),
    }
    qms.close()
    figures["rebuild"] = rebuild(folder, documents)
    figures["serve"] = serve(home)
    return figures


def _issue_again(qms: QMS, code: str, nth: int) -> float:
    """Return the seconds that recording the decision takes, as the person who records it waits for it."""
    house.next_draft(qms, code, f"Bước 1. Sửa lần {nth}.", by="thuky")
    house.approve(qms, code, by="thuky")
    start = time.perf_counter()
    with qms.work(qms.shell("vanthu")) as work:
        issuing.issue(work, [code], house.decision(f"{nth}/QĐ-{code}"))
    spent = time.perf_counter() - start
    instance.derive(qms)
    return spent


def history(qms: QMS, codes: list[str]) -> dict[str, float]:
    """Ask for documents with several revisions: our history and page, and ``git log -- path`` of the same record."""
    ours, pages, theirs = [], [], []
    for code in codes * 3:
        with qms.reading(qms.shell()) as work:
            document = lookups.document(work, code).id
        ours.append(timed(lambda code=code: _read(qms, lambda work: reading.history(work, code))))
        pages.append(timed(lambda code=code: _read(qms, lambda work: reading.page(work, code))))
        words = ["git", "--git-dir", str(qms.config.repository), "log", "--format=%H %s", "main", "--"]
        path = document_folder(document)
        theirs.append(timed(lambda command=[*words, path]: _run(command)))
    return {
        "ours_ms": median_ms(ours),
        "document_page_ms": median_ms(pages),
        "git_log_path_ms": median_ms(theirs),
        "times_faster_than_git_log": round(statistics.median(theirs) / statistics.median(ours), 1),
    }


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _read(qms: QMS, ask: Callable[[Any], object]) -> None:
    with qms.reading(qms.shell()) as work:
        ask(work)


def rebuild(folder: Path, documents: int) -> dict[str, float]:
    """Delete everything but Git, bring it back, and let plain Whoosh index the same texts."""
    home = folder / "home"
    for path in home.glob("qms.sqlite3*"):
        path.unlink()
    for derived in ("index", "cache"):
        shutil.rmtree(home / derived)
    create(instance.settings(home))
    qms = instance.open_instance(home)
    start, spent = time.perf_counter(), processor_seconds()
    with qms.work(qms.shell()) as work:
        done = rebuilding.rebuild(work)
    replayed = time.perf_counter()
    instance.derive(qms)
    indexed = time.perf_counter()
    qms.close()
    spent = processor_seconds() - spent
    findings: list[Finding] = []
    checked = timed(lambda: findings.extend(_check(home)))
    entries = [_entry(number, written) for number, written in instance.texts(documents)]
    busy = processor_seconds()
    plain = build_plain(folder / "plain", entries)
    busy = processor_seconds() - busy
    whole = _rate(done.revisions, indexed - start)
    return {
        "revisions": done.revisions,
        "replayed_per_second": _rate(done.revisions, replayed - start),
        "derived_and_indexed_per_second": _rate(done.revisions, indexed - replayed),
        "whole_per_second": whole,
        "whole_s": round(indexed - start, 1),
        "processor_ms_each": round(spent / done.revisions * 1000, 1),
        "check_s": round(checked, 1),
        "findings": len(findings),
        "plain_whoosh_per_second": round(plain["documents_per_second"]),
        "plain_whoosh_processor_ms_each": round(busy / documents * 1000, 1),
        "share_of_plain_whoosh": round(whole / plain["documents_per_second"], 2),
    }


def _check(home: Path) -> list[Finding]:
    qms = instance.open_instance(home)
    with closing(qms), qms.work(qms.shell()) as work:
        return rebuilding.check(work)


def processor_seconds() -> float:
    """Return what this process and its ended children took of the processor."""
    mine, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def _entry(number: int, written: str) -> IndexEntry:
    return IndexEntry(f"{number:08d}", 1, (), f"Quy trình {number}", DocumentType.PROCEDURE, body=written)


def serve(home: Path) -> dict[str, float]:
    """Start ``qms serve``, ask for pages as the office network does, and read the memory of all its processes."""
    environment = os.environ | {"QMS_HOME": str(home), "QMS_OFFICE_NETWORKS": "127.0.0.1/32"}
    command = [str(Path(sys.executable).with_name("qms")), "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        address = _address(process)
        _get(address + "/healthz")  # the address is told before the worker is there: ask once, then look
        fresh = _memory(process.pid)
        times = {
            page: [timed(lambda page=page: _get(address + page)) for _ in range(ROUNDS)] for page in PAGES
        }
        used = _memory(process.pid)
        process.terminate()
    return {
        "fresh": fresh,
        "after_pages": used,
        "pages_ms": {page: median_ms(spent) for page, spent in times.items()},
    }


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    readable, _, _ = select.select([process.stdout], [], [], PATIENCE)
    said = process.stdout.readline() if readable else ""
    found = re.search(r"http://[^\s.]+[.\d:]+\d", said)
    if not found:
        process.kill()
        raise RuntimeError(f"the server did not say where it listens: {said!r}")
    return found[0]


def _get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        return bytes(answer.read())


def _memory(root: int) -> dict[str, float]:
    """Return megabytes: what all processes hold together (shared pages counted once), and the largest of them."""
    processes = _with_children(root)
    shares = [_status(f"/proc/{each}/smaps_rollup", "Pss:") for each in processes]
    whole = [_status(f"/proc/{each}/status", "VmRSS:") for each in processes]
    return {
        "processes": len(processes),
        "together_mb": round(sum(shares)),
        "largest_rss_mb": round(max(whole)),
    }


def _with_children(root: int) -> list[int]:
    found = [root]
    for process in found:
        listed = Path(f"/proc/{process}/task/{process}/children").read_text()
        found.extend(map(int, listed.split()))
    return found


def _status(path: str, name: str) -> float:
    line = next(line for line in Path(path).read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024


def timed(act: Callable[[], object]) -> float:
    """Return the seconds that something takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def median_ms(seconds: list[float]) -> float:
    """Return the median in milliseconds."""
    return round(statistics.median(seconds) * 1000, 1)


def _rate(count: int, seconds: float) -> float:
    return round(count / seconds, 1)


if __name__ == "__main__":
    main()

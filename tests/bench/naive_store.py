"""What the crash test's load does to the obvious store: one work tree and GitPython's ``index.add`` and ``commit``.

``python -m tests.bench.naive_store`` prints one JSON document. Eight processes put 25 revisions each of a document of
their own into one repository at once. Whatever ``commit`` returned is acknowledged; what is reachable from the
branch afterwards is there. A refusal (the index is locked) is counted, not tried again.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path

from git import Repo
from git.exc import GitError

WRITERS, EACH = 8, 25


def main() -> None:
    """Run the load and print what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--each", type=int, default=EACH)
    with tempfile.TemporaryDirectory() as folder:
        json.dump(measure(Path(folder), WRITERS, parser.parse_args().each), sys.stdout, indent=2)
    sys.stdout.write("\n")


def measure(folder: Path, writers: int, each: int) -> dict[str, object]:
    """Return how many revisions were acknowledged, refused and lost, or bear another's message."""
    repo = Repo.init(folder / "naive")
    (Path(repo.working_dir) / "README").write_text("Kho thử.\n")
    repo.index.add(["README"])
    repo.index.commit("first")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.bench.naive_store"])
    start = context.Barrier(writers)
    pipes = []
    began = time.perf_counter()
    for number in range(writers):
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_write, args=(Path(repo.working_dir), number, each, start, theirs))
        process.start()
        theirs.close()
        pipes.append((ours, process))
    acknowledged, refused = [], 0
    for pipe, process in pipes:
        told, failed = pipe.recv()
        process.join()
        acknowledged += told
        refused += failed
    spent = time.perf_counter() - began
    there = {commit.hexsha: str(commit.message).strip() for commit in repo.iter_commits("HEAD")}
    sound = _fsck(repo)
    repo.close()
    return {
        "asked": writers * each,
        "acknowledged": len(acknowledged),
        "refused": refused,
        "acknowledged_but_lost": sum(commit not in there for commit, _ in acknowledged),
        "under_the_words_of_another": sum(there.get(commit, said) != said for commit, said in acknowledged),
        "fsck_clean": sound,
        "seconds": round(spent, 1),
    }


def _fsck(repo: Repo) -> bool:
    try:
        repo.git.fsck("--full", "--strict")
    except GitError:
        return False
    return True


def _write(root: Path, number: int, each: int, start: Barrier, pipe: Connection) -> None:
    repo = Repo(root)
    path = root / f"QT-{number:02d}.md"
    told, failed = [], 0
    start.wait()
    for revision in range(each):
        message = f"QT-{number:02d} lần {revision}"
        path.write_text(f"# {message}\n")
        try:
            repo.index.add([path.name])
            commit = repo.index.commit(message)
        except (GitError, OSError, ValueError):
            failed += 1
        else:
            told.append((commit.hexsha, message))
    pipe.send((told, failed))
    repo.close()


if __name__ == "__main__":
    main()

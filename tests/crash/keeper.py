"""The parent of the workers: starts them, listens, kills them at a moment, and looks at what they left behind.

A random moment is made without sleeping: the parent reads a random number of messages from the worker's pipe and
then goes on listening for a random stretch that is shorter than two steps; when that runs out, it kills. So half
of the kills fall between two steps and half inside one, where git, ssh-keygen or SQLite are at work.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Barrier

from sqlalchemy import func, select

from qms.bootstrap import QMS, build
from qms.config import Config
from qms.jobs.runner import drain
from qms.model.enums import FindingLevel
from qms.model.published import PublishedAct
from qms.model.trail import OutboxDocument, OutboxFile
from qms.usecases import rebuilding
from tests import house
from tests.crash.worker import Done, Task, run
from tests.stores.git.processes import stock_git

# forked from a clean process that has imported everything: a worker is there in milliseconds, without our threads
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.crash.worker", "qms.stores.index.whoosh_index"])

LONGEST_MESSAGES = 26
"""Messages of two issuances: no kill comes later than that."""

LONGEST_WAIT = 0.06
"""Seconds; the longest steps (signing and writing the commit, SQLite's commits) take 10 to 30 ms."""


@dataclass(frozen=True)
class Moment:
    """When to kill: after so many messages and so many seconds, the parent alone or its whole group."""

    messages: int
    wait: float
    with_group: bool

    @classmethod
    def any(cls, chance: random.Random, with_group: bool) -> Moment:
        """Return a random moment."""
        return cls(chance.randint(0, LONGEST_MESSAGES), chance.uniform(0, LONGEST_WAIT), with_group)


class Worker:
    """A running worker as its parent sees it."""

    def __init__(self, task: Task, start: Barrier | None = None) -> None:
        self.pipe, theirs = CONTEXT.Pipe(duplex=False)
        self.process: BaseProcess = CONTEXT.Process(target=run, args=(task, theirs, start))
        self.process.start()
        theirs.close()
        self.heard: list[str] = []

    def listen_until(self, moment: Moment) -> None:
        """Listen for so many messages, then for so long."""
        while len(self.heard) < moment.messages and self._hear(None):
            pass
        end = time.monotonic() + moment.wait
        while (left := end - time.monotonic()) > 0 and self._hear(left):
            pass

    def kill(self, with_group: bool) -> None:
        """Kill the worker with SIGKILL: alone, so that its children live on, or with all of them."""
        with suppress(ProcessLookupError):
            (os.killpg if with_group else os.kill)(self.process.pid or 0, signal.SIGKILL)

    def finish(self) -> list[Done]:
        """Listen to the end and return what was acknowledged."""
        while self._hear(None):
            pass
        self.pipe.close()
        self.process.join()
        return [Done(**json.loads(text[5:])) for text in self.heard if text.startswith("done ")]

    def _hear(self, patience: float | None) -> bool:
        try:
            if not self.pipe.poll(patience):
                return False
            self.heard.append(self.pipe.recv_bytes().decode())
        except (EOFError, ConnectionResetError):
            return False
        return True


def die_by_step(config: Config, code: str, step: str, *, with_group: bool) -> tuple[list[Done], int]:
    """Let a worker kill itself after a step; return what it was told before and how it ended."""
    worker = Worker(Task(config, code, f"S{step}", 1, step, with_group))
    done = worker.finish()
    return done, worker.process.exitcode or 0


def die_at(config: Config, code: str, name: str, moment: Moment) -> list[Done]:
    """Kill a worker at a moment and return what it was told before."""
    worker = Worker(Task(config, code, name, LONGEST_MESSAGES))
    worker.listen_until(moment)
    worker.kill(moment.with_group)
    return worker.finish()


def all_at_once(config: Config, codes: Sequence[str], count: int) -> list[Done]:
    """Let one process a document issue ``count`` revisions, beginning together; return all acknowledgements."""
    start = CONTEXT.Barrier(len(codes))
    workers = [Worker(Task(config, code, f"W{n}", count), start) for n, code in enumerate(codes)]
    return [done for worker in workers for done in worker.finish()]


def look(config: Config, told: Sequence[Done], untold: int) -> None:
    """Open the instance as a start-up does and assert that nothing was lost, doubled or left half done.

    ``told``: all that was ever acknowledged; ``untold``: how many acts may be there of which nobody was told
    (at most one a kill).
    """
    qms = build(config, clock=house.FixedClock())
    try:
        drain(qms)
        assert qms.publisher.pending() == []
        _nothing_lost_nor_doubled([pair for pair in qms.stores.git.acts() if pair[1].number], told, untold)
        _nothing_half_done(qms)
    finally:
        qms.close()
    complaints = stock_git(config.repository, "fsck", "--full", "--strict", "--no-dangling")
    assert not complaints.strip()


def _nothing_lost_nor_doubled(
    acts: Sequence[tuple[str, PublishedAct]], told: Sequence[Done], untold: int
) -> None:
    commits = {act.issuance_id: (commit, act) for commit, act in acts}
    for done in told:
        commit, act = commits[done.issuance]
        assert (commit, act.number) == (done.commit, done.number)
        assert [(d.line.document_id, d.line.sequence) for d in act.documents] == [
            (done.document, done.sequence)
        ]
    for key in ("publish_key", "issuance_id", "number"):
        times = Counter(getattr(act, key) for _, act in acts)
        assert max(times.values()) == 1, f"{key} twice: {times.most_common(3)}"
    sequences: dict[str, list[int]] = {}
    for _, act in acts:
        for document in act.documents:
            sequences.setdefault(document.line.document_id, []).append(document.line.sequence)
    assert all(found == list(range(1, len(found) + 1)) for found in sequences.values())
    assert len(acts) - len(sequences) - len(told) <= untold


def _nothing_half_done(qms: QMS) -> None:
    with qms.work(qms.job()) as work:
        assert rebuilding.check(work) == []
        assert [f for f in rebuilding.verify(work) if f.level is not FindingLevel.INFO] == []
        for left in (OutboxFile, OutboxDocument):
            assert work.session.scalar(select(func.count()).select_from(left)) == 0

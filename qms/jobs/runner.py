"""Carrying out what is due: acts on their way to Git, then what follows from them."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from qms.errors import QmsError
from qms.jobs.lock import RunnerBusy, runner_lock
from qms.usecases import deriving, maintaining, package_reading

if TYPE_CHECKING:
    from qms.bootstrap import QMS


def drain(qms: QMS) -> int:
    """Do everything that is due now and return how many pieces of work it was."""
    done = qms.publisher.drain() if qms.publisher.pending() else 0
    done += _derive(qms)
    while read := _read_package(qms):
        # what was issued meanwhile is found as soon as what was handed in is read
        done += read + _derive(qms)
    qms.stores.reader.rest()
    return done


def _derive(qms: QMS) -> int:
    done = 0
    batch = _prepared(qms)
    # while one batch is written the next is read
    with ThreadPoolExecutor(1, "qms-ahead") as ahead:
        while batch.jobs:
            last = max(batch.jobs)
            coming = ahead.submit(_prepared, qms, last) if batch.full else None
            with qms.work(qms.job()) as work:
                done += deriving.settle(work, batch)
            batch = coming.result() if coming else _prepared(qms, last)
    return done


def _read_package(qms: QMS) -> int:
    """Read the next files of the packages that were handed in; the database waits for nobody meanwhile."""
    with qms.reading(qms.job()) as work:
        read = package_reading.prepare(work)
    if not read:
        return 0
    with qms.work(qms.job()) as work:
        return package_reading.settle(work, read)


def _prepared(qms: QMS, after: int = 0) -> deriving.Batch:
    with qms.reading(qms.job()) as work:
        return deriving.prepare(work, after)


def tidy(qms: QMS) -> bool:
    """Do the night's work if it is due and return whether it was done."""
    with qms.reading(qms.job()) as work:
        due = maintaining.is_due(work)
    if not due:
        return False
    with qms.work(qms.job()) as work:
        return maintaining.maintain_due(work)


class Runner:
    """The one runner of a home: drains until it is told to stop, woken by ``wake`` or every few seconds."""

    def __init__(self, qms: QMS, every: float = 2.0) -> None:
        self.qms, self.every = qms, every
        self._wake, self._stop = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._stand_by, name="qms-jobs", daemon=True)

    def start(self) -> None:
        """Begin to drain in a thread of its own; where there is another runner, take over when it ends."""
        self._thread.start()

    def run(self) -> None:
        """Drain in this thread until told to leave; raises ``RunnerBusy`` where there is another runner."""
        home = self.qms.config.home
        with runner_lock(home) as mine:
            if not mine:
                raise RunnerBusy(home=home)
            self._drain()

    def wake(self) -> None:
        """Drain now rather than at the next round."""
        self._wake.set()

    def leave(self) -> None:
        """Ask to end after the round that is going on."""
        self._stop.set()
        self._wake.set()

    def stop(self) -> None:
        """End the thread after the round that is going on."""
        self.leave()
        self._thread.join(timeout=30)

    def _stand_by(self) -> None:
        while not self._stop.is_set():
            with suppress(OSError, QmsError), runner_lock(self.qms.config.home) as mine:
                if mine:
                    self._drain()
            self._pause()

    def _drain(self) -> None:
        while not self._stop.is_set():
            # what failed stays due and doctor tells of it; the runner itself must not die of a full disk
            with suppress(QmsError, SQLAlchemyError, OSError):
                drain(self.qms)
                tidy(self.qms)
            self._pause()

    def _pause(self) -> None:
        self._wake.wait(self.every)
        self._wake.clear()

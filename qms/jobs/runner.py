"""Carrying out what is due: acts on their way to Git, then what follows from them."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from qms.errors import QmsError
from qms.usecases import deriving

if TYPE_CHECKING:
    from qms.bootstrap import QMS


def drain(qms: QMS) -> int:
    """Do everything that is due now and return how many pieces of work it was."""
    done = qms.publisher.drain() if qms.publisher.pending() else 0
    while True:
        # whatever is slow is read first, so that the writing transaction is short
        with qms.reading(qms.job()) as work:
            due = deriving.read_ahead(work)
        if not due:
            return done
        with qms.work(qms.job()) as work:
            done += deriving.derive_due(work)


class Runner:
    """Drains in a thread until it is told to stop; woken by ``wake`` or every few seconds."""

    def __init__(self, qms: QMS, every: float = 2.0) -> None:
        self.qms, self.every = qms, every
        self._wake, self._stop = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="qms-jobs", daemon=True)

    def start(self) -> None:
        """Begin to drain."""
        self._thread.start()

    def wake(self) -> None:
        """Drain now rather than at the next round."""
        self._wake.set()

    def stop(self) -> None:
        """End after the round that is going on."""
        self._stop.set()
        self._wake.set()
        self._thread.join(timeout=30)

    def _run(self) -> None:
        while not self._stop.is_set():
            # what failed stays due and says so in doctor; the runner itself must not die of it
            with suppress(QmsError):
                drain(self.qms)
            self._wake.wait(self.every)
            self._wake.clear()

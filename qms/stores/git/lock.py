"""One writer at a time: ``flock`` on a file of the instance, kept alive by the git children that write.

The descriptor is closed, never unlocked: if this process dies while its child still writes, the child's copy
of the descriptor holds the lock until the child has ended too.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from qms.stores.git.errors import CannotWrite, StoreBusy

_PAUSE = 0.005


class WriterLock:
    """The writer lock of one repository; the same thread may enter again."""

    def __init__(self, path: Path, patience: float = 60.0) -> None:
        self._path = path
        self._patience = patience
        self._mine = threading.local()

    @contextmanager
    def held(self) -> Iterator[int]:
        """Hold the lock and yield its descriptor; raises ``StoreBusy`` after ``patience`` seconds."""
        descriptor = getattr(self._mine, "descriptor", None)
        if descriptor is not None:
            yield descriptor
            return
        self._mine.descriptor = self._acquire()
        try:
            yield self._mine.descriptor
        finally:
            os.close(self._mine.descriptor)
            self._mine.descriptor = None

    def _acquire(self) -> int:
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as failure:
            raise CannotWrite(reason=failure.strerror) from failure
        deadline = time.monotonic() + self._patience
        while not _try_lock(descriptor):
            if time.monotonic() > deadline:
                os.close(descriptor)
                raise StoreBusy(seconds=self._patience)
            time.sleep(_PAUSE)
        return descriptor


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def clear_stale_locks(repository: Path) -> list[str]:
    """Remove git's own ``*.lock`` files left by a killed child and name them; only under the writer lock."""
    folders = (repository, repository / "refs" / "heads", repository / "objects" / "info")
    stale = [lock for folder in folders for lock in folder.glob("*.lock")]
    for lock in stale:
        with suppress(FileNotFoundError):
            lock.unlink()
    return [str(lock.relative_to(repository)) for lock in stale]

"""One runner a home: whoever holds ``runner.lock`` carries out what is due, everybody else leaves it alone."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qms.errors import Fault

LOCK_NAME = "runner.lock"


class RunnerBusy(Fault):
    """Another process is the runner of this home already."""

    code = "runner_busy"
    sentence = "Đã có tiến trình khác chạy việc nền cho «{home}»; hãy dừng tiến trình đó trước."


@contextmanager
def runner_lock(home: Path) -> Iterator[bool]:
    """Become the runner of a home for a while if nobody else is, and yield whether; the lock dies with the process."""
    descriptor = os.open(home / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield _locked(descriptor)
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

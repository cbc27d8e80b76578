"""A few sandboxes shared by all: whoever has a file that takes long keeps one of them, not the others."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from qms.stores.sandbox.parent import Sandbox


class Pool:
    """Sandboxes lent one job at a time; more are begun only while all are busy, up to ``most``."""

    def __init__(self, first: Sandbox, most: int) -> None:
        self._idle = [first]
        self._made, self._most = 1, most
        self._free = threading.Condition()

    @contextmanager
    def one(self) -> Iterator[Sandbox]:
        """Lend the sandbox that was used last; wait while all are busy."""
        with self._free:
            while not self._idle and self._made >= self._most:
                self._free.wait()
            if not self._idle:
                self._idle.append(Sandbox())
                self._made += 1
            sandbox = self._idle.pop()
        try:
            yield sandbox
        finally:
            with self._free:
                self._idle.append(sandbox)
                self._free.notify()

    def rest(self) -> None:
        """End the children that nobody uses, but one."""
        with self._free:
            for sandbox in self._idle[:-1]:
                sandbox.close()

    def close(self) -> None:
        """End every child that nobody uses."""
        with self._free:
            for sandbox in self._idle:
                sandbox.close()

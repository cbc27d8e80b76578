"""Reading through one long-lived ``git cat-file --batch``: no process per read, undisturbed by repacking."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from qms.stores.git.errors import StoreUnreadable
from qms.stores.git.run import Child, GitRunner, end
from qms.stores.git.shapes import nothing_there

AHEAD = 200
"""So many questions at once fit into a pipe while the child still waits for somebody to read its answers."""


@dataclass(frozen=True)
class Stored:
    """An object as it lies in the repository."""

    id: str
    kind: str
    data: bytes


class ObjectReader:
    """Answers by object id or by ``<commit>:<path>``; may be shared by threads, and survives a fork."""

    def __init__(self, runner: GitRunner) -> None:
        self._runner = runner
        self._turn = threading.Lock()
        self._child: Child | None = None
        self._owner = 0
        self._midway = False

    def get(self, name: str) -> Stored:
        """Return the object of that name (a text that passed ``shapes``); raises ``NotFound``."""
        (stored,) = self._answers([name])
        return stored

    def data(self, name: str, kind: str) -> bytes:
        """Return the bytes of an object that must be of that kind; raises ``NotFound``."""
        return _of_kind(self.get(name), kind)

    def all_data(self, names: Sequence[str], kind: str) -> list[bytes]:
        """Return the bytes of many objects of one kind, asked for ahead of the answers; raises ``NotFound``."""
        found: list[bytes] = []
        for start in range(0, len(names), AHEAD):
            found.extend(_of_kind(stored, kind) for stored in self._answers(names[start : start + AHEAD]))
        return found

    def tree(self, name: str) -> bytes:
        """Return a tree's bytes by its id."""
        return self.data(name, "tree")

    def close(self) -> None:
        """End the child; the next question starts another."""
        with self._turn:
            self._forget()

    def _answers(self, names: Sequence[str]) -> list[Stored]:
        with self._turn:
            for _ in range(2):
                with suppress(BrokenPipeError, EOFError):
                    found = self._ask(names)
                    if None in found:
                        raise nothing_there()
                    return [stored for stored in found if stored is not None]
                self._forget()
        raise StoreUnreadable(reason="git cat-file")

    def _ask(self, names: Sequence[str]) -> list[Stored | None]:
        child = self._running()
        self._midway = True
        child.stdin.write("".join(f"{name}\n" for name in names).encode())
        child.stdin.flush()
        found = [_answer(child) for _ in names]
        self._midway = False
        return found

    def _running(self) -> Child:
        # After a fork the pipes belong to the parent; a conversation broken off in the middle (an interrupt)
        # would answer the next question with the rest of the last. Neither is taken up again.
        if self._midway or self._owner != os.getpid():
            self._forget()
        if self._child is None:
            self._child = self._runner.start("cat-file", "--batch")
            self._owner = os.getpid()
        return self._child

    def _forget(self) -> None:
        child, self._child, self._midway = self._child, None, False
        if child is not None and self._owner == os.getpid():
            end(child)


def _answer(child: Child) -> Stored | None:
    answer = child.stdout.readline().split()
    if not answer:
        raise EOFError
    data = child.stdout.read(int(answer[2]) + 1) if len(answer) == 3 else b"\n"
    if data[-1:] != b"\n":
        raise EOFError
    return Stored(answer[0].decode(), answer[1].decode(), data[:-1]) if len(answer) == 3 else None


def _of_kind(stored: Stored, kind: str) -> bytes:
    if stored.kind != kind:
        raise nothing_there()
    return stored.data

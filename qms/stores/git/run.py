"""The one function that runs git: fixed words, an emptied environment, no hooks, every file made durable.

GitPython hands the environment on, so ``env -i`` stands in front: what is not listed here never reaches git.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from subprocess import PIPE
from typing import IO, Any, Protocol, cast

from git.cmd import Git
from git.exc import GitCommandError, GitCommandNotFound

from qms.stores.git.errors import GitFailed

_ENVIRONMENT = (
    "PATH=/usr/local/bin:/usr/bin:/bin",
    "LC_ALL=C",
    "GIT_CONFIG_NOSYSTEM=1",
    "GIT_CONFIG_GLOBAL=/dev/null",
    "GIT_ATTR_NOSYSTEM=1",
    "GIT_NO_REPLACE_OBJECTS=1",
    "GIT_TERMINAL_PROMPT=0",
    "GIT_DEFAULT_REF_FORMAT=files",
    "HOME=/nonexistent",
)
_SETTINGS = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.fsync=all",
    "gc.auto=0",
    "protocol.allow=never",
)
_PREFIX = ("env", "-i", *_ENVIRONMENT, "git", *(part for setting in _SETTINGS for part in ("-c", setting)))


class Child(Protocol):
    """A running git child and its pipes."""

    @property
    def stdin(self) -> IO[bytes]: ...  # noqa: D102
    @property
    def stdout(self) -> IO[bytes]: ...  # noqa: D102
    @property
    def stderr(self) -> IO[bytes]: ...  # noqa: D102
    def wait(self) -> int: ...  # noqa: D102


def end(child: Child) -> None:
    """End a child that waits for its next question, and give back its pipes."""
    with suppress(BrokenPipeError):
        child.stdin.close()
    child.stdout.close()
    child.stderr.close()
    with suppress(GitCommandError):
        child.wait()


@dataclass(frozen=True)
class Outcome:
    """How a command ended: exit status and what it printed."""

    status: int
    out: bytes
    complaint: str


@dataclass(frozen=True)
class GitRunner:
    """Runs git on one repository; callers hand in fixed words and texts that passed ``shapes`` only."""

    path: Path

    def run(self, *words: str, lock: int | None = None) -> bytes:
        """Run a command to its end and return what it printed; raises ``GitFailed``."""
        outcome = self.outcome(*words, lock=lock)
        if outcome.status != 0:
            raise GitFailed(command=words[0], reason=_first_line(outcome.complaint) or outcome.status)
        return outcome.out

    def outcome(self, *words: str, lock: int | None = None) -> Outcome:
        """Run a command to its end, whatever its status; ``lock`` is the descriptor that it keeps alive."""
        ended = self._execute(
            words, lock, with_extended_output=True, with_exceptions=False, stdout_as_string=False
        )
        status, out, complaint = cast("tuple[int, bytes, str]", ended)
        return Outcome(status, out, complaint)

    def start(self, *words: str, lock: int | None = None) -> Child:
        """Start a command that is talked to through its pipes."""
        return cast("Child", self._execute(words, lock, as_process=True, istream=PIPE))

    @contextmanager
    def ready(self, *words: str, lock: int) -> Iterator[Callable[[bytes], None]]:
        """Start a command ahead of need and yield what gives it its input and waits for its end.

        A command that never gets its input ends without having done anything, also when this process dies.
        """
        child = self.start(*words, lock=lock)
        try:
            yield partial(_tell, child, words[0])
        finally:
            end(child)

    def _execute(self, words: Sequence[str], lock: int | None, **how: Any) -> object:
        command = [*_PREFIX, f"--git-dir={self.path}", *words]
        try:
            return Git(str(self.path)).execute(command, pass_fds=() if lock is None else (lock,), **how)
        except (GitCommandError, GitCommandNotFound, OSError) as failure:
            raise GitFailed(command=words[0], reason=type(failure).__name__) from failure


def _tell(child: Child, command: str, text: bytes) -> None:
    with suppress(BrokenPipeError):
        child.stdin.write(text)
        child.stdin.close()
    complaint = child.stderr.read().decode("utf-8", "replace")
    try:
        child.wait()
    except GitCommandError as failure:
        raise GitFailed(command=command, reason=_first_line(complaint) or failure.status) from None


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]

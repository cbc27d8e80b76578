"""The near side of the sandbox: hands jobs to the child, enforces the wall limit, begins a fresh child when needed."""

from __future__ import annotations

import contextlib
import logging
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from qms.formats.basis_json import edited_from_json, edits_to_json
from qms.formats.cover_json import cover_from_json, values_to_json
from qms.formats.reading import Reading, reading_from_json, refusal_from_json
from qms.formats.refusals import Damaged, GaveUp, TooLarge
from qms.formats.regulation import RegulationText, regulation_from_json
from qms.model.basis import EditedLines, LineEdit
from qms.model.cover import CoverValues, EditedCover
from qms.stores.sandbox.frames import DONE, LAST_REFUSAL, LENGTH, MAX_FRAME, READY, Job, pack

MAX_INPUT = 20 * 1024 * 1024
JOBS_A_CHILD = 2000
"""After so many jobs the child is replaced, so that what it leaked is given back."""

_START_SECONDS = 30.0
_CHUNK = 1 << 16
_log = logging.getLogger(__name__)


class Sandbox:
    """One persistent child that reads, renders and compares; safe to share between threads.

    A crash, a limit or a timeout is one ``refusals.Unacceptable``; the next job has a fresh child.
    ``wall_seconds`` is what one job may take by the clock, ``cpu_seconds`` by the processor.
    """

    runs: tuple[str, ...] = ("qms.stores.sandbox.child",)
    """The module that the child is, and what it is told when it begins."""

    def __init__(self, wall_seconds: float = 30.0, cpu_seconds: int = 20) -> None:
        self._wall_seconds = wall_seconds
        self._cpu_seconds = cpu_seconds
        self._lock = threading.Lock()
        self._child: _Child | None = None

    def read(self, data: bytes, name: str) -> Reading:
        """Return ``qms.formats.reader.read`` of a file; raises ``refusals.Unacceptable``."""
        return reading_from_json(self.read_json(data, name))

    def read_json(self, data: bytes, name: str) -> str:
        """Return the same as the text that the child answers; raises ``refusals.Unacceptable``."""
        return self._run("read", name, data)

    def regulation(self, data: bytes, name: str) -> RegulationText:
        """Return ``qms.formats.regulation.read_regulation_file`` of a file; raises ``refusals.Unacceptable``."""
        return regulation_from_json(self._run("regulation", name, data))

    def render(self, markdown: str) -> str:
        """Return safe HTML of Markdown; raises ``refusals.Unacceptable``."""
        return self._run("render", "", markdown.encode("utf-8", "replace"))

    def redline(self, old_html: str, new_html: str) -> str:
        """Return HTML that shows what changed with ``<ins>`` and ``<del>``; raises ``refusals.Unacceptable``."""
        return self._run(
            "redline", "", old_html.encode("utf-8", "replace"), new_html.encode("utf-8", "replace")
        )

    def edit_lines(self, data: bytes, name: str, edits: Sequence[LineEdit]) -> EditedLines:
        """Return ``qms.formats.basis_edit.edit_lines`` of a master; raises ``refusals.Unacceptable``."""
        return edited_from_json(self._run("edit_lines", name, data, edits_to_json(edits).encode()))

    def write_cover(self, data: bytes, name: str, values: CoverValues) -> EditedCover:
        """Return ``qms.formats.cover_edit.write_cover`` of a master; raises ``refusals.Unacceptable``."""
        return cover_from_json(self._run("write_cover", name, data, values_to_json(values).encode()))

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._drop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self, verb: str, name: str, *parts: bytes) -> str:
        return self._ask(verb, name, *parts).decode("utf-8", "surrogatepass")

    def _ask(self, verb: str, name: str, *parts: bytes) -> bytes:
        size = max(map(len, parts))
        if size > MAX_INPUT:
            raise TooLarge(size=-(-size // 1024**2), limit=MAX_INPUT // 1024**2)
        with self._lock:
            answer = self._answer(pack(Job(verb, name, self._cpu_seconds, parts)))
        if answer[:1] == DONE:
            return answer[1:]
        raise refusal_from_json(answer[1:].decode("utf-8", "surrogatepass"))

    def _answer(self, job: bytes) -> bytes:
        child = self._ready_child()
        served_before = child.jobs > 0
        try:
            answer = child.ask(job, time.monotonic() + self._wall_seconds)
        except TimeoutError:
            self._drop()
            raise GaveUp(what="thời gian") from None
        except (EOFError, BrokenPipeError):
            ended_by = self._drop()
            if ended_by == -signal.SIGXCPU:
                raise GaveUp(what="thời gian") from None
            if served_before:  # it may have died of something else before this job came
                return self._answer(job)
            raise Damaged(what="trình đọc dừng giữa chừng") from None
        if answer.startswith(LAST_REFUSAL):
            self._drop()
        return answer

    def _ready_child(self) -> _Child:
        child = self._child
        if child is not None and (child.owner != os.getpid() or not child.usable):
            self._drop()
            child = None
        if child is None:
            child = self._child = _Child(self.runs)
        return child

    def _drop(self) -> int | None:
        child, self._child = self._child, None
        return child.kill() if child is not None and child.owner == os.getpid() else None


class _Child:
    """A running child and its pipes."""

    def __init__(self, runs: tuple[str, ...]) -> None:
        self.owner = os.getpid()
        self.jobs = 0
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", "-m", *runs],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={"LANG": "C.UTF-8", "PATH": os.defpath},
            cwd="/",
            bufsize=0,
            start_new_session=True,
        )
        os.set_blocking(self._write_end, False)
        try:
            greeting = self._receive(time.monotonic() + _START_SECONDS)
        except (TimeoutError, EOFError):
            self.kill()
            raise Damaged(what="trình đọc không khởi động được") from None
        if greeting != READY:
            self.kill()
            raise Damaged(what="trình đọc không khởi động được")

    @property
    def usable(self) -> bool:
        """Tell whether it runs and has not served too many jobs."""
        return self._process.poll() is None and self.jobs < JOBS_A_CHILD

    @property
    def _write_end(self) -> int:
        return self._pipe(self._process.stdin)

    @property
    def _read_end(self) -> int:
        return self._pipe(self._process.stdout)

    def ask(self, job: bytes, deadline: float) -> bytes:
        """Send a job and return the answer; raises ``TimeoutError``, ``EOFError`` or ``BrokenPipeError``."""
        self.jobs += 1
        self._send(job, deadline)
        return self._receive(deadline)

    def kill(self) -> int | None:
        """End the child, log what it said on standard error, and return how it ended."""
        with contextlib.suppress(ProcessLookupError):
            # one that died by itself keeps its own return code
            if self._ended_within(0.2) is None:
                self._process.kill()
        code = self._process.wait()
        self._log_errors()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()
        return code

    def _ended_within(self, seconds: float) -> int | None:
        stream = self._process.stdin
        if stream is not None and not stream.closed:
            stream.close()
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def _send(self, data: bytes, deadline: float) -> None:
        view = memoryview(data)
        while view:
            _, writable, _ = select.select([], [self._write_end], [], _left(deadline))
            if not writable:
                raise TimeoutError
            view = view[os.write(self._write_end, view[:_CHUNK]) :]

    def _receive(self, deadline: float) -> bytes:
        (length,) = LENGTH.unpack(self._exactly(LENGTH.size, deadline))
        if length > MAX_FRAME:
            raise EOFError
        return self._exactly(length, deadline)

    def _exactly(self, length: int, deadline: float) -> bytes:
        received = bytearray()
        while len(received) < length:
            readable, _, _ = select.select([self._read_end], [], [], _left(deadline))
            if not readable:
                raise TimeoutError
            chunk = os.read(self._read_end, min(_CHUNK, length - len(received)))
            if not chunk:
                raise EOFError
            received += chunk
        return bytes(received)

    def _log_errors(self) -> None:
        stream = self._process.stderr
        if stream is None:
            return
        os.set_blocking(stream.fileno(), False)
        said = stream.read(_CHUNK) or b""
        if said.strip():
            _log.warning("sandbox child: %s", said.decode("utf-8", "replace").strip())

    @staticmethod
    def _pipe(stream: object) -> int:
        return stream.fileno()  # type: ignore[attr-defined, no-any-return]


def _left(deadline: float) -> float:
    return max(0.0, deadline - time.monotonic())

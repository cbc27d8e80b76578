"""Strangers' files are read in one child process with limits of memory, time and files."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from qms.formats.reading import Reading


class Sandbox:
    """One persistent child that reads, renders and compares; safe to share between threads.

    A crash, a limit or a timeout is one ``refusals.Unacceptable``; the next job has a fresh child.
    """

    def read(self, data: bytes, name: str) -> Reading:
        """Return ``qms.formats.reading.read`` of a file; raises ``refusals.Unacceptable``."""
        raise NotImplementedError

    def render(self, markdown: str) -> str:
        """Return safe HTML of Markdown."""
        raise NotImplementedError

    def redline(self, old_html: str, new_html: str) -> str:
        """Return HTML that shows what changed with ``<ins>`` and ``<del>``."""
        raise NotImplementedError

    def close(self) -> None:
        """End the child."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

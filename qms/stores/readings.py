"""Readings remembered by the hash of what was read; the folder may be deleted at any time."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path, PurePath
from queue import SimpleQueue

from qms.formats.reading import Reading, reading_from_json
from qms.formats.refusals import OldWord, Unacceptable
from qms.formats.regulation import RegulationText, regulation_from_json, regulation_to_json
from qms.model.basis import EditedLines, LineEdit
from qms.stores.office import Office
from qms.stores.sandbox import Sandbox

READER_VERSION = "3"
MOST_AT_ONCE = 4
AHEAD = 4
"""So many files a child wait to be parsed or to be taken away."""


class Readings:
    """The sandbox with a memory; implements ``usecases.ports.Reader``."""

    def __init__(self, sandbox: Sandbox, folder: Path, at_once: int | None = None) -> None:
        self.sandbox, self.folder = sandbox, folder
        self.office = Office()
        self._at_once = at_once or min(len(os.sched_getaffinity(0)), MOST_AT_ONCE)
        self._more: list[Sandbox] = []

    def read(self, data: bytes, name: str) -> Reading:
        """Return what a file says; the same bytes are parsed once."""
        return reading_from_json(self._read(self.sandbox, data, name))

    def read_many(self, files: Iterable[tuple[bytes, str]]) -> Iterator[Reading | Unacceptable]:
        """Yield what each file says, or why it cannot be read; as many are parsed at once as there are cores."""
        idle: SimpleQueue[Sandbox] = SimpleQueue()
        while len(self._more) < self._at_once - 1:
            self._more.append(Sandbox())
        for sandbox in (self.sandbox, *self._more):
            idle.put(sandbox)

        def read(data: bytes, name: str) -> str | Unacceptable:
            sandbox = idle.get()
            try:
                return self._read(sandbox, data, name)
            except Unacceptable as refusal:
                return refusal
            finally:
                idle.put(sandbox)

        with ThreadPoolExecutor(self._at_once, "qms-reading") as pool:
            waiting: deque[Future[str | Unacceptable]] = deque()
            for data, name in files:
                waiting.append(pool.submit(read, data, name))
                if len(waiting) > self._at_once * AHEAD:
                    yield _reading(waiting.popleft())
            while waiting:
                yield _reading(waiting.popleft())

    def rest(self) -> None:
        """End the children that were there for many files; the one for single files stays."""
        for sandbox in self._more:
            sandbox.close()

    def _read(self, sandbox: Sandbox, data: bytes, name: str) -> str:
        key = self._key("read", PurePath(name).suffix.lower().encode(), data)
        known = self._known(key)
        if known is None:
            known = sandbox.read_json(data, name)
            self._remember(key, known)
        return known

    def regulation(self, data: bytes, name: str) -> RegulationText:
        """Return the plain text of a regulation's file; the same bytes are parsed once."""
        key = self._key("regulation", PurePath(name).suffix.lower().encode(), data)
        known = self._known(key)
        if known is not None:
            return regulation_from_json(known)
        try:
            paper = self.sandbox.regulation(data, name)
        except OldWord:
            paper = self.sandbox.regulation(self.office.docx(data), name)
        self._remember(key, regulation_to_json(paper))
        return paper

    def render(self, markdown: str) -> str:
        """Return safe HTML of Markdown."""
        return self._derived("render", (markdown,), self.sandbox.render)

    def redline(self, old_html: str, new_html: str) -> str:
        """Return HTML that marks what changed."""
        return self._derived("redline", (old_html, new_html), self.sandbox.redline)

    def edit_lines(self, data: bytes, name: str, edits: Sequence[LineEdit]) -> EditedLines:
        """Return a master with lines of its legal basis edited; nothing is remembered, for drafts change on."""
        return self.sandbox.edit_lines(data, name, edits)

    def close(self) -> None:
        """End the children that parse."""
        self.rest()
        self.sandbox.close()

    def _derived(self, verb: str, texts: tuple[str, ...], derive: object) -> str:
        key = self._key(verb, *(text.encode() for text in texts))
        known = self._known(key)
        if known is not None:
            return known
        made: str = derive(*texts)  # type: ignore[operator]
        self._remember(key, made)
        return made

    def _key(self, verb: str, *parts: bytes) -> str:
        digest = hashlib.sha256(f"{READER_VERSION} {verb}".encode())
        for part in parts:
            digest.update(hashlib.sha256(part).digest())
        return digest.hexdigest()

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _known(self, key: str) -> str | None:
        try:
            return zlib.decompress(self._path(key).read_bytes()).decode()
        except (FileNotFoundError, zlib.error):
            return None

    def _remember(self, key: str, text: str) -> None:
        path = self._path(key)
        # a full or read-only disk must not keep anybody from reading
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(zlib.compress(text.encode(), 1))
            Path(temporary).replace(path)


def _reading(waiting: Future[str | Unacceptable]) -> Reading | Unacceptable:
    found = waiting.result()
    return reading_from_json(found) if isinstance(found, str) else found

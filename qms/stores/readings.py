"""Readings remembered by the hash of what was read; the folder may be deleted at any time."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path, PurePath

from qms.formats.reading import Reading, reading_from_json
from qms.formats.refusals import OldWord, Unacceptable
from qms.formats.regulation import RegulationText, regulation_from_json, regulation_to_json
from qms.model.basis import EditedLines, LineEdit
from qms.model.cover import CoverValues, EditedCover
from qms.stores.office import Office
from qms.stores.sandbox import Sandbox
from qms.stores.sandbox.pool import Pool
from qms.stores.unpacking import Unpacker

READER_VERSION = "8"
MOST_AT_ONCE = 4
AHEAD = 4
"""So many files a child wait to be parsed or to be taken away."""
SPARE = 2
"""So many children are left for single files while many are parsed."""


class Readings:
    """The sandbox with a memory; implements ``usecases.ports.Reader``."""

    def __init__(
        self, sandbox: Sandbox, folder: Path, at_once: int | None = None, office: Office | None = None
    ) -> None:
        self.folder = folder
        self.office = office or Office(lock=folder / "office.lock")
        self.unpacker = Unpacker()
        self._at_once = at_once or min(_cores(), MOST_AT_ONCE)
        self._pool = Pool(sandbox, self._at_once + SPARE)

    def read(self, data: bytes, name: str) -> Reading:
        """Return what a file says; the same bytes are parsed once."""
        return reading_from_json(self._read(data, name))

    def read_many(self, files: Iterable[tuple[bytes, str]]) -> Iterator[Reading | Unacceptable]:
        """Yield what each file says, or why it cannot be read; as many are parsed at once as there are cores.

        An old Word file is read as the DOCX that LibreOffice makes of it.
        """

        def read(data: bytes, name: str) -> Reading | Unacceptable:
            try:
                return self._read_any(data, name)
            except Unacceptable as refusal:
                return refusal

        with ThreadPoolExecutor(self._at_once, "qms-reading") as pool:
            waiting: deque[Future[Reading | Unacceptable]] = deque()
            for data, name in files:
                waiting.append(pool.submit(read, data, name))
                if len(waiting) > self._at_once * AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def unpack(self, data: bytes) -> Sequence[tuple[str, bytes]]:
        """Return the files of a RAR archive; raises ``NoUnpacker``, ``GaveUp``, ``TooMuchInside`` or ``Damaged``."""
        return self.unpacker.files(data)

    def modern(self, data: bytes) -> bytes:
        """Return the DOCX of an old Word file; raises ``NoOffice``, ``GaveUp`` or ``Damaged``."""
        key = self._key("modern", data)
        known = self._known_bytes(key)
        if known is None:
            known = self.office.docx(data)
            self._remember(key, known)
        return known

    def rest(self) -> None:
        """End the children that were there for many files; one stays."""
        self._pool.rest()

    def _read_any(self, data: bytes, name: str) -> Reading:
        try:
            return reading_from_json(self._read(data, name))
        except OldWord:
            docx = self.modern(data)
            made = reading_from_json(self._read(docx, PurePath(name).stem + ".docx"))
            return replace(made, converted=True)

    def _read(self, data: bytes, name: str) -> str:
        key = self._key("read", PurePath(name).suffix.lower().encode(), data)
        known = self._known(key)
        if known is None:
            with self._pool.one() as sandbox:
                known = sandbox.read_json(data, name)
            self._remember(key, known.encode())
        return known

    def regulation(self, data: bytes, name: str) -> RegulationText:
        """Return the plain text of a regulation's file; the same bytes are parsed once."""
        key = self._key("regulation", PurePath(name).suffix.lower().encode(), data)
        known = self._known(key)
        if known is not None:
            return regulation_from_json(known)
        try:
            paper = self._regulation(data, name)
        except OldWord:
            paper = self._regulation(self.modern(data), name)
        self._remember(key, regulation_to_json(paper).encode())
        return paper

    def render(self, markdown: str) -> str:
        """Return safe HTML of Markdown."""
        return self._derived("render", (markdown,), lambda sandbox: sandbox.render(markdown))

    def redline(self, old_html: str, new_html: str) -> str:
        """Return HTML that marks what changed."""
        return self._derived(
            "redline", (old_html, new_html), lambda sandbox: sandbox.redline(old_html, new_html)
        )

    def edit_lines(self, data: bytes, name: str, edits: Sequence[LineEdit]) -> EditedLines:
        """Return a master with lines of its legal basis edited; nothing is remembered, for drafts change on."""
        with self._pool.one() as sandbox:
            return sandbox.edit_lines(data, name, edits)

    def write_cover(self, data: bytes, name: str, values: CoverValues) -> EditedCover:
        """Return a master with its cover written; nothing is remembered, for drafts change on."""
        with self._pool.one() as sandbox:
            return sandbox.write_cover(data, name, values)

    def close(self) -> None:
        """End the children that parse."""
        self._pool.close()

    def _regulation(self, data: bytes, name: str) -> RegulationText:
        with self._pool.one() as sandbox:
            return sandbox.regulation(data, name)

    def _derived(self, verb: str, texts: tuple[str, ...], derive: Callable[[Sandbox], str]) -> str:
        key = self._key(verb, *(text.encode() for text in texts))
        known = self._known(key)
        if known is not None:
            return known
        with self._pool.one() as sandbox:
            made = derive(sandbox)
        self._remember(key, made.encode())
        return made

    def _key(self, verb: str, *parts: bytes) -> str:
        digest = hashlib.sha256(f"{READER_VERSION} {verb}".encode())
        for part in parts:
            digest.update(hashlib.sha256(part).digest())
        return digest.hexdigest()

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _known(self, key: str) -> str | None:
        known = self._known_bytes(key)
        return None if known is None else known.decode()

    def _known_bytes(self, key: str) -> bytes | None:
        try:
            return zlib.decompress(self._path(key).read_bytes())
        except (FileNotFoundError, zlib.error):
            return None

    def _remember(self, key: str, data: bytes) -> None:
        path = self._path(key)
        # a full or read-only disk must not keep anybody from reading
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(zlib.compress(data, 1))
            Path(temporary).replace(path)


def _cores() -> int:
    """How many cores this process may use, where the system tells; else how many there are."""
    mine = getattr(os, "sched_getaffinity", None)
    return len(mine(0)) if mine else os.cpu_count() or 1

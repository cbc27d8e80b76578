"""Readings remembered by the hash of what was read; the folder may be deleted at any time."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePath

from qms.formats.reading import Reading, reading_from_json, reading_to_json
from qms.formats.refusals import OldWord
from qms.formats.regulation import RegulationText, regulation_from_json, regulation_to_json
from qms.model.basis import EditedLines, LineEdit
from qms.stores.office import Office
from qms.stores.sandbox import Sandbox

READER_VERSION = "1"


class Readings:
    """The sandbox with a memory; implements ``usecases.ports.Reader``."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.sandbox, self.folder = sandbox, folder
        self.office = Office()

    def read(self, data: bytes, name: str) -> Reading:
        """Return what a file says; the same bytes are parsed once."""
        key = self._key("read", PurePath(name).suffix.lower().encode(), data)
        known = self._known(key)
        if known is not None:
            return reading_from_json(known)
        reading = self.sandbox.read(data, name)
        self._remember(key, reading_to_json(reading))
        return reading

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
        """End the child that parses."""
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
                file.write(zlib.compress(text.encode(), 6))
            Path(temporary).replace(path)

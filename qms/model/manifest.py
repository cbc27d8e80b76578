"""The files that a decision is about: ``sha256sum`` lines over exactly what a document's folder holds."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from qms.errors import Refused
from qms.model.trailers import UnreadableAct

MANIFEST_NAME = "MANIFEST"
_SAFE_NAME = r"[a-z0-9](?:[a-z0-9_-]|\.(?!\.|$)){0,99}"
_CONTENT = re.compile(r"content\.(?:md|docx|pdf|png|jpg)")
_ALLOWED = re.compile(rf"{_CONTENT.pattern}|meta\.yaml|source\.[a-z0-9]{{1,8}}|attachments/{_SAFE_NAME}")
_LINE = re.compile(r"([0-9a-f]{64})  ([!-~]+)")


class BadFolder(Refused):
    """A set of files that no document folder may hold (``design.md`` §4, paths)."""

    code = "bad_folder"
    sentence = "Bộ tệp của tài liệu không đúng quy định: {reason}; hãy tạo lại bản dự thảo rồi trình lại."


@dataclass(frozen=True)
class PublishedFile:
    """One file of a document: its path inside the document's folder and the SHA-256 of its bytes."""

    path: str
    sha256: str


def is_document_path(path: str) -> bool:
    """Tell whether a path may stand inside a document's folder: content, meta, source or an attachment."""
    return _ALLOWED.fullmatch(path) is not None


@dataclass(frozen=True)
class Manifest:
    """The files of one revision, sorted by path; its text is what ``sha256sum -c MANIFEST`` reads.

    Exactly one ``content.*`` and ``meta.yaml``, at most one ``source.*``, any attachments (``BadFolder``).
    """

    files: tuple[PublishedFile, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "files", tuple(sorted(self.files, key=lambda file: file.path)))
        _check_paths([file.path for file in self.files])

    @classmethod
    def of(cls, files: Mapping[str, bytes]) -> Manifest:
        """Return the manifest over these bytes."""
        return cls(
            tuple(PublishedFile(path, hashlib.sha256(data).hexdigest()) for path, data in files.items())
        )

    @classmethod
    def parse(cls, text: str) -> Manifest:
        """Read a manifest's text; raises ``UnreadableAct`` unless it is exactly what ``text()`` gives."""
        lines = [_LINE.fullmatch(line) for line in text.split("\n")[:-1]]
        try:
            read = cls(tuple(PublishedFile(line[2], line[1]) for line in lines if line))
        except BadFolder as wrong:
            raise UnreadableAct(reason=f"MANIFEST: {wrong.facts['reason']}") from None
        if read.text() != text:
            raise UnreadableAct(reason="MANIFEST")
        return read

    def text(self) -> str:
        """Return the ``sha256sum`` lines, sorted by path."""
        return "".join(f"{file.sha256}  {file.path}\n" for file in self.files)

    @property
    def content_sha256(self) -> str:
        """The SHA-256 of the text: the hash that every decision on this revision carries."""
        return hashlib.sha256(self.text().encode()).hexdigest()


def _check_paths(paths: list[str]) -> None:
    for path in paths:
        if not is_document_path(path):
            raise BadFolder(reason=f"tệp «{path}» không được phép")
    if len(set(paths)) < len(paths):
        raise BadFolder(reason="có tệp trùng tên")
    if sum(path.startswith("content.") for path in paths) != 1 or "meta.yaml" not in paths:
        raise BadFolder(reason="cần đúng một tệp nội dung và một tệp meta.yaml")
    if sum(path.startswith("source.") for path in paths) > 1:
        raise BadFolder(reason="chỉ được một tệp gốc (source)")

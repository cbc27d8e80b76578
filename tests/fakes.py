"""Stand-ins kept honest by the contract suites that the real stores pass too."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from qms.model.findings import Finding
from qms.model.published import MANIFEST_NAME, Manifest, PublishedAct, parse_message
from qms.stores.git.publish import Publication, check_content
from qms.stores.git.shapes import document_file, document_folder, issuance_file, nothing_there, object_id

Files = Mapping[str, bytes]


@dataclass
class FakeGitStore:
    """The published record in memory: the same answers as ``GitStore``, no disk, no signatures."""

    is_signed: bool = False
    commits: dict[str, tuple[str, dict[str, bytes]]] = field(default_factory=dict)

    @contextmanager
    def writing(self) -> Iterator[int]:
        yield -1

    def publish(
        self,
        act: PublishedAct,
        trees: Mapping[str, Files],
        extra: Files,
        since: str | None = None,
        after_step: Callable[[str], None] = lambda _step: None,
    ) -> str:
        check_content(Publication(act, trees, extra, since, -1))
        for commit_id, known in self.acts():
            if known.publish_key == act.publish_key:
                return commit_id
        files = self._with(act, trees, extra)
        commit_id = hashlib.sha1(
            f"{self.head()}\n{act.message()}".encode(), usedforsecurity=False
        ).hexdigest()
        self.commits[commit_id] = (act.message(), files)
        after_step("move_reference")
        return commit_id

    def _with(self, act: PublishedAct, trees: Mapping[str, Files], extra: Files) -> dict[str, bytes]:
        head = self.head()
        files = dict(self.commits[head][1]) if head else {}
        for document in act.documents:
            folder = document_folder(document.line.document_id) + "/"
            if document.line.document_id not in trees and not any(path.startswith(folder) for path in files):
                raise nothing_there()
        for document_id, brought in trees.items():
            folder = document_folder(document_id) + "/"
            files = {path: data for path, data in files.items() if not path.startswith(folder)}
            whole = {**brought, MANIFEST_NAME: Manifest.of(brought).text().encode()}
            files |= {folder + path: data for path, data in whole.items()}
        return files | dict(extra)

    def head(self) -> str | None:
        return next(reversed(self.commits), None)

    def acts(self, after: str | None = None) -> Iterator[tuple[str, PublishedAct]]:
        ids = list(self.commits)
        if after is not None:
            ids = ids[ids.index(self._known(after)) + 1 :]
        for commit_id in ids:
            yield commit_id, parse_message(self.commits[commit_id][0])

    def read_all(self, files: Sequence[tuple[str, str, str]]) -> list[bytes]:
        return [self.read(*file) for file in files]

    def read(self, commit: str, document_id: str, name: str) -> bytes:
        return self._file(commit, document_file(document_id, name))

    def read_issuance_file(self, commit: str, issuance_id: str, name: str) -> bytes:
        return self._file(commit, issuance_file(issuance_id, name))

    def manifest(self, commit: str, document_id: str) -> Manifest:
        return Manifest.parse(self.read(commit, document_id, MANIFEST_NAME).decode())

    def files(self, commit: str, document_id: str) -> dict[str, bytes]:
        listed = self.manifest(commit, document_id).files
        return {file.path: self.read(commit, document_id, file.path) for file in listed}

    def verify(self) -> Iterator[Finding]:
        yield from ()

    def maintenance(self) -> None:
        """Nothing is packed in memory."""

    def close(self) -> None:
        """Nothing to end."""

    def _known(self, commit: str) -> str:
        if object_id(commit) not in self.commits:
            raise nothing_there()
        return commit

    def _file(self, commit: str, path: str) -> bytes:
        files = self.commits[self._known(commit)][1]
        if path not in files:
            raise nothing_there()
        return files[path]

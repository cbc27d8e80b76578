"""``GitStore``, the door of the published record: what was published, by which act, checkable without us."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from qms.model.findings import Finding
from qms.model.published import MANIFEST_NAME, Manifest, PublishedAct, parse_message
from qms.stores.git.commits import read_commit
from qms.stores.git.errors import CannotWrite, StoreUnreadable
from qms.stores.git.keys import Signer
from qms.stores.git.lock import WriterLock, clear_stale_locks
from qms.stores.git.loose import sync_folders, write_durably
from qms.stores.git.publish import Desk, Files, Publication, head_of, run_steps
from qms.stores.git.reader import AHEAD, ObjectReader
from qms.stores.git.run import GitRunner
from qms.stores.git.shapes import MAIN, document_file, issuance_file, nothing_there, object_id
from qms.stores.git.verify import verify

_CONFIG = """\
[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = true
\tfsync = all
\tlogAllRefUpdates = false
\thooksPath = /dev/null
\tprotectHFS = true
\tprotectNTFS = true
[gc]
\tauto = 0
[maintenance]
\tauto = false
[receive]
\tdenyNonFastForwards = true
\tdenyDeletes = true
[transfer]
\tfsckObjects = true
[gpg]
\tformat = ssh
"""


def _nothing(_step: str) -> None:
    """Do nothing after a step."""


class GitStore:
    """One bare repository; threads may share it, processes take turns by the writer lock."""

    def __init__(self, path: Path, signing_key: Path | None, agency: str, patience: float = 60.0) -> None:
        if not (path / "HEAD").is_file():
            raise StoreUnreadable(reason=f"không có kho tại {path}")
        runner = GitRunner(path)
        signer = Signer(signing_key) if signing_key else None
        self._lock = WriterLock(path.with_name(f"{path.name}.lock"), patience)
        self._desk = Desk(path, runner, ObjectReader(runner), signer, agency)

    @classmethod
    def create(cls, path: Path, signing_key: Path | None, agency: str) -> GitStore:
        """Make an empty record at ``path`` (not there yet, or an empty folder), whole or not at all; open it."""
        making = path.with_name(f".{path.name}.new")
        try:
            if path.exists() and any(path.iterdir()):
                raise CannotWrite(reason=f"thư mục {path} không trống")
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir(parents=True)
            words = ("init", "--quiet", "--bare", "--template=", "--initial-branch=main", str(making))
            GitRunner(making).run(*words)
            write_durably(making / "config", _CONFIG.encode(), 0o644)
            sync_folders(folder for folder in (making, *making.rglob("*")) if folder.is_dir())
            making.rename(path)
        except OSError as failure:
            raise CannotWrite(reason=failure.strerror or type(failure).__name__) from failure
        sync_folders([path.parent])
        return cls(path, signing_key, agency)

    @property
    def is_signed(self) -> bool:
        """Whether acts are signed here."""
        return self._desk.signer is not None

    def writing(self) -> AbstractContextManager[int]:
        """Hold the writer lock over several acts; ``publish`` takes it by itself."""
        return self._lock.held()

    def publish(
        self,
        act: PublishedAct,
        trees: Mapping[str, Files],
        extra: Files,
        since: str | None = None,
        after_step: Callable[[str], None] = _nothing,
    ) -> str:
        """Publish one act, all or none, and return its commit; a second call with its key changes nothing.

        ``trees``: files by document id; ``extra``: files by path (``issuances/<id>/scan.pdf``); ``since``:
        the commit after which a half-known earlier attempt could lie (None: look through the whole history).
        Raises a ``Fault`` when the disk, the lock, the key or the content handed in is at fault.
        """
        with self.writing() as lock:
            clear_stale_locks(self._desk.path)
            return run_steps(self._desk, Publication(act, trees, extra, since, lock), after_step)

    def head(self) -> str | None:
        """Return the commit of the last published act, None before the first."""
        return head_of(self._desk.reader)

    def acts(self, after: str | None = None) -> Iterator[tuple[str, PublishedAct]]:
        """Yield every act after that commit, oldest first; raises ``NotFound`` if it is not on ``main``."""
        commits = self._history(after)
        for start in range(0, len(commits), AHEAD):
            ids = commits[start : start + AHEAD]
            for commit_id, data in zip(ids, self._desk.reader.all_data(ids, "commit"), strict=True):
                yield commit_id, parse_message(read_commit(data).message)

    def _history(self, after: str | None) -> list[str]:
        commits = history(self._desk)
        if after is None:
            return commits
        if object_id(after) not in commits:
            raise nothing_there()
        return commits[commits.index(after) + 1 :]

    def read(self, commit: str, document_id: str, name: str) -> bytes:
        """Return one file of a document (or its ``MANIFEST``) as of that commit; raises ``NotFound``."""
        return self._desk.reader.data(f"{object_id(commit)}:{document_file(document_id, name)}", "blob")

    def read_all(self, files: Sequence[tuple[str, str, str]]) -> list[bytes]:
        """Return many files of documents, each given by commit, document and name; raises ``NotFound``."""
        names = [f"{object_id(commit)}:{document_file(document, name)}" for commit, document, name in files]
        return self._desk.reader.all_data(names, "blob")

    def read_issuance_file(self, commit: str, issuance_id: str, name: str) -> bytes:
        """Return a file kept with an issuance (its scan); raises ``NotFound``."""
        return self._desk.reader.data(f"{object_id(commit)}:{issuance_file(issuance_id, name)}", "blob")

    def manifest(self, commit: str, document_id: str) -> Manifest:
        """Return what the document's folder holds in that commit; raises ``NotFound``, ``UnreadableAct``."""
        return Manifest.parse(self.read(commit, document_id, MANIFEST_NAME).decode("utf-8", "replace"))

    def files(self, commit: str, document_id: str) -> dict[str, bytes]:
        """Return every file of a document, compared with its manifest; raises ``StoreUnreadable``."""
        manifest = self.manifest(commit, document_id)
        files = {file.path: self.read(commit, document_id, file.path) for file in manifest.files}
        if Manifest.of(files) != manifest:
            raise StoreUnreadable(reason=f"tệp của tài liệu {document_id} khác MANIFEST")
        return files

    def verify(self) -> Iterator[Finding]:
        """Read everything again and yield what does not hold (``verify.py``)."""
        return verify(self._desk, history(self._desk))

    def maintenance(self) -> None:
        """Pack what was written one by one, sweep what nothing refers to, write the commit-graph."""
        run = self._desk.runner.run
        with self.writing() as lock:
            clear_stale_locks(self._desk.path)
            run("repack", "-a", "-d", "-q", lock=lock)
            run("prune", "--expire=2.weeks.ago", lock=lock)
            run("commit-graph", "write", "--reachable", lock=lock)

    def close(self) -> None:
        """End the reading child."""
        self._desk.reader.close()


def history(desk: Desk) -> list[str]:
    """Return every commit of ``main``, oldest first, along first parents."""
    if head_of(desk.reader) is None:
        return []
    return desk.runner.run("rev-list", "--first-parent", "--reverse", MAIN).decode().split()

"""Checking the record: everything is read again, nothing is taken from a cache of ours.

What is compared: stock ``git fsck``; one line of commits; trailers that parse, keys used once, times that
agree; each document line against ``MANIFEST``, that against the bytes; no file that no act accounts
for; signatures against ``allowed_signers``.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache

from qms.errors import NotFound
from qms.model.enums import FindingLevel
from qms.model.findings import Finding
from qms.model.published import (
    MANIFEST_NAME,
    DocumentAct,
    Manifest,
    PublishedAct,
    UnreadableAct,
    parse_message,
)
from qms.stores.git import keys
from qms.stores.git.commits import Commit, read_commit
from qms.stores.git.errors import StoreUnreadable
from qms.stores.git.publish import BRINGS_CONTENT, Desk
from qms.stores.git.shapes import MAIN, SIGNERS, document_folder
from qms.stores.git.trees import Entry, changed_files, read_tree


def verify(desk: Desk, history: Sequence[str]) -> Iterator[Finding]:
    """Yield every finding about the commits of ``history`` (oldest first) and the repository below them."""
    yield from check_repository(desk)
    inspection = Inspection(desk)
    for commit_id in history:
        try:
            yield from inspection.look_at(commit_id)
        except (StoreUnreadable, NotFound):
            yield damage(
                "unreadable", "Không đọc được lần công bố này; hãy khôi phục từ bản sao lưu.", commit_id
            )
    yield from check_signatures(desk, inspection.commits)


def damage(code: str, sentence: str, subject: str) -> Finding:
    """Return a finding that needs a person."""
    return Finding(FindingLevel.DAMAGE, code, sentence, subject)


def check_repository(desk: Desk) -> Iterator[Finding]:
    """Ask ``git fsck``; what nothing refers to is left over from a broken attempt and no finding."""
    outcome = desk.runner.outcome("fsck", "--full", "--strict", "--no-dangling", "--no-progress")
    printed = outcome.out.decode("utf-8", "replace") + outcome.complaint
    complaints = [line for line in printed.splitlines() if not line.startswith(("notice:", "dangling "))]
    for line in complaints or (["git fsck"] if outcome.status else []):
        yield damage(
            "fsck", "Kho công bố bị hỏng; hãy khôi phục từ bản sao lưu hoặc một bản sao của kho.", line
        )


@dataclass(frozen=True)
class Folder:
    """A document's folder as checked once: the hash of its manifest (None: unreadable), what is wrong."""

    content_sha256: str | None
    wrong: tuple[str, ...]


@dataclass
class Inspection:
    """Goes through the commits from the oldest and remembers what a later one may lean on."""

    desk: Desk
    commits: list[tuple[str, Commit]] = field(default_factory=list)
    keys_seen: set[str] = field(default_factory=set)
    published: dict[tuple[str, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.entries_of = lru_cache(4096)(self._entries_of)
        self.folder = lru_cache(65536)(self._folder)
        self.sha256_of = lru_cache(65536)(self._sha256_of)

    def look_at(self, commit_id: str) -> Iterator[Finding]:
        """Check one commit against all before it."""
        previous = self.commits[-1] if self.commits else None
        commit = read_commit(self.desk.reader.data(commit_id, "commit"))
        self.commits.append((commit_id, commit))
        if commit.parents != ((previous[0],) if previous else ()):
            yield damage("not_linear", "Lịch sử công bố bị rẽ nhánh hoặc nối lại.", commit_id)
        try:
            act = parse_message(commit.message)
        except UnreadableAct as wrong:
            yield damage(wrong.code, str(wrong), commit_id)
            return
        yield from self._check_act(commit_id, commit, act)
        yield from self._check_files(commit_id, previous[1].tree if previous else None, commit, act)

    def _check_act(self, commit_id: str, commit: Commit, act: PublishedAct) -> Iterator[Finding]:
        if act.publish_key in self.keys_seen:
            yield damage("key_used_twice", "Một lần công bố được ghi hai lần (trùng Publish-Key).", commit_id)
        self.keys_seen.add(act.publish_key)
        if commit.at != act.at:
            yield damage("time_differs", "Thời điểm của bản ghi khác thời điểm công bố đã nêu.", commit_id)

    def _check_files(
        self, commit_id: str, before: str | None, commit: Commit, act: PublishedAct
    ) -> Iterator[Finding]:
        accounted = set()
        for document in act.documents:
            folder = self._folder_in(commit.tree, document.line.document_id)
            if folder and folder.content_sha256 == document.line.content_sha256:
                accounted.add(document_folder(document.line.document_id))
            yield from self._check_document(document, folder)
        changed = dict(changed_files(self.entries_of, before, commit.tree))
        own = f"issuances/{act.issuance_id}"
        accounted.add(own)
        for path, entry in changed.items():
            yield from self._check_path(commit_id, path, entry, accounted)
        if act.scan_sha256 and act.scan_sha256 not in self._hashes(changed, f"{own}/"):
            yield damage("scan_differs", "Bản quét khác với mã băm ghi trong lần công bố.", commit_id)
        if before and SIGNERS in changed:
            yield from self._check_signers(commit_id, before, commit.tree)

    def _check_document(self, document: DocumentAct, folder: Folder | None) -> Iterator[Finding]:
        line = document.line
        subject = f"{line.code or line.document_id} ({line.label})"
        known = self.published.get((line.document_id, line.sequence))
        if folder and folder.content_sha256 == line.content_sha256:
            for path in folder.wrong:
                yield damage("file_differs", f"Tệp «{path}» khác với MANIFEST của tài liệu.", subject)
            self.published[line.document_id, line.sequence] = line.content_sha256
            if known not in (None, line.content_sha256):
                yield damage("revision_changed", "Một lần ban hành có hai nội dung khác nhau.", subject)
        elif document.role in BRINGS_CONTENT:
            yield damage("manifest_differs", "MANIFEST khác với mã băm ghi trong quyết định.", subject)
        elif known != line.content_sha256:
            yield damage("refers_to_nothing", "Lần công bố nói đến một bản chưa từng được ban hành.", subject)

    def _check_path(
        self, commit_id: str, path: str, entry: Entry | None, accounted: set[str]
    ) -> Iterator[Finding]:
        is_known = path == SIGNERS or _owner(path) in accounted
        if not is_known or (entry is not None and not entry.is_plain_file):
            yield damage("unknown_file", f"Tệp «{path}» không do lần công bố nào đưa vào.", commit_id)

    def _check_signers(self, commit_id: str, before: str, after: str) -> Iterator[Finding]:
        old, new = (self._bytes(self.entries_of(tree).get(SIGNERS)) for tree in (before, after))
        if not new.startswith(old):
            yield damage(
                "signers_rewritten", "Danh sách khóa ký (allowed_signers) bị sửa hoặc bớt.", commit_id
            )
        elif old:
            sentence = "Có khóa ký mới từ lần công bố này; hãy đối chiếu với biên bản thay khóa."
            yield Finding(FindingLevel.INFO, "signer_added", sentence, commit_id)

    def _folder_in(self, root: str, document_id: str) -> Folder | None:
        tree = root
        for name in document_folder(document_id).split("/"):
            entry = self.entries_of(tree).get(name)
            if entry is None or not entry.is_folder:
                return None
            tree = entry.id
        return self.folder(tree)

    def _folder(self, tree: str) -> Folder:
        files = {path: entry for path, entry in changed_files(self.entries_of, None, tree) if entry}
        text = self._bytes(files.pop(MANIFEST_NAME, None))
        try:
            manifest = Manifest.parse(text.decode("utf-8", "replace"))
        except UnreadableAct:
            return Folder(None, ())
        listed = {file.path: file.sha256 for file in manifest.files}
        wrong = [
            path
            for path in sorted(listed.keys() | files.keys())
            if path not in files or self.sha256_of(files[path].id) != listed.get(path)
        ]
        return Folder(manifest.content_sha256, tuple(wrong))

    def _hashes(self, changed: Mapping[str, Entry | None], folder: str) -> set[str]:
        return {
            self.sha256_of(entry.id) for path, entry in changed.items() if entry and path.startswith(folder)
        }

    def _entries_of(self, tree: str) -> Mapping[str, Entry]:
        return read_tree(self.desk.reader.tree(tree))

    def _sha256_of(self, blob_id: str) -> str:
        return hashlib.sha256(self.desk.reader.data(blob_id, "blob")).hexdigest()

    def _bytes(self, entry: Entry | None) -> bytes:
        return self.desk.reader.data(entry.id, "blob") if entry else b""


def _owner(path: str) -> str:
    parts = path.split("/")
    return "/".join(parts[:3] if parts[0] == "documents" else parts[:2])


def check_signatures(desk: Desk, commits: Sequence[tuple[str, Commit]]) -> Iterator[Finding]:
    """Check every signature; an unsigned commit is a finding only where signing is on and had begun."""
    first = next((index for index, (_, commit) in enumerate(commits) if commit.signature), None)
    if first is None:
        return
    if not keys.can_sign():
        sentence = "Máy này không có ssh-keygen nên chưa kiểm tra được chữ ký của kho công bố."
        yield Finding(FindingLevel.WORK, "signatures_unchecked", sentence, MAIN)
        return
    signers = desk.reader.data(f"{MAIN}:{SIGNERS}", "blob").decode("utf-8", "replace")
    signed = [(id, commit) for id, commit in commits if commit.signature]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        held = pool.map(lambda each: keys.is_signed(each[1].signed, each[1].signature or "", signers), signed)
        for (commit_id, _), is_good in zip(signed, held, strict=True):
            if not is_good:
                yield damage("bad_signature", "Chữ ký của lần công bố không đúng.", commit_id)
    if desk.signer:
        for commit_id, _ in (each for each in commits[first:] if not each[1].signature):
            sentence = "Lần công bố này không được ký dù kho đã dùng chữ ký."
            yield Finding(FindingLevel.WORK, "unsigned", sentence, commit_id)

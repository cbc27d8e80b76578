"""The git half of the publishing protocol (``design.md`` §4): named steps under the writer lock.

Each step may be repeated: a blob that is there is left alone, the same act on the same parent gives the same
commit, and a commit that already bears the ``Publish-Key`` ends the run. Only the last step can be seen from
outside: it moves one reference by compare-and-swap. Death between any two steps leaves at most objects that
nothing refers to; the nightly maintenance sweeps them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from qms.errors import NotFound
from qms.model.enums import ItemRole
from qms.model.published import MANIFEST_NAME, Manifest, PublishedAct
from qms.stores.git.commits import add_signature, read_commit, write_commit
from qms.stores.git.errors import CannotWrite, GitFailed, NotTheDecidedContent, WrittenBesides
from qms.stores.git.keys import Signer
from qms.stores.git.loose import GitObject, sync_folders, write_objects
from qms.stores.git.reader import ObjectReader
from qms.stores.git.run import GitRunner
from qms.stores.git.shapes import (
    MAIN,
    NO_COMMIT,
    SIGNERS,
    checked_issuance_path,
    document_folder,
)
from qms.stores.git.trees import Entry, TreeBuilder, blob, nested

Files = Mapping[str, bytes]
BRINGS_CONTENT = frozenset({ItemRole.NEW, ItemRole.REPLACES})


@dataclass(frozen=True)
class Desk:
    """What the steps work with: the repository's tools, the signer (None: unsigned) and the agency's name."""

    path: Path
    runner: GitRunner
    reader: ObjectReader
    signer: Signer | None
    agency: str


def _nobody_moves(_command: bytes) -> None:
    raise GitFailed(command="update-ref", reason="chưa sẵn sàng")


@dataclass
class Publication:
    """One act on its way: what was handed in, and what the steps have found and made so far."""

    act: PublishedAct
    trees: Mapping[str, Files]
    extra: Files
    since: str | None
    lock: int
    head: str | None = None
    blobs: dict[bytes, GitObject] = field(default_factory=dict)
    made: list[GitObject] = field(default_factory=list)
    unsynced: set[Path] = field(default_factory=set)
    sign: Callable[[bytes], str] | None = None
    move: Callable[[bytes], None] = _nobody_moves
    tree: str = ""
    commit: str = ""
    is_published: bool = False


Step = Callable[[Desk, Publication], None]


def run_steps(desk: Desk, publication: Publication, after_step: Callable[[str], None]) -> str:
    """Run the steps that are left to do and return the commit that bears the act."""
    check_content(publication)
    with ExitStack() as helpers:
        # Both programs start while the blobs wait for the disk, and sleep until they are told what to do.
        if desk.signer is not None:
            publication.sign = helpers.enter_context(desk.signer.ready())
        mover = desk.runner.ready("update-ref", "--stdin", lock=publication.lock)
        publication.move = helpers.enter_context(mover)
        for name, step in STEPS:
            if not publication.is_published:
                step(desk, publication)
                after_step(name)
    return publication.commit


def check_content(publication: Publication) -> None:
    """Refuse files that are not those of the act: each folder against its hash, the scan against its own."""
    act, trees = publication.act, publication.trees
    lines = {document.line.document_id: document for document in act.documents}
    brought = {id for id, document in lines.items() if document.role in BRINGS_CONTENT}
    for document_id in brought | trees.keys():
        line = lines[document_id].line if document_id in lines else None
        files = trees.get(document_id, {})
        if line is None or not files or Manifest.of(files).content_sha256 != line.content_sha256:
            raise NotTheDecidedContent(what=f"tài liệu {line.code or document_id if line else document_id}")
    _check_scan(act, publication.extra)


def _check_scan(act: PublishedAct, extra: Files) -> None:
    scans = {hashlib.sha256(data).hexdigest() for data in extra.values()}
    folders = {checked_issuance_path(path).split("/")[1] for path in extra}
    if folders - {act.issuance_id} or (act.scan_sha256 and act.scan_sha256 not in scans):
        raise NotTheDecidedContent(what="bản quét")


def write_blobs(desk: Desk, publication: Publication) -> None:
    """Write every file as a blob, and the ``MANIFEST`` of each folder."""
    for data in _all_files(desk, publication):
        publication.blobs.setdefault(data, GitObject.of("blob", data))
    publication.unsynced |= write_objects(desk.path / "objects", publication.blobs.values())


def _all_files(desk: Desk, publication: Publication) -> Iterator[bytes]:
    for files in publication.trees.values():
        yield from files.values()
        yield _manifest_bytes(files)
    yield from publication.extra.values()
    yield from _signers_file(desk).values()


def _manifest_bytes(files: Files) -> bytes:
    return Manifest.of(files).text().encode()


def _signers_file(desk: Desk) -> Files:
    """Return ``allowed_signers`` with our key added to those that ``main`` names; nothing when unsigned."""
    if desk.signer is None:
        return {}
    ours = desk.signer.line.encode()
    try:
        known = desk.reader.data(f"{MAIN}:{SIGNERS}", "blob")
    except NotFound:
        known = b""
    return {SIGNERS: known if ours in known else known + ours}


def read_back(desk: Desk, publication: Publication) -> None:
    """Read every blob back through git and compare it with what was handed in."""
    for data, each in publication.blobs.items():
        if desk.reader.data(each.id, "blob") != data:
            raise CannotWrite(reason="đọc lại thấy khác nội dung đã ghi")


def find_key(desk: Desk, publication: Publication) -> None:
    """Look for a commit after ``since`` that bears the ``Publish-Key``: then the act is published already."""
    publication.head = head_of(desk.reader)
    for commit_id, data in commits_back(desk.reader, publication.head, publication.since):
        if f"\nPublish-Key: {publication.act.publish_key}\n".encode() in data:
            publication.commit, publication.is_published = commit_id, True
            # Whoever made it may have died before the name was durable.
            sync_folders([desk.path / "refs" / "heads"])
            return


def head_of(reader: ObjectReader) -> str | None:
    """Return the commit that ``main`` names, None before the first act."""
    try:
        return reader.get(MAIN).id
    except NotFound:
        return None


def commits_back(reader: ObjectReader, head: str | None, since: str | None) -> Iterator[tuple[str, bytes]]:
    """Yield ids and bytes of commits from ``head`` back to, but not with, ``since``."""
    commit_id = head
    while commit_id and commit_id != since:
        data = reader.data(commit_id, "commit")
        yield commit_id, data
        commit_id = next(iter(read_commit(data).parents), None)


def build_trees(desk: Desk, publication: Publication) -> None:
    """Put the act's folders on top of the trees of ``main``; everything untouched keeps its tree."""
    _demand_known_documents(desk, publication)
    builder = TreeBuilder(desk.reader.tree)
    flat: dict[str, Entry] = {}
    for document_id, files in publication.trees.items():
        whole = {**files, MANIFEST_NAME: _manifest_bytes(files)}
        entries = {path: blob(publication.blobs[data].id) for path, data in whole.items()}
        flat[document_folder(document_id)] = builder.folder(entries)
    for path, data in {**publication.extra, **_signers_file(desk)}.items():
        flat[path] = blob(publication.blobs[data].id)
    base = desk.reader.get(f"{publication.head}^{{tree}}").id if publication.head else None
    publication.tree = builder.graft(base, nested(flat)).id
    publication.made = builder.made


def _demand_known_documents(desk: Desk, publication: Publication) -> None:
    """Refuse an act that ends or renames a document of which nothing was ever published."""
    for document in publication.act.documents:
        if document.line.document_id not in publication.trees:
            folder = document_folder(document.line.document_id)
            desk.reader.data(f"{publication.head or NO_COMMIT}:{folder}", "tree")


def write_commit_object(desk: Desk, publication: Publication) -> None:
    """Write the new trees, and the commit with the act's own time and our signature; now all of it is durable."""
    act = publication.act
    who = (act.recorded_by.name, act.agency or desk.agency)
    text = write_commit(publication.tree, publication.head, who, act.at, act.message())
    if publication.sign is not None:
        text = add_signature(text, publication.sign(text))
    commit = GitObject.of("commit", text)
    publication.unsynced |= write_objects(desk.path / "objects", [*publication.made, commit])
    sync_folders(publication.unsynced)
    publication.commit = commit.id


def move_reference(desk: Desk, publication: Publication) -> None:
    """Move ``main`` from the commit that was built on to the new one or refuse; make the name durable."""
    old = publication.head or NO_COMMIT
    try:
        publication.move(f"update {MAIN} {publication.commit} {old}\n".encode())
    except GitFailed:
        if head_of(desk.reader) != publication.head:
            raise WrittenBesides from None
        raise
    sync_folders([desk.path / "refs" / "heads"])


STEPS: tuple[tuple[str, Step], ...] = (
    ("write_blobs", write_blobs),
    ("read_back", read_back),
    ("find_key", find_key),
    ("build_trees", build_trees),
    ("write_commit", write_commit_object),
    ("move_reference", move_reference),
)

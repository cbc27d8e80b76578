"""Writing Git objects in process, so that they are on the disk, whole, under their own hash.

Order: each file is written under a temporary name, fsynced and renamed (``write_objects``); the folders that got
new names are fsynced before anything durable refers to them (``sync_folders``). Several files wait for the disk
together, so that they share a journal commit: waiting for the disk is what publishing costs.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from qms.stores.git.errors import CannotWrite

_TOGETHER = 16
# Word files are compressed already, and the nightly repacking compresses the rest: here time counts, not room.
_STORED = 0


@dataclass(frozen=True)
class GitObject:
    """A blob, tree or commit not yet stored, with the id it will have."""

    kind: str
    data: bytes
    id: str

    @classmethod
    def of(cls, kind: str, data: bytes) -> GitObject:
        """Return the object over these bytes."""
        return cls(kind, data, hashlib.sha1(_header(kind, data) + data, usedforsecurity=False).hexdigest())


def _header(kind: str, data: bytes) -> bytes:
    return b"%s %d\0" % (kind.encode(), len(data))


def write_objects(objects_folder: Path, objects: Iterable[GitObject]) -> set[Path]:
    """Store objects as loose files, leaving alone what is there and whole; raises ``CannotWrite``.

    Returns the folders whose names are not durable until ``sync_folders`` has had them.
    """
    wanted = {each.id: each for each in objects}
    folders = {objects_folder / name[:2] for name in wanted}
    with _clear_fault(), ThreadPoolExecutor(_TOGETHER) as pool:
        made = {folder.parent for folder in folders if _made(folder)}
        list(pool.map(lambda each: _write(objects_folder, each), wanted.values()))
    return folders | made


def sync_folders(folders: Iterable[Path]) -> None:
    """Make the names in these folders durable; raises ``CannotWrite``."""
    with _clear_fault(), ThreadPoolExecutor(_TOGETHER) as pool:
        list(pool.map(_sync_folder, folders))


@contextmanager
def _clear_fault() -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        raise CannotWrite(reason=failure.strerror or type(failure).__name__) from failure


def _made(folder: Path) -> bool:
    try:
        folder.mkdir()
    except FileExistsError:
        return False
    return True


def _write(objects_folder: Path, each: GitObject) -> None:
    target = objects_folder / each.id[:2] / each.id[2:]
    if not _is_whole(target, each):
        write_durably(target, zlib.compress(_header(each.kind, each.data) + each.data, _STORED))


def _is_whole(target: Path, each: GitObject) -> bool:
    try:
        return zlib.decompress(target.read_bytes()) == _header(each.kind, each.data) + each.data
    except (FileNotFoundError, zlib.error):
        return False


def write_durably(target: Path, data: bytes, mode: int = 0o444) -> None:
    """Put a file in place whole or not at all; the caller fsyncs the folder."""
    # The name is one that ``git prune`` knows and sweeps, should we die here.
    temporary = target.parent / f"tmp_obj_{secrets.token_hex(6)}"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        temporary.rename(target)
    except OSError:
        with suppress(FileNotFoundError):
            temporary.unlink()
        raise


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""Writing Git objects in process, so that a returned call means: on the disk, whole, under their own hash.

Order of a batch: every file is written under a temporary name and fsynced, then renamed, then every folder
that changed is fsynced once. Several files wait for the disk together, so that they share a journal commit.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import zlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qms.stores.git.errors import CannotWrite

_TOGETHER = 8
_LEVEL = 1


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


def write_objects(objects_folder: Path, objects: Iterable[GitObject]) -> None:
    """Store objects durably as loose files; what is there and whole is left alone; raises ``CannotWrite``."""
    wanted = {each.id: each for each in objects}
    folders = sorted({objects_folder / name[:2] for name in wanted})
    try:
        with ThreadPoolExecutor(_TOGETHER) as pool:
            if [folder for folder in folders if _made(folder)]:
                sync_folder(objects_folder)
            list(pool.map(lambda each: _write(objects_folder, each), wanted.values()))
            list(pool.map(sync_folder, folders))
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
        write_durably(target, zlib.compress(_header(each.kind, each.data) + each.data, _LEVEL))


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


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

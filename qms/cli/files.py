"""The files of an import: what lies in folders and archives, each under the path by which it was given.

Folders are read in sorted order, archives member by member without unpacking anything to disk.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from qms.errors import Refused, WrongUse
from qms.usecases.archives import FILE_LIMIT, members, passed_over, refusal
from qms.usecases.candidates import Source


class NothingToImport(WrongUse):
    """Paths under which no file lies."""

    code = "nothing_to_import"
    sentence = "Không có tệp nào trong «{paths}»; hãy kiểm tra lại đường dẫn."


class Unreadable(Refused):
    """A file that the system does not let us read."""

    code = "unreadable"
    sentence = "Không đọc được tệp ({reason}); hãy kiểm tra quyền đọc rồi nhập lại."


def gather(paths: Sequence[str]) -> list[Source]:
    """Return the sources under paths, in the order given; raises ``NothingToImport``."""
    found = [source for path in paths for source in _under(path)]
    if not found:
        raise NothingToImport(paths="», «".join(paths))
    return found


def _under(path: str) -> Iterator[Source]:
    if not Path(path).is_dir():
        yield from _file(path)
        return
    try:
        inside = sorted(Path(path).iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield Source(path, refusal(Unreadable(reason=error.strerror)))
        return
    for entry in inside:
        if not passed_over(entry.name) and not (entry.is_symlink() and entry.is_dir()):
            yield from _under(f"{path.rstrip('/')}/{entry.name}")


def _file(path: str) -> Iterator[Source]:
    if path.lower().endswith(".zip") and Path(path).is_file():
        yield from members(path, partial(zipfile.ZipFile, path))
    else:
        yield Source(path, partial(_read, path))


def _read(path: str) -> bytes:
    if not Path(path).is_file():
        raise Unreadable(reason="không phải tệp thường")
    try:
        with Path(path).open("rb") as file:
            return file.read(FILE_LIMIT + 1)
    except OSError as error:
        raise Unreadable(reason=error.strerror) from None

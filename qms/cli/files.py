"""The files of an import: what lies in folders and archives, each under the path by which it was given.

Folders are read in sorted order, archives member by member without unpacking anything to disk. What the system
leaves lying about is passed over (names that begin with ``.`` or ``~$``, ``__MACOSX``, ``Thumbs.db``,
``desktop.ini``); every other file becomes a source, whatever it is, so that its refusal can be told.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO

from qms.errors import Refused, WrongUse
from qms.usecases.candidates import Source

FILE_LIMIT = 20 * 1024 * 1024
ARCHIVE_FILES = 2000
ARCHIVE_BYTES = 500 * 1024 * 1024
LEFT_BY_SYSTEM = {"thumbs.db", "desktop.ini", "__macosx"}


class NothingToImport(WrongUse):
    """Paths under which no file lies."""

    code = "nothing_to_import"
    sentence = "Không có tệp nào trong «{paths}»; hãy kiểm tra lại đường dẫn."


class Unreadable(Refused):
    """A file that the system does not let us read."""

    code = "unreadable"
    sentence = "Không đọc được tệp ({reason}); hãy kiểm tra quyền đọc rồi nhập lại."


class BadArchive(Refused):
    """An archive that cannot be read, as a whole or one member of it."""

    code = "bad_archive"
    sentence = "Không mở được tệp nén ({reason}); hãy giải nén ra thư mục rồi nhập thư mục đó."


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
        yield Source(path, _refusal(Unreadable(reason=error.strerror)))
        return
    for entry in inside:
        if not _passed_over(entry.name) and not (entry.is_symlink() and entry.is_dir()):
            yield from _under(f"{path.rstrip('/')}/{entry.name}")


def _file(path: str) -> Iterator[Source]:
    if path.lower().endswith(".zip") and Path(path).is_file():
        yield from _members(path)
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


def _members(path: str) -> Iterator[Source]:
    """The members of an archive in its own order; one that is no archive of files is a single, refused source."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir() and not _left_by_system(m)]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield Source(path, _refusal(BadArchive(reason=f"tệp hỏng: {error}")))
        return
    reason = _beyond_bounds(members)
    if reason:
        yield Source(path, _refusal(BadArchive(reason=reason)))
        return
    for member in sorted(members, key=_name):
        yield Source(f"{path}/{_name(member)}", partial(_read_member, path, member))


def _beyond_bounds(members: Sequence[zipfile.ZipInfo]) -> str:
    if not members:
        return "không có tệp nào bên trong"
    if len(members) > ARCHIVE_FILES:
        return f"quá {ARCHIVE_FILES} tệp"
    if sum(member.file_size for member in members) > ARCHIVE_BYTES:
        return f"bên trong quá {ARCHIVE_BYTES // (1024 * 1024)} MB"
    return ""


def _read_member(path: str, member: zipfile.ZipInfo) -> bytes:
    if member.flag_bits & 0x1:
        raise BadArchive(reason="có mật khẩu")
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as file:
            return _bounded(file)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise BadArchive(reason=f"tệp hỏng: {error}") from None


def _bounded(file: IO[bytes]) -> bytes:
    """Read one byte more than a file may have at most, whatever the archive says of its size: the reader refuses it."""
    return file.read(FILE_LIMIT + 1)


def _name(member: zipfile.ZipInfo) -> str:
    """Return the name as it was meant: many tools write UTF-8 without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


def _left_by_system(member: zipfile.ZipInfo) -> bool:
    return any(_passed_over(part) for part in _name(member).split("/") if part not in ("", ".", ".."))


def _passed_over(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in LEFT_BY_SYSTEM


def _refusal(error: Refused) -> Callable[[], bytes]:
    def refuse() -> bytes:
        raise error

    return refuse

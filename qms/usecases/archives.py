"""Archives handed in: the files of a zip, member by member, nothing unpacked to disk. No acts here.

What the system leaves lying about is passed over (names that begin with ``.`` or ``~$``, ``__MACOSX``,
``Thumbs.db``, ``desktop.ini``); every other file becomes a source, whatever it is, so that its refusal can be told.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache, partial
from typing import IO

from qms.errors import Refused, WrongUse
from qms.usecases.candidates import Source

FILE_LIMIT = 20 * 1024 * 1024
ARCHIVE_FILES = 2000
ARCHIVE_BYTES = 500 * 1024 * 1024
DIRECTORY_ENTRIES = 50_000
"""Entries of zips, this one's and those within, that a file in memory may hold before it is opened at all."""
LEFT_BY_SYSTEM = {"thumbs.db", "desktop.ini", "__macosx"}
_DIRECTORY_ENTRY = b"PK\x01\x02"
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)

Opened = Callable[[], AbstractContextManager[zipfile.ZipFile]]


class BadArchive(Refused):
    """An archive that cannot be read, as a whole or one member of it."""

    code = "bad_archive"
    sentence = "Không mở được tệp nén ({reason}); hãy giải nén ra thư mục rồi nhập thư mục đó."


def members(name: str, opened: Opened) -> Iterator[Source]:
    """Yield the members of a zip by name; one that is no archive of files is a single, refused source."""
    try:
        with opened() as archive:
            inside = [m for m in archive.infolist() if not m.is_dir() and not _left_by_system(m)]
    except _UNREADABLE as error:
        yield Source(name, refusal(BadArchive(reason=f"tệp hỏng: {error}")))
        return
    reason = _beyond_bounds(inside)
    if reason:
        yield Source(name, refusal(BadArchive(reason=reason)))
        return
    for member in sorted(inside, key=_name):
        yield Source(f"{name}/{_name(member)}", partial(_read_member, opened, member))


def in_memory(data: bytes) -> Opened:
    """Return how to open an uploaded zip: its directory is read once, and not at all if it holds too many entries."""

    @cache
    def archive() -> zipfile.ZipFile:
        if data.count(_DIRECTORY_ENTRY) > DIRECTORY_ENTRIES:
            raise zipfile.BadZipFile("quá nhiều mục bên trong")
        return zipfile.ZipFile(io.BytesIO(data))

    return lambda: nullcontext(archive())


def passed_over(name: str) -> bool:
    """Tell whether a file or folder is what the system leaves lying about."""
    return name.startswith((".", "~$")) or name.lower() in LEFT_BY_SYSTEM


def refusal(error: Refused | WrongUse) -> Callable[[], bytes]:
    """Return the bytes of a source that has none: asking for them raises the reason."""

    def refuse() -> bytes:
        raise error

    return refuse


def _beyond_bounds(inside: Sequence[zipfile.ZipInfo]) -> str:
    if not inside:
        return "không có tệp nào bên trong"
    if len(inside) > ARCHIVE_FILES:
        return f"quá {ARCHIVE_FILES} tệp"
    if sum(member.file_size for member in inside) > ARCHIVE_BYTES:
        return f"bên trong quá {ARCHIVE_BYTES // (1024 * 1024)} MB"
    return ""


def _read_member(opened: Opened, member: zipfile.ZipInfo) -> bytes:
    if member.flag_bits & 0x1:
        raise BadArchive(reason="có mật khẩu")
    try:
        with opened() as archive, archive.open(member) as file:
            return _bounded(file)
    except _UNREADABLE as error:
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
    return any(passed_over(part) for part in _name(member).split("/") if part not in ("", ".", ".."))


def unpacked(
    name: str, data: bytes, unpack: Callable[[bytes], Sequence[tuple[str, bytes]]]
) -> Iterator[Source]:
    """Yield the files of an archive that another program unpacks; what it refuses is one refused source."""
    try:
        inside = unpack(data)
    except (Refused, WrongUse) as error:
        yield Source(name, refusal(error))
        return
    for member, content in sorted(inside):
        if not any(passed_over(part) for part in member.split("/")):
            yield Source(f"{name}/{member}", partial(bytes, content))

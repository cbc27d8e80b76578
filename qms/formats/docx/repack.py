"""Changes parts of a package and copies all others as they lie: their bytes, order, compression and dates.

The layout of the archive is that of PKWARE's APPNOTE 6.3, sections 4.3.7 (local header), 4.3.12 (central
directory) and 4.3.16 (end); offsets below are in bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from qms.formats.refusals import Damaged

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LOCAL_SIZE, _CENTRAL_SIZE, _END_SIZE = 30, 46, 22
_LONGEST_COMMENT = 0xFFFF
_IN_ZIP64 = 0xFFFFFFFF
_DEFLATED = 8
_DAY_ONE = 0x0021
"""1 January 1980, the first day that an archive can write."""
_SIZES_BEHIND = 1 << 3
"""Flag of an entry whose sizes stand behind its data, as streaming writers leave them."""


@dataclass(frozen=True)
class _Entry:
    """One line of the central directory, which is patched in place, and where its record began before."""

    line: bytearray
    start: int

    @property
    def name(self) -> str:
        (length,) = struct.unpack_from("<H", self.line, 28)
        return self.line[_CENTRAL_SIZE : _CENTRAL_SIZE + length].decode("utf-8", "replace")


def replace_part(data: bytes, part: str, new: bytes) -> bytes:
    """Return the package with one part changed; raises ``Damaged`` for an archive that is laid out unusually."""
    return with_parts(data, {part: new})


def with_parts(data: bytes, changed: Mapping[str, bytes], added: Mapping[str, bytes] | None = None) -> bytes:
    """Return the package with parts changed and others added behind the last; raises ``Damaged``."""
    entries, directory, end = _directory(data)
    news = {name.lower(): new for name, new in changed.items()}
    in_place = sorted(entries, key=lambda entry: entry.start)
    stops = [*(entry.start for entry in in_place[1:]), directory]
    out = bytearray(data[: in_place[0].start])
    for entry, stop in zip(in_place, stops, strict=True):
        if data[entry.start : entry.start + 4] != _LOCAL:
            raise Damaged(what="mục lục gói tệp sai")
        struct.pack_into("<L", entry.line, 42, len(out))
        new = news.get(entry.name.lstrip("/").lower())
        out += data[entry.start : stop] if new is None else _rewritten(data, entry, new)
    lines = [bytes(entry.line) for entry in entries]
    for name, new in (added or {}).items():
        record, line = _added(name.encode(), new, len(out))
        out += record
        lines.append(line)
    closing = bytearray(data[end:])
    listed = b"".join(lines)
    struct.pack_into("<HHLL", closing, 8, len(lines), len(lines), len(listed), len(out))
    return bytes(out) + listed + bytes(closing)


def _added(name: bytes, new: bytes, start: int) -> tuple[bytes, bytes]:
    """Return the local record of a new part and its line of the directory; part names are ASCII."""
    packed = _deflated(new)
    head = struct.pack(
        "<HHHHHLLLHH", 20, 0, _DEFLATED, 0, _DAY_ONE, zlib.crc32(new), len(packed), len(new), len(name), 0
    )
    line = _CENTRAL + struct.pack("<H", 20) + head + struct.pack("<HHHLL", 0, 0, 0, 0, start) + name
    return _LOCAL + head + name + packed, line


def _deflated(new: bytes) -> bytes:
    deflate = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress(new) + deflate.flush()


def _directory(data: bytes) -> tuple[list[_Entry], int, int]:
    """Return the entries in the directory's order, where it begins, and where the end record does."""
    end = _end_record(data)
    count, size, directory = struct.unpack_from("<HLL", data, end + 10)
    entries: list[_Entry] = []
    at = directory
    for _ in range(count):
        if data[at : at + 4] != _CENTRAL or at + _CENTRAL_SIZE > end:
            raise Damaged(what="mục lục gói tệp sai")
        length = _CENTRAL_SIZE + sum(struct.unpack_from("<HHH", data, at + 28))
        packed, unpacked, start = struct.unpack_from("<LL14xL", data, at + 20)
        if _IN_ZIP64 in (packed, unpacked, start) or start >= directory:
            raise Damaged(what="gói tệp không theo dạng thường")
        entries.append(_Entry(bytearray(data[at : at + length]), start))
        at += length
    if not entries or at != directory + size or at != end or len({e.start for e in entries}) != len(entries):
        raise Damaged(what="mục lục gói tệp sai")
    return entries, directory, end


def _end_record(data: bytes) -> int:
    """Return where the end record begins; its comment must reach to the end of the file."""
    at = data.rfind(_END, max(0, len(data) - _END_SIZE - _LONGEST_COMMENT))
    comment = int.from_bytes(data[at + _END_SIZE - 2 : at + _END_SIZE], "little")
    if at < 0 or at + _END_SIZE + comment != len(data):
        raise Damaged(what="không có mục lục gói tệp")
    return at


def _rewritten(data: bytes, entry: _Entry, new: bytes) -> bytes:
    """Return the local record of the changed part; its line of the directory is brought up to date."""
    flags, method = struct.unpack_from("<HH", entry.line, 8)
    packed = new
    if method == _DEFLATED:
        packed = _deflated(new)
    flags &= ~_SIZES_BEHIND
    sizes = (zlib.crc32(new), len(packed), len(new))
    struct.pack_into("<H", entry.line, 8, flags)
    struct.pack_into("<LLL", entry.line, 16, *sizes)
    head = bytearray(data[entry.start : entry.start + _LOCAL_SIZE])
    (name_length,) = struct.unpack_from("<H", head, 26)
    struct.pack_into("<H", head, 6, flags)
    # its extra field may hold sizes of 64 bits, which would now be wrong
    struct.pack_into("<LLLHH", head, 14, *sizes, name_length, 0)
    name = data[entry.start + _LOCAL_SIZE : entry.start + _LOCAL_SIZE + name_length]
    return bytes(head) + name + packed

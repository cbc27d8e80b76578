"""Changes one part of a package and copies all others as they lie: their bytes, order, compression and dates.

The layout of the archive is that of PKWARE's APPNOTE 6.3, sections 4.3.7 (local header), 4.3.12 (central
directory) and 4.3.16 (end); offsets below are in bytes.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from qms.formats.refusals import Damaged

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LOCAL_SIZE, _CENTRAL_SIZE, _END_SIZE = 30, 46, 22
_LONGEST_COMMENT = 0xFFFF
_IN_ZIP64 = 0xFFFFFFFF
_DEFLATED = 8
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
    entries, directory, end = _directory(data)
    in_place = sorted(entries, key=lambda entry: entry.start)
    stops = [*(entry.start for entry in in_place[1:]), directory]
    out = bytearray(data[: in_place[0].start])
    for entry, stop in zip(in_place, stops, strict=True):
        if data[entry.start : entry.start + 4] != _LOCAL:
            raise Damaged(what="mục lục gói tệp sai")
        struct.pack_into("<L", entry.line, 42, len(out))
        is_part = entry.name.lstrip("/").lower() == part.lower()
        out += _rewritten(data, entry, new) if is_part else data[entry.start : stop]
    closing = bytearray(data[end:])
    lines = b"".join(bytes(entry.line) for entry in entries)
    struct.pack_into("<LL", closing, 12, len(lines), len(out))
    return bytes(out) + lines + bytes(closing)


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
        deflate = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = deflate.compress(new) + deflate.flush()
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

"""The line-by-line grammar of a commit message: texts that cannot break a line, fields, instants, trailers.

A trailer is ``Key: value`` in the last paragraph, as ``git interpret-trailers`` reads it. Everything typed by
a person passes ``one_line`` first, so it can neither begin a line nor end a paragraph.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime

from qms.errors import Fault
from qms.model.ids import clean

_TRAILER = re.compile(r"([A-Z][A-Za-z0-9-]*):(?: (.*))?", re.DOTALL)
_FIELD = re.compile(r"(?:[^\\;]|\\.)*", re.DOTALL)
_INSTANT = "%Y-%m-%dT%H:%M:%SZ"


class UnreadableAct(Fault):
    """A published act, or a value meant for one, that breaks the rules of its form."""

    code = "unreadable_act"
    sentence = (
        "Bản ghi công bố không đúng khuôn dạng ({reason}); hãy chạy «qms verify» và báo người quản trị."
    )


def one_line(text: str) -> str:
    """Return ``text`` as one NFC line: hidden marks dropped, breaks and controls made blanks."""
    return clean("".join(_seen(char) for char in text))


def _seen(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cf":
        return ""
    return " " if category in ("Cc", "Cs", "Zl", "Zp") else char


def join_fields(fields: Iterable[str]) -> str:
    """Return one-line fields joined by ``; ``; empty ones at the end are left out."""
    escaped = [field.replace("\\", "\\\\").replace(";", "\\;") for field in fields]
    while escaped and not escaped[-1]:
        escaped.pop()
    return "; ".join(escaped)


def split_fields(text: str) -> list[str]:
    """Return the fields that ``join_fields`` put together."""
    fields, position = [], 0
    while True:
        match = _FIELD.match(text, position)
        if match is None or text[match.end() : match.end() + 1] not in ("", ";"):
            raise UnreadableAct(reason=f"dòng «{text}»")
        fields.append(re.sub(r"\\(.)", r"\1", match.group().strip(" ")))
        if match.end() == len(text):
            return fields
        position = match.end() + 1


def whole_second(at: datetime) -> datetime:
    """Return the instant in UTC without fractions; a time without a zone is refused."""
    if at.tzinfo is None:
        raise UnreadableAct(reason="thời điểm thiếu múi giờ")
    return at.astimezone(UTC).replace(microsecond=0)


def write_instant(at: datetime) -> str:
    """Return an instant as ``2026-12-01T08:00:00Z``."""
    return at.isoformat().replace("+00:00", "Z")


def read_instant(text: str) -> datetime:
    """Read what ``write_instant`` wrote; raises ``UnreadableAct``."""
    try:
        return datetime.strptime(text, _INSTANT).replace(tzinfo=UTC)
    except ValueError:
        raise UnreadableAct(reason=f"thời điểm «{text}»") from None


def read_date(text: str) -> date:
    """Read ``2026-12-01``; raises ``UnreadableAct``."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) is None:
        raise UnreadableAct(reason=f"ngày «{text}»")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnreadableAct(reason=f"ngày «{text}»") from None


def write_trailers(trailers: Iterable[tuple[str, str]]) -> str:
    """Return the last paragraph of a message."""
    return "".join(f"{key}: {value}".rstrip(" ") + "\n" for key, value in trailers)


def read_trailers(message: str) -> list[tuple[str, str]]:
    """Return keys and values of the last paragraph; raises ``UnreadableAct`` if any line is no trailer."""
    paragraph = message.rstrip("\n").rpartition("\n\n")[2]
    return [_read_trailer(line) for line in paragraph.split("\n")]


def _read_trailer(line: str) -> tuple[str, str]:
    if match := _TRAILER.fullmatch(line):
        return match[1], match[2] or ""
    raise UnreadableAct(reason=f"dòng «{line}»")

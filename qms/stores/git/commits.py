"""Commit objects as pure functions: the frozen text that is signed, and what is read back from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from qms.model.trailers import one_line
from qms.stores.git.errors import StoreUnreadable

_SIGNATURE = re.compile(rb"^gpgsig (.*(?:\n .*)*)\n", re.MULTILINE)


@dataclass(frozen=True)
class Commit:
    """A commit as read: tree, parents, time, message; ``signed`` is the text that the signature covers."""

    tree: str
    parents: tuple[str, ...]
    at: datetime
    message: str
    signature: str | None
    signed: bytes


def write_commit(tree: str, parent: str | None, who: tuple[str, str], at: datetime, message: str) -> bytes:
    """Return an unsigned commit; ``who`` is author and committer by name (Git keeps no e-mail of anybody)."""
    author, committer = (f"{_identity(name)} <> {int(at.timestamp())} +0000" for name in who)
    parents = f"parent {parent}\n" if parent else ""
    return f"tree {tree}\n{parents}author {author}\ncommitter {committer}\n\n{message}".encode()


def _identity(name: str) -> str:
    return one_line(re.sub(r"[<>]", " ", name)).strip(" .,:;'\"\\") or "qms"


def add_signature(commit: bytes, armored: str) -> bytes:
    """Return the commit with an SSH signature in its header."""
    header, _, message = commit.partition(b"\n\n")
    folded = armored.strip().replace("\n", "\n ")
    return header + b"\ngpgsig " + folded.encode() + b"\n\n" + message


def read_commit(data: bytes) -> Commit:
    """Read a commit object; raises ``StoreUnreadable``."""
    header, _, message = data.partition(b"\n\n")
    signature = _SIGNATURE.search(header + b"\n")
    plain = _SIGNATURE.sub(b"", header + b"\n")
    lines = [line.partition(" ")[::2] for line in plain.decode("utf-8", "replace").split("\n")]
    values = dict(lines)
    try:
        seconds = int(values["committer"].rsplit(" ", 2)[1])
        text = message.decode()
    except (KeyError, IndexError, ValueError) as wrong:
        raise StoreUnreadable(reason="bản ghi công bố hỏng") from wrong
    return Commit(
        tree=values["tree"],
        parents=tuple(value for key, value in lines if key == "parent"),
        at=datetime.fromtimestamp(seconds, UTC),
        message=text,
        signature=signature[1].replace(b"\n ", b"\n").decode("ascii", "replace") if signature else None,
        signed=plain + b"\n" + message,
    )

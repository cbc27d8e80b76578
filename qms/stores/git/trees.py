"""Tree objects as pure functions: read, write, and put new entries on top of an existing tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from qms.stores.git.errors import StoreUnreadable
from qms.stores.git.loose import GitObject

_BLOB_MODE = "100644"
_TREE_MODE = "40000"
_LINE = re.compile(rb"([0-7]{5,6}) ([^\0]+)\0(.{20})", re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """One line of a tree: its mode and the object it names."""

    mode: str
    id: str

    @property
    def is_folder(self) -> bool:
        """Whether the entry is a tree."""
        return self.mode == _TREE_MODE

    @property
    def is_plain_file(self) -> bool:
        """Whether the entry is an ordinary blob: no link, no executable, no submodule."""
        return self.mode == _BLOB_MODE


Changes = Mapping[str, "Entry | Changes"]


def blob(id: str) -> Entry:
    """Return the entry of an ordinary file."""
    return Entry(_BLOB_MODE, id)


def read_tree(data: bytes) -> dict[str, Entry]:
    """Return the entries of a tree object by name."""
    lines = _LINE.findall(data)
    if sum(len(mode) + len(name) + 22 for mode, name, _ in lines) != len(data):
        raise StoreUnreadable(reason="cây thư mục hỏng")
    return {name.decode("utf-8", "replace"): Entry(mode.decode(), id.hex()) for mode, name, id in lines}


def write_tree(entries: Mapping[str, Entry]) -> bytes:
    """Return the tree object over these entries, in Git's order (a folder sorts as if it ended with /)."""
    in_order = sorted(entries.items(), key=lambda item: item[0] + "/" * item[1].is_folder)
    return b"".join(f"{entry.mode} {name}\0".encode() + bytes.fromhex(entry.id) for name, entry in in_order)


@dataclass
class TreeBuilder:
    """Builds trees and keeps those that have to be stored; ``read`` returns a stored tree's bytes by id."""

    read: Callable[[str], bytes]
    made: list[GitObject] = field(default_factory=list)

    def graft(self, base: str | None, changes: Changes) -> Entry:
        """Return ``base`` with the changes put on top; only touched folders are read and written again."""
        entries = read_tree(self.read(base)) if base else {}
        for name, change in changes.items():
            below = entries.get(name)
            folder = below.id if below and below.is_folder else None
            entries[name] = change if isinstance(change, Entry) else self.graft(folder, change)
        made = GitObject.of("tree", write_tree(entries))
        self.made.append(made)
        return Entry(_TREE_MODE, made.id)

    def folder(self, files: Mapping[str, Entry]) -> Entry:
        """Return a folder that holds exactly these files (paths with slashes) and nothing else."""
        return self.graft(None, nested(files))


def nested(files: Mapping[str, Entry]) -> Changes:
    """Return flat paths as folders within folders."""
    top: dict[str, Entry | Changes] = {}
    for path, entry in files.items():
        level = top
        *folders, name = path.split("/")
        for each in folders:
            level = level.setdefault(each, {})  # type: ignore[assignment]
        level[name] = entry
    return top


EntriesOf = Callable[[str], Mapping[str, Entry]]


def changed_files(
    entries_of: EntriesOf, before: str | None, after: str, path: str = ""
) -> Iterator[tuple[str, Entry | None]]:
    """Yield path and new entry (None: gone) of every file that differs between two trees."""
    old = entries_of(before) if before else {}
    new = entries_of(after)
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name), new.get(name)
        if was == now:
            continue
        if now and now.is_folder:
            below = was.id if was and was.is_folder else None
            yield from changed_files(entries_of, below, now.id, f"{path}{name}/")
        else:
            yield f"{path}{name}", now

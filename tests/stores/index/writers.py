"""Programs that the tests start beside themselves: writers of the same index.

``python -m tests.stores.index.writers FOLDER add PREFIX COUNT`` adds entries one by one;
``... FOLDER hold`` stops in the middle of a batch, lock in hand, says ``holding`` and waits to be killed.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qms.model.enums import DocumentType
from qms.model.search import IndexEntry
from qms.stores.index import open_index
from tests.stores.index.entries import an_entry

ROOT = Path(__file__).parents[3]


class Halting(IndexEntry):
    """An entry that is never read to its end."""

    @property
    def units(self) -> tuple[str, ...]:  # type: ignore[override]
        sys.stdout.write("holding\n")
        sys.stdout.flush()
        sys.stdin.read()
        raise SystemExit


def main(folder: str, act: str, prefix: str = "", count: str = "0") -> None:
    index = open_index(Path(folder))
    if act == "hold":
        halting = Halting.__new__(Halting)
        for name, value in vars(an_entry("halting0", type=DocumentType.FORM)).items():
            if name != "units":
                object.__setattr__(halting, name, value)
        index.add([an_entry("before00"), halting])
    for number in range(int(count)):
        index.add([an_entry(f"{prefix}{number:07d}", body=f"Văn bản số {number}")])


def start(folder: Path, *words: str) -> subprocess.Popen[str]:
    """Start a writer."""
    command = [sys.executable, "-m", "tests.stores.index.writers", str(folder), *words]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@contextmanager
def a_held_lock(folder: Path) -> Iterator[None]:
    """Run while another process stands in the middle of a batch; it is killed at the end."""
    with start(folder, "hold") as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "holding\n"
        try:
            yield
        finally:
            writer.kill()


if __name__ == "__main__":
    main(*sys.argv[1:])

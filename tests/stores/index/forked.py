"""A process of one thread that forks: run as ``python -m tests.stores.index.forked FOLDER``, it says what it saw.

A fork of a test worker would inherit whatever locks its other threads hold (a served site, a browser) and could wait
for them for ever.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from qms.stores.index.whoosh_index import WhooshIndex
from tests.stores.index.entries import an_entry, found


def main(folder: Path) -> None:
    """Ask in a child and fail unless it finds what it should and the parent's files stand where they stood."""
    index = WhooshIndex(folder)
    index.add([an_entry(f"{number:08d}", body=f"số {number}") for number in range(50)])
    assert found(index, "số 7") == [("00000007", 1)]
    before = places_in_segments()
    child = os.fork()
    if child == 0:
        os._exit(0 if found(index, "số 9") == [("00000009", 1)] else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert before
    assert places_in_segments() == before
    index.close()


def places_in_segments() -> dict[str, str]:
    """Return where each open file of a segment stands."""
    opened = [path for path in Path("/proc/self/fd").iterdir() if os.path.realpath(path).endswith(".seg")]
    return {path.name: Path("/proc/self/fdinfo", path.name).read_text().split("\n")[0] for path in opened}


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""A large batch is written by a process of its own, so that whoever hands it over goes on reading meanwhile.

Run as ``python -m qms.stores.index.apart FOLDER SECONDS`` with the pickled entries on standard input. It ends with
zero when they are findable; whatever went wrong, the near side does the work itself and meets the same.
"""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from qms.model.search import IndexEntry

LARGE = 100
"""Fewer entries are not worth a process."""


def written_apart(folder: Path, entries: Sequence[IndexEntry], wait_seconds: float) -> bool:
    """Have entries written by another process and return whether it said that they are."""
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", "-m", __name__, str(folder.absolute()), str(wait_seconds)],
        input=pickle.dumps(entries, pickle.HIGHEST_PROTOCOL),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8", "PATH": os.defpath},
        cwd="/",
        start_new_session=True,
        check=False,
    )
    return done.returncode == 0


def main() -> None:
    """Write what comes in."""
    from qms.stores.index.whoosh_index import WhooshIndex

    # nothing that is made here goes in circles, and the process ends with its batch
    gc.disable()
    entries: Sequence[IndexEntry] = pickle.load(sys.stdin.buffer)  # noqa: S301 (from the near side alone)
    WhooshIndex(Path(sys.argv[1]), float(sys.argv[2])).add_here(entries)


if __name__ == "__main__":
    main()

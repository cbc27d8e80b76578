"""A process of one thread that forks: run as ``python -m tests.stores.git.forked FOLDER``.

A fork of a test worker would inherit whatever locks its other threads hold and could wait for them for ever.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from qms.stores.git.store import GitStore
from tests.stores.git.acts import AGENCY, an_id, an_issue


def main(folder: Path) -> None:
    """Read in a child and in the parent by turns and fail unless both always read the same."""
    store = GitStore.create(folder, None, AGENCY)
    commit = store.publish(*an_issue("a", 1), {})
    expected = store.read(commit, an_id(1), "meta.yaml")
    child = os.fork()
    if child == 0:
        os._exit(0 if store.read(commit, an_id(1), "meta.yaml") == expected else 1)
    assert store.read(commit, an_id(1), "meta.yaml") == expected
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert store.read(commit, an_id(1), "meta.yaml") == expected
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""The child that prints: typesets Markdown masters and stamps Word masters, under the limits of the reading child.
Run as ``python -m qms.stores.sandbox.press_child FOLDER``, the folder of print templates.

The typesetter keeps a pool of threads that must be there before the limit of processes holds, and its fonts are
read then as well. Measured: 285 MB of address space, 95 MB of memory for twenty pages; two threads are enough.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from qms.formats.press.sheet import sheet_from_json
from qms.formats.press.stamp import stamp
from qms.formats.press.typeset import typeset, warm_up
from qms.formats.refusals import NotADocument
from qms.stores.sandbox.child import serve
from qms.stores.sandbox.frames import Job


def main() -> None:
    """Answer jobs of printing until the pipe is closed."""
    os.environ["RAYON_NUM_THREADS"] = "2"
    serve(_work, lambda: warm_up(Path(sys.argv[1])))


def _work(job: Job) -> bytes:
    master, sheet = job.parts[0], sheet_from_json(job.parts[1].decode())
    if job.verb == "typeset":
        return typeset(master.decode(), sheet, Path(sys.argv[1]))
    if job.verb == "stamp":
        return stamp(master, sheet)
    raise NotADocument


if __name__ == "__main__":
    main()

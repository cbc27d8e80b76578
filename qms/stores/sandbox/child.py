"""The child: takes jobs from its standard input until it ends. Run as ``python -m qms.stores.sandbox.child``.

Its limits are set before the first job: 1 GiB of address space, no file may grow, few open files, no new
processes; the CPU limit is raised for each job. What breaks a limit ends the child; the parent tells why.
"""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Callable

from qms.formats.basis_edit import edit_lines
from qms.formats.basis_json import edited_to_json, edits_from_json
from qms.formats.cover_edit import write_cover
from qms.formats.cover_json import cover_to_json, values_from_json
from qms.formats.html import render
from qms.formats.reader import read
from qms.formats.reading import reading_to_json, refusal_to_json
from qms.formats.redline import redline
from qms.formats.refusals import GaveUp, NotADocument, TooDeep, Unacceptable
from qms.formats.regulation import read_regulation_file, regulation_to_json
from qms.stores.sandbox.frames import DONE, LAST_REFUSAL, READY, REFUSED, Job, read_job, write_frame

if sys.platform != "win32":  # elsewhere the parent's wall limit is all there is
    import resource

MAX_ADDRESS_SPACE = 1024**3
MAX_OPEN_FILES = 32


def main() -> None:
    """Answer jobs of reading until the pipe is closed."""
    serve(lambda job: _work(job).encode("utf-8", "surrogatepass"))


def serve(work: Callable[[Job], bytes], prepare: Callable[[], None] = lambda: None) -> None:
    """Answer jobs until the pipe is closed; ``prepare`` is called before the limits hold."""
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not be taken for an answer
    prepare()
    _limit()
    write_frame(answers, READY)
    while (job := read_job(jobs)) is not None:
        _allow_cpu(job.cpu_seconds)
        answer = _answer(work, job)
        write_frame(answers, answer)
        if answer.startswith(LAST_REFUSAL):
            return


def _answer(work: Callable[[Job], bytes], job: Job) -> bytes:
    try:
        return DONE + work(job)
    except Unacceptable as refusal:
        return REFUSED + refusal_to_json(refusal).encode()
    except RecursionError:
        return LAST_REFUSAL + refusal_to_json(TooDeep(what="cấu trúc")).encode()
    except MemoryError:
        return LAST_REFUSAL + refusal_to_json(GaveUp(what="bộ nhớ")).encode()


def _work(job: Job) -> str:
    if job.verb == "read":
        return reading_to_json(read(job.parts[0], job.name))
    if job.verb == "regulation":
        return regulation_to_json(read_regulation_file(job.parts[0], job.name))
    if job.verb == "edit_lines":
        edits = edits_from_json(job.parts[1].decode())
        return edited_to_json(edit_lines(job.parts[0], job.name, edits))
    if job.verb == "write_cover":
        return cover_to_json(write_cover(job.parts[0], job.name, values_from_json(job.parts[1].decode())))
    texts = [part.decode() for part in job.parts]
    if job.verb == "render":
        return render(texts[0])
    if job.verb == "redline":
        return redline(texts[0], texts[1])
    raise NotADocument


def _limit() -> None:
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_ADDRESS_SPACE, MAX_ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (MAX_OPEN_FILES, MAX_OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _allow_cpu(seconds: int) -> None:
    if sys.platform != "win32":
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + seconds, hard))


if __name__ == "__main__":
    main()

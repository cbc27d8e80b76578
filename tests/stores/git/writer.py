"""A process that publishes and may be told to die: ``python -m tests.stores.git.writer TASK REPOSITORY ...``."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

from qms.errors import QmsError
from qms.stores.git.lock import WriterLock
from qms.stores.git.store import GitStore
from tests.stores.git.acts import AGENCY, an_issue


def die_after(repository: Path, step: str) -> None:
    """Publish the act "a" and be killed after that step."""

    def kill(name: str) -> None:
        if name == step:
            os.kill(os.getpid(), signal.SIGKILL)

    GitStore(repository, None, AGENCY).publish(*an_issue("a", 1, 2), {}, after_step=kill)


def publish_many(repository: Path, name: str, count: str) -> None:
    """Publish acts one after the other."""
    store = GitStore(repository, None, AGENCY)
    for number in range(int(count)):
        store.publish(*an_issue(f"{name}{number}", ord(name) * 100 + number), {})


def run_out_of_room(repository: Path, after: str, size: str) -> None:
    """Publish the act "a" while files may not grow beyond ``size`` bytes, from that step on; tell the error."""

    def limit(name: str) -> None:
        if name == after:
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))

    limit("nothing")
    try:
        GitStore(repository, None, AGENCY).publish(*an_issue("a", 1, 2), {}, after_step=limit)
    except QmsError as error:
        sys.stdout.write(f"{error.code} {error.exit_code}\n")


def die_with_a_living_child(lock: Path, pipe: str) -> None:
    """Take the lock, hand it to a child that lives as long as the pipe is open, and be killed."""
    with WriterLock(lock).held() as descriptor:
        subprocess.Popen(["cat"], stdin=int(pipe), stdout=subprocess.DEVNULL, pass_fds=[descriptor])
        os.kill(os.getpid(), signal.SIGKILL)


TASKS = {task.__name__: task for task in (die_after, publish_many, run_out_of_room, die_with_a_living_child)}

if __name__ == "__main__":
    TASKS[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])

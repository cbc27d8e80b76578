"""A process that issues revision after revision and tells its parent what it did, until somebody kills it.

What it says goes down a pipe, one message a step: ``step NAME`` for every named step of the protocol and every
transaction before it, ``done JSON`` once an issuance was acknowledged to it. Whatever reached the pipe
outlives the process, so a ``done`` is exactly what a user was told.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier

from qms.bootstrap import QMS, build
from qms.config import Config
from qms.model.enums import RevisionState
from qms.usecases import deciding, drafting, issuing, lookups, submitting
from tests import house

Say = Callable[[str], None]


@dataclass(frozen=True)
class Task:
    """What a worker is to do: where, for which document, how often, and after which step it dies."""

    config: Config
    code: str
    name: str
    count: int
    die_after: str | None = None
    with_group: bool = False


@dataclass(frozen=True)
class Done:
    """What a person was told: the issuance, its commit, and the revision that it made."""

    issuance: str
    commit: str
    document: str
    sequence: int
    number: str


def run(task: Task, pipe: Connection, start: Barrier | None = None) -> None:
    """Open the instance as a process of its own group and issue revisions of one document."""
    os.setsid()

    def say(text: str) -> None:
        pipe.send_bytes(text.encode())

    def after_step(name: str) -> None:
        say(f"step {name}")
        if name == task.die_after:
            (os.killpg if task.with_group else os.kill)(os.getpid(), signal.SIGKILL)

    qms = build(task.config, clock=house.FixedClock(), after_step=after_step)
    say("step opened")
    if start is not None:
        start.wait()
    for number in range(task.count):
        say("done " + json.dumps(asdict(_issue_next(qms, task, number, say))))
    qms.close()


def _issue_next(qms: QMS, task: Task, number: int, say: Say) -> Done:
    """Go on where an earlier worker was killed: draft, submit, approve, issue."""
    _draft(qms, task, number)
    say("step drafted")
    _approve(qms, task.code)
    say("step approved")
    decision = house.decision(f"{number}/QĐ-{task.name}")
    with qms.work(qms.shell("vanthu")) as work:
        issued = issuing.issue(work, [task.code], decision)
    document, sequence, _ = issued.revisions[0]
    return Done(issued.issuance_id, issued.commit, document, sequence, decision.number or "")


def _state(qms: QMS, code: str) -> RevisionState | None:
    with qms.reading(qms.shell()) as work:
        revision = lookups.open_revision(work, lookups.document(work, code).id)
        return revision.state if revision else None


def _draft(qms: QMS, task: Task, number: int) -> None:
    if _state(qms, task.code) is not None:
        return
    with qms.work(qms.shell("soan")) as work:
        document_id = drafting.begin(work, task.code)
    with qms.work(qms.shell("soan")) as work:
        text = house.text(body=f"Bước 1. Tiếp nhận hồ sơ lần {number} của {task.name}.")
        known = drafting.draft(work, document_id)
        drafting.save_text(work, document_id, text, known.base_sha256, "Sửa theo quy định mới.")


def _approve(qms: QMS, code: str) -> None:
    if _state(qms, code) is RevisionState.DRAFT:
        with qms.work(qms.shell("soan")) as work:
            submitting.submit(work, code)
    if _state(qms, code) is RevisionState.IN_REVIEW:
        with qms.work(qms.shell("chutich")) as work:
            deciding.approve(work, code)

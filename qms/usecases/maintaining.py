"""Maintaining: once a night the repository is packed, so that it stays quick and small."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from qms.model.permissions import Act
from qms.model.trail import Job
from qms.usecases.ports import Work

KIND, KEY = "maintenance", "repository"
EVERY = timedelta(days=1)
NIGHT_HOUR = 2
"""Hour of the agency's clock at which nobody waits for it."""


def is_due(work: Work) -> bool:
    """Tell whether the night's work is to be planned or done."""
    work.allow(Act.MAINTAIN)
    job = _planned(work)
    return job is None or job.due <= work.now


def maintain_due(work: Work) -> bool:
    """Plan the next night and, if this one's work is due, do it; return whether it was done."""
    work.allow(Act.MAINTAIN)
    job = _planned(work)
    if job is None:
        work.session.add(Job(kind=KIND, key=KEY, due=_next_night(work)))
        work.commit()
        return False
    if job.due > work.now:
        return False
    job.due = _next_night(work)
    work.commit()
    work.git.maintenance()
    return True


def _next_night(work: Work) -> datetime:
    night = work.local_now.replace(hour=NIGHT_HOUR, minute=0, second=0, microsecond=0)
    return night + (EVERY if night <= work.local_now else timedelta())


def _planned(work: Work) -> Job | None:
    return work.session.scalar(select(Job).where(Job.kind == KIND, Job.key == KEY))

"""Deriving: what follows from an issue, each revision for itself."""

from __future__ import annotations

from sqlalchemy import select

from qms.bootstrap import QMS
from qms.jobs.runner import drain
from qms.model.document import Revision
from qms.model.trail import Job
from qms.usecases import rebuilding
from tests import house
from tests.house import FixedClock


def test_one_revision_that_cannot_be_read_keeps_nobody_else_waiting(qms: QMS, clock: FixedClock) -> None:
    document = house.issued(qms, "QT-01")
    with qms.work(qms.shell()) as work:
        work.session.add(Job(kind="derive", key=f"{document}/1", due=clock.now))
        revision = work.session.scalar(select(Revision))
        assert revision is not None
        revision.commit_id = "0" * 40
        work.commit()
    drain(qms)
    house.issued(qms, "QT-02", "Đăng ký khác", by=house.decision("146/QĐ-UBND"))
    with qms.reading(qms.shell()) as work:
        assert len(work.index.keys()) == 2
        assert "job_failed" in {finding.code for finding in rebuilding.doctor(work)}

"""Deriving: what follows from an issue, each revision for itself."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, func, select

from qms.bootstrap import QMS
from qms.jobs.runner import drain
from qms.model.document import Decision, Revision
from qms.model.law import Citation
from qms.model.trail import Job
from qms.usecases import deriving, issuing, rebuilding
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


def test_nobody_waits_for_texts_to_be_read_and_a_batch_is_written_whole(qms: QMS) -> None:
    for number in range(3):
        house.draft(qms, f"QT-{number}", f"Đăng ký số {number}")
        house.approve(qms, f"QT-{number}")
    with qms.work(qms.shell("vanthu")) as work:
        issuing.issue(work, [f"QT-{number}" for number in range(3)], house.decision())
    with qms.reading(qms.job()) as work:
        batch = deriving.prepare(work)
        assert work.index.keys() == frozenset(), "reading alone writes nothing"
        assert work.session.scalar(select(func.count(Citation.id))) == 0
    with qms.work(qms.job()) as work:
        assert deriving.settle(work, batch) == 3
        assert len(work.index.keys()) == 3
        assert work.session.scalar(select(func.count(Job.id))) == 0
        cited = work.session.execute(select(Citation.key, Citation.basis).order_by(Citation.id)).all()
        assert len(cited) == 3 * 4
        assert ("123/2015/NĐ-CP", True) in cited


def test_what_was_prepared_twice_is_there_once(qms: QMS) -> None:
    house.draft(qms)
    house.approve(qms, "QT-01")
    with qms.work(qms.shell("vanthu")) as work:
        issuing.issue(work, ["QT-01"], house.decision())
    with qms.reading(qms.job()) as work:
        batches = [deriving.prepare(work), deriving.prepare(work)]
    for batch in batches:
        with qms.work(qms.job()) as work:
            deriving.settle(work, batch)
    with qms.reading(qms.job()) as work:
        assert len(work.index.keys()) == 1
        assert work.session.scalar(select(func.count(Citation.id))) == 4


def test_a_crash_before_the_writing_leaves_the_work_due(qms: QMS) -> None:
    document = house.issued(qms)
    with qms.work(qms.shell()) as work:
        work.enqueue("derive", f"{document}/1")
        work.commit()
    with qms.reading(qms.job()) as work:
        batch = deriving.prepare(work)
    with pytest.raises(KeyboardInterrupt), qms.work(qms.job()) as work:
        work.index.add([each.entry for each in batch.made])
        raise KeyboardInterrupt
    assert drain(qms) == 1
    with qms.work(qms.shell()) as work:
        assert rebuilding.check(work) == []


def test_a_text_that_a_rebuild_took_back_meanwhile_has_nothing_to_say(qms: QMS) -> None:
    document = house.issued(qms)
    with qms.work(qms.shell()) as work:
        work.enqueue("derive", f"{document}/1")
        work.commit()
    with qms.reading(qms.job()) as work:
        batch = deriving.prepare(work)
    with qms.work(qms.shell()) as work:
        for noun in (Citation, Decision, Revision):
            work.session.execute(delete(noun))
        work.commit()
    with qms.work(qms.job()) as work:
        deriving.settle(work, batch)
        assert work.session.scalar(select(func.count(Citation.id))) == 0


def test_more_than_a_batch_is_read_while_the_batch_before_is_written(
    qms: QMS, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deriving, "BATCH", 2)
    for number in range(5):
        house.draft(qms, f"QT-{number}", f"Đăng ký số {number}")
        house.approve(qms, f"QT-{number}")
    with qms.work(qms.shell("vanthu")) as work:
        issuing.issue(work, [f"QT-{number}" for number in range(5)], house.decision())
    assert drain(qms) == 5
    with qms.work(qms.shell()) as work:
        assert len(work.index.keys()) == 5
        assert rebuilding.check(work) == []

"""Entries of the outbox that fail, wait and are overtaken: each still ends in exactly one commit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from qms.bootstrap import QMS, build
from qms.config import Config
from qms.jobs.runner import drain
from qms.model.trail import OutboxFile
from qms.stores.git.lock import WriterLock
from qms.stores.publishing import NotPublished, PublishingAlready
from qms.usecases import issuing
from tests import house


class Died(BaseException):
    """Stands for the death of the process; nothing of ours may catch it."""


def dying_after(step: str, nth: int = 1) -> Callable[[str], None]:
    told: list[str] = []

    def after_step(name: str) -> None:
        told.append(name)
        if name == step and told.count(step) == nth:
            raise Died

    return after_step


def approved(config: Config, *codes: str) -> None:
    qms = build(config, clock=house.FixedClock())
    for code in codes:
        house.draft(qms, code, f"Quy trình {code}")
        house.approve(qms, code)
    qms.close()


def issue(qms: QMS, code: str) -> None:
    with qms.work(qms.shell("vanthu")) as work:
        issuing.issue(work, [code], house.decision(f"{code}/QĐ-UBND"))


def issue_and_die(config: Config, code: str, step: str, nth: int = 1) -> None:
    qms = build(config, clock=house.FixedClock(), after_step=dying_after(step, nth))
    with pytest.raises(Died):
        issue(qms, code)
    qms.close()


def spoil(qms: QMS) -> bytes:
    """Change the content of the entry that waits, as a bad disk would; return what it was."""
    with qms.sessions() as session:
        path = OutboxFile.path.startswith("content.")
        held = session.scalars(select(OutboxFile.data).where(path)).one()
        session.execute(update(OutboxFile).where(path).values(data=b"?"))
        session.commit()
    return held


def mend(qms: QMS, held: bytes) -> None:
    with qms.sessions() as session:
        session.execute(update(OutboxFile).where(OutboxFile.data == b"?").values(data=held))
        session.commit()


def numbers(qms: QMS) -> list[str | None]:
    return [act.number for _, act in qms.stores.git.acts()]


def test_an_act_whose_commit_was_overtaken_is_not_published_again(config: Config) -> None:
    approved(config, "A", "B")
    issue_and_die(config, "A", "recorded")
    qms = build(config, clock=house.FixedClock())
    held = spoil(qms)
    qms.close()
    # the older entry fails, the younger one reaches Git and dies before the database knows
    issue_and_die(config, "B", "move_reference")
    # the older one is carried, and again the process dies before it comes to the younger one
    qms = build(config, clock=house.FixedClock(), after_step=dying_after("projected"))
    assert numbers(qms) == ["B/QĐ-UBND"]
    mend(qms, held)
    with pytest.raises(Died):
        drain(qms)
    qms.close()
    qms = build(config, clock=house.FixedClock())
    drain(qms)
    assert numbers(qms) == ["B/QĐ-UBND", "A/QĐ-UBND"]
    assert qms.publisher.pending() == []
    qms.close()


def test_a_spoiled_entry_blocks_only_its_own_document(config: Config) -> None:
    approved(config, "A", "B")
    issue_and_die(config, "A", "recorded")
    qms = build(config, clock=house.FixedClock())
    held = spoil(qms)
    issue(qms, "B")
    assert numbers(qms) == ["B/QĐ-UBND"]
    with pytest.raises(PublishingAlready):
        issue(qms, "A")
    mend(qms, held)
    drain(qms)
    assert numbers(qms) == ["B/QĐ-UBND", "A/QĐ-UBND"]
    qms.close()


def test_what_is_recorded_but_could_not_reach_git_is_told_so(config: Config) -> None:
    approved(config, "A")
    qms = build(config, clock=house.FixedClock())
    objects = config.repository / "objects"
    objects.rename(config.repository / "moved")
    objects.write_text("no folder")
    with pytest.raises(NotPublished) as told:
        issue(qms, "A")
    assert "Đã ghi nhận" in str(told.value)
    objects.unlink()
    (config.repository / "moved").rename(objects)
    drain(qms)
    assert numbers(qms) == ["A/QĐ-UBND"]
    qms.close()


def test_a_busy_store_does_not_take_back_what_is_recorded(config: Config) -> None:
    approved(config, "A")
    qms = build(config, clock=house.FixedClock())
    qms.stores.git._lock._patience = 0
    with WriterLock(config.repository.with_name("repository.git.lock")).held(), pytest.raises(NotPublished):
        issue(qms, "A")
    drain(qms)
    assert numbers(qms) == ["A/QĐ-UBND"]
    qms.close()

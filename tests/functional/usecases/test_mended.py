"""What a fresh-eyed review found, each as the sentence that holds now."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from qms.bootstrap import QMS, build, create
from qms.config import Config
from qms.jobs.runner import drain
from qms.model.days import BadDay, parse_day
from qms.model.document import ContentChanged, Revision, WrongState
from qms.model.enums import Via
from qms.model.issuance import IssuingDecision, NumberNeeded, NumberUsed
from qms.model.organisation import Unit
from qms.model.trail import Job
from qms.usecases import deciding, impact, legislating, people, rebuilding, submitting
from tests import house
from tests.house import FixedClock


def law(
    qms: QMS, *relations: tuple[str, str, str, str], instruments: tuple[tuple[str, str], ...] = ()
) -> None:
    rows = [
        {"source": source, "kind": kind, "target": target, "from": day}
        for source, kind, target, day in relations
    ]
    known = [
        {"number": number, "type": "Nghị định", "title": "", "expires": day} for number, day in instruments
    ]
    tables = [
        legislating.Table("r.csv", frozenset({"source", "kind", "target", "from"}), list(enumerate(rows, 2))),
        legislating.Table(
            "i.csv", frozenset({"number", "type", "title", "expires"}), list(enumerate(known, 2))
        ),
    ]
    with qms.work(qms.shell()) as work:
        legislating.take_in(work, tables)


def test_a_decision_from_the_web_without_the_hash_it_is_of_is_refused(qms: QMS) -> None:
    house.draft(qms, "QT-01")
    with qms.work(qms.shell("soan")) as work:
        submitting.submit(work, "QT-01")
    with qms.reading(qms.shell()) as work:
        head = people.actor(work, Via.WEB, login="chutich")
    with pytest.raises(ContentChanged), qms.work(head) as work:
        deciding.approve(work, "QT-01", "")


def test_what_ended_answers_for_itself_even_where_it_once_replaced_another(qms: QMS) -> None:
    document = house.issued(qms, by=house.decision(signed=date(2026, 1, 5)))
    law(
        qms,
        ("123/2015/NĐ-CP", "replaces", "158/2005/NĐ-CP", "2016-01-01"),
        ("200/2026/NĐ-CP", "replaces", "123/2015/NĐ-CP", "2026-07-01"),
    )
    with qms.reading(qms.shell()) as work:
        found = impact.impact(work, "123/2015/NĐ-CP")
    assert [(line.document, line.verdict.value) for line in found.affected] == [(document, "dead")]


def test_what_ran_out_by_its_own_date_is_an_end_too(qms: QMS) -> None:
    document = house.issued(qms, by=house.decision(signed=date(2026, 1, 5)))
    law(qms, instruments=(("123/2015/NĐ-CP", "2026-06-30"),))
    with qms.reading(qms.shell()) as work:
        found = impact.impact(work, "123/2015/NĐ-CP")
    assert [(line.document, line.deadline) for line in found.affected] == [(document, date(2026, 9, 30))]


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


def test_a_number_is_one_number_however_it_is_typed(qms: QMS) -> None:
    day = date(2026, 11, 20)
    with pytest.raises(NumberNeeded):
        IssuingDecision("   ", day, day).check(day)
    house.issued(qms, "QT-01", by=house.decision("145/QĐ-UBND", day))
    house.draft(qms, "QT-02", "Khác")
    house.approve(qms, "QT-02")
    for typed in ("145 /qđ-ubnd", " 145/QĐ-UBND "):
        with pytest.raises(NumberUsed):
            house.issue(qms, "QT-02", by=house.decision(typed, date(2026, 11, 21)))


def test_a_slip_of_the_year_is_a_slip() -> None:
    for typed in ("01/06/9999", "0026-01-01"):
        with pytest.raises(BadDay):
            parse_day(typed)


def test_a_refusal_speaks_vietnamese_also_at_the_terminal(qms: QMS) -> None:
    house.draft(qms, "QT-01")
    with pytest.raises(WrongState) as refusal, qms.work(qms.shell("chutich")) as work:
        deciding.approve(work, "QT-01")
    assert str(refusal.value) == "QT-01: bản này đang ở bước «đang soạn», chưa thể xem xét, phê duyệt."


def test_after_a_total_loss_no_room_takes_itself_for_the_agency(qms: QMS, tmp_path: Path) -> None:
    house.issued(qms, "QT-01")
    repository = qms.config.repository
    lost = Config(home=tmp_path / "lost", sign_commits=False)
    create(lost)
    shutil.rmtree(lost.repository)
    shutil.copytree(repository, lost.repository)
    again = build(lost, clock=FixedClock())
    with again.work(again.shell()) as work:
        rebuilding.rebuild(work)
    with again.reading(again.shell()) as work:
        agencies = work.session.scalars(select(Unit.key).where(Unit.kind == "agency")).all()
    again.close()
    assert agencies == ["xa-mau-thu"]

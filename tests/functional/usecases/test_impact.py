"""Impact: what a change of law reaches, and what an ended instrument leaves without basis."""

from __future__ import annotations

from datetime import date

from qms.bootstrap import QMS
from qms.usecases import impact, legislating
from tests import house


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

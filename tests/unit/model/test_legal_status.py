from datetime import date

import pytest

from qms.model.enums import InstrumentStatus, RelationKind, Verdict
from qms.model.law import Instrument, Relation
from qms.model.legal_status import deadline, standing_on, touches, verdict_of, worst

DECREE = Instrument(key="123/2015/NĐ-CP", type="Nghị định", effective=date(2016, 1, 1))
FROM = date(2026, 1, 15)


def relation(kind: RelationKind, provisions: str = "", starts: date | None = FROM) -> Relation:
    return Relation(
        source_key="18/2026/NĐ-CP",
        kind=kind,
        target_key=DECREE.key,
        target_provisions=provisions,
        source_provision="",
        starts=starts,
    )


@pytest.mark.parametrize(
    ("kind", "provisions", "day", "status"),
    [
        (RelationKind.AMENDS, "art_2", date(2026, 1, 14), InstrumentStatus.IN_FORCE),
        (RelationKind.AMENDS, "art_2", FROM, InstrumentStatus.PARTLY_EXPIRED),
        (RelationKind.REPLACES, "", FROM, InstrumentStatus.EXPIRED),
        (RelationKind.REPEALS, "", date(2026, 1, 14), InstrumentStatus.IN_FORCE),
        (RelationKind.REPEALS, "art_2", FROM, InstrumentStatus.PARTLY_EXPIRED),
        (RelationKind.SUSPENDS, "", FROM, InstrumentStatus.SUSPENDED),
        (RelationKind.CORRECTS, "", FROM, InstrumentStatus.IN_FORCE),
        (RelationKind.CONSOLIDATES, "", FROM, InstrumentStatus.IN_FORCE),
        (RelationKind.AMENDS, "", date(2015, 12, 31), InstrumentStatus.FUTURE),
    ],
)
def test_status_is_of_the_day(
    kind: RelationKind, provisions: str, day: date, status: InstrumentStatus
) -> None:
    assert standing_on(DECREE, [relation(kind, provisions)], day).status is status


def test_what_the_register_does_not_know_is_said_not_guessed() -> None:
    assert standing_on(None, [], FROM).status is InstrumentStatus.UNKNOWN
    undated = Instrument(key="1/2020/NĐ-CP", type="Nghị định")
    assert standing_on(undated, [], FROM).status is InstrumentStatus.UNKNOWN


def test_a_change_without_a_day_changes_nothing_yet() -> None:
    assert (
        standing_on(DECREE, [relation(RelationKind.REPLACES, starts=None)], FROM).status
        is InstrumentStatus.IN_FORCE
    )


@pytest.mark.parametrize(
    ("changed", "cited", "touched"),
    [
        ("", (), True),
        ("art_2", (), True),
        ("", ("art_5",), True),
        ("art_2", ("art_5",), False),
        ("art_2", ("art_2__para_1",), True),
        ("art_2__para_1", ("art_2",), True),
        ("art_2", ("art_22",), False),
        ("art_2 art_22", ("art_22__para_3",), True),
    ],
)
def test_a_citation_is_touched_by_what_it_names(changed: str, cited: tuple[str, ...], touched: bool) -> None:
    assert touches(relation(RelationKind.AMENDS, changed), cited) is touched


@pytest.mark.parametrize(
    ("kind", "provisions", "looked_at", "verdict"),
    [
        (RelationKind.AMENDS, "", date(2025, 7, 7), Verdict.SUSPECT),
        (RelationKind.AMENDS, "", FROM, Verdict.LIVE),
        (RelationKind.AMENDS, "", None, Verdict.SUSPECT),
        (RelationKind.REPLACES, "", date(2026, 3, 1), Verdict.DEAD),
        (RelationKind.REPEALS, "art_2", date(2025, 7, 7), Verdict.SUSPECT),
        (RelationKind.GUIDES, "", date(2025, 7, 7), Verdict.LIVE),
        (RelationKind.CORRECTS, "", date(2025, 7, 7), Verdict.LIVE),
    ],
)
def test_a_whole_citation_is_judged_by_when_it_was_looked_at(
    kind: RelationKind, provisions: str, looked_at: date | None, verdict: Verdict
) -> None:
    assert verdict_of(relation(kind, provisions), (), looked_at, date(2026, 11, 25)) is verdict


def test_a_cited_provision_dies_with_its_article() -> None:
    gone = relation(RelationKind.REPEALS, "art_2")
    assert verdict_of(gone, ("art_2__para_1",), date(2026, 6, 1), FROM) is Verdict.DEAD
    assert verdict_of(gone, ("art_3",), date(2025, 7, 7), FROM) is Verdict.LIVE


def test_the_deadline_is_three_calendar_months() -> None:
    assert deadline(FROM) == date(2026, 4, 15)


def test_the_gravest_verdict_is_told() -> None:
    assert worst([Verdict.LIVE, Verdict.DEAD, Verdict.SUSPECT]) is Verdict.DEAD
    assert worst([]) is Verdict.LIVE

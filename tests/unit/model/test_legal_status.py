from datetime import date

import pytest

from qms.model.enums import InstrumentStatus, RelationKind, Verdict
from qms.model.law import Instrument, Ref, Relation
from qms.model.legal_status import (
    Standing,
    Step,
    Surroundings,
    deadline,
    standing_on,
    touches,
    verdict_of,
    worst,
)

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


def test_a_whole_end_with_exceptions_ends_only_the_rest() -> None:
    spared = Relation(
        source_key="18/2026/NĐ-CP",
        kind=RelationKind.REPLACES,
        target_key=DECREE.key,
        target_provisions="",
        except_provisions="art_5",
        starts=FROM,
    )
    assert standing_on(DECREE, [spared], FROM).status is InstrumentStatus.PARTLY_EXPIRED
    assert verdict_of(spared, ("art_5__para_1",), date(2025, 7, 7), FROM) is Verdict.LIVE
    assert verdict_of(spared, ("art_6",), date(2026, 2, 1), FROM) is Verdict.DEAD
    assert verdict_of(spared, (), date(2025, 7, 7), FROM) is Verdict.SUSPECT


def test_an_article_may_lie_in_the_chapter_that_ended() -> None:
    chapter = relation(RelationKind.REPEALS, "chp_2")
    assert verdict_of(chapter, ("art_12",), date(2025, 7, 7), FROM) is Verdict.SUSPECT
    assert verdict_of(chapter, ("annex_1",), date(2025, 7, 7), FROM) is Verdict.LIVE


def test_an_undated_change_is_told_as_a_doubt() -> None:
    found = standing_on(DECREE, [relation(RelationKind.REPLACES, starts=None)], FROM)
    assert found.doubts == (
        "Chưa rõ 18/2026/NĐ-CP thay thế 123/2015/NĐ-CP từ ngày nào; chưa tính vào hiệu lực.",
    )


def test_an_undated_change_begins_with_the_instrument_that_states_it() -> None:
    source = Instrument(key="18/2026/NĐ-CP", type="Nghị định", effective=FROM)
    found = standing_on(
        DECREE, [relation(RelationKind.AMENDS, starts=None)], FROM, Surroundings({source.ref: source})
    )
    assert (found.status, found.since) == (InstrumentStatus.PARTLY_EXPIRED, FROM)
    assert "tạm tính từ 15/01/2026 theo 18/2026/NĐ-CP" in found.doubts[0]


def test_an_instrument_without_a_first_day_counts_from_its_date_and_says_so() -> None:
    dated = Instrument(key="1/2020/NĐ-CP", type="Nghị định", issued=date(2020, 5, 1))
    assert standing_on(dated, [], date(2020, 4, 30)).status is InstrumentStatus.FUTURE
    found = standing_on(dated, [], FROM)
    assert (found.status, found.since) == (InstrumentStatus.IN_FORCE, date(2020, 5, 1))
    assert "tạm tính từ ngày ban hành 01/05/2020" in found.doubts[0]


@pytest.mark.parametrize("repealed", [date(2026, 1, 1), date(2026, 6, 1)])
def test_a_repealer_that_was_repealed_revives_nothing_silently(repealed: date) -> None:
    repeal = Relation(
        source_key="9/2026/NĐ-CP",
        kind=RelationKind.REPEALS,
        target_key="18/2026/NĐ-CP",
        target_provisions="",
        starts=repealed,
    )
    around = Surroundings(incoming={repeal.target: [repeal]})
    found = standing_on(DECREE, [relation(RelationKind.REPEALS)], date(2026, 7, 1), around)
    assert found.status is InstrumentStatus.EXPIRED
    assert f"bị 9/2026/NĐ-CP bãi bỏ (từ {repealed:%d/%m/%Y})" in found.doubts[0]


def test_what_was_suspended_stays_so_with_a_doubt_when_the_suspending_instrument_ends() -> None:
    source = Instrument(key="18/2026/NĐ-CP", type="Nghị định", effective=FROM, expires=date(2026, 6, 30))
    halted = [relation(RelationKind.SUSPENDS)]
    around = Surroundings({source.ref: source})
    assert standing_on(DECREE, halted, FROM, around).doubts == ()
    later = standing_on(DECREE, halted, date(2026, 7, 1), around)
    assert later.status is InstrumentStatus.SUSPENDED
    assert "18/2026/NĐ-CP đã hết hiệu lực từ 30/06/2026" in later.doubts[0]


def test_what_the_register_lacks_stays_unknown_but_tells_what_is_said_of_it() -> None:
    found = standing_on(None, [relation(RelationKind.REPLACES)], FROM)
    assert found.status is InstrumentStatus.UNKNOWN
    assert [step.source for step in found.path] == ["18/2026/NĐ-CP"]
    assert found.doubts


ONE_STOP = {
    "61/2018/NĐ-CP": (date(2018, 4, 23), date(2018, 6, 21)),
    "118/2025/NĐ-CP": (date(2025, 6, 9), date(2025, 7, 1)),
    "367/2025/NĐ-CP": (date(2025, 12, 31), None),
    "224/2026/NĐ-CP": (date(2026, 6, 24), date(2026, 7, 1)),
}
CHAIN = [
    ("118/2025/NĐ-CP", RelationKind.REPLACES, "61/2018/NĐ-CP", "", date(2025, 7, 1)),
    ("367/2025/NĐ-CP", RelationKind.AMENDS, "118/2025/NĐ-CP", "", None),
    ("224/2026/NĐ-CP", RelationKind.REPEALS, "367/2025/NĐ-CP", "art_1__para_9", date(2026, 7, 1)),
]
DAYS = [date(2025, 6, 30), date(2025, 7, 1), date(2026, 1, 1), date(2026, 7, 2)]


def one_stop(number: str, day: date) -> Standing:
    """The one-stop-shop chain (``domain.md`` §1.5): a provision of an amending decree repealed by a third decree."""
    instruments = {
        Ref(key): Instrument(key=key, type="Nghị định", issued=issued, effective=effective)
        for key, (issued, effective) in ONE_STOP.items()
    }
    incoming: dict[Ref, list[Relation]] = {}
    for source, kind, target, provisions, starts in CHAIN:
        incoming.setdefault(Ref(target), []).append(
            Relation(
                source_key=source,
                kind=kind,
                target_key=target,
                target_provisions=provisions,
                starts=starts,
            )
        )
    ref = Ref(number)
    return standing_on(instruments[ref], incoming.get(ref, []), day, Surroundings(instruments, incoming))


@pytest.mark.parametrize(
    ("number", "statuses"),
    [
        ("61/2018/NĐ-CP", ("in_force", "expired", "expired", "expired")),
        ("118/2025/NĐ-CP", ("future", "in_force", "partly_expired", "partly_expired")),
        ("367/2025/NĐ-CP", ("future", "future", "in_force", "partly_expired")),
    ],
)
def test_the_one_stop_chain_stands_right_on_every_day(number: str, statuses: tuple[str, ...]) -> None:
    assert tuple(one_stop(number, day).status.value for day in DAYS) == statuses


def test_the_one_stop_chain_shows_its_path_and_its_doubts() -> None:
    ended = one_stop("61/2018/NĐ-CP", DAYS[3])
    assert ended.path == (
        Step("118/2025/NĐ-CP", RelationKind.REPLACES, "61/2018/NĐ-CP", (), date(2025, 7, 1)),
    )
    assert ended.doubts == ()
    before, after = one_stop("118/2025/NĐ-CP", DAYS[2]), one_stop("118/2025/NĐ-CP", DAYS[3])
    assert [step.source for step in after.path] == ["367/2025/NĐ-CP"]
    assert not any("224/2026" in doubt for doubt in before.doubts)
    assert any(
        "Khoản 9 Điều 1 của 367/2025/NĐ-CP đã bị 224/2026/NĐ-CP bãi bỏ (từ 01/07/2026)" in doubt
        and "không tự coi là có hiệu lực trở lại" in doubt
        for doubt in after.doubts
    )
    assert any(
        "tạm tính từ ngày ban hành 31/12/2025" in d for d in one_stop("367/2025/NĐ-CP", DAYS[2]).doubts
    )

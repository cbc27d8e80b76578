"""A procedure on a day: what the rows state of it, until when, under which code."""

from __future__ import annotations

from datetime import date

from qms.model.enums import TthcChange, TthcSource
from qms.model.tthc import TthcRow, decision_number, key_with_year, stem
from qms.model.tthc_status import TthcStatus, tthc_on

FIRST, SECOND, THIRD = date(2025, 7, 1), date(2026, 1, 15), date(2026, 12, 1)


def row(
    change: TthcChange = TthcChange.NEW,
    effective: date | None = None,
    limit: str = "",
    decision: str = "1/QĐ-BTP",
    source: TthcSource = TthcSource.PUBLISHED,
    successor: str = "",
    fee: str = "",
) -> TthcRow:
    return TthcRow(
        decision_key=decision,
        decision_issuer="",
        stem="1.001193",
        code="1.001193",
        name="",
        source=source,
        change=change,
        successor=successor,
        time_limit=limit,
        fee=fee,
        effective=effective,
    )


def test_nothing_known_is_unknown_and_what_is_to_come_is_said() -> None:
    assert tthc_on([], FIRST).status is TthcStatus.UNKNOWN
    coming = tthc_on([row(effective=THIRD)], FIRST)
    assert (coming.status, len(coming.coming)) == (TthcStatus.FUTURE, 1)


def test_a_later_row_overrides_only_what_it_states() -> None:
    rows = [row(limit="10 ngày", fee="8.000 đồng"), row(TthcChange.AMENDED, SECOND, "7 ngày", "2/QĐ-BTP")]
    before, after = tthc_on(rows, FIRST), tthc_on(rows, SECOND)
    assert before.limit is not None
    assert after.limit is not None
    assert after.fee is not None
    assert (before.limit.text, before.limit.since) == ("10 ngày", None)
    assert (after.limit.text, after.limit.decision, after.limit.since) == ("7 ngày", "2/QĐ-BTP", SECOND)
    assert (after.fee.text, after.fee.decision) == ("8.000 đồng", "1/QĐ-BTP")


def test_the_internal_process_does_not_touch_what_is_published() -> None:
    rows = [row(limit="10 ngày"), row(TthcChange.AMENDED, SECOND, "9 ngày", source=TthcSource.INTERNAL)]
    found = tthc_on(rows, THIRD)
    assert (found.status, found.limit and found.limit.text) == (TthcStatus.PUBLISHED, "10 ngày")
    assert found.internal is not None
    assert found.internal.text == "9 ngày"
    ended = [*rows, row(TthcChange.ABOLISHED, THIRD, source=TthcSource.INTERNAL, decision="3/QĐ-UBND")]
    assert tthc_on(ended, THIRD).internal is None
    assert tthc_on(ended, THIRD).status is TthcStatus.PUBLISHED


def test_an_end_holds_from_its_day_and_may_be_taken_back() -> None:
    rows = [row(limit="10 ngày"), row(TthcChange.ABOLISHED, SECOND)]
    assert tthc_on(rows, FIRST).status is TthcStatus.PUBLISHED
    assert tthc_on(rows, SECOND).status is TthcStatus.ABOLISHED
    assert tthc_on([*rows, row(TthcChange.NEW, THIRD)], THIRD).status is TthcStatus.PUBLISHED


def test_a_recoded_procedure_names_its_successor() -> None:
    found = tthc_on([row(), row(TthcChange.RECODED, SECOND, successor="3.000001")], THIRD)
    assert (found.status, found.successor, found.since) == (TthcStatus.RECODED, "3.000001", SECOND)


def test_codes_are_compared_on_the_stem() -> None:
    codes = ("1.001193", " 1.001193.000.00.00.H42", "1.001193.H13", "1.001193.000.00.00")
    assert {stem(code) for code in codes} == {"1.001193"}
    assert [stem(code) for code in ("BVH-279069", "1.00119", "", "QT 01")] == [None] * 4


def test_a_number_given_again_in_another_year_takes_the_year_in() -> None:
    assert key_with_year("163/QĐ-BTP", THIRD, [SECOND, None]) == "163/QĐ-BTP"
    assert key_with_year("163/QĐ-BTP", THIRD, [FIRST]) == "163/2026/QĐ-BTP"
    assert key_with_year("163/QĐ-BTP", None, [FIRST]) == "163/QĐ-BTP"
    assert key_with_year("163/2025/QĐ-BTP", THIRD, [FIRST]) == "163/2025/QĐ-BTP"
    assert decision_number("QĐ2338-BTP") == "2338/QĐ-BTP"

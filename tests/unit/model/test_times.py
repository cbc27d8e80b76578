"""Three times side by side: red when the steps exceed what is published, yellow when they differ, honest otherwise."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.formats.reader import read
from qms.model.times import StepCell, StepColumn, TimesVerdict, Total, add_up, three_times
from qms.usecases.tthc_lookups import step_columns


def column(*texts: str, head: str = "", repeated: tuple[int, ...] = ()) -> StepColumn:
    cells = (StepCell(str(at), text, at in repeated) for at, text in enumerate(texts, 1))
    return StepColumn(head, tuple(cells))


def days(*totals: Total) -> list[Fraction | None]:
    return [total.days for total in totals]


@pytest.mark.parametrize(
    ("published", "steps", "verdict"),
    [
        ("10 ngày làm việc", ("1 ngày", "8 ngày", "1 ngày"), TimesVerdict.SAME),
        ("7 ngày làm việc", ("1 ngày", "8 ngày", "1 ngày"), TimesVerdict.EXCEEDS),
        ("15 ngày", ("1 ngày", "8 ngày", "1 ngày"), TimesVerdict.DIFFERS),
        ("Ngay trong ngày", ("6 giờ", "2 giờ"), TimesVerdict.SAME),
        ("Ngay trong ngày", ("1 giờ", "theo thỏa thuận"), TimesVerdict.UNKNOWN),
        ("Ngay trong ngày", ("1 ngày", "2 ngày"), TimesVerdict.EXCEEDS),
        ("1 (đơn vị không ghi)", ("1 ngày",), TimesVerdict.UNKNOWN),
        ("", ("1 ngày",), TimesVerdict.UNKNOWN),
        ("5 ngày", ("2 ngày", "theo thỏa thuận"), TimesVerdict.UNKNOWN),
        ("5 ngày", ("6 ngày", "theo thỏa thuận"), TimesVerdict.EXCEEDS),
        ("8 giờ", ("½ ngày", "04 giờ"), TimesVerdict.SAME),
    ],
)
def test_the_sum_of_the_steps_is_judged_by_what_is_published(
    published: str, steps: tuple[str, ...], verdict: TimesVerdict
) -> None:
    assert three_times(published, "", "", [column(*steps)]).verdict is verdict


def test_a_merged_cell_counts_once() -> None:
    (total,) = add_up(column("1 ngày", "1 ngày", "1 ngày", repeated=(2, 3)))
    assert (total.days, total.whole) == (Fraction(1), True)


def test_what_cannot_be_added_is_named_and_what_is_not_to_be_counted_spoils_nothing() -> None:
    (open_sum,) = add_up(column("1 ngày", "Trong ngày"))
    (whole,) = add_up(column("Giờ hành chính", "1 ngày"))
    assert (open_sum.whole, open_sum.doubts) == (False, ("Bước 2 ghi «Trong ngày», không cộng được.",))
    assert (whole.days, whole.whole, len(whole.doubts)) == (Fraction(1), True, 1)
    (nothing,) = add_up(column("", ""))
    assert nothing.days is None


def test_a_head_may_say_that_the_numbers_are_hours() -> None:
    assert days(*add_up(column("4", "4", head="Thời gian (giờ)"))) == [1]


def test_parts_numbered_on_are_one_way_and_parts_that_begin_again_are_cases() -> None:
    phases = StepColumn("", (StepCell("1", "2 ngày"), StepCell("2", "3 ngày", part="Tại tỉnh")))
    cases = StepColumn("", (StepCell("1", "2 ngày", part="a"), StepCell("1", "3 ngày", part="b")))
    assert days(*add_up(phases)) == [5]
    assert days(*add_up(cases)) == [2, 3]


def test_cases_of_the_limit_meet_cases_of_the_steps() -> None:
    columns = [column("3 ngày"), column("23 ngày", head="Có xác minh")]
    assert three_times("23 Ngày / 3 Ngày làm việc", "", "", columns).verdict is TimesVerdict.SAME
    alone = three_times("3 ngày làm việc", "", "", columns)
    assert [finding.verdict for finding in alone.findings] == [TimesVerdict.SAME, TimesVerdict.UNKNOWN]


def test_the_internal_process_and_the_stated_limit_are_compared_too() -> None:
    beyond = three_times("5 ngày", "6 ngày", "10 ngày", [column("5 ngày")])
    assert beyond.verdict is TimesVerdict.EXCEEDS
    said = " ".join(finding.sentence for finding in beyond.findings)
    assert "Quy trình nội bộ ghi 6 ngày, vượt thời hạn công bố 5 ngày." in said
    assert "Tài liệu ghi thời hạn 10 ngày, vượt" in said
    inside = three_times("5 ngày", "4 ngày", "", [column("5 ngày")])
    assert inside.verdict is TimesVerdict.DIFFERS


def test_what_ended_is_not_compared() -> None:
    assert three_times("5 ngày", "", "", [column("9 ngày")], abolished=True).findings == ()


@given(st.lists(st.fractions(min_value=0, max_value=9, max_denominator=4), min_size=1, max_size=8))
def test_the_sum_is_the_sum_and_repeating_cells_never_changes_it(parts: list[Fraction]) -> None:
    texts = [f"{part * 8} giờ" for part in parts if (part * 8).denominator == 1]
    cells = [StepCell(str(at), text) for at, text in enumerate(texts)]
    (total,) = add_up(StepColumn("", tuple(cells))) or [Total("", "", None, True)]
    twice = [copy for cell in cells for copy in (cell, StepCell(cell.step, cell.text, repeated=True))]
    (again,) = add_up(StepColumn("", tuple(twice))) or [Total("", "", None, True)]
    assert total.days == again.days
    if texts:
        assert total.days == sum(part for part in parts if (part * 8).denominator == 1)


@given(st.integers(1, 60), st.integers(1, 60))
def test_red_exactly_when_the_steps_take_longer(limit: int, steps: int) -> None:
    found = three_times(f"{limit} ngày làm việc", "", "", [column(f"{steps} ngày")])
    assert (found.verdict is TimesVerdict.EXCEEDS) == (steps > limit)
    assert (found.verdict is TimesVerdict.SAME) == (steps == limit)


@given(st.text(max_size=40), st.text(max_size=40), st.lists(st.text(max_size=20), max_size=5))
def test_no_paper_makes_the_comparison_fail(published: str, stated: str, cells: list[str]) -> None:
    three_times(published, "", stated, [column(*cells)])


def test_sums_of_the_real_procedures_are_what_their_heads_say(real_data: Path) -> None:
    """Every time column of the civil-status procedures states its total; one paper contradicts itself."""
    differing = {}
    seen = 0
    for path in sorted((real_data / "procedures").glob("*ho_tich*.docx")):
        anatomy = read(path.read_bytes(), path.name).anatomy
        for one in step_columns(anatomy):
            head = three_times(one.head.rpartition("|")[2], "", "", [one])
            if head.published.values:
                seen += 1
                if head.verdict is not TimesVerdict.SAME:
                    differing[path.name] = (head.verdict, head.totals[0].days)
    assert seen == 27
    assert list(differing.values()) == [(TimesVerdict.DIFFERS, Fraction(5, 2))]

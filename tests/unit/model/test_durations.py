"""Durations and limits as offices write them: what counts is counted, what does not is named."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.model.durations import Duration, Unread, in_words, read_days, read_duration, read_limit

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("½ ngày", HALF),
        ("1/2", HALF),
        ("01", 1),
        ("1,5 ngày, kể từ ngày hết hạn", Fraction(3, 2)),
        ("0.25 ngày", Fraction(1, 4)),
        ("04 giờ", HALF),
        ("4h", HALF),
        ("30 phút", Fraction(1, 16)),
        ("01 buổi", HALF),
        ("1 ngày 4 giờ", Fraction(3, 2)),
        ("không quá 02 (hai) ngày làm việc", 2),
        ("Trong thời hạn 05 ngày", 5),
    ],
)
def test_a_step_time_is_read_in_days_of_eight_hours(text: str, days: Fraction) -> None:
    found = read_duration(text)
    assert isinstance(found, Duration)
    assert found.days == days


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", Unread.NOTHING),
        ("—", Unread.NOTHING),
        ("Trong ngày", Unread.WITHIN_DAY),
        ("Ngay trong ngày làm việc", Unread.WITHIN_DAY),
        ("Giờ hành chính", Unread.NOT_COUNTED),
        ("Không tính thời gian", Unread.NOT_COUNTED),
        ("02 tuần", Unread.LONGER_UNIT),
        ("1 tháng", Unread.LONGER_UNIT),
        ("1 (đơn vị không ghi)", Unread.NO_UNIT),
        ("theo thỏa thuận", Unread.WORDS),
        ("02 - 03 ngày", Unread.WORDS),
        ("05 ngày đối với hồ sơ đơn giản, 10 ngày đối với hồ sơ phức tạp", Unread.WORDS),
    ],
)
def test_what_is_no_plain_time_says_why(text: str, why: Unread) -> None:
    assert read_duration(text) is why


def test_a_bare_number_is_in_hours_where_the_column_says_so() -> None:
    assert read_duration("4", hours=True) == Duration(HALF)
    assert read_duration("4 ngày", hours=True) == Duration(Fraction(4))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("03 ngày làm việc; trường hợp phải xác minh thì không quá 23 ngày.", [3, 23]),
        ("40 Ngày / 6 Ngày làm việc", [6, 40]),
        ("7 ngày làm việc (56 giờ)", [7]),
        ("10 ngày, nộp trước ngày 15/3/2026", [10]),
        ("2 Giờ", [Fraction(1, 4)]),
        ("Trong ngày tiếp nhận; phải xác minh thì không quá 05 ngày làm việc", [1, 5]),
        ("05 ngày; nhận sau 15 giờ thì tính trong ngày làm việc tiếp theo", [5]),
        ("05 ngày làm việc, nhận hồ sơ sau 15 giờ thì tính từ ngày tiếp theo", [5]),
    ],
)
def test_a_limit_states_each_duration_once_in_order_of_length(text: str, days: list[Fraction]) -> None:
    assert [value.days for value in read_limit(text).values] == days


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "Ngay trong ngày tiếp nhận; nhận hồ sơ sau 15 giờ thì trả vào ngày làm việc tiếp theo",
            "within_day",
        ),
        ("1 (đơn vị không ghi)", "no_unit"),
        ("220 (đơn vị không ghi) / 2 Giờ", "no_unit"),
        ("5", "no_unit"),
        ("02 tháng", "longer_unit"),
        ("—", "nothing"),
    ],
)
def test_a_limit_that_is_no_number_of_days_says_why(text: str, why: str) -> None:
    found = read_limit(text)
    assert (found.values, found.unread) == ((), why)


def test_working_days_are_told_apart() -> None:
    assert [value.working for value in read_limit("6 Ngày làm việc / 40 Ngày").values] == [True, False]


@given(st.integers(1, 400), st.sampled_from(["ngày", "Ngày làm việc", "giờ"]))
def test_what_is_written_is_read_back(count: int, unit: str) -> None:
    days = Fraction(count, 8) if unit == "giờ" else Fraction(count)
    assert [value.days for value in read_limit(f"{count:02d} {unit}").values] == [days]
    assert read_days(f"{count} {unit}") == (days if count < 1000 else None)


@given(st.text(alphabet="0123456789½¼/.,() ngàygiờhtháuầnđơvịkôsr-→", max_size=60))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    found = read_limit(text)
    assert bool(found.values) != (found.unread is not None)
    read_duration(text)


@given(st.fractions(min_value=0, max_value=50, max_denominator=8))
def test_days_in_words_are_never_empty(days: Fraction) -> None:
    assert "ngày" in in_words(days)

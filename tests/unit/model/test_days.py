from datetime import date

import pytest

from qms.model.days import BadDay, add_months, parse_day


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 1, 15), 3, date(2026, 4, 15)),
        (date(2026, 10, 31), 3, date(2027, 1, 31)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_are_calendar_months_clamped_to_the_end(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


@pytest.mark.parametrize("typed", ["2026-01-15", "15/01/2026", " 15/1/2026 ", "15-01-2026", "15.01.2026"])
def test_a_day_is_read_as_people_type_it(typed: str) -> None:
    assert parse_day(typed) == date(2026, 1, 15)


@pytest.mark.parametrize(
    "typed", ["", "30/02/2026", "2026-13-01", "hôm nay", "2026/01/15", "١٥/٠١/٢٠٢٦", "15/01/26"]
)
def test_what_is_no_day_is_refused_with_the_text(typed: str) -> None:
    with pytest.raises(BadDay) as refusal:
        parse_day(typed)
    assert typed in str(refusal.value)


@pytest.mark.parametrize("typed", ["01/06/9999", "0026-01-01"])
def test_a_slip_of_the_year_is_refused(typed: str) -> None:
    with pytest.raises(BadDay):
        parse_day(typed)

"""Days that are holidays by law are known without the year's order."""

from datetime import date, timedelta

import pytest
from chinese_calendar import get_solar_terms

from gridapp.domain.holidays import holiday_by_law
from gridapp.domain.workcalendar import DayKind, WorkCalendar

UNKNOWN = WorkCalendar(known_years=frozenset({2026}))


@pytest.mark.parametrize(
    ("on", "is_workday"),
    [
        (date(2027, 1, 1), False),  # a Friday
        (date(2027, 4, 5), False),  # 清明, a Monday
        (date(2028, 5, 1), False),
        (date(2029, 10, 3), False),
        (date(2027, 1, 4), True),
        (date(2026, 10, 1), True),  # of a known year only the order counts
    ],
)
def test_an_unknown_year_has_its_holidays_by_law(on: date, is_workday: bool) -> None:
    assert UNKNOWN.is_workday(on) is is_workday


def test_an_order_or_an_administrator_may_say_otherwise() -> None:
    new_year = date(2027, 1, 1)
    assert WorkCalendar({new_year: DayKind.USUAL}).is_workday(new_year)


def test_the_day_of_qingming_is_that_of_the_solar_terms() -> None:
    for year in range(2000, 2100):
        april = [date(year, 4, 1) + timedelta(days=past) for past in range(10)]
        ours = [day for day in april if holiday_by_law(day)]
        theirs = [day for day, name in get_solar_terms(april[0], april[-1]) if name == "清明"]
        assert ours == theirs

"""Work hours and work days, counted as the offices count them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.domain.workcalendar import BEIJING, OFFICE_WEEK, DayKind, Shift, WorkCalendar

# The first October week of 2026 is holiday; Sunday 20 September and Saturday 10 October are worked.
CALENDAR = WorkCalendar(
    {date(2026, 10, day): DayKind.HOLIDAY for day in range(1, 8)}
    | {date(2026, 9, 20): DayKind.MAKE_UP, date(2026, 10, 10): DayKind.MAKE_UP},
    frozenset({2026}),
)
MOMENT = st.datetimes(datetime(2026, 8, 1), datetime(2027, 2, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
AMOUNT = st.timedeltas(timedelta(0), timedelta(hours=200))


def at(text: str) -> datetime:
    """Read ``09-21 10:00`` as a Beijing moment of 2026, in UTC."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=BEIJING).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("09-21 09:00", 2, "09-21 11:00"),  # Monday morning
        ("09-21 10:00", 2, "09-21 12:00"),  # ends with the morning, not after the break
        ("09-21 11:00", 2, "09-21 15:00"),  # across the midday break
        ("09-21 12:30", 1, "09-21 15:00"),  # begun during the break
        ("09-21 16:00", 4, "09-22 11:00"),  # across the night
        ("09-25 17:00", 1, "09-28 09:00"),  # across the weekend
        ("09-20 09:00", 1, "09-20 10:00"),  # a Sunday that is worked
        ("09-30 17:00", 1, "10-08 09:00"),  # across the National Day week
        ("10-09 17:30", 7, "10-10 17:30"),  # one full day, the Saturday that is worked
    ],
)
def test_work_hours_run_only_while_the_offices_work(start: str, hours: int, due: str) -> None:
    assert CALENDAR.add_work_time(at(start), timedelta(hours=hours)) == at(due)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("09-21 09:00", 1, "09-22 17:30"),  # the day of the start is not counted
        ("09-21 20:00", 1, "09-22 17:30"),  # nor is it in the evening
        ("09-25 09:00", 1, "09-28 17:30"),  # Friday to Monday
        ("09-26 09:00", 1, "09-28 17:30"),  # a rest day: Monday is the first day counted
        ("09-18 09:00", 1, "09-20 17:30"),  # the Sunday is worked
        ("09-29 09:00", 3, "10-09 17:30"),  # 30 September, then 8 and 9 October
        ("09-21 09:00", 0, "09-21 09:00"),
    ],
)
def test_work_days_end_at_the_close_of_work(start: str, days: int, due: str) -> None:
    assert CALENDAR.add_work_days(at(start), days) == at(due)


def test_a_beijing_day_is_not_a_utc_day() -> None:
    just_after_midnight = datetime(2026, 9, 21, 16, 5, tzinfo=UTC)  # 00:05 on Tuesday in Beijing
    assert CALENDAR.add_work_days(just_after_midnight, 1) == at("09-23 17:30")


@given(MOMENT, AMOUNT)
def test_what_is_added_is_what_is_measured(start: datetime, amount: timedelta) -> None:
    due = CALENDAR.add_work_time(start, amount)
    assert CALENDAR.work_time(start, due) == amount
    assert CALENDAR.work_time(CALENDAR.subtract_work_time(due, amount), due) == amount


@given(MOMENT, st.integers(1, 60))
def test_work_days_added_are_work_days_counted(start: datetime, days: int) -> None:
    due = CALENDAR.add_work_days(start, days)
    assert CALENDAR.work_days(start, due) == days
    assert due.astimezone(BEIJING).time() == time(17, 30)


@given(MOMENT, MOMENT, MOMENT)
def test_time_worked_adds_up(one: datetime, two: datetime, three: datetime) -> None:
    a, b, c = sorted([one, two, three])
    assert CALENDAR.work_time(a, c) == CALENDAR.work_time(a, b) + CALENDAR.work_time(b, c)
    assert CALENDAR.work_minutes(a, a) == 0


@given(MOMENT, MOMENT)
def test_nobody_works_backwards_or_more_than_the_clock(one: datetime, two: datetime) -> None:
    worked = CALENDAR.work_time(one, two)
    assert timedelta(0) <= worked <= max(timedelta(0), two - one)


def test_an_unpublished_year_is_known_to_be_unknown() -> None:
    assert CALENDAR.knows(2026)
    assert not CALENDAR.knows(2027)
    assert CALENDAR.knows_all(at("12-01 09:00"), at("12-31 23:59"))
    assert not CALENDAR.knows_all(at("12-31 23:59"), at("12-31 23:59") + timedelta(minutes=1))


def test_a_street_may_work_on_saturday_mornings() -> None:
    saturday = (Shift(time(9), time(12)),)
    calendar = WorkCalendar(week=(*OFFICE_WEEK[:5], saturday, ()))
    assert calendar.add_work_days(at("09-25 09:00"), 1) == at("09-26 12:00")


@pytest.mark.parametrize("week", [(), ((),) * 7, OFFICE_WEEK[:5]])
def test_a_calendar_without_work_is_refused(week: tuple[tuple[Shift, ...], ...]) -> None:
    with pytest.raises(ValueError, match="seven days"):
        WorkCalendar(week=week)

"""The town's own calendar: copied year by year, corrected by hand, honest about what it lacks."""

from datetime import UTC, date, datetime

import pytest

from gridapp.domain.workcalendar import DayKind
from gridapp.services.calendar.town import (
    copy_new_years,
    copy_published,
    read_calendar,
    town_calendar,
    unpublished_year,
)
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.tables import CalendarDay
from tests.clock import Clock

NATIONAL_DAY = date(2026, 10, 1)


def test_a_year_is_copied_once_and_the_others_stay(desk: Desk) -> None:
    with desk.acting(SYSTEM) as act:
        assert copy_published(act, [2025]) == [2025]
        assert 2026 in copy_new_years(act)
        assert copy_new_years(act) == []
        calendar = read_calendar(act.session)
    assert calendar.days[NATIONAL_DAY] is DayKind.HOLIDAY
    assert calendar.days[date(2025, 10, 1)] is DayKind.HOLIDAY


def test_a_corrected_day_stays_corrected(desk: Desk) -> None:
    with desk.acting(SYSTEM) as act:
        act.session.add(CalendarDay(on=NATIONAL_DAY, kind="make_up", source="administrator"))
        copy_published(act)
        assert read_calendar(act.session).days[NATIONAL_DAY] is DayKind.MAKE_UP


def test_a_change_is_seen_at_once_by_its_maker(desk: Desk) -> None:
    with desk.acting(SYSTEM) as act:
        assert not town_calendar(act).knows(2026)
        copy_published(act, [2026])
        assert town_calendar(act).knows(2026)


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (datetime(2026, 6, 10, tzinfo=UTC), None),
        (datetime(2026, 10, 31, 15, 59, tzinfo=UTC), None),
        (datetime(2026, 10, 31, 16, 0, tzinfo=UTC), 2027),
        (datetime(2031, 1, 5, tzinfo=UTC), 2031),
    ],
)
def test_a_year_not_yet_published_is_asked_for_from_november(
    desk: Desk, clock: Clock, today: datetime, year: int | None
) -> None:
    clock.moment = today
    with desk.acting(SYSTEM) as act:
        copy_published(act, [2025, 2026])
        assert unpublished_year(act) == year

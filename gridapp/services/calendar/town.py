"""The town's work calendar, from its own tables, kept in memory for a minute."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlmodel import col

from gridapp.domain.workcalendar import DayKind, WorkCalendar, beijing_date
from gridapp.services.calendar.chinese import published_days, published_years
from gridapp.services.desk import Act
from gridapp.tables import CalendarDay, CalendarYear

_FRESH_FOR: Final = timedelta(minutes=1)
_KEY: Final = "calendar"
_NEXT_YEAR_FROM_MONTH: Final = 11


def read_calendar(session: Session) -> WorkCalendar:
    """Read the work calendar from the ledger."""
    days = session.execute(select(col(CalendarDay.on), col(CalendarDay.kind))).all()
    years = session.execute(select(col(CalendarYear.year))).scalars()
    return WorkCalendar(days={on: DayKind(kind) for on, kind in days}, known_years=frozenset(years))


def town_calendar(act: Act) -> WorkCalendar:
    """Give the town's work calendar; a change by another worker is seen within a minute."""
    read_at, calendar = act.kept.get(_KEY, (None, None))
    if read_at is None or abs(act.now - read_at) >= _FRESH_FOR:
        calendar = read_calendar(act.session)
        act.kept[_KEY] = (act.now, calendar)
    assert isinstance(calendar, WorkCalendar)
    return calendar


def forget_calendar(act: Act) -> None:
    """Read the calendar again next time; called by whoever changes it."""
    act.kept.pop(_KEY, None)


def copy_published(act: Act, years: Iterable[int] | None = None) -> list[int]:
    """Copy published holidays into the town's calendar and list the years copied.

    A day that an administrator corrected (source other than the package) is left as it is, and
    so is every year that was not asked for.
    """
    wanted = sorted(published_years() & set(years) if years is not None else published_years())
    ours = col(CalendarDay.source) == "published"
    corrected = set(act.session.execute(select(col(CalendarDay.on)).where(~ours)).scalars())
    for year in wanted:
        of_year = col(CalendarDay.on).between(date(year, 1, 1), date(year, 12, 31))
        act.session.execute(delete(CalendarDay).where(ours, of_year))
        act.session.execute(delete(CalendarYear).where(col(CalendarYear.year) == year))
        act.session.add(CalendarYear(year=year, source="published"))
        act.session.add_all(
            CalendarDay(on=on, kind=kind.value, source="published")
            for on, kind in published_days(year).items()
            if on not in corrected
        )
    act.session.flush()
    forget_calendar(act)
    return wanted


def copy_new_years(act: Act) -> list[int]:
    """Copy the years that the package knows and the town does not, and list them."""
    known = set(act.session.execute(select(col(CalendarYear.year))).scalars())
    return copy_published(act, published_years() - known)


def unpublished_year(act: Act) -> int | None:
    """Give the year that promises made now may reach into and whose holidays are unknown.

    The State Council publishes a year's order in the preceding autumn, so the next year is asked
    for from November on.
    """
    today = beijing_date(act.now)
    asked = [today.year, today.year + 1] if today.month >= _NEXT_YEAR_FROM_MONTH else [today.year]
    calendar = town_calendar(act)
    return next((year for year in asked if not calendar.knows(year)), None)

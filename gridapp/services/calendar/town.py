"""The town's work calendar, from its own tables, kept in memory for a minute."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlmodel import col

from gridapp.domain.workcalendar import DayKind, WorkCalendar
from gridapp.services.calendar.chinese import published_days, published_years
from gridapp.services.desk import Act
from gridapp.tables import CalendarDay, CalendarYear

_FRESH_FOR: Final = timedelta(minutes=1)
_KEY: Final = "calendar"


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
    """Copy the published holidays into the town's calendar and list the years copied.

    A day that an administrator corrected (source other than the package) is left as it is.
    """
    wanted = sorted(set(years) & published_years() if years is not None else published_years())
    corrected = set(
        act.session.execute(
            select(col(CalendarDay.on)).where(col(CalendarDay.source) != "published")
        ).scalars()
    )
    act.session.execute(delete(CalendarDay).where(col(CalendarDay.source) == "published"))
    act.session.execute(delete(CalendarYear).where(col(CalendarYear.year).in_(wanted)))
    for year in wanted:
        act.session.add(CalendarYear(year=year, source="published"))
        act.session.add_all(
            CalendarDay(on=on, kind=kind.value, source="published")
            for on, kind in published_days(year).items()
            if on not in corrected
        )
    act.session.flush()
    forget_calendar(act)
    return wanted

"""The town's work calendar, from its own tables, kept in memory for a minute."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session
from sqlmodel import col

from gridapp.domain.workcalendar import DayKind, WorkCalendar
from gridapp.services.calendar.chinese import published_days, published_years
from gridapp.services.desk import Act
from gridapp.tables import CalendarDay, CalendarYear

_FRESH_FOR: Final = timedelta(minutes=1)
_kept: WeakKeyDictionary[Engine, tuple[datetime, WorkCalendar]] = WeakKeyDictionary()
_lock = Lock()


def read_calendar(session: Session) -> WorkCalendar:
    """Read the work calendar from the ledger."""
    days = session.execute(select(col(CalendarDay.on), col(CalendarDay.kind))).all()
    years = session.execute(select(col(CalendarYear.year))).scalars()
    return WorkCalendar(days={on: DayKind(kind) for on, kind in days}, known_years=frozenset(years))


def town_calendar(act: Act) -> WorkCalendar:
    """Give the town's work calendar; a change by another worker is seen within a minute."""
    engine = act.session.get_bind().engine
    with _lock:
        kept = _kept.get(engine)
    if kept is not None and abs(act.now - kept[0]) < _FRESH_FOR:
        return kept[1]
    calendar = read_calendar(act.session)
    with _lock:
        _kept[engine] = (act.now, calendar)
    return calendar


def forget_calendar(act: Act) -> None:
    """Read the calendar again next time; called by whoever changes it."""
    with _lock:
        _kept.pop(act.session.get_bind().engine, None)


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

"""A year of the work calendar, day by day, with the word of each day that is not as usual."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.holidays import holiday_by_law
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import DayKind, beijing_date
from gridapp.services.calendar.change_week import WEEK_KEY
from gridapp.services.calendar.chinese import published_names
from gridapp.services.calendar.town import told_week, town_calendar
from gridapp.services.desk import Act
from gridapp.services.permit import demand
from gridapp.services.rules.book import the_book
from gridapp.tables import CalendarDay, CalendarYear


@dataclass(frozen=True)
class DayView:
    """A day that is not as the week says, or a plain one.

    Args:
        kind: ``work``, ``rest``, or a word of ``DayKind``.
        name: What it is called, or why it was changed.
        is_own: Whether an administrator has set it.
    """

    on: date
    kind: str
    name: str
    is_own: bool


@dataclass(frozen=True)
class YearView:
    """A year: its days, where they come from, and the week that holds today.

    Args:
        source: ``published``, ``administrator``, or empty while the year is unknown.
        week: The week as it is kept, in force today.
        week_version: What an administrator's change of the week must name.
    """

    year: int
    source: str
    days: tuple[DayView, ...]
    workday_count: int
    week: tuple[tuple[tuple[str, ...], ...], ...]
    week_version: int


def _name_of(row: CalendarDay | None, published: str) -> str:
    return row.name or published if row else ""


def see_year(act: Act, year: int) -> YearView:
    """See a year of the work calendar.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.CHANGE_DAY)
    first, last = date(year, 1, 1), date(year, 12, 31)
    set_days = {
        row.on: row
        for row in act.session.execute(
            select(CalendarDay).where(col(CalendarDay.on).between(first, last))
        ).scalars()
    }
    names = published_names(year)
    source = act.session.execute(
        select(col(CalendarYear.source)).where(col(CalendarYear.year) == year)
    ).scalar_one_or_none()
    calendar = town_calendar(act)
    days = []
    for ahead in range((last - first).days + 1):
        on = first + timedelta(days=ahead)
        row = set_days.get(on)
        by_law = calendar.is_holiday_by_law(on)
        rest = DayKind.HOLIDAY.value if by_law else "rest"
        usual = "work" if calendar.is_workday(on) else rest
        is_set = row is not None and row.kind != DayKind.USUAL
        days.append(
            DayView(
                on=on,
                kind=row.kind if row and is_set else usual,
                name=_name_of(row, names.get(on, "")) or (holiday_by_law(on) if by_law else ""),
                is_own=row is not None and row.source != "published",
            )
        )
    week = told_week(calendar.week_on(beijing_date(act.now)))
    return YearView(
        year=year, source=source or "", days=tuple(days),
        workday_count=sum(calendar.is_workday(day.on) for day in days),
        week=tuple(tuple(tuple(span) for span in day) for day in week),
        week_version=the_book(act).version(RuleKind.WEEK, WEEK_KEY),
    )  # fmt: skip

"""The town's work calendar, from its own tables, kept in memory until it changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlmodel import col

from gridapp.domain.ruling import RuleKind
from gridapp.domain.workcalendar import DayKind, Shift, Week, WorkCalendar, beijing_date
from gridapp.services.calendar.chinese import published_days, published_years
from gridapp.services.desk import Act
from gridapp.services.rules.stamp import kept, renew_stamp
from gridapp.tables import CalendarDay, CalendarYear, Rule, RuleChange

_KEY: Final = "calendar"
_NEXT_YEAR_FROM_MONTH: Final = 11


def read_calendar(session: Session) -> WorkCalendar:
    """Read the work calendar from the ledger."""
    days = session.execute(select(col(CalendarDay.on), col(CalendarDay.kind))).all()
    years = session.execute(select(col(CalendarYear.year))).scalars()
    return WorkCalendar(
        days={on: DayKind(kind) for on, kind in days},
        known_years=frozenset(years),
        later_weeks=_weeks(session),
    )


def _weeks(session: Session) -> tuple[tuple[date, Week], ...]:
    """Read the weekly patterns with the days from which they hold; of one day the last counts."""
    found = session.execute(
        select(col(RuleChange.from_on), col(RuleChange.facts))
        .join(Rule, col(Rule.id) == col(RuleChange.rule_id))
        .where(col(Rule.kind) == RuleKind.WEEK, col(RuleChange.cancelled_at).is_(None))
        .order_by(col(RuleChange.from_on), col(RuleChange.id))
    )
    return tuple(sorted({from_on: week_of(facts["week"]) for from_on, facts in found}.items()))


def week_of(told: Sequence[Sequence[Sequence[str]]]) -> Week:
    """Read a week as it is kept: for each day its shifts as ``["08:30", "12:00"]``."""
    return tuple(
        tuple(Shift(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in day)
        for day in told
    )


def told_week(week: Week) -> list[list[list[str]]]:
    """Write a week as it is kept."""
    return [[[f"{s.opens:%H:%M}", f"{s.closes:%H:%M}"] for s in shifts] for shifts in week]


def town_calendar(act: Act) -> WorkCalendar:
    """Give the town's work calendar as this transaction sees it."""
    return kept(act, _KEY, read_calendar)


def told_days(calendar: WorkCalendar, days: Mapping[date, DayKind], year: int) -> WorkCalendar:
    """Give the calendar as it would be with a year's days; days that stand already stay."""
    return replace(
        calendar, days={**days, **calendar.days}, known_years=calendar.known_years | {year}
    )


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
    if wanted:
        renew_stamp(act)
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

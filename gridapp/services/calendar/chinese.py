"""The holidays and make-up workdays that the State Council has published.

Read from the kept package ``chinese_calendar``; a street copies them into its own work calendar,
so that a running street never depends on an upgrade.
"""

from datetime import date
from typing import Final

from chinese_calendar import constants

from gridapp.domain.errors import GridappError
from gridapp.domain.workcalendar import DayKind


class YearNotPublishedError(GridappError):
    """The holidays of this year are not yet published; ``known_years`` tells which are."""

    code = "calendar.year_not_published"
    sentence = "这一年的放假安排尚未公布，暂按每周工作日推算。"
    status = 409


_KNOWN: Final = frozenset(day.year for day in constants.holidays)


def published_years() -> frozenset[int]:
    """Give the years whose order the package knows."""
    return _KNOWN


def published_days(year: int) -> dict[date, DayKind]:
    """Give the days of a year that differ from the weekly pattern.

    Raises:
        YearNotPublishedError: The package does not know the year's order.

    Source: 国务院办公厅关于部分节假日安排的通知, each autumn for the next year.
    """
    if year not in _KNOWN:
        raise YearNotPublishedError(year=year, known_years=sorted(_KNOWN))
    days = {day: DayKind.HOLIDAY for day in constants.holidays if day.year == year}
    days |= {day: DayKind.MAKE_UP for day in constants.workdays if day.year == year}
    return dict(sorted(days.items()))


def published_names(year: int) -> dict[date, str]:
    """Give the names of a year's holidays and of the holidays that its make-up workdays serve."""
    named = {**constants.holidays, **constants.workdays}
    return {day: _name(told) for day, told in named.items() if day.year == year}


def _name(told: object) -> str:
    return next((h.chinese for h in constants.Holiday if h.value == told), "")

"""When the offices work: a weekly pattern, holidays and make-up workdays (调休).

Moments are aware and in UTC; days are Beijing days. Asia/Shanghai has no daylight saving, so a
Beijing day always has 24 hours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from typing import Final
from zoneinfo import ZoneInfo

from gridapp.domain.holidays import holiday_by_law

BEIJING: Final = ZoneInfo("Asia/Shanghai")

_DAY: Final = timedelta(days=1)
_NOTHING: Final = timedelta()


class DayKind(StrEnum):
    """What an order of the State Council, or an administrator, makes of a day.

    USUAL is a day that follows the week although an order says otherwise.
    """

    HOLIDAY = "holiday"
    MAKE_UP = "make_up"
    USUAL = "usual"


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch of work on one day, in Beijing time; the end is no longer work."""

    opens: time
    closes: time


Week = tuple[tuple[Shift, ...], ...]

OFFICE_DAY: Final = (Shift(time(8, 30), time(12)), Shift(time(14), time(17, 30)))
OFFICE_WEEK: Final[Week] = (OFFICE_DAY,) * 5 + ((), ())


def beijing_date(moment: datetime) -> date:
    """Give the Beijing day on which a moment falls."""
    return moment.astimezone(BEIJING).date()


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, BEIJING).astimezone(UTC)


def day_begins_at(day: date) -> datetime:
    """Give the moment at which a Beijing day begins."""
    return _moment(day, time.min)


@dataclass(frozen=True)
class WorkCalendar:
    """The work calendar of one street.

    Args:
        days: The days that differ from the weekly pattern.
        known_years: The years whose holidays are published; any other follows the weekly pattern,
            but for the days that are holidays by law every year.
        week: The shifts of Monday to Sunday, in order within a day.
        make_up_day: The shifts of a make-up workday.
        later_weeks: Weeks that hold from a day on, the earliest first.
    """

    days: Mapping[date, DayKind] = field(default_factory=dict)
    known_years: frozenset[int] = frozenset()
    week: Week = OFFICE_WEEK
    make_up_day: tuple[Shift, ...] = OFFICE_DAY
    later_weeks: tuple[tuple[date, Week], ...] = ()

    def __post_init__(self) -> None:
        weeks = [self.week, *(week for _, week in self.later_weeks)]
        if any(len(week) != 7 or not any(week) for week in weeks) or not self.make_up_day:  # noqa: PLR2004 - a week has 7 days
            raise ValueError("a work calendar needs seven days, one of them with work")

    def week_on(self, day: date) -> Week:
        """Give the weekly pattern that holds on a day."""
        begun = [week for from_on, week in self.later_weeks if from_on <= day]
        return begun[-1] if begun else self.week

    def knows(self, year: int) -> bool:
        """Tell whether the year's holidays are published."""
        return year in self.known_years

    def knows_all(self, from_at: datetime, to_at: datetime) -> bool:
        """Tell whether every year between two moments is published."""
        return all(
            self.knows(year)
            for year in range(beijing_date(from_at).year, beijing_date(to_at).year + 1)
        )

    def is_holiday_by_law(self, day: date) -> bool:
        """Tell whether a day of an unknown year is a holiday all the same; ``days`` may differ."""
        return day not in self.days and not self.knows(day.year) and bool(holiday_by_law(day))

    def shifts_on(self, day: date) -> tuple[Shift, ...]:
        """List the shifts of a day, none on a rest day."""
        kind = self.days.get(day)
        if kind is DayKind.HOLIDAY or self.is_holiday_by_law(day):
            return ()
        usual = self.week_on(day)[day.weekday()]
        return self.make_up_day if kind is DayKind.MAKE_UP and not usual else usual

    def is_workday(self, day: date) -> bool:
        """Tell whether anybody works on this day."""
        return bool(self.shifts_on(day))

    def _stretches(self, day: date, step: int) -> Iterator[tuple[datetime, datetime]]:
        """Walk the shifts as moments from a day on, forwards (1) or backwards (-1)."""
        for offset in count(0, step):
            here = day + offset * _DAY
            for shift in self.shifts_on(here)[::step]:
                yield _moment(here, shift.opens), _moment(here, shift.closes)

    def work_time(self, from_at: datetime, to_at: datetime) -> timedelta:
        """Measure the time worked between two moments, nothing when the second is not later."""
        total = _NOTHING
        if to_at <= from_at:
            return total
        for opens, closes in self._stretches(beijing_date(from_at), 1):
            if opens >= to_at:
                break
            total += max(_NOTHING, min(closes, to_at) - max(opens, from_at))
        return total

    def work_minutes(self, from_at: datetime, to_at: datetime) -> int:
        """Count the whole minutes worked between two moments."""
        return self.work_time(from_at, to_at) // timedelta(minutes=1)

    def add_work_time(self, start_at: datetime, amount: timedelta) -> datetime:
        """Give the first moment at which so much has been worked since the start."""
        if amount <= _NOTHING:
            return start_at
        for opens, closes in self._stretches(beijing_date(start_at), 1):
            begins = max(opens, start_at)
            if begins + amount <= closes:
                return begins + amount
            amount -= max(_NOTHING, closes - begins)
        raise AssertionError("a calendar has always another work day")

    def subtract_work_time(self, end_at: datetime, amount: timedelta) -> datetime:
        """Give the last moment from which so much will be worked until the end."""
        if amount <= _NOTHING:
            return end_at
        for opens, closes in self._stretches(beijing_date(end_at), -1):
            ends = min(closes, end_at)
            if ends - amount >= opens:
                return ends - amount
            amount -= max(_NOTHING, ends - opens)
        raise AssertionError("a calendar has always another work day")

    def add_work_days(self, start_at: datetime, days_count: int) -> datetime:
        """Give the close of work on the Nth work day after the Beijing day of the start.

        The day of the start is never counted, whatever its hour, work day or not: on a Friday
        evening, on a Saturday and on a Sunday the first day counted is the Monday.

        Source: 《中华人民共和国民法典》第二百零一条 (the day of the start is not counted).
        """
        day = beijing_date(start_at)
        left = days_count
        while left > 0:
            day += _DAY
            left -= self.is_workday(day)
        shifts = self.shifts_on(day)
        return _moment(day, shifts[-1].closes) if days_count > 0 and shifts else start_at

    def work_days(self, from_at: datetime, to_at: datetime) -> int:
        """Count the work days after the day of the first moment, up to the day of the second."""
        first, last = beijing_date(from_at), beijing_date(to_at)
        span = range(1, (last - first).days + 1)
        return sum(self.is_workday(first + offset * _DAY) for offset in span)

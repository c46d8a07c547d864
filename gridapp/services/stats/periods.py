"""A period of Beijing days, and the moments and chart buckets it is made of."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from gridapp.domain.errors import FactsError
from gridapp.domain.workcalendar import BEIJING

LONGEST_DAYS = 366 * 2
_DAILY_UP_TO_DAYS = 31


@dataclass(frozen=True)
class Period:
    """Beijing days from ``from_on`` to ``to_on``, both included.

    Raises:
        FactsError: It ends before it begins, or is longer than two years.
    """

    from_on: date
    to_on: date

    def __post_init__(self) -> None:
        if not 0 <= (self.to_on - self.from_on).days < LONGEST_DAYS:
            raise FactsError("请选择两年以内的起止日期。", fields={"to": "要不早于开始日期"})

    @property
    def from_at(self) -> datetime:
        """The first moment of the period."""
        return _midnight(self.from_on)

    @property
    def until_at(self) -> datetime:
        """The first moment after the period."""
        return _midnight(self.to_on + timedelta(days=1))

    def days(self) -> list[date]:
        """List every day of the period."""
        count = (self.to_on - self.from_on).days + 1
        return [self.from_on + timedelta(days=past) for past in range(count)]

    def buckets(self) -> list[tuple[str, list[date]]]:
        """Cut the period for a chart: days up to a month of them, else calendar months."""
        days = self.days()
        if len(days) <= _DAILY_UP_TO_DAYS:
            return [(f"{day.month}/{day.day}", [day]) for day in days]
        months = groupby(days, lambda day: (day.year, day.month))
        # Over a year's end a month says its year, or two of them would be called alike.
        several = self.from_on.year != self.to_on.year
        return [
            (f"{year % 100:02d}年{month}月" if several else f"{month}月", list(inside))
            for (year, month), inside in months
        ]


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), BEIJING).astimezone(UTC)

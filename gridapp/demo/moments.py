"""When things happen: the hours, weekdays and seasons at which people report.

The shape follows real reporting: peaks at 10 and at 15 h, 14 % at weekends, more in the summer.
"""

from datetime import datetime, time, timedelta
from itertools import accumulate
from random import Random
from typing import Final

from gridapp.domain.workcalendar import BEIJING, beijing_date

# Reports per hour of the day, 0 to 23 h, in thousandths.
HOURS: Final = (
    4, 2, 2, 1, 2, 6, 18, 42, 76, 104, 122, 88, 44, 58, 92, 112, 88, 54, 30, 22, 15, 10, 5, 3,
)  # fmt: skip
_WEEKEND_SHARE: Final = 0.14
_MONTHS: Final = (0.85, 0.75, 0.95, 1.0, 1.05, 1.15, 1.25, 1.2, 1.1, 0.95, 0.9, 0.85)
_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)


def draw_moments(count: int, days: int, now: datetime, chance: Random) -> list[datetime]:
    """Draw so many moments of reporting in the days up to now, oldest first."""
    today = beijing_date(now)
    dates = [today - offset * _DAY for offset in range(days, -1, -1)]
    weights = list(accumulate(_weight(day.weekday()) * _MONTHS[day.month - 1] for day in dates))
    hours = list(accumulate(HOURS))
    start = now - days * _DAY
    moments: list[datetime] = []
    while len(moments) < count:
        day = chance.choices(dates, cum_weights=weights)[0]
        hour = chance.choices(range(24), cum_weights=hours)[0]
        at = datetime.combine(day, time(hour), BEIJING) + timedelta(seconds=chance.randrange(3600))
        if start <= at <= now:
            moments.append(at.astimezone(now.tzinfo))
    return sorted(moments)


def _weight(weekday: int) -> float:
    if weekday >= _SATURDAY:
        return _WEEKEND_SHARE / 2
    return (1 - _WEEKEND_SHARE) / 5

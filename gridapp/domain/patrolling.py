"""When a patrol point is due, for which day a check-in counts, and how coverage is computed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from gridapp.domain.timebounds import credible_moment
from gridapp.domain.workcalendar import beijing_date

EVERY_MAX_DAYS: Final = 366


def seen_on(made_at: datetime | None, received_at: datetime) -> date:
    """Give the Beijing day for which a check-in counts: the phone's, where that is credible."""
    return beijing_date(credible_moment(made_at, received_at))


def due_on(last_seen_on: date | None, every_days: int, begun_on: date) -> date:
    """Give the day on which a point is to be seen next; a new one on its first day."""
    return begun_on if last_seen_on is None else last_seen_on + timedelta(days=every_days)


@dataclass(frozen=True)
class Kept:
    """How often a point was to be seen in a stretch of days, and on how many of these it was."""

    due_count: int
    kept_count: int


def kept_of(seen: Iterable[date], every_days: int, first: date, last: date) -> Kept:
    """Count for one point: whole intervals in the days, and days seen, at most as many.

    Args:
        seen: Days on which it was seen; others than those of the stretch do not count.
        every_days: Its interval.
        first: First day of the stretch, not before the point was made.
        last: Last day of the stretch.
    """
    day_count = (last - first).days + 1
    due_count = max(day_count, 0) // every_days
    seen_count = len({day for day in seen if first <= day <= last})
    return Kept(due_count, min(seen_count, due_count))

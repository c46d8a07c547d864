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


@dataclass(frozen=True)
class Spell:
    """A stretch in which a point was in use; it has several when it was retired and brought back.

    Args:
        first: The day on which it was made or brought back.
        last: The day on which it was retired; None while it is in use.
        missed_on: The due day that had passed unseen when it was retired, or None.
    """

    first: date
    last: date | None = None
    missed_on: date | None = None

    def within(self, first: date, last: date) -> tuple[date, date]:
        """Give its days in a stretch; none when the last is before the first."""
        return max(first, self.first), last if self.last is None else min(last, self.last)


def kept_of(seen: Iterable[date], every_days: int, spell: Spell, first: date, last: date) -> Kept:
    """Count for one spell of a point: whole intervals in the days, and days seen, at most as many.

    The day on which a point was made counts for it and never against it. What was missed when it
    was retired stays missed: to retire a point makes no rate better.

    Args:
        seen: Days on which it was seen; others than those of the stretch do not count.
        every_days: Its interval.
        spell: When it was in use.
        first: First day of the stretch.
        last: Last day of the stretch.
    """
    begun, ended = spell.within(first, last)
    expected_from = max(begun, spell.first + timedelta(days=1))
    due_count = max((ended - expected_from).days + 1, 0) // every_days
    if spell.missed_on is not None and first <= spell.missed_on <= last:
        due_count = max(due_count, 1)
    seen_count = len({day for day in seen if begun <= day <= ended})
    return Kept(due_count, min(seen_count, due_count))

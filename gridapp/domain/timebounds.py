"""Which moments and days may be written down, whoever gives them.

A clock that was never set says 1970, year 1 or year 9999. PostgreSQL keeps years that Python cannot
read back, and near either end even a change of zone overflows: what lies outside these bounds is
no moment of ours, and none may get into a row.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

FIRST_MOMENT: Final = datetime(2000, 1, 1, tzinfo=UTC)
# The first moment that may not be written down any more.
END_MOMENT: Final = datetime(2100, 1, 1, tzinfo=UTC)
LAST_MOMENT: Final = END_MOMENT - timedelta(microseconds=1)
# Days may lie further back than the system: somebody has served since 1998.
FIRST_DAY: Final = date(1950, 1, 1)
LAST_DAY: Final = date(2099, 12, 31)
# What was captured in a basement may come in late; a clock further off than this is wrong.
_CREDIBLE_LATE: Final = timedelta(days=14)
_CREDIBLE_EARLY: Final = timedelta(days=1)


def utc_within(moment: datetime) -> datetime | None:
    """Give an aware moment in UTC, or None when it lies outside the bounds there."""
    try:
        utc = moment.astimezone(UTC)
    except OverflowError:  # 0001-01-01T00:00:00+14:00 is no moment in UTC
        return None
    return utc if FIRST_MOMENT <= utc < END_MOMENT else None


def nearest_within(moment: datetime) -> datetime:
    """Give the moment that can be shown and lies nearest: itself in UTC, or one of the bounds."""
    within = utc_within(moment)
    if within is not None:
        return within
    return FIRST_MOMENT if moment < FIRST_MOMENT else LAST_MOMENT


def clock_moment(moment: datetime | None) -> datetime | None:
    """Give what a device's clock says, or None when it says what cannot be.

    One that stands at a bound was never set, or was brought there by ``DeviceMoment``.
    """
    within = None if moment is None else utc_within(moment)
    return None if within in {None, FIRST_MOMENT, LAST_MOMENT} else within


def credible_moment(made_at: datetime | None, received_at: datetime) -> datetime:
    """Give when something was made: by the device's clock where that is credible, never later.

    A clock that runs a little ahead must not make it happen tomorrow.
    """
    if made_at is None:
        return received_at
    is_credible = received_at - _CREDIBLE_LATE <= made_at <= received_at + _CREDIBLE_EARLY
    return min(made_at, received_at) if is_credible else received_at


def is_day_within(day: date) -> bool:
    """Tell whether a day may be written down."""
    return FIRST_DAY <= day <= LAST_DAY


def day_within(moment: datetime, zone: tzinfo) -> date | None:
    """Give the day of an aware moment in a zone, or None when it may not be written down."""
    try:
        day = moment.astimezone(zone).date()
    except OverflowError:
        return None
    return day if is_day_within(day) else None

"""The next day of what comes round every so many days, when the interval itself changes."""

from datetime import date, timedelta


def reschedule(  # noqa: PLR0913 - what stood, what is new, and the day on which it is asked
    standing_on: date | None,
    last_on: date | None,
    before_days: int,
    after_days: int,
    today: date,
    *,
    is_promised: bool = False,
) -> date | None:
    """Tell when the next time is under another interval: never later than what was promised.

    A day that only followed from the old interval gives way to that of the new one. A day that
    stands for another reason (something was found, nobody opened, a person chose it, nobody has
    been there yet) stays, unless the new interval asks for an earlier one.

    Args:
        standing_on: The next day as it stands.
        last_on: The last time, or None.
        before_days: The interval until now; 0 is never by itself.
        after_days: The interval from now on.
        today: The first time is due on it, where none was to come and none has been.
        is_promised: Whether it is known that the next day stands for another reason; else it is
            told by its not following from the old interval.
    """
    if last_on is None:
        # Due at once under every interval, and what is overdue stays overdue.
        return (standing_on or today) if after_days else None
    by_interval = last_on + timedelta(days=after_days) if after_days else None
    followed = standing_on == (last_on + timedelta(days=before_days) if before_days else None)
    if standing_on is None or (followed and not is_promised):
        return by_interval
    return min(standing_on, by_interval) if by_interval else standing_on

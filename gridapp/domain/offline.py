"""At which moment a deed counts that was done without a network, by the doer's own clock."""

from datetime import datetime, timedelta
from typing import Any, Final

# What was done in a basement may come in late; a clock further off than this is wrong.
CREDIBLE_LATE: Final = timedelta(days=14)
_SKEW: Final = timedelta(minutes=10)
_MINUTE: Final = timedelta(minutes=1)


def counted_at(
    done_at: datetime | None, arrived_at: datetime, not_before: datetime | None = None
) -> datetime:
    """Give the moment at which a deed counts: when it was done, where that is possible.

    Args:
        done_at: By the doer's clock; None for what was done on the spot.
        arrived_at: When the server learnt of it: nothing counts later.
        not_before: Since when the subject is as it was found: nothing counts earlier.
    """
    if done_at is None or done_at < arrived_at - CREDIBLE_LATE:
        return arrived_at
    return min(arrived_at, max(done_at, not_before or done_at))


def clock_flags(
    done_at: datetime | None, arrived_at: datetime, not_before: datetime | None = None
) -> dict[str, Any]:
    """Say by how many minutes a doer's clock is off, as facts of a step; empty when it is not."""
    if done_at is None:
        return {}
    earliest = max(arrived_at - CREDIBLE_LATE, not_before or arrived_at - CREDIBLE_LATE)
    if done_at > arrived_at + _SKEW:
        return {"clock_ahead_minutes": (done_at - arrived_at) // _MINUTE}
    if done_at < earliest - _SKEW:
        return {"clock_behind_minutes": (earliest - done_at) // _MINUTE}
    return {}

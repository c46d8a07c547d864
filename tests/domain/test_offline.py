"""A deed done without a network counts when it was done, as far as that is possible."""

from datetime import datetime, timedelta

import pytest

from gridapp.domain.offline import clock_flags, counted_at
from tests.clock import NOON

FOUND = NOON - timedelta(hours=3)


@pytest.mark.parametrize(
    ("done_at", "counts_at"),
    [
        (None, NOON),
        (NOON - timedelta(hours=1), NOON - timedelta(hours=1)),
        (NOON + timedelta(days=1), NOON),  # not after its arrival
        (NOON - timedelta(hours=4), FOUND),  # not before what it was done to
        (NOON - timedelta(days=15), NOON),  # a clock that far off tells nothing
    ],
)
def test_a_deed_counts_when_it_can_have_been_done(
    done_at: datetime | None, counts_at: datetime
) -> None:
    assert counted_at(done_at, NOON, FOUND) == counts_at


@pytest.mark.parametrize(
    ("done_at", "flags"),
    [
        (None, {}),
        (NOON - timedelta(hours=1), {}),
        (NOON + timedelta(minutes=5), {}),
        (NOON + timedelta(minutes=30), {"clock_ahead_minutes": 30}),
        (FOUND - timedelta(minutes=20), {"clock_behind_minutes": 20}),
    ],
)
def test_a_clock_that_is_off_is_flagged(done_at: datetime | None, flags: dict[str, int]) -> None:
    assert clock_flags(done_at, NOON, FOUND) == flags

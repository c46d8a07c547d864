"""Which moments may be written down, judged in UTC."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from gridapp.domain.timebounds import (
    FIRST_MOMENT,
    LAST_MOMENT,
    clock_moment,
    credible_moment,
    nearest_within,
    utc_within,
)
from tests.clock import NOON

EAST, WEST = timezone(timedelta(hours=14)), timezone(timedelta(hours=-14))
STEP = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("moment", "nearest"),
    [
        (datetime(1, 1, 1, tzinfo=EAST), FIRST_MOMENT),
        (FIRST_MOMENT - STEP, FIRST_MOMENT),
        (datetime(2000, 1, 1, tzinfo=EAST), FIRST_MOMENT),  # still 1999 in UTC
        (datetime(2099, 12, 31, 23, tzinfo=WEST), LAST_MOMENT),  # already 2100
        (LAST_MOMENT + STEP, LAST_MOMENT),
        (datetime(9999, 12, 31, 23, 59, tzinfo=WEST), LAST_MOMENT),
    ],
)
def test_a_moment_is_judged_after_its_conversion_to_utc(
    moment: datetime, nearest: datetime
) -> None:
    assert utc_within(moment) is None
    assert nearest_within(moment) == nearest
    assert clock_moment(moment) is None


@pytest.mark.parametrize("bound", [FIRST_MOMENT, LAST_MOMENT])
def test_a_clock_at_a_bound_was_never_set(bound: datetime) -> None:
    assert utc_within(bound) == bound
    assert clock_moment(bound) is None


def test_a_moment_within_stays_as_it_is() -> None:
    said = clock_moment(NOON.astimezone(EAST))
    assert said == NOON
    assert said.tzinfo is UTC


@pytest.mark.parametrize(
    ("days", "credible"), [(-15, 0), (-13, -13), (-1, -1), (0, 0), (0.5, 0), (2, 0)]
)
def test_a_clock_is_believed_only_where_it_may_be_right(days: float, credible: float) -> None:
    made_at = NOON + timedelta(days=days)
    assert credible_moment(made_at, NOON) == NOON + timedelta(days=credible)

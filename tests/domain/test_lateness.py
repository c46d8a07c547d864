"""Late is one predicate: by now while somebody is to act, by the pause while it is paused."""

from datetime import timedelta

import pytest

from gridapp.domain.lateness import is_late
from gridapp.domain.vocabulary import Status
from tests.clock import NOON

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    "status", [Status.REPORTED, Status.ACCEPTED, Status.DISPATCHED, Status.TAKEN]
)
def test_what_somebody_is_to_do_is_late_once_its_moment_has_passed(status: Status) -> None:
    assert not is_late(status, NOON, paused_at=None, now=NOON)
    assert is_late(status, NOON, paused_at=None, now=NOON + HOUR)


@pytest.mark.parametrize(
    "status",
    [Status.HANDLED, Status.VERIFIED, Status.CLOSED, Status.DECLINED, Status.MERGED],
)
def test_what_is_handled_or_over_is_late_no_more(status: Status) -> None:
    assert not is_late(status, NOON, paused_at=None, now=NOON + HOUR)


def test_a_pause_hides_no_lateness_and_makes_none() -> None:
    paused_late = is_late(Status.PAUSED, NOON, paused_at=NOON + HOUR, now=NOON + 2 * HOUR)
    paused_in_time = is_late(Status.PAUSED, NOON, paused_at=NOON - HOUR, now=NOON + 2 * HOUR)
    assert (paused_late, paused_in_time) == (True, False)

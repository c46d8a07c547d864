"""Who is at work is known to live even while the database lets nobody write."""

from datetime import datetime

import pytest

from gridapp.jobs import works
from gridapp.jobs.hand import Hand, Made
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.works.alive import LATE_AFTER
from gridapp.services.works.files import works_in
from tests.cast import Cast
from tests.clock import Clock
from tests.jobs.works_at import bench_of, public
from tests.services.works.orders import order, seen


def is_felt_since(desk: Desk, hand: Hand, moment: datetime) -> bool:
    """Wait for the next sign of life; half a minute is how long a broken heart is waited for."""
    for _ in range(3_000):
        pulse = works_in(desk.settings.data_dir).pulse(hand.uid)
        if pulse is not None and pulse.beat_at >= moment:
            return True
        hand.ending.wait(0.01)
    return False


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_the_pulse_is_felt_while_a_table_is_being_written(
    own_desk: Desk, cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(works, "_BEAT_S", 0.01)
    told = []

    def write(desk: Desk, hand: Hand) -> Made:
        with desk.acting(SYSTEM):  # from here on nobody else writes
            moment = clock.forward(seconds=2 * LATE_AFTER.total_seconds())
            assert is_felt_since(desk, hand, moment)
            told.append(seen(desk, cast, hand.uid))
        return Made()

    with public(own_desk) as desk:
        order(desk, cast)
        assert bench_of(desk, write).do_next()
    assert [(view.is_late, view.state_label) for view in told] == [(False, "正在进行")]

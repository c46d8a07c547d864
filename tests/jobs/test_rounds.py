"""Every worker starts the rounds; only the one with the lease goes, and a fault stops no other."""

import asyncio
import logging
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from gridapp.jobs.rounds import Round, Rounds, run_jobs
from gridapp.services.areas import hold
from gridapp.services.areas.hold import hold_tree
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.store import lease as leases
from gridapp.services.store import migrate as migrations
from gridapp.services.store.lease import FileLease, open_lease
from tests.clock import Clock

pytestmark = pytest.mark.both_databases


def test_one_worker_holds_the_lease_until_it_gives_it_back(own_desk: Desk, tmp_path: Path) -> None:
    one, other = (open_lease(own_desk.engine, tmp_path) for _ in range(2))
    assert (one.take(), other.take(), one.take()) == (True, False, True)
    one.give_back()
    assert (other.take(), one.take()) == (True, False)
    other.give_back()


def test_rounds_are_gone_when_they_are_due(own_desk: Desk, clock: Clock, tmp_path: Path) -> None:
    told = [
        Round("often", timedelta(minutes=1), lambda _: 0),
        Round("seldom", timedelta(hours=1), lambda _: 0),
    ]
    rounds = Rounds(own_desk, FileLease(tmp_path / "lock"), tuple(told))
    gone = [rounds.go(), rounds.go()]
    clock.forward(minutes=1)
    gone.append(rounds.go())
    assert gone == [["often", "seldom"], [], ["often"]]
    rounds.lease.give_back()


def test_without_the_lease_no_round_is_gone(own_desk: Desk, tmp_path: Path) -> None:
    holder = FileLease(tmp_path / "lock")
    holder.take()
    round_ = Round("often", timedelta(0), lambda _: 0)
    assert Rounds(own_desk, FileLease(tmp_path / "lock"), (round_,)).go() == []
    holder.give_back()


def test_a_round_that_fails_stops_no_other(
    own_desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: Desk) -> int:
        raise RuntimeError("the ceiling fell down")

    done: list[Desk] = []
    told = (
        Round("broken", timedelta(0), broken),
        Round("whole", timedelta(0), lambda desk: done.append(desk) or 1),  # type: ignore[func-returns-value]
    )
    lease = FileLease(tmp_path / "lock")
    with caplog.at_level(logging.ERROR):
        Rounds(own_desk, lease, told).go()
    lease.give_back()
    assert done == [own_desk]
    assert "the ceiling fell down" in caplog.text


def test_the_jobs_stop_with_the_server_and_free_the_lease(own_desk: Desk) -> None:
    async def serve_a_moment() -> None:
        async with run_jobs(own_desk):
            await asyncio.sleep(0)

    asyncio.run(serve_a_moment())
    lease = open_lease(own_desk.engine, own_desk.settings.data_dir)
    assert lease.take()
    lease.give_back()


def test_no_two_locks_of_a_database_have_one_key() -> None:
    # A lock that the leader's own lease holds would let its sweep wait for ever.
    keys = [hold._KEY, leases._KEY, migrations._LOCK]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("town", ["postgresql"], indirect=True)
def test_the_leader_may_change_the_tree(own_desk: Desk) -> None:
    lease = open_lease(own_desk.engine, own_desk.settings.data_dir)
    assert lease.take()
    with own_desk.acting(SYSTEM) as act:
        act.session.execute(text("SET LOCAL lock_timeout = '2s'"))
        hold_tree(act)
    lease.give_back()

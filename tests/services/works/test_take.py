"""Work is in one hand at a time, is taken again from the dead, and never written over by them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from gridapp.domain.errors import NotAllowedError
from gridapp.domain.vocabulary import Deed, WorkState
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.works.end import fail_work, finish_work, stop_work
from gridapp.services.works.refusals import WorkLostError
from gridapp.services.works.take import (
    BROKEN_MOST,
    Progress,
    TakenWork,
    Word,
    beat_work,
    doer_of,
    give_back_work,
    is_work_due,
)
from gridapp.tables import Person
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import do
from tests.printing.sheets import public_at
from tests.services.works.orders import order, rows, seen, take

pytestmark = pytest.mark.both_databases


def test_the_oldest_is_taken_first_and_once(public_desk: Desk, cast: Cast, clock: Clock) -> None:
    first = order(public_desk, cast)
    clock.forward(seconds=1)
    second = order(public_desk, cast, "admin")
    taken = [take(public_desk) for _ in range(3)]
    assert [one and one.uid for one in taken] == [first, second, None]
    with public_desk.looking(SYSTEM) as act:
        assert not is_work_due(act)


def test_of_many_hands_at_once_one_takes_it(own_desk: Desk, cast: Cast) -> None:
    with public_at(own_desk, "https://grid.example.cn") as desk:
        order(desk, cast)
    together = Barrier(6)

    def grasp(_: int) -> TakenWork | None:
        together.wait()
        return take(own_desk)

    with ThreadPoolExecutor(6) as hands:
        taken = [one for one in hands.map(grasp, range(6)) if one is not None]
    assert len(taken) == 1


def test_what_fell_silent_is_taken_again_and_the_dead_write_nothing(
    public_desk: Desk, cast: Cast, clock: Clock
) -> None:
    uid = order(public_desk, cast)
    dead = take(public_desk)
    assert dead is not None
    clock.forward(seconds=59)
    assert take(public_desk) is None
    clock.forward(seconds=2)
    alive = take(public_desk)
    assert alive is not None
    with public_desk.acting(SYSTEM) as act:
        assert beat_work(act, dead, Progress()) is Word.LOST
        fail_work(act, dead, "不算数")
        stop_work(act, dead)
        give_back_work(act, dead)
        with pytest.raises(WorkLostError):
            finish_work(act, dead, None, {})
    assert seen(public_desk, cast, uid).state == "running"
    with public_desk.acting(SYSTEM) as act:
        finish_work(act, alive, None, {"page_count": 3})
    assert seen(public_desk, cast, uid).result == {"page_count": 3}


def test_a_sign_of_life_keeps_it(public_desk: Desk, cast: Cast, clock: Clock) -> None:
    order(public_desk, cast)
    taken = take(public_desk)
    assert taken is not None
    for _ in range(3):
        clock.forward(seconds=50)
        with public_desk.acting(SYSTEM) as act:
            assert beat_work(act, taken, Progress()) is Word.GO_ON
    assert take(public_desk) is None


def test_what_kills_its_process_each_time_is_ended(
    public_desk: Desk, cast: Cast, clock: Clock
) -> None:
    uid = order(public_desk, cast)
    for _ in range(BROKEN_MOST):
        assert take(public_desk) is not None
        clock.forward(minutes=2)
    assert take(public_desk) is None
    view = seen(public_desk, cast, uid)
    assert (view.state, view.may_resume) == ("failed", True)
    assert "几次中途停下" in view.fault


def test_what_is_given_back_is_not_counted_as_broken(public_desk: Desk, cast: Cast) -> None:
    order(public_desk, cast)
    for _ in range(BROKEN_MOST + 2):
        taken = take(public_desk)
        assert taken is not None
        with public_desk.acting(SYSTEM) as act:
            give_back_work(act, taken)
    assert rows(public_desk)[0].broken_count == 0


def test_what_was_cancelled_while_nobody_held_it_is_not_begun_again(
    public_desk: Desk, cast: Cast, clock: Clock
) -> None:
    uid = order(public_desk, cast)
    take(public_desk)
    do(public_desk, cast.actor("wang"), Deed.CANCEL_WORK, str(uid))
    clock.forward(minutes=2)
    assert take(public_desk) is None
    assert rows(public_desk)[0].state is WorkState.CANCELLED


def test_nothing_is_done_in_the_name_of_who_has_left(public_desk: Desk, cast: Cast) -> None:
    order(public_desk, cast)
    taken = take(public_desk)
    assert taken is not None
    with public_desk.acting(SYSTEM) as act:
        assert doer_of(act, taken).person_id == cast.wang
        act.session.get_one(Person, cast.wang).disabled_at = act.now
    with public_desk.looking(SYSTEM) as act, pytest.raises(NotAllowedError):
        doer_of(act, taken)

"""Work that has fallen silent says so at once, and is stopped or gone on with at once."""

from datetime import datetime, timedelta

import pytest

from gridapp.domain.vocabulary import Deed, WorkState
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.works.end import finish_work
from gridapp.services.works.files import Pulse, works_in
from gridapp.services.works.refusals import WorkEndedError, WorkLostError
from gridapp.services.works.take import BROKEN_MOST, Progress, TakenWork, Word, beat_work
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import do
from tests.services.works.orders import order, rows, seen, take


def taken(desk: Desk, cast: Cast) -> TakenWork:
    order(desk, cast)
    one = take(desk)
    assert one is not None
    return one


def pulse(desk: Desk, one: TakenWork, attempt: int = 1, moved_at: datetime | None = None) -> None:
    """Give the sign of life that a process leaves beside the database."""
    now = desk.clock()
    works_in(desk.settings.data_dir).note_pulse(one.uid, Pulse(attempt, now, moved_at or now))


def steer(desk: Desk, cast: Cast, deed: Deed, one: TakenWork) -> None:
    do(desk, cast.actor("wang"), deed, str(one.uid))


def test_it_tells_when_it_last_moved(public_desk: Desk, cast: Cast, clock: Clock) -> None:
    one = taken(public_desk, cast)
    clock.forward(seconds=9)
    view = seen(public_desk, cast, one.uid)
    assert (view.state_label, view.is_late) == ("正在进行", False)
    assert view.alive_words == "最近推进 12:00:00"
    assert (view.may_cancel, view.may_resume) == (True, False)


def test_after_ten_seconds_of_silence_it_is_broken_off(
    public_desk: Desk, cast: Cast, clock: Clock
) -> None:
    one = taken(public_desk, cast)
    clock.forward(seconds=11)
    view = seen(public_desk, cast, one.uid)
    assert (view.state_label, view.is_late) == ("已中断，正在恢复", True)
    assert view.alive_words.startswith("12:00:00 起没有响应")
    assert (view.may_cancel, view.may_resume) == (True, True)


def test_what_lives_while_the_database_is_busy_is_not_late(
    public_desk: Desk, cast: Cast, clock: Clock
) -> None:
    one = taken(public_desk, cast)
    moved_at = clock.forward(seconds=100)
    clock.forward(seconds=200)
    pulse(public_desk, one, moved_at=moved_at)
    view = seen(public_desk, cast, one.uid)
    assert (view.is_late, view.alive_words) == (False, "最近推进 12:01:40")


def test_the_pulse_of_one_given_up_for_dead_is_none(
    public_desk: Desk, cast: Cast, clock: Clock
) -> None:
    one = taken(public_desk, cast)
    clock.forward(seconds=61)
    again = take(public_desk)
    assert again is not None
    clock.forward(seconds=11)
    pulse(public_desk, one, attempt=1)
    assert seen(public_desk, cast, one.uid).is_late
    pulse(public_desk, again, attempt=2)
    view = seen(public_desk, cast, one.uid)
    assert (view.is_late, view.alive_words[:8]) == (False, "中断过，已接着做")


def test_late_work_is_stopped_at_once_and_its_ghost_writes_nothing(
    public_desk: Desk, cast: Cast, clock: Clock
) -> None:
    one = taken(public_desk, cast)
    steer(public_desk, cast, Deed.CANCEL_WORK, one)
    assert seen(public_desk, cast, one.uid).state_label == "正在停止"
    clock.forward(seconds=11)
    assert "再停一次" in seen(public_desk, cast, one.uid).alive_words
    steer(public_desk, cast, Deed.CANCEL_WORK, one)
    assert rows(public_desk)[0].state is WorkState.CANCELLED
    with public_desk.acting(SYSTEM) as act:
        assert beat_work(act, one, Progress()) is Word.LOST
    with public_desk.acting(SYSTEM) as act, pytest.raises(WorkLostError):
        finish_work(act, one, None, {})


def test_late_work_is_gone_on_with_at_once(public_desk: Desk, cast: Cast, clock: Clock) -> None:
    one = taken(public_desk, cast)
    clock.forward(seconds=11)
    steer(public_desk, cast, Deed.RESUME_WORK, one)
    again = take(public_desk)
    assert again is not None
    assert (again.uid, again.attempt_count) == (one.uid, 2)
    with public_desk.acting(SYSTEM) as act:
        assert beat_work(act, one, Progress()) is Word.LOST
    with pytest.raises(WorkEndedError):
        steer(public_desk, cast, Deed.RESUME_WORK, one)


def test_what_breaks_off_whenever_it_is_gone_on_with_is_ended(
    public_desk: Desk, cast: Cast, clock: Clock
) -> None:
    one = taken(public_desk, cast)
    for _ in range(BROKEN_MOST):
        clock.forward(seconds=11)
        steer(public_desk, cast, Deed.RESUME_WORK, one)
        take(public_desk)
    view = seen(public_desk, cast, one.uid)
    assert (view.state, view.may_resume) == ("failed", True)


def test_what_does_not_go_on_is_never_late(public_desk: Desk, cast: Cast, clock: Clock) -> None:
    uid = order(public_desk, cast)
    clock.moment += timedelta(hours=3)
    view = seen(public_desk, cast, uid)
    assert (view.is_late, view.alive_words, view.state) == (False, "", "waiting")

"""What goes along offline: enough to work from, nobody else's words, and not too much of it."""

from uuid import uuid4

import pytest
from pydantic_core import to_json

from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.deeds import do_deed
from gridapp.services.desk import Desk
from gridapp.services.me.snapshot import SnapshotView, see_snapshot
from gridapp.services.me.tasks import TaskView
from gridapp.services.orders import Order
from gridapp.tables import Building, BuildingCode
from tests.cast import MADE_AT, Cast
from tests.makers import a_case, do, report

pytestmark = pytest.mark.both_databases

MOST_BYTES = 500_000
# Of it for cases, buildings and people; the rest is for what else goes along.
MOST_BYTES_OF_CASES = 440_000


def taken_by(desk: Desk, cast: Cast, name: str = "li") -> SnapshotView:
    with desk.looking(cast.actor(name)) as act:
        return see_snapshot(act)


def only_task(desk: Desk, cast: Cast, name: str = "li") -> TaskView:
    [task] = taken_by(desk, cast, name).tasks
    return task


def dispatch_to_grid(desk: Desk, cast: Cast, no: str, words: str = "") -> None:
    do(desk, cast.actor("wang"), Deed.ACCEPT, no)
    do(desk, cast.actor("wang"), Deed.DISPATCH, no, words=words)


def test_an_own_task_brings_its_history_and_what_may_be_done(desk: Desk, cast: Cast) -> None:
    case = report(desk, cast)
    dispatch_to_grid(desk, cast, case.no, "先看配电箱")
    task = only_task(desk, cast)
    assert [step.label for step in task.steps] == ["上报", "受理", "派遣"]
    assert task.steps[-1].words == "先看配电箱"
    assert "case.take" in task.deeds
    assert (task.at, task.is_mine) == (cast.code1, True)


def test_of_a_case_of_others_only_public_words_go_along(desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast, Status.DISPATCHED)
    do(desk, cast.actor("wang"), Deed.URGE, case.no, words="内部催办意见")
    task = only_task(desk, cast)
    assert (task.is_mine, task.photos) == (False, ())
    assert "内部催办意见" not in to_json(task).decode()


def test_a_strangers_snapshot_knows_nothing_of_it(desk: Desk, cast: Cast) -> None:
    a_case(desk, cast, Status.DISPATCHED)
    assert taken_by(desk, cast, "qian").tasks == ()


@pytest.mark.parametrize("status", [Status.DISPATCHED, Status.PAUSED])
def test_nothing_in_it_ages(desk: Desk, cast: Cast, status: Status) -> None:
    a_case(desk, cast, status)
    before = to_json(taken_by(desk, cast))
    desk.clock.forward(minutes=90)  # type: ignore[attr-defined]  # the tests' clock
    assert to_json(taken_by(desk, cast)) == before


def test_the_marks_of_a_deadline_stand_around_it(desk: Desk, cast: Cast) -> None:
    report(desk, cast)
    task = only_task(desk, cast)
    assert task.warn_at < task.due_at < task.red_at


def test_the_busiest_worker_takes_along_less_than_half_a_megabyte(desk: Desk, cast: Cast) -> None:
    _fill_grid(desk, cast)
    taken = taken_by(desk, cast)
    assert [task.is_mine for task in taken.tasks] == [True] * 60 + [False] * 40
    assert taken.left_out_count == 20
    assert len(to_json(taken)) < MOST_BYTES_OF_CASES < MOST_BYTES


def _fill_grid(desk: Desk, cast: Cast) -> None:
    """Give Li's grid 500 buildings and 120 open cases, each as wordy as can be."""
    with desk.acting(cast.actor("li")) as act:
        houses = [
            Building(grid_id=cast.grid1, name=f"真如新村{n}号楼", address=f"真如路{n}弄{n}号")
            for n in range(500)
        ]
        act.session.add_all(houses)
        act.session.flush()
        act.session.add_all(
            BuildingCode(code=f"T{house.id:07}", building_id=house.id, issued_at=MADE_AT)
            for house in houses
            if house.id is not None
        )
    numbers = [report(desk, cast, text="三号楼门口的路灯又不亮了" * 100).no for _ in range(120)]
    with desk.acting(cast.actor("wang")) as act:
        for no in numbers[:60]:
            for deed in (Deed.ACCEPT, Deed.DISPATCH, *[Deed.URGE] * 6):
                do_deed(act, Order(deed, no, {"words": "请先看配电箱再决定" * 50}, uid=uuid4()))

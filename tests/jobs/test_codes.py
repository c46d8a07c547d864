"""Long issuing of codes: whatever stops it, no building gets two codes and none is forgotten."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from gridapp.domain.vocabulary import Deed
from gridapp.jobs import codes, works
from gridapp.jobs.hand import Hand
from gridapp.services.desk import RESIDENT, Act, Desk
from gridapp.services.register import issuing
from gridapp.services.works.views import WorkView
from gridapp.tables import Building
from tests.cast import Cast
from tests.clock import Clock
from tests.jobs.works_at import bench_of
from tests.makers import do
from tests.served import ROOT
from tests.services.register.bare import asked, bare_buildings, hanging
from tests.services.works.orders import rows, seen, take

MANY = 5


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make few buildings many, and let a step be two of them."""
    monkeypatch.setattr(issuing, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(codes, "_STEP", 2)
    monkeypatch.setattr(works, "_BEAT_S", 0.01)


@pytest.fixture
def bare(own_desk: Desk, cast: Cast) -> list[int]:
    return bare_buildings(own_desk, cast.grid1, MANY)


def order(desk: Desk, cast: Cast) -> UUID:
    uid, mark = uuid4(), asked(desk, cast, "admin").mark
    do(desk, cast.actor("admin"), Deed.ISSUE_CODE, uid=uid, everywhere=True, mark=mark)
    return uid


def done(desk: Desk, cast: Cast, uid: UUID) -> WorkView:
    assert bench_of(desk).do_next()
    return seen(desk, cast, uid, "admin")


def is_each_once(desk: Desk, ids: list[int]) -> bool:
    return hanging(desk) == dict.fromkeys([1, 2, 3, *ids], 1)


def after_a_step(monkeypatch: pytest.MonkeyPatch, happens: Callable[[Hand], object]) -> None:
    """Let something happen between the first step and the second."""
    tell = Hand.tell

    def tell_and_stumble(hand: Hand, doing: str, done_count: int, total_count: int) -> None:
        tell(hand, doing, done_count, total_count)
        if done_count == 2:
            happens(hand)

    monkeypatch.setattr(Hand, "tell", tell_and_stumble)


def test_it_gives_each_its_code_and_tells_how_many(
    own_desk: Desk, cast: Cast, bare: list[int]
) -> None:
    view = done(own_desk, cast, order(own_desk, cast))
    assert (view.state, view.done_count, view.result["issued_count"]) == ("done", MANY, MANY)
    assert is_each_once(own_desk, bare)


def test_cancelled_on_the_way_it_can_be_gone_on_with(
    own_desk: Desk, cast: Cast, bare: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    uid, admin = order(own_desk, cast), cast.actor("admin")

    def cancel(hand: Hand) -> None:
        do(own_desk, admin, Deed.CANCEL_WORK, str(uid))
        while not hand.is_stopped():
            hand.ending.wait(0.005)

    with monkeypatch.context() as patched:
        after_a_step(patched, cancel)
        view = done(own_desk, cast, uid)
    assert (view.state, view.result["issued_count"]) == ("cancelled", 2)
    assert len(hanging(own_desk)) == 3 + 2
    do(own_desk, admin, Deed.RESUME_WORK, str(uid))
    assert done(own_desk, cast, uid).result["issued_count"] == MANY
    assert is_each_once(own_desk, bare)


def test_a_process_that_ends_leaves_the_rest_to_the_next(
    own_desk: Desk, cast: Cast, bare: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = order(own_desk, cast)
    with monkeypatch.context() as patched:
        after_a_step(patched, lambda hand: hand.ending.set())
        view = done(own_desk, cast, uid)
    assert (view.state, view.result["issued_count"], len(hanging(own_desk))) == ("waiting", 2, 5)
    assert done(own_desk, cast, uid).result["issued_count"] == MANY
    assert is_each_once(own_desk, bare)


def test_whom_somebody_else_was_faster_with_gets_no_second_code(
    own_desk: Desk, cast: Cast, bare: list[int]
) -> None:
    uid = order(own_desk, cast)
    do(own_desk, cast.actor("chen"), Deed.ISSUE_CODE, buildings=bare[:1])
    with own_desk.acting(RESIDENT) as act:
        act.session.get_one(Building, bare[1]).retired_at = act.now
    view = done(own_desk, cast, uid)
    assert (view.result["issued_count"], view.result["seen_count"]) == (MANY - 2, MANY)
    assert is_each_once(own_desk, [one for one in bare if one != bare[1]])


def test_a_building_that_came_later_was_not_confirmed(
    own_desk: Desk, cast: Cast, bare: list[int]
) -> None:
    uid = order(own_desk, cast)
    bare_buildings(own_desk, cast.grid1, 1)
    assert done(own_desk, cast, uid).result["issued_count"] == MANY
    assert is_each_once(own_desk, bare)


def test_who_was_given_up_for_dead_gives_no_more_codes(
    own_desk: Desk, cast: Cast, bare: list[int], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = order(own_desk, cast)

    def slow(act: Act, ids: Sequence[int], grid: str) -> dict[int, str]:
        clock.forward(minutes=2)
        assert take(own_desk) is not None
        return issuing.issue_some(act, ids, grid)

    monkeypatch.setattr(codes, "issue_some", slow)
    monkeypatch.setattr(works, "_BEAT_S", 60)
    assert bench_of(own_desk).do_next()
    assert len(hanging(own_desk)) == 3
    monkeypatch.setattr(codes, "issue_some", issuing.issue_some)
    clock.forward(minutes=2)
    assert done(own_desk, cast, uid).result["issued_count"] == MANY
    assert is_each_once(own_desk, bare)


# Dies in the second step, when its codes are written and not yet committed.
_PROCESS = """
import os, signal
from datetime import datetime
from gridapp.jobs import codes
from gridapp.jobs.works import Workbench
from gridapp.services.desk import Desk, open_desk
from gridapp.services.store.lease import FileLease
from gridapp.settings import Settings
codes._STEP = 2
issue_some, steps = codes.issue_some, []
def issue(*told):
    issued = issue_some(*told)
    steps.append(issued)
    if len(steps) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return issued
codes.issue_some = issue
desk = open_desk(Settings(_env_file=None))
at = datetime.fromisoformat("{at}")
desk = Desk(desk.engine, desk.files, desk.settings, lambda: at)
Workbench(desk, FileLease(desk.settings.data_dir / "works.lock")).do_next()
"""


def test_killed_in_the_middle_the_next_process_gives_the_rest(
    own_desk: Desk, cast: Cast, bare: list[int], clock: Clock, tmp_path: Path
) -> None:
    uid = order(own_desk, cast)
    told = {
        "GRID_DATABASE_URL": own_desk.engine.url.render_as_string(hide_password=False),
        "GRID_DATA_DIR": str(tmp_path),
    }
    program = _PROCESS.format(at=clock().isoformat())
    killed = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=os.environ | told, check=False
    )
    assert (killed.returncode, rows(own_desk)[0].state) == (-signal.SIGKILL, "running")
    assert len(hanging(own_desk)) == 3 + 2
    clock.forward(minutes=2)
    assert done(own_desk, cast, uid).result["issued_count"] == MANY
    assert is_each_once(own_desk, bare)

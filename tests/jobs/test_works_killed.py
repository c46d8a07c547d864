"""A process killed in the middle of a print: the next takes it, and sets nothing a second time."""

import os
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from gridapp.domain.vocabulary import Deed
from gridapp.printing import shop
from gridapp.services.desk import Desk
from tests.cast import Cast
from tests.clock import Clock
from tests.jobs.works_at import bench_of, public
from tests.makers import do
from tests.served import ROOT
from tests.services.works.orders import order, rows, seen

# Sets three posters in chunks of one, and dies where they would be joined.
_PROCESS = """
import os, signal
from datetime import datetime
from pathlib import Path
from uuid import UUID
from gridapp.jobs.works import Workbench
from gridapp.domain.vocabulary import Deed
from gridapp.printing import shop
from gridapp.services.desk import Desk, open_desk
from gridapp.services.store.lease import FileLease
from gridapp.settings import Settings
shop.CHUNK_PAGES = 1
shop._merge = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
desk = open_desk(Settings(_env_file=None))
at = datetime.fromisoformat("{at}")
desk = Desk(desk.engine, desk.files, desk.settings, lambda: at)
Workbench(desk, FileLease(desk.settings.data_dir / "works.lock")).do_next()
"""


def print_and_be_killed(desk: Desk, cast: Cast, folder: Path) -> UUID:
    """Order posters, and let a process die over them; gives the work's id."""
    uid = order(desk, cast)
    told = {
        "GRID_DATABASE_URL": desk.engine.url.render_as_string(hide_password=False),
        "GRID_DATA_DIR": str(folder),
        "GRID_PUBLIC_URL": "https://grid.example.cn",
    }
    program = _PROCESS.format(at=desk.clock().isoformat())
    killed = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=os.environ | told, check=False
    )
    assert (killed.returncode, rows(desk)[0].state) == (-9, "running")
    return uid


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_killed_before_the_end_it_goes_on_with_what_was_set(
    own_desk: Desk, cast: Cast, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shop, "CHUNK_PAGES", 1)
    with public(own_desk) as desk:
        uid = print_and_be_killed(desk, cast, tmp_path)
        assert not bench_of(desk).do_next()  # it may still be alive
        clock.forward(minutes=2)
        monkeypatch.setattr(shop, "start_press", lambda *_: pytest.fail("set a second time"))
        assert bench_of(desk).do_next()
        assert seen(desk, cast, uid).result["page_count"] == 3


def test_killed_it_says_so_after_ten_seconds_and_goes_on_when_told(
    own_desk: Desk, cast: Cast, clock: Clock, tmp_path: Path
) -> None:
    with public(own_desk) as desk:
        uid = print_and_be_killed(desk, cast, tmp_path)
        clock.forward(seconds=11)
        view = seen(desk, cast, uid)
        assert (view.state_label, view.may_resume) == ("已中断，正在恢复", True)
        assert not bench_of(desk).do_next()  # by itself only after a minute
        do(desk, cast.actor("wang"), Deed.RESUME_WORK, str(uid))
        assert bench_of(desk).do_next()
        assert seen(desk, cast, uid).result["page_count"] == 3


def test_killed_it_is_cancelled_at_once(
    own_desk: Desk, cast: Cast, clock: Clock, tmp_path: Path
) -> None:
    with public(own_desk) as desk:
        uid = print_and_be_killed(desk, cast, tmp_path)
        clock.forward(seconds=11)
        do(desk, cast.actor("wang"), Deed.CANCEL_WORK, str(uid))
        assert seen(desk, cast, uid).state == "cancelled"
        clock.forward(minutes=2)
        assert not bench_of(desk).do_next()

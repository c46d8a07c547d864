"""A process killed in the middle of a print: the next takes it, and sets nothing a second time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gridapp.printing import shop
from gridapp.services.desk import Desk
from tests.cast import Cast
from tests.clock import Clock
from tests.jobs.works_at import bench_of, public
from tests.served import ROOT
from tests.services.works.orders import order, rows, seen

# Sets three posters in chunks of one, and dies where they would be joined.
_PROCESS = """
import os, signal
from datetime import datetime
from pathlib import Path
from gridapp.jobs.works import Workbench
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


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_killed_before_the_end_it_goes_on_with_what_was_set(
    own_desk: Desk, cast: Cast, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shop, "CHUNK_PAGES", 1)
    with public(own_desk) as desk:
        uid = order(desk, cast)
        told = {
            "GRID_DATABASE_URL": desk.engine.url.render_as_string(hide_password=False),
            "GRID_DATA_DIR": str(tmp_path),
            "GRID_PUBLIC_URL": "https://grid.example.cn",
        }
        program = _PROCESS.format(at=clock().isoformat())
        killed = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env=os.environ | told, check=False
        )
        assert (killed.returncode, rows(desk)[0].state) == (-9, "running")
        assert not bench_of(desk).do_next()  # it may still be alive
        clock.forward(minutes=2)
        monkeypatch.setattr(shop, "start_press", lambda *_: pytest.fail("set a second time"))
        assert bench_of(desk).do_next()
        assert seen(desk, cast, uid).result["page_count"] == 3

"""A job killed between taking and sending: the message goes out again, under the same key."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from gridapp.jobs.deliver import deliver
from gridapp.services.desk import Desk
from tests.cast import Cast
from tests.clock import Clock
from tests.gateway import a_gateway
from tests.jobs.test_deliver import PHONE, message
from tests.makers import report
from tests.served import ROOT

_JOB = """
from datetime import datetime
from gridapp.jobs.deliver import deliver
from gridapp.services.desk import Desk, open_desk
from gridapp.settings import Settings
desk = open_desk(Settings(_env_file=None))
at = datetime.fromisoformat("{at}")
deliver(Desk(desk.engine, desk.files, desk.settings, lambda: at))
"""


def settings_of(desk: Desk, folder: Path, url: str) -> dict[str, str]:
    return {
        "GRID_DATABASE_URL": desk.engine.url.render_as_string(hide_password=False),
        "GRID_DATA_DIR": str(folder),
        "GRID_SMS_URL": url,
    }


def test_killed_while_the_gateway_has_it_it_comes_again_under_the_same_key(
    own_desk: Desk, cast: Cast, clock: Clock, tmp_path: Path
) -> None:
    report(own_desk, cast, phone=PHONE)
    with a_gateway() as gateway:
        gateway.hold, came = threading.Event(), threading.Event()
        gateway.on_request = came.set
        told = settings_of(own_desk, tmp_path, gateway.url)
        job = subprocess.Popen(
            [sys.executable, "-c", _JOB.format(at=clock().isoformat())],
            cwd=ROOT,
            env=os.environ | told,
        )
        assert came.wait(30)
        job.send_signal(signal.SIGKILL)
        job.wait()
        gateway.hold.set()
        assert message(own_desk).status == "taken"
        settings = own_desk.settings.model_copy(update={"sms_url": gateway.url})
        again = Desk(own_desk.engine, own_desk.files, settings, clock)
        assert deliver(again) == 0  # it may still be on its way
        clock.forward(minutes=6)
        assert deliver(again) == 1
    first, second = gateway.came
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
    assert first.json() == second.json()
    assert message(own_desk).status == "sent"

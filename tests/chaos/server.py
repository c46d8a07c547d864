"""The real server, to be killed at any moment and started again on the same port and data."""

import os
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Self

from gridapp.services.pauses import REACHED, Point
from tests.databases import _fill
from tests.served import ROOT, free_port, inherited_environment

_START_S = 60


class Server:
    """``gridapp serve --api-only`` in a process group of its own."""

    def __init__(self, folder: Path, public_url: str, port: int = 0) -> None:
        self.folder = folder
        self.root = ROOT
        self.settings: dict[str, str] = {}
        self.port = port or free_port()
        self.public_url = public_url
        self.pauses = folder / "pauses"
        self.pauses.mkdir(parents=True)
        self.data = folder / "data"
        self.data.mkdir()
        self.cast = _fill(f"sqlite:///{self.data / 'gridapp.db'}")
        self.kill_count = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._log = (folder / "server.log").open("ab")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end()
        self._log.close()

    def start(self) -> None:
        """Start it and wait until it answers."""
        told = {
            "GRID_DATA_DIR": str(self.data),
            "GRID_PUBLIC_URL": self.public_url,
            "GRID_TEST_PAUSES": str(self.pauses),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gridapp", "serve", "--api-only", "--port", str(self.port)],
            cwd=self.root,
            env=inherited_environment() | told | self.settings,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that the workers die with it
        )
        self._wait()

    def kill(self) -> None:
        """Kill it without a word, and start it again."""
        self._end()
        self.kill_count += 1
        self.start()

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something has come about in the server's database."""
        asked = threading.Event()
        for _ in range(_START_S * 20):
            if is_so():
                return
            asked.wait(0.05)
        raise AssertionError("it has not come about")

    def upgrade(self, root: Path, **settings: str) -> None:
        """Serve another release, or this one with other settings, from now on."""
        self.root = root
        self.settings = settings
        self.kill()

    def kill_at(self, point: Point, patience_s: float) -> bool:
        """Kill it exactly at a point of the next write; tell whether one came there in time."""
        asked, same = self.pauses / point, self.pauses / f"{point}.kept"
        same.unlink(missing_ok=True)
        os.mkfifo(asked)
        os.link(asked, same)
        arrived = threading.Event()

        def wait() -> None:
            with same.open("wb"):  # opens when the server stands there, or when we let go below
                arrived.set()
                gone.wait()

        gone = threading.Event()
        waiting = threading.Thread(target=wait)
        waiting.start()
        is_there = arrived.wait(patience_s)
        asked.unlink(missing_ok=True)
        if is_there:
            self._end()
        else:
            os.close(os.open(same, os.O_RDWR | os.O_NONBLOCK))
            is_there = arrived.wait(1) and asked.with_suffix(REACHED).exists()
        gone.set()
        waiting.join()
        for left in (same, asked.with_suffix(REACHED)):
            left.unlink(missing_ok=True)
        if is_there:
            self._end()
            self.kill_count += 1
            self.start()
        return is_there

    def _end(self) -> None:
        if self._process is None or self._process.poll() is not None:
            return
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _wait(self) -> None:
        asked = threading.Event()
        for _ in range(_START_S * 20):
            try:
                address = f"http://127.0.0.1:{self.port}/version.json"
                with urllib.request.urlopen(address, timeout=5):
                    return
            except OSError:
                asked.wait(0.05)
        raise RuntimeError((self.folder / "server.log").read_text(encoding="utf-8"))

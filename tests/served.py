"""A real server of this checkout for one test session: its own port, its own empty data."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Moves a server's clock with the suite's: see `tests.shifted`.
CLOCK_LIBRARY = "GRID_TEST_CLOCK_LIBRARY"
_START_S = 90


def free_port() -> int:
    """Find a port that nobody uses, and that nobody is given while its server is away.

    Not one that the system hands out: those are also the near ends of every connection of every
    test, so that a server that is killed and started again finds its port taken once in a while,
    and never comes back.
    """
    for port in _PORTS:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no port is free")


def _own_ports() -> Iterator[int]:
    """Give each port of this process's share once, from a place that differs from run to run."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _SHARES
    share = range(_FIRST_PORT + worker * _SHARE, _FIRST_PORT + (worker + 1) * _SHARE)
    begin = os.getpid() * 37 % _SHARE
    return (share[(begin + step) % _SHARE] for step in range(_SHARE))


# Below what the system hands out (32768 on), above what services of a machine listen on.
_FIRST_PORT = 20_000
_SHARES = 8
_SHARE = 1_500
_PORTS = _own_ports()


def inherited_environment() -> dict[str, str]:
    """Give a server's environment: this process's without ``GRID_*``, at the suite's hour."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GRID_")}
    library = os.environ.get(CLOCK_LIBRARY)
    return kept | ({"LD_PRELOAD": library} if library else {})


@contextmanager
def served(data_dir: Path, *options: str, **settings: str) -> Iterator[str]:
    """Run ``gridapp serve`` with these options and settings, and give its address.

    Args:
        data_dir: Where the server keeps its database; empty for a new one.
        options: Further words of the command line, such as ``--demo``.
        settings: Further ``GRID_*`` variables.
    """
    port = free_port()
    data_dir.mkdir(parents=True, exist_ok=True)
    kept = inherited_environment()
    with (data_dir / "server.log").open("w+", encoding="utf-8") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "gridapp", "serve", "--port", str(port), *options],
            cwd=ROOT,
            # What a test has just done is on the page at once.
            env=kept | {"GRID_DATA_DIR": str(data_dir), "GRID_PLACE_KEPT_S": "0"} | settings,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_it_answers(server, port, Path(log.name))
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_until_it_answers(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the server did not start:\n{log.read_text(encoding='utf-8')}")

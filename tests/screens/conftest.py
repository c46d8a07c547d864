"""Back ends that run for a whole module, each in a process of its own."""

import json
import select
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.served import free_port, inherited_environment

_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Served:
    """A running back end: its port, its handlers, and what it has logged."""

    port: int
    handlers: dict[str, dict[str, Any]]
    log: Path

    def name(self, short: str) -> str:
        """Give the one handler whose full name ends so."""
        [name] = [name for name in self.handlers if name.endswith(short)]
        return name


Serve = Callable[..., Any]


@contextmanager
def _served(
    folder: Path, app: str, variables: dict[str, str] | None = None, **door: str
) -> Iterator[Served]:
    port = free_port()
    survey, log = folder / "survey.json", folder / "log.txt"
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory"]
    command += ["--port", str(port), "tests.screens.serving:serve"]
    environment = {
        **inherited_environment(),
        **{f"DOOR_{name.upper()}": value for name, value in door.items()},
        "DOOR_APP": app,
        "PYTHONUNBUFFERED": "1",
        "DOOR_SURVEY": str(survey),
        "PYTHONPATH": str(_ROOT),
        "GRID_DATA_DIR": str(folder / "data"),
        "GRID_PUBLIC_URL": "http://grid.example",
        "__REFLEX_SKIP_COMPILE": "true",
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_ADD_ALL_ROUTES_ENDPOINT": "true",
        "REFLEX_CORS_ALLOWED_ORIGINS": "http://grid.example",
        "REFLEX_STATE_MANAGER_MODE": "memory",
        **(variables or {}),
    }
    with log.open("w", encoding="utf-8") as log_file:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log_file, stderr=subprocess.STDOUT
        )
    try:
        _wait_until_it_listens(process, port, log)
        yield Served(port, json.loads(survey.read_text(encoding="utf-8")), log)
    finally:
        process.terminate()
        process.wait()


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline_s = time.monotonic() + 60
    while time.monotonic() < deadline_s:
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            # A granian worker says nowhere that it listens.
            select.select([], [], [], 0.02)
        else:
            return
    pytest.fail(log.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Serve:
    """Give the maker of back ends: ``with serve("module:app", guard="off") as served``."""
    return lambda app, *more, **door: _served(tmp_path_factory.mktemp("served"), app, *more, **door)

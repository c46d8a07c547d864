"""What ``gridapp serve`` refuses and what it tells Reflex, before any server runs."""

import os
import subprocess
import sys

import pytest

from gridapp.cli import serve
from gridapp.cli.listening import StartRefusedError
from gridapp.cli.serve import (
    name_public_url,
    refuse_lonely_workers,
    serving_environment,
)
from gridapp.settings import Settings
from tests.served import ROOT

REDIS = "redis://127.0.0.1:6379/0"


def test_several_workers_without_redis_are_refused_with_the_mend() -> None:
    with pytest.raises(StartRefusedError, match="GRID_REDIS_URL"):
        refuse_lonely_workers(Settings(redis_url=""), 2, api_only=False)


@pytest.mark.parametrize(
    ("redis_url", "workers", "api_only"), [("", 1, False), (REDIS, 4, False), ("", 4, True)]
)
def test_workers_that_share_their_states_may_start(
    redis_url: str, workers: int, api_only: bool
) -> None:
    refuse_lonely_workers(Settings(redis_url=redis_url), workers, api_only=api_only)


def test_one_worker_keeps_states_in_memory() -> None:
    switches = serving_environment(Settings(redis_url=""), 1)

    assert switches["REFLEX_STATE_MANAGER_MODE"] == "memory"
    assert "REFLEX_OPLOCK_ENABLED" not in switches


def test_several_workers_share_states_in_redis() -> None:
    switches = serving_environment(Settings(redis_url=REDIS), 2)

    assert switches["REFLEX_STATE_MANAGER_MODE"] == "redis"
    assert switches["REFLEX_REDIS_URL"] == REDIS
    assert switches["REFLEX_OPLOCK_ENABLED"] == "true"


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:3100"),
        ("0.0.0.0", "http://127.0.0.1:3100"),
        ("::1", "http://[::1]:3100"),
    ],
)
def test_people_come_in_where_the_server_listens(
    monkeypatch: pytest.MonkeyPatch, host: str, url: str
) -> None:
    monkeypatch.setenv("GRID_PUBLIC_URL", "http://put-back-afterwards")

    settings = name_public_url(Settings.model_construct(), host, 3100)

    assert settings.public_url == url
    assert Settings().public_url == url  # what a worker reads


def test_the_operator_says_better_where_people_come_in() -> None:
    said = Settings(public_url="https://grid.example.cn")

    assert name_public_url(said, "0.0.0.0", 3100).public_url == "https://grid.example.cn"


def test_the_command_line_opens_without_the_front_end() -> None:
    lines = "import sys, gridapp.cli; sys.exit('reflex' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", lines], cwd=ROOT, check=False)

    assert done.returncode == 0


def test_a_wrong_setting_stops_the_start_with_one_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gridapp", "serve", "--workers", "2"],
        cwd=ROOT,
        env={"GRID_DATABASE_URL": "mysql://x", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "GRID_DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_process_made_large_by_preparing_begins_afresh_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _, command: begun.append(command))
    monkeypatch.setattr(serve, "_LARGE_KB", 1)
    monkeypatch.setattr(sys, "argv", ["gridapp", "serve", "--port", "3001"])
    monkeypatch.delenv(serve._AFRESH, raising=False)
    serve.begin_afresh_if_large()
    serve.begin_afresh_if_large()
    monkeypatch.delenv(serve._AFRESH)  # it was set by the first, for the process that follows
    assert begun == [[sys.executable, "-m", "gridapp", "serve", "--port", "3001"]]

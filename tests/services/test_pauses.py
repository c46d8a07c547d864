"""A test may hold a server at a named point; nobody else can."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gridapp.services.pauses import allow_pauses, pause_at
from gridapp.settings import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    allow_pauses(tmp_path)
    yield tmp_path
    allow_pauses(None)


def test_a_point_that_was_asked_for_holds_the_first_who_comes(folder: Path) -> None:
    fifo = folder / "after_commit"
    os.mkfifo(fifo)
    same = folder / "the same FIFO under a name that stays"
    os.link(fifo, same)
    held = threading.Thread(target=pause_at, args=("after_commit",))

    held.start()
    with same.open("wb"):  # opens once the reader is there: it is held
        pause_at("after_commit")  # the second goes through
        assert held.is_alive()
    held.join(timeout=10)

    assert not held.is_alive()


def test_points_that_were_not_asked_for_hold_nobody(folder: Path) -> None:
    pause_at("after_parse")
    assert list(folder.iterdir()) == []


def test_without_the_setting_a_fifo_holds_nobody(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "after_commit")
    allow_pauses(None)

    pause_at("after_commit")

    assert (tmp_path / "after_commit").exists()


def test_a_server_for_others_refuses_the_setting(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="只供本机测试"):
        Settings(public_url="https://grid.example.cn", test_pauses=tmp_path)

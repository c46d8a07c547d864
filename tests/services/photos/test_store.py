"""A kept file is whole, durable and found by its content; nothing else is ever found."""

import hashlib
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gridapp.domain.errors import NotThereError
from gridapp.services.file_store import FileStore

NOW = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=25)


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def names_in(store: FileStore) -> list[str]:
    digits = "0123456789abcdef"
    return [
        name for digit in digits for name in store.kept_before(LATER + timedelta(days=1), digit)
    ]


def halves_in(store: FileStore) -> list[Path]:
    return list((store.root / "arriving").iterdir())


def test_what_is_kept_is_found_under_the_hash_of_its_content(store: FileStore) -> None:
    name = store.keep(b"a photo", NOW)
    assert name == hashlib.sha256(b"a photo").hexdigest()
    assert store.open(name) == b"a photo"
    assert halves_in(store) == []


def test_keeping_the_same_twice_keeps_it_once(store: FileStore) -> None:
    assert store.keep(b"a photo", NOW) == store.keep(b"a photo", NOW)
    assert len(names_in(store)) == 1


TOO_SHORT, UPPER_CASE, UNKNOWN = "a" * 63, "A" * 64, "f" * 64
PATHS = ["", "..", "../../etc/passwd", "/etc/passwd", "a/../" * 9, "/" * 64, "\x00" * 64]


@pytest.mark.parametrize("name", [*PATHS, TOO_SHORT, UPPER_CASE, UNKNOWN, UNKNOWN + "\n", ".lock"])
def test_no_other_name_opens_anything(store: FileStore, name: str) -> None:
    store.keep(b"a photo", NOW)
    with pytest.raises(NotThereError):
        store.open(name)


def test_many_threads_keep_the_same_and_different_photos_at_once(store: FileStore) -> None:
    bodies = [bytes([number % 5]) * 200_000 for number in range(40)]
    with ThreadPoolExecutor(8) as threads:
        names = list(threads.map(lambda body: store.keep(body, NOW), bodies))
    assert sorted(set(names)) == sorted(names_in(store))
    assert all(store.open(name) == body for name, body in zip(names, bodies, strict=True))
    assert halves_in(store) == []


def test_only_what_was_last_kept_long_ago_is_removed(store: FileStore) -> None:
    old, renewed = store.keep(b"old", NOW), store.keep(b"renewed", NOW)
    store.keep(b"renewed", LATER)
    assert store.remove(old, kept_before=LATER)
    assert not store.remove(renewed, kept_before=LATER)
    assert not store.remove("f" * 64, kept_before=LATER)
    assert store.open(renewed) == b"renewed"


def test_keeping_again_with_an_older_clock_does_not_age_a_file(store: FileStore) -> None:
    name = store.keep(b"a photo", LATER)
    store.keep(b"a photo", NOW)
    assert not store.remove(name, kept_before=LATER)


# The child kills itself at its n-th call to the operating system that Python lets one hear of.
KEEP_AND_DIE = """
import os, signal, sys
from datetime import UTC, datetime
from gridapp.services.file_store import FileStore
calls = 0
def count(event, facts):
    global calls
    if event.startswith(("os.", "open", "fcntl.", "tempfile.")):
        calls += 1
        if calls == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
store = FileStore(sys.argv[1])
sys.addaudithook(count)
store.keep(b"half" * 500_000, datetime(2026, 3, 5, 4, 0, tzinfo=UTC))
"""


def test_a_process_killed_at_any_moment_leaves_no_half_file(store: FileStore) -> None:
    body, ended = b"half" * 500_000, -signal.SIGKILL
    for moment in range(1, 100):
        command = [sys.executable, "-c", KEEP_AND_DIE, str(store.root), str(moment)]
        ended = subprocess.run(command, check=False).returncode
        assert all(store.open(name) == body for name in names_in(store))
        if ended == 0:
            break
        for name in names_in(store):
            store.remove(name, kept_before=LATER)
    assert (ended, moment > 8) == (0, True)
    assert len(halves_in(store)) > 2
    assert store.open(store.keep(body, NOW)) == body


def test_what_a_dead_process_left_behind_is_cleared_away(store: FileStore) -> None:
    store.keep(b"a photo", NOW)
    (store.root / "arriving" / "tmp123").write_bytes(b"half a ph")
    begun = datetime.fromtimestamp((store.root / "arriving" / "tmp123").stat().st_mtime, UTC)
    assert store.remove_halves(begun_before=begun) == 0
    assert store.remove_halves(begun_before=begun + timedelta(hours=1)) == 1
    assert halves_in(store) == []

"""When a build happens, what it may change, and what former pages still find."""

import os
from pathlib import Path

import pytest

from gridapp.frontend.errors import LockChangedError
from gridapp.frontend.lock import kept_lock
from gridapp.frontend.publish import KEPT_DAYS, publish
from gridapp.frontend.sources import _FILES, sources_hash

DAY_S = 86_400
NOW_S = 1_800_000_000.0


def a_file(path: Path, content: str, days_old: float = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    os.utime(path, (NOW_S - days_old * DAY_S,) * 2)
    return path


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    a_file(tmp_path / "package.json", '{"dependencies": {"react": "^19", "vite": "^8"}}')
    return tmp_path


def test_a_build_that_wants_other_packages_is_refused_and_undone(lock: Path) -> None:
    before = (lock / "package.json").read_bytes()

    with pytest.raises(LockChangedError), kept_lock(lock, may_change=False):
        a_file(lock / "package.json", '{"dependencies": {"react": "^20"}}')

    assert (lock / "package.json").read_bytes() == before


def test_the_same_packages_in_another_order_are_the_same(lock: Path) -> None:
    before = (lock / "package.json").read_bytes()

    with kept_lock(lock, may_change=False):
        a_file(lock / "package.json", '{"dependencies":{"vite":"^8","react":"^19"}}')

    assert (lock / "package.json").read_bytes() == before


def test_a_lock_of_another_package_manager_does_not_stay(lock: Path) -> None:
    with kept_lock(lock, may_change=False):
        a_file(lock / "bun.lock", "{}")

    assert not (lock / "bun.lock").exists()


def test_relocking_keeps_what_the_build_wanted(lock: Path) -> None:
    with kept_lock(lock, may_change=True):
        a_file(lock / "package.json", '{"dependencies": {"react": "^20"}}')

    assert "^20" in (lock / "package.json").read_text()


def test_a_page_of_yesterday_still_finds_its_script(tmp_path: Path) -> None:
    site = tmp_path / "site"
    a_file(site / "assets" / "old-1.js", "old", days_old=1)
    a_file(site / "assets" / "ancient-1.js", "ancient", days_old=KEPT_DAYS + 1)
    a_file(tmp_path / "compiled" / "assets" / "new-1.js", "new")

    publish(tmp_path / "compiled", site, NOW_S)

    assert {path.name for path in (site / "assets").iterdir()} == {"old-1.js", "new-1.js"}


def test_a_page_that_was_removed_is_gone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    a_file(site / "gone.html", "old")
    a_file(tmp_path / "compiled" / "index.html", "new")

    publish(tmp_path / "compiled", site, NOW_S)

    assert [path.name for path in site.iterdir()] == ["index.html"]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in _FILES:
        a_file(tmp_path / name, "")
    a_file(tmp_path / "gridapp" / "screens" / "home.py", "one")
    return tmp_path


@pytest.mark.parametrize(
    "name", ["gridapp/screens/home.py", "assets/styles/new.css", "reflex.lock/package.json"]
)
def test_a_changed_source_wants_a_build(tree: Path, name: str) -> None:
    before = sources_hash(tree)

    a_file(tree / name, "two")

    assert sources_hash(tree) != before


def test_a_command_or_a_test_wants_no_build(tree: Path) -> None:
    before = sources_hash(tree)

    a_file(tree / "gridapp" / "cli" / "serve.py", "new")
    a_file(tree / "tests" / "test_home.py", "new")

    assert sources_hash(tree) == before

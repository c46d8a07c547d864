"""What former builds' pages ask for is there for a month after the next build."""

from datetime import timedelta
from pathlib import Path

import pytest

from gridapp.frontend.builds import KEPT_FOR, Builds
from tests.clock import NOON

OLD, NEW = "0123456789ab", "ba9876543210"
A_DAY = timedelta(days=1)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A program's assets."""
    folder = tmp_path / "assets" / "field"
    folder.mkdir(parents=True)
    (folder / "outbox.js").write_text("old")
    return folder.parent


@pytest.fixture
def builds(tmp_path: Path, source: Path) -> Builds:
    """A data directory in which the old build was served, and then the new one."""
    builds = Builds(tmp_path / "data" / "builds")
    builds.keep(OLD, source, ("field/outbox.js",), NOON)
    (source / "field" / "outbox.js").write_text("new")
    builds.keep(NEW, source, ("field/outbox.js",), NOON + A_DAY)
    return builds


def text_of(builds: Builds, version: str) -> str | None:
    found = builds.find(version, "field/outbox.js")
    return found.read_text() if found else None


def test_each_build_keeps_its_own_bytes(builds: Builds) -> None:
    assert (text_of(builds, OLD), text_of(builds, NEW)) == ("old", "new")


def test_a_former_build_is_forgotten_after_thirty_days(builds: Builds) -> None:
    assert builds.forget(NOON + KEPT_FOR) == 0
    assert builds.forget(NOON + KEPT_FOR + A_DAY) == 1
    assert (text_of(builds, OLD), text_of(builds, NEW)) == (None, "new")


def test_the_build_that_is_served_is_never_forgotten(builds: Builds, source: Path) -> None:
    later = NOON + timedelta(days=400)
    builds.forget(later)
    builds.keep("111111111111", source, ("field/outbox.js",), later + A_DAY)
    # It was served until a day ago, however old it is.
    assert builds.forget(later + KEPT_FOR) == 0
    assert text_of(builds, NEW) == "new"


def test_keeping_the_same_build_again_changes_nothing(builds: Builds, source: Path) -> None:
    (source / "field" / "outbox.js").write_text("other")
    builds.keep(NEW, source, ("field/outbox.js",), NOON)
    assert text_of(builds, NEW) == "new"


@pytest.mark.parametrize(
    ("version", "path"),
    [
        ("..", "assets/field/outbox.js"),
        (OLD, "../current"),
        (OLD, "../../../assets/field/outbox.js"),
        (OLD, "field"),
        (OLD, "field/unknown.js"),
        ("current", ""),
    ],
)
def test_nothing_else_is_found(builds: Builds, version: str, path: str) -> None:
    assert builds.find(version, path) is None


def test_a_data_directory_without_builds_has_nothing_to_forget(tmp_path: Path) -> None:
    assert Builds(tmp_path / "none").forget(NOON) == 0

"""The database, the clock and the cast for every test.

``desk`` rolls back after each test; ``own_desk`` commits for real into a database of its own, for
threads and lost races. A test comes on SQLite; where SQL, races, search, paging or counts matter it
says ``both_databases`` and comes on PostgreSQL too, as everything with ``own_desk`` does. With
``GRID_TEST_ALL=1`` (``make test-all``) every test comes on both.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import cast as typed

import psycopg
import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Engine

import gridapp.services.all_deeds  # noqa: F401 - each feature writes its deeds down
from gridapp.services import desk as desks
from gridapp.services.boundaries.files.reading import boundary_pool
from gridapp.services.desk import Desk
from gridapp.services.exchange.reading import table_pool
from gridapp.services.file_store import FileStore
from gridapp.services.photos.clean import photo_pool
from gridapp.settings import Settings
from tests.cast import Cast
from tests.clock import NOON, Clock
from tests.databases import POSTGRES, PostgresTown, SqliteTown, Town
from tests.parametrized import IS_LONG_FORM, named_by_marks

# No test is about time, and a failure found today must be found tomorrow.
hypothesis_settings.register_profile("house", deadline=None, derandomize=True)
hypothesis_settings.load_profile("house")

_SLOWEST_FIRST = ("test_chaos_short", "journeys/outbox", "journeys", "webkit", "screens")
_SECRET = "a secret of the tests, long enough"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process waits for another in the end."""

    def slowness(item: pytest.Item) -> int:
        name = item.path.as_posix()
        return next((n for n, part in enumerate(_SLOWEST_FIRST) if part in name), 99)

    items.sort(key=slowness)


def pytest_sessionfinish() -> None:
    """End the decoders, or the interpreter warns of processes that outlive it."""
    for pool in (photo_pool, table_pool, boundary_pool):
        pool().close()


@pytest.fixture
def noon() -> datetime:
    """Noon in Beijing on Wednesday 10 June 2026: where every test's clock starts."""
    return NOON


@pytest.fixture
def clock(noon: datetime) -> Clock:
    """The desk's clock; ``clock.forward(minutes=31)`` moves it."""
    return Clock(noon)


@pytest.fixture(scope="session")
def sqlite_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    town = SqliteTown(tmp_path_factory.mktemp("town"))
    yield town
    town.close()


@pytest.fixture(scope="session")
def postgresql_town() -> Iterator[Town]:
    try:
        town = PostgresTown()
    except psycopg.OperationalError:
        pytest.skip(f"no PostgreSQL answers at {POSTGRES}; its half of the tests did not run")
    yield town
    town.close()


@pytest.fixture
def town(request: pytest.FixtureRequest) -> Town:
    """The database's kind, with the cast in it."""
    found: Town = request.getfixturevalue(f"{request.param}_town")
    return found


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test the databases that its claim needs."""
    if "town" not in set(metafunc.fixturenames) - named_by_marks(metafunc):
        return
    is_both = (
        "own_desk" in metafunc.fixturenames
        or metafunc.definition.get_closest_marker("both_databases") is not None
        or IS_LONG_FORM
    )
    postgresql = [pytest.param("postgresql", marks=pytest.mark.postgres)] if is_both else []
    metafunc.parametrize("town", ["sqlite", *postgresql], indirect=True)


@pytest.fixture
def cast(town: Town) -> Cast:
    """Who plays: ``cast.li``, ``cast.actor("li")``, ``cast.grid1``, ``cast.code1``."""
    return town.cast


@contextmanager
def _opened(engine: Engine, clock: Clock, folder: Path) -> Iterator[Desk]:
    settings = Settings(data_dir=folder, secret_key=_SECRET, place_kept_s=0, _env_file=None)
    desk = Desk(engine, FileStore(folder / "files"), settings, clock)
    before = desks._open[:]
    desks.use_desk(desk)
    yield desk
    desks._open[:] = before


@pytest.fixture
def desk(town: Town, clock: Clock, tmp_path: Path) -> Iterator[Desk]:
    """The open desk, also the process's own; whatever the test writes is undone at its end.

    One connection serves it, so that deeds may follow each other but not overlap.
    """
    with (
        town.rolled_back() as connection,
        # A Connection stands in for the Engine: a Session takes either.
        _opened(typed("Engine", connection), clock, tmp_path) as desk,
    ):
        yield desk


@pytest.fixture
def own_desk(town: Town, clock: Clock, tmp_path: Path) -> Iterator[Desk]:
    """A desk with real commits in a database of its own, for threads and lost races."""
    with town.fresh(tmp_path) as engine, _opened(engine, clock, tmp_path) as desk:
        yield desk

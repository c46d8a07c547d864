"""A hamlet of the demo with its people and its past, served for the journeys."""

import atexit
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from sqlmodel import select

from gridapp.demo.fill import DEFAULT_SEED, fill_demo
from gridapp.demo.sizes import Size
from gridapp.services.areas.buildings import BuildingView, own_buildings
from gridapp.services.database.engine import open_engine
from gridapp.services.desk import Actor, Desk
from gridapp.services.file_store import FileStore
from gridapp.services.people.actor import SYSTEM, actor_of
from gridapp.services.store.migrate import migrate
from gridapp.settings import Settings
from gridapp.tables import Person
from tests.served import served

PASSWORD: Final = "grid-demo-2026"
_SECRET: Final = "a secret of the journeys, long enough"


@dataclass(frozen=True)
class Hamlet:
    """A served demo, and the same desk for what a test must know or change behind the pages.

    Args:
        address: Where the server answers.
        desk: Opened beside the server on the same data.
        home: A building in the grid that Li walks.
    """

    address: str
    desk: Desk
    home: BuildingView

    def actor(self, login: str) -> Actor:
        """Give one of the demo's people as an actor."""
        return _actor(self.desk, login)


@contextmanager
def served_hamlet(folder: Path, *options: str, **told: str) -> Iterator[Hamlet]:
    """Fill a hamlet into an empty folder and serve it, with further words and settings."""
    shutil.copytree(_filled(), folder, dirs_exist_ok=True)
    desk = _desk_in(folder)
    with served(folder, *options, GRID_SECRET_KEY=_SECRET, **told) as address:
        yield Hamlet(address, desk, _home(desk))
    desk.engine.dispose()


@cache
def _filled() -> Path:
    """Fill a hamlet once for all that are served by this process; each gets a copy."""
    folder = Path(mkdtemp(prefix="hamlet-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    desk = _desk_in(folder)
    migrate(desk.engine)
    with desk.acting(SYSTEM) as act:
        fill_demo(act, Size.HAMLET, seed=DEFAULT_SEED, password=PASSWORD)
    desk.engine.dispose()  # the last connection takes the write-ahead log into the file
    return folder


def _desk_in(folder: Path) -> Desk:
    settings = Settings(data_dir=folder, secret_key=_SECRET, _env_file=None)
    engine = open_engine(settings.database_url)
    return Desk(engine, FileStore(Path(settings.files_url)), settings)


def _actor(desk: Desk, login: str) -> Actor:
    with desk.looking(SYSTEM) as act:
        person_id = act.session.exec(select(Person.id).where(Person.login == login)).one()
        assert person_id is not None
        actor = actor_of(act.session, person_id, act.now)
    assert actor is not None
    return actor


def _home(desk: Desk) -> BuildingView:
    with desk.looking(_actor(desk, "li")) as act:
        return own_buildings(act)[0]

"""A real migrated database of each kind, with a street, two grids and nobody's photos."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, SQLModel

from gridapp.domain.vocabulary import GridLevel, Role
from gridapp.services.desk import Act, Actor, Desk, HeldPost
from gridapp.services.photos.store import FileStore
from gridapp.services.store.engine import open_engine
from gridapp.services.store.migrate import migrate
from gridapp.settings import Settings
from gridapp.tables import Grid, Person

SERVER = "postgresql+psycopg://postgres@127.0.0.1:5432"
NOW = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)


@contextmanager
def _postgres_database() -> Iterator[str]:
    server = create_engine(f"{SERVER}/postgres", isolation_level="AUTOCOMMIT")
    name = f"gridapp_photos_{uuid.uuid4().hex[:12]}"
    try:
        connection = server.connect()
    except OperationalError:
        pytest.skip("no PostgreSQL server answers on this machine")
    with connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield f"{SERVER}/{name}"
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@contextmanager
def _engine_at(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    migrate(engine)
    with Session(engine) as session:
        for number, path in enumerate(["/1/", "/1/2/", "/1/3/"], start=1):
            level = GridLevel.STREET if number == 1 else GridLevel.GRID
            session.add(Grid(id=number, code=f"g{number}", name="格", level=level, path=path))
            session.add(Person(id=number, login=f"p{number}", name="李四", made_at=NOW))
        session.commit()
    yield engine
    engine.dispose()


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    if request.param == "sqlite":
        folder = tmp_path_factory.mktemp("photo_town")
        with _engine_at(f"sqlite:///{folder}/town.db") as opened:
            yield opened
    else:
        with _postgres_database() as url, _engine_at(url) as opened:
            yield opened


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Iterator[Desk]:
    yield Desk(engine, FileStore(tmp_path), Settings(data_dir=tmp_path), clock=lambda: NOW)
    kept = {"grid", "person", "alembic_version"}
    with engine.begin() as connection:
        for table in reversed(SQLModel.metadata.sorted_tables):
            if table.name not in kept:
                connection.execute(table.delete())


def at(desk: Desk, moment: datetime) -> Desk:
    return replace(desk, clock=lambda: moment)


def a_worker(number: int, role: Role = Role.GRID_WORKER) -> Actor:
    """Give person 2 of grid 2 or person 3 of grid 3; person 1 stands over the street."""
    path = "/1/" if number == 1 else f"/1/{number}/"
    post = HeldPost(role, number, path, path, "/1/")
    return Actor(person_id=number, name="李四", posts=(post,))


@contextmanager
def deed(desk: Desk, actor: Actor | None = None) -> Iterator[Act]:
    with desk.acting(actor or Actor(device="phone-1")) as act:
        yield act

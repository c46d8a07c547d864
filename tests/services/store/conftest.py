"""A town with photos to back up, and an empty place to put it back to."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from gridapp.services.database.engine import open_engine
from gridapp.services.desk import Desk
from gridapp.services.file_store import FileStore
from gridapp.services.store.restore import Place
from tests.cast import Cast
from tests.databases import POSTGRES
from tests.services.store.keeping import report_with_photo


@pytest.fixture
def full_desk(own_desk: Desk, cast: Cast) -> Desk:
    """A town with two cases, each with a photo."""
    for number in range(2):
        report_with_photo(own_desk, cast, number)
    return own_desk


@pytest.fixture
def place(own_desk: Desk, tmp_path: Path) -> Iterator[Place]:
    """An empty place of the same kind as the town: nothing is migrated there."""
    folder = tmp_path / "elsewhere"
    if own_desk.engine.dialect.name == "sqlite":
        engine = open_engine(f"sqlite:///{folder / 'gridapp.db'}")
        yield Place(engine, FileStore(folder / "files"), folder)
        engine.dispose()
        return
    name = f"gridapp_test_{os.getpid()}_elsewhere"
    with psycopg.connect(f"postgresql://{POSTGRES}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
        engine = open_engine(f"postgresql+psycopg://{POSTGRES}/{name}")
        yield Place(engine, FileStore(folder / "files"), folder)
        engine.dispose()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

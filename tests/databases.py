"""Migrated databases with the cast in them, made once for a test process and copied or rolled back.

A town has a template that nobody writes to. ``rolled_back`` works in a copy inside one
transaction that is undone at the end; ``fresh`` gives a copy of its own, with real commits.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final, Protocol

import psycopg
from sqlalchemy import Connection, Engine, text
from sqlmodel import Session, SQLModel

from gridapp.services.database.engine import open_engine
from gridapp.services.store.migrate import migrate
from tests.cast import Cast, build_cast

POSTGRES: Final = os.environ.get("GRID_TEST_POSTGRES", "postgres@127.0.0.1:5432")


class Town(Protocol):
    """One kind of database with the cast in it."""

    cast: Cast

    def rolled_back(self) -> AbstractContextManager[Connection]:
        """Give a connection inside a transaction that is undone at the end."""

    def fresh(self, folder: Path) -> AbstractContextManager[Engine]:
        """Give a database of one's own, with real commits."""

    def close(self) -> None:
        """Leave nothing behind."""


def _fill(database_url: str) -> Cast:
    engine = open_engine(database_url)
    try:
        migrate(engine)
        with Session(engine.execution_options(writes=True)) as session:
            return build_cast(session)
    finally:
        engine.dispose()


@contextmanager
def _undone(engine: Engine) -> Iterator[Connection]:
    with engine.connect().execution_options(writes=True) as connection:
        outer = connection.begin()
        # Inside a savepoint a Session makes its own, so that its commit and its rollback
        # stay within the outer transaction.
        connection.begin_nested()
        yield connection
        outer.rollback()


class SqliteTown:
    """SQLite files in a folder of the test process."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.db"
        self.cast = _fill(f"sqlite:///{self._template}")
        self._shared = self._copy(folder / "shared.db")

    def _copy(self, path: Path) -> Engine:
        shutil.copyfile(self._template, path)
        return open_engine(f"sqlite:///{path}")

    @contextmanager
    def rolled_back(self) -> Iterator[Connection]:
        with _undone(self._shared) as connection:
            yield connection

    @contextmanager
    def fresh(self, folder: Path) -> Iterator[Engine]:
        engine = self._copy(folder / "own.db")
        try:
            yield engine
        finally:
            engine.dispose()

    def close(self) -> None:
        self._shared.dispose()


class PostgresTown:
    """Databases of this test process on a PostgreSQL server, dropped at the end."""

    def __init__(self) -> None:
        self._server = psycopg.connect(f"postgresql://{POSTGRES}/postgres", autocommit=True)
        self._sweep()
        self._name = f"gridapp_test_{os.getpid()}"
        self._run(f"CREATE DATABASE {self._name} TEMPLATE template0")
        self.cast = _fill(self._url(self._name))
        self._run(f"CREATE DATABASE {self._name}_shared TEMPLATE {self._name}")
        self._shared = open_engine(self._url(f"{self._name}_shared"))
        self._is_own_made = False

    @staticmethod
    def _url(name: str) -> str:
        return f"postgresql+psycopg://{POSTGRES}/{name}"

    def _run(self, statement: str) -> None:
        self._server.execute(statement.encode())

    def _sweep(self) -> None:
        """Drop what killed test processes left behind."""
        rows = self._server.execute("SELECT datname FROM pg_database")
        for (name,) in rows.fetchall():
            maker = re.fullmatch(r"gridapp_test_(\d+)(_\w+)?", name)
            if maker and not Path(f"/proc/{maker[1]}").exists():
                self._drop(name)

    def _drop(self, name: str) -> None:
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    @contextmanager
    def rolled_back(self) -> Iterator[Connection]:
        with _undone(self._shared) as connection:
            yield connection

    @contextmanager
    def fresh(self, folder: Path) -> Iterator[Engine]:
        del folder
        name = f"{self._name}_own"
        if self._is_own_made:
            # Dropping and copying would cost a checkpoint, seconds on a busy disk.
            self._restore(name)
        else:
            self._run(f"CREATE DATABASE {name} TEMPLATE {self._name}")
            self._is_own_made = True
        engine = open_engine(self._url(name))
        try:
            yield engine
        finally:
            engine.dispose()

    def _restore(self, name: str) -> None:
        """Put the cast alone back, under the same ids."""
        self._run(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608 - our own name
        )
        engine = open_engine(self._url(name))
        try:
            with Session(engine) as session:
                for table in reversed(SQLModel.metadata.sorted_tables):
                    session.execute(table.delete())
                session.execute(
                    text("SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'")
                )
                assert build_cast(session) == self.cast
        finally:
            engine.dispose()

    def close(self) -> None:
        self._shared.dispose()
        self._drop(f"{self._name}_shared")
        self._drop(f"{self._name}_own")
        self._drop(self._name)
        self._server.close()

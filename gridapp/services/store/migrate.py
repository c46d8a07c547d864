"""Brings the database to the newest migration; safe when several workers start at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from gridapp.services.store.bounds import (
    are_columns_bound,
    bound_columns,
    unbound_columns,
)

SCRIPTS = Path(__file__).resolve().parents[3] / "alembic"
_LOCK = 7_465_116  # any constant: all workers of one database ask for the same one


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


def is_current(engine: Engine) -> bool:
    """Tell whether the database is at the newest migration."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == _newest()


@cache
def _newest() -> str | None:
    # Reading all migrations takes a tenth of a second; anybody may ask for the server's health.
    return ScriptDirectory(str(SCRIPTS)).get_current_head()


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """Let one worker migrate a PostgreSQL database at a time; the others wait, then find it done.

    SQLite has one server process, which migrates before it starts its workers.
    """
    if connection.dialect.name != "postgresql":
        yield
        return
    connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
    connection.commit()
    try:
        yield
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})
        connection.commit()


def migrate(engine: Engine, revision: str = "head") -> None:
    """Run every migration up to ``revision``; does nothing when already there.

    The newest tables get their bounds (``store.bounds``) behind the last migration.
    """
    if revision == "head" and is_current(engine) and _is_bounded(engine):
        return
    with engine.connect() as connection, _alone(connection):
        _unbound(connection)
        command.upgrade(_config(connection), revision)
        if revision == "head":
            bound_columns(connection)
        connection.commit()


def _is_bounded(engine: Engine) -> bool:
    with engine.connect() as connection:
        return are_columns_bound(connection)


def _unbound(connection: Connection) -> None:
    unbound_columns(connection)
    connection.commit()


def downgrade(engine: Engine, revision: str) -> None:
    """Undo migrations down to ``revision`` (``base`` undoes all)."""
    with engine.connect() as connection:
        _unbound(connection)
        command.downgrade(_config(connection), revision)
        connection.commit()


def check_models(engine: Engine) -> None:
    """Refuse when the tables in code and in the database differ.

    Raises:
        alembic.util.CommandError: They differ; the message lists how.
    """
    with engine.connect() as connection:
        command.check(_config(connection))

"""Opens the database: durable SQLite in WAL mode, or PostgreSQL."""

import json
from threading import Lock
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from gridapp.services.database.far_moments import read_any_moment

_TURN: Final = "gridapp's turn to write"
_PATIENCE_S: Final = 15.0

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    # FULL: a commit is on the disk before it is acknowledged, so nothing acknowledged is lost.
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=15000",
    "PRAGMA cache_size=-32000",
    "PRAGMA temp_store=MEMORY",
    # The log is folded into the database every 32 MB: a row touches some twenty pages, most of
    # them the same as the row before.
    "PRAGMA wal_autocheckpoint=8000",
)


def open_engine(database_url: str) -> Engine:
    """Open an engine for the URL of the settings (SQLite or PostgreSQL through psycopg)."""
    if database_url.startswith("sqlite"):
        return _open_sqlite(database_url)
    engine = create_engine(
        database_url, pool_size=10, max_overflow=20, pool_pre_ping=True, hide_parameters=True
    )
    event.listen(engine, "connect", lambda connection, _record: read_any_moment(connection))
    return engine


def _read_json(content: str | bytes) -> Any:
    """Read a JSON column; what is none, which SQLite keeps all the same, is read as nothing."""
    try:
        return json.loads(content)
    except ValueError:
        return {}


def _open_sqlite(database_url: str) -> Engine:
    engine = create_engine(
        database_url,
        pool_size=10,
        max_overflow=30,
        hide_parameters=True,  # errors are logged, and parameters are people's data
        json_deserializer=_read_json,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        # The driver must not open transactions by itself: _begin decides which kind.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _SQLITE_PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    writers = Lock()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("writes", False):
            connection.exec_driver_sql("BEGIN")
            return
        # The threads of a process wait here for their turn: SQLite would let them poll, asleep
        # for longer and longer. After its patience a writer goes on to SQLite's own queue, which
        # is shared with other processes.
        if writers.acquire(timeout=_PATIENCE_S):
            connection.info[_TURN] = writers
        # A writer takes the lock at once: upgrading a read transaction later fails as "locked".
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(engine, "checkin")
    def _checkin(_connection: Any, record: ConnectionPoolEntry) -> None:
        # Only here is the commit, or the rollback, truly over.
        turn = record.info.pop(_TURN, None)
        if turn is not None:
            turn.release()

    return engine

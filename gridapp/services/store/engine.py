"""Opens the database: durable SQLite in WAL mode, or PostgreSQL."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    # FULL: a commit is on the disk before it is acknowledged, so nothing acknowledged is lost.
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=15000",
    "PRAGMA cache_size=-32000",
    "PRAGMA temp_store=MEMORY",
)


def open_engine(database_url: str) -> Engine:
    """Open an engine for the URL of the settings (SQLite or PostgreSQL through psycopg)."""
    if database_url.startswith("sqlite"):
        return _open_sqlite(database_url)
    return create_engine(
        database_url, pool_size=10, max_overflow=20, pool_pre_ping=True, hide_parameters=True
    )


def _open_sqlite(database_url: str) -> Engine:
    engine = create_engine(
        database_url,
        pool_size=10,
        max_overflow=30,
        hide_parameters=True,  # errors are logged, and parameters are people's data
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        # The driver must not open transactions by itself: _begin decides which kind.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _SQLITE_PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes the lock at once: upgrading a read transaction later fails as "locked".
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine

"""A lease that one process of a town holds at a time: who holds it does what happens by itself."""

import fcntl
import logging
from pathlib import Path
from typing import IO, Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

_KEY = 7_465_117  # any constant: all workers of one database ask for the same one


logger = logging.getLogger(__name__)


class Lease(Protocol):
    """Held until it is given back or its holder dies."""

    def take(self) -> bool:
        """Take the lease, or keep it; tell whether it is held."""

    def give_back(self) -> None:
        """Let somebody else have it."""


def open_lease(engine: Engine, data_dir: Path) -> Lease:
    """Open the lease of a database: an advisory lock, or for SQLite a locked file beside it."""
    if engine.dialect.name == "postgresql":
        return DatabaseLease(engine)
    return FileLease(data_dir / "jobs.lock")


class FileLease:
    """A lease by a locked file; the lock goes with the process that held it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def take(self) -> bool:
        """Take the lease, or keep it; tell whether it is held."""
        if self._file is not None:
            return True
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True

    def give_back(self) -> None:
        """Let somebody else have it."""
        if self._file is not None:
            self._file.close()
            self._file = None


class DatabaseLease:
    """A lease by an advisory lock on a connection of its own; a lost connection loses it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def take(self) -> bool:
        """Take the lease, or keep it; tell whether it is held."""
        try:
            if self._connection is not None:
                self._connection.execute(text("SELECT 1"))
                return True
            return self._try()
        except SQLAlchemyError as error:
            logger.warning("the lease cannot be asked for: %s", type(error).__name__)
            self.give_back()
            return False

    def _try(self) -> bool:
        autocommit = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        connection = autocommit.connect()
        asked = text("SELECT pg_try_advisory_lock(:key)")
        if connection.execute(asked, {"key": _KEY}).scalar_one():
            self._connection = connection
            return True
        connection.close()
        return False

    def give_back(self) -> None:
        """Let somebody else have it."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            # Said aloud: the server may notice much later that a connection was closed.
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _KEY})
        except SQLAlchemyError:
            logger.warning("the lease was lost with its connection")
        # Closed for good: back in the pool it might keep what it could not give back.
        connection.invalidate()
        connection.close()

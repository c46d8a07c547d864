"""Puts a SQLite file in the place of another, complete and examined, in one step."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel, col

from gridapp.services.database.engine import open_engine
from gridapp.services.store.archive import Manifest, Member
from gridapp.services.store.migrate import migrate
from gridapp.services.store.refusals import DamagedBackupError, StillRunningError
from gridapp.tables import LoginSession

Take = Callable[[Member], None]

_BESIDE = ("-wal", "-shm", "-journal")


@contextmanager
def replace_sqlite(engine: Engine, manifest: Manifest, now: datetime) -> Iterator[Take]:
    """Give what takes the database's member; at the end the file is in its place.

    Raises:
        DamagedBackupError: The database in the archive is not whole.
    """
    path = Path(engine.url.database or "")
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = path.with_name(f"{path.name}.restoring")
    _remove(staged)

    def take(member: Member) -> None:
        with staged.open("xb") as file:
            shutil.copyfileobj(member.source, file)

    try:
        yield take
        _make_ready(staged, manifest, now)
        _put(staged, path)
    finally:
        _remove(staged)


def refuse_in_use(path: Path) -> None:
    """Refuse a file that another process has open; its log is folded in on the way.

    Raises:
        StillRunningError: Somebody has it open.
    """
    if not path.exists():
        return
    with closing(sqlite3.connect(path, timeout=0)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            raise StillRunningError from error
        except sqlite3.DatabaseError:
            return  # a broken file: the very reason to restore


def end_all_sessions(connection: Connection, now: datetime) -> None:
    """End every sign-in: one that was ended after the backup must not live again."""
    ended = update(LoginSession).where(col(LoginSession.ended_at).is_(None)).values(ended_at=now)
    connection.execute(ended)


def _make_ready(staged: Path, manifest: Manifest, now: datetime) -> None:
    """Examine the new file, end its sessions and bring it to the newest migration."""
    engine = open_engine(f"sqlite:///{staged}")
    try:
        with engine.execution_options(writes=True).begin() as connection:
            _examine(connection, manifest)
            end_all_sessions(connection, now)
        migrate(engine)
    except DatabaseError as error:
        raise DamagedBackupError from error
    finally:
        engine.dispose()
    with closing(sqlite3.connect(staged)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it


def _examine(connection: Connection, manifest: Manifest) -> None:
    if connection.execute(text("PRAGMA quick_check")).scalar_one() != "ok":
        raise DamagedBackupError
    if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
        raise DamagedBackupError
    for facts in manifest.tables:
        table = SQLModel.metadata.tables[facts.name]
        counted = connection.execute(select(func.count()).select_from(table)).scalar_one()
        if counted != facts.row_count:
            raise DamagedBackupError


def _put(staged: Path, path: Path) -> None:
    descriptor = os.open(staged, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    for ending in _BESIDE:
        # A log left beside the old file would be played into the new one.
        path.with_name(path.name + ending).unlink(missing_ok=True)
    staged.replace(path)


def _remove(staged: Path) -> None:
    for ending in ("", *_BESIDE):
        staged.with_name(staged.name + ending).unlink(missing_ok=True)

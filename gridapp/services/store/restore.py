"""Puts a backup back: everything is checked before anything is touched."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, exists, inspect, select
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel

from gridapp.services.file_store import FileStore
from gridapp.services.store.archive import FILES, SQLITE_MEMBER, TABLES, Archive, Manifest, Progress
from gridapp.services.store.lease import open_lease
from gridapp.services.store.migrate import SCRIPTS
from gridapp.services.store.refill import refill_postgresql
from gridapp.services.store.refusals import (
    BackupPlaceError,
    DamagedBackupError,
    NewerBackupError,
    OtherDatabaseError,
    StillRunningError,
    TargetNotEmptyError,
)
from gridapp.services.store.replace import refuse_in_use, replace_sqlite

# What a first start writes by itself is no data of the town's.
_FOUNDED: Final = {
    "business_line", "calendar_day", "calendar_year", "care_colour", "category", "risk_class",
    "town_fact", "visit_kind",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where a backup goes back to; the engine has not been used before."""

    engine: Engine
    files: FileStore
    data_dir: Path


@dataclass(frozen=True)
class PutBack:
    """What was put back."""

    row_count: int
    file_count: int
    lost_count: int
    made_at: datetime


def restore(
    place: Place, path: Path, *, now: datetime, tell: Progress, force: bool = False
) -> PutBack:
    """Put a backup back and bring it to the newest migration; everybody must sign in again.

    SQLite's file is replaced whole at the very end. PostgreSQL's tables are filled in one
    transaction.

    Raises:
        BackupPlaceError: There is no such file.
        NotABackupError: It is something else.
        DamagedBackupError: It is cut or changed.
        OtherDatabaseError: It was made from the other kind of database.
        NewerBackupError: A later version made it.
        StillRunningError: A server is at work on the database.
        TargetNotEmptyError: There is data, and ``force`` was not said.
    """
    if not path.is_file():
        raise BackupPlaceError(f"没有找到备份文件{path}。")
    with path.open("rb") as file:
        archive = Archive(file, path.stat().st_size)
        manifest = archive.verify(tell)
        _refuse_foreign(manifest, place.engine)
        with _server_stopped(place):
            if not force and _holds_data(place.engine):
                raise TargetNotEmptyError
            file_count = _put_back(place, archive, manifest, now, tell)
    rows = sum(table.row_count for table in manifest.tables)
    return PutBack(rows, file_count, len(manifest.lost), manifest.made_at)


def _put_back(
    place: Place, archive: Archive, manifest: Manifest, now: datetime, tell: Progress
) -> int:
    """Take every member to where it belongs; the database counts only when all are there."""
    is_sqlite = place.engine.dialect.name == "sqlite"
    database = replace_sqlite if is_sqlite else refill_postgresql
    total, done = sum(name.startswith(FILES) for name in manifest.sha256), 0
    with database(place.engine, manifest, now) as take:
        for member in archive.members():
            if member.name.startswith(FILES):
                place.files.keep(member.source.read(), now)
                done += 1
                tell("放回照片", done, total)
            elif member.name in manifest.sha256:  # not the manifest itself
                take(member)
    return done


def _refuse_foreign(manifest: Manifest, engine: Engine) -> None:
    if manifest.kind != engine.dialect.name:
        raise OtherDatabaseError(manifest.kind, engine.dialect.name)
    try:
        ScriptDirectory(str(SCRIPTS)).get_revision(manifest.revision)
    except CommandError as error:
        raise NewerBackupError from error
    tables = {table.name for table in manifest.tables}
    members = {name for name in manifest.sha256 if not name.startswith(FILES)}
    wanted = {SQLITE_MEMBER} if manifest.kind == "sqlite" else {TABLES + name for name in tables}
    if members != wanted or not tables <= set(SQLModel.metadata.tables):
        raise DamagedBackupError


@contextmanager
def _server_stopped(place: Place) -> Iterator[None]:
    """Hold the lease of the server's own jobs, which a running server would not give away."""
    lease = open_lease(place.engine, place.data_dir)
    if not lease.take():
        raise StillRunningError
    try:
        if place.engine.dialect.name == "sqlite":
            refuse_in_use(Path(place.engine.url.database or ""))
        yield
    finally:
        lease.give_back()


def _holds_data(engine: Engine) -> bool:
    """Tell whether anything of a town is there; a broken file counts as data."""
    is_sqlite = engine.dialect.name == "sqlite"
    if is_sqlite and not Path(engine.url.database or "").exists():  # to look would make it
        return False
    try:
        with engine.connect() as connection:
            there = set(inspect(connection).get_table_names()) - _FOUNDED
            return any(
                connection.execute(select(exists().select_from(table))).scalar_one()
                for table in SQLModel.metadata.sorted_tables
                if table.name in there
            )
    except DatabaseError:
        if is_sqlite:
            return True
        raise
    finally:
        engine.dispose()

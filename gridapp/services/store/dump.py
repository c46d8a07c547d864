"""One consistent picture of a database in use, written to files: a SQLite copy or COPY texts."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from psycopg import Cursor, sql
from sqlalchemy import Connection, Engine, Table, create_engine, func, inspect, select
from sqlmodel import SQLModel, col

from gridapp.services.store.archive import SQLITE_MEMBER, TABLES, Progress, TableFacts
from gridapp.services.store.refusals import NothingToBackUpError
from gridapp.tables import Photo


@dataclass(frozen=True)
class Dump:
    """A picture of a database.

    Args:
        revision: The migration its tables stand at.
        tables: Every table, those that others refer to first.
        members: The files written, under their names in the archive.
        photo_names: The names in the file store that its photos refer to, each once.
    """

    revision: str
    tables: tuple[TableFacts, ...]
    members: dict[str, Path]
    photo_names: tuple[str, ...]


def dump(engine: Engine, folder: Path, tell: Progress) -> Dump:
    """Write a picture of the database as it is at one moment; its writers go on meanwhile.

    Raises:
        NothingToBackUpError: It has no tables yet.
    """
    if engine.dialect.name == "sqlite":
        return _dump_sqlite(engine, folder, tell)
    return _dump_postgresql(engine, folder, tell)


def _dump_sqlite(engine: Engine, folder: Path, tell: Progress) -> Dump:
    copy = folder / "copy.sqlite"
    if not Path(engine.url.database or "").exists():  # to look would make it
        raise NothingToBackUpError
    tell("抄录数据库", 0, 1)
    with closing(engine.raw_connection()) as source, closing(sqlite3.connect(copy)) as target:
        driver: Any = source.driver_connection
        driver.backup(target)  # all pages in one step: one picture, and in WAL mode no writer waits
        target.execute("PRAGMA journal_mode=DELETE")  # the copy is one file, without a log
    tell("抄录数据库", 1, 1)
    with _opened(copy) as connection:
        tables = tuple(
            TableFacts(name=table.name, columns=columns, row_count=_count(connection, table))
            for table, columns in _tables(connection)
        )
        return Dump(_revision(connection), tables, {SQLITE_MEMBER: copy}, _photo_names(connection))


@contextmanager
def _opened(copy: Path) -> Iterator[Connection]:
    engine = create_engine(f"sqlite:///{copy}")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _dump_postgresql(engine: Engine, folder: Path, tell: Progress) -> Dump:
    one_picture = engine.execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )
    with one_picture.connect() as connection:
        revision = _revision(connection)
        wanted = list(_tables(connection))
        cursor: Any = connection.connection.cursor()
        tables, members = [], {}
        for done, (table, columns) in enumerate(wanted, start=1):
            path = folder / f"{table.name}.copy"
            count = _copy_out(cursor, table.name, columns, path)
            tables.append(TableFacts(name=table.name, columns=columns, row_count=count))
            members[TABLES + table.name] = path
            tell("抄录数据库", done, len(wanted))
        return Dump(revision, tuple(tables), members, _photo_names(connection))


def _copy_out(cursor: Cursor[Any], table: str, columns: tuple[str, ...], path: Path) -> int:
    """Write one table as PostgreSQL's own text, which any later server reads; gives its rows."""
    query = sql.SQL("COPY {} ({}) TO STDOUT").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with path.open("wb") as file, cursor.copy(query) as copy:
        for chunk in copy:
            file.write(chunk)
    return cursor.rowcount


def _tables(connection: Connection) -> Iterator[tuple[Table, tuple[str, ...]]]:
    """List our tables that the database has, each with the columns it has there."""
    inspector = inspect(connection)
    there = set(inspector.get_table_names())
    for table in SQLModel.metadata.sorted_tables:
        if table.name in there:
            columns = tuple(column["name"] for column in inspector.get_columns(table.name))
            yield table, columns


def _revision(connection: Connection) -> str:
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        raise NothingToBackUpError
    return revision


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _photo_names(connection: Connection) -> tuple[str, ...]:
    rows = connection.execute(
        select(col(Photo.stored_name), col(Photo.thumb_name)).order_by(col(Photo.id))
    )
    return tuple(dict.fromkeys(name for names in rows for name in names))

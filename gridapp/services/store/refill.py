"""Fills PostgreSQL's tables from a backup in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import Cursor, sql
from sqlalchemy import Engine, inspect
from sqlmodel import SQLModel

from gridapp.services.store.archive import TABLES, Manifest, Member, TableFacts
from gridapp.services.store.migrate import SCRIPTS, downgrade, migrate
from gridapp.services.store.refusals import DamagedBackupError, NewerBackupError
from gridapp.services.store.replace import Take, end_all_sessions

_CHUNK_BYTES = 256 * 1024


@contextmanager
def refill_postgresql(engine: Engine, manifest: Manifest, now: datetime) -> Iterator[Take]:
    """Give what takes the tables' members; at the end they are committed and migrated.

    Where the tables stand at another migration than the backup's they are emptied and brought
    there first; that alone is not undone when the filling fails.

    Raises:
        DamagedBackupError: A table has other rows than the manifest says.
    """
    _bring_to(engine, manifest.revision)
    facts_of = {TABLES + table.name: table for table in manifest.tables}
    with engine.begin() as connection:
        cursor: Any = connection.connection.cursor()
        _empty(cursor, inspect(connection).get_table_names())

        def take(member: Member) -> None:
            _copy_in(cursor, facts_of[member.name], member)

        yield take
        for table in manifest.tables:
            _count_on(cursor, table)
        end_all_sessions(connection, now)
    migrate(engine)


def _bring_to(engine: Engine, revision: str) -> None:
    """Empty the tables of another migration and bring them to the backup's."""
    with engine.begin() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
        if present == revision:
            return
        order = [each.revision for each in ScriptDirectory(str(SCRIPTS)).walk_revisions()]
        if present is not None and present not in order:
            raise NewerBackupError("目标数据库由更新版本的系统使用过，请先升级再恢复。")
        cursor: Any = connection.connection.cursor()
        _empty(cursor, inspect(connection).get_table_names())
    # The newest comes first in the order.
    if present is not None and order.index(present) < order.index(revision):
        downgrade(engine, revision)
    else:
        migrate(engine, revision)


def _empty(cursor: Cursor[Any], there: list[str]) -> None:
    ours = [sql.Identifier(name) for name in SQLModel.metadata.tables if name in there]
    if ours:
        cursor.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(ours)))


def _copy_in(cursor: Cursor[Any], facts: TableFacts, member: Member) -> None:
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(facts.name), sql.SQL(", ").join(map(sql.Identifier, facts.columns))
    )
    with cursor.copy(query) as copy:
        while chunk := member.source.read(_CHUNK_BYTES):
            copy.write(chunk)
    if cursor.rowcount != facts.row_count:
        raise DamagedBackupError


def _count_on(cursor: Cursor[Any], facts: TableFacts) -> None:
    """Let the table's numbers go on after the highest that was put back."""
    if "id" not in facts.columns:
        return
    cursor.execute(
        sql.SQL(
            "SELECT setval(pg_get_serial_sequence({}, 'id'),"
            " (SELECT coalesce(max(id), 0) + 1 FROM {}), false)"
        ).format(sql.Literal(f'"{facts.name}"'), sql.Identifier(facts.name))
    )

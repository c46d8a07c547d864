"""Records what an import does to the rows of tables, whoever writes them and however.

Before a table is written for the first time, its keys, or its rows when they are to be changed, are
copied into a temporary table of the database; at the end the two are compared there. So nothing is
held in memory, and no kind of table needs to know that it can be undone.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from enum import Enum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Delete,
    Insert,
    MetaData,
    Select,
    Table,
    Text,
    Update,
    and_,
    cast,
    event,
    exists,
    insert,
    or_,
    select,
)
from sqlalchemy.schema import CreateTable, DropTable
from sqlmodel import SQLModel

from gridapp.domain.importing import RowFate
from gridapp.services.desk import Act

# What tells of an import, or only that rules have changed, and never goes back with it.
_NOT_RECORDED: Final = frozenset(
    {
        "audit_row",
        "deed_done",
        "work",
        "import_file",
        "import_change",
        "import_mapping",
        "town_fact",
    }
)
_COPY: Final = "was_"
_RECORDER: Final = "gridapp.recorder"
_BATCH: Final = 500


class Recorder:
    """Copies what is about to be written, and tells in the end what was.

    On PostgreSQL the transaction must see one moment only (``REPEATABLE READ``), or what others
    commit meanwhile would be taken for the import's own.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._copies: dict[str, Table] = {}
        self._whole: set[str] = set()
        self._made: list[Table] = []

    def before_execute(self, _connection: Connection, statement: Any, *_: Any) -> None:
        """Copy a table before a statement writes it; for SQLAlchemy's event."""
        if not isinstance(statement, Insert | Update | Delete):
            return
        name = getattr(statement.table, "name", "")
        if name in _NOT_RECORDED or name not in SQLModel.metadata.tables:
            return
        self.before_writing(SQLModel.metadata.tables[name], statement)

    def before_writing(self, table: Table, statement: Insert | Update | Delete) -> None:
        """Copy of a table what the statement leaves no trace of."""
        only_adds = isinstance(statement, Insert) and statement._post_values_clause is None  # noqa: SLF001 - no public way to see an upsert
        if table.name not in self._copies:
            self._copy(table, whole=not only_adds)
        elif not only_adds and table.name not in self._whole:
            self._fill_up(table)

    def _copy(self, table: Table, *, whole: bool) -> None:
        columns = table.columns if whole else table.primary_key.columns
        self._make(table, f"{_COPY}{table.name}", columns, select(*columns))
        if whole:
            self._whole.add(table.name)

    def _fill_up(self, table: Table) -> None:
        """Copy the rows of which only the keys were copied: none of them is changed so far."""
        keys = self._copies[table.name]
        there = select(*table.columns).where(exists().where(_same_row(table, keys)))
        self._make(table, f"{_COPY}{table.name}_2", table.columns, there)
        self._whole.add(table.name)

    def _make(self, table: Table, name: str, columns: Any, rows: Select[Any]) -> None:
        keys = {column.name for column in table.primary_key.columns}
        copied = [Column(c.name, c.type, primary_key=c.name in keys) for c in columns]
        copy = Table(name, MetaData(), *copied, prefixes=["TEMPORARY"])
        self._connection.execute(CreateTable(copy))
        self._connection.execute(insert(copy).from_select([c.name for c in copied], rows))
        self._made.append(copy)
        self._copies[table.name] = copy

    def changes(self) -> Iterator[dict[str, Any]]:
        """Give what was done, a row at a time: the values of a row of ``import_change``."""
        for name, copy in self._copies.items():
            table = SQLModel.metadata.tables[name]
            yield from self._added(table, copy)
            if name in self._whole:
                yield from self._changed(table, copy)
                yield from self._removed(table, copy)

    def forget(self) -> None:
        """Take the copies away."""
        for copy in self._made:
            self._connection.execute(DropTable(copy))
        self._made.clear()
        self._copies.clear()

    def _rows(self, statement: Select[Any]) -> Iterator[Mapping[str, Any]]:
        streamed = self._connection.execute(
            statement, execution_options={"yield_per": _BATCH}
        ).mappings()
        for part in streamed.partitions():
            yield from (dict(row) for row in part)

    def _added(self, table: Table, copy: Table) -> Iterator[dict[str, Any]]:
        new = select(table).where(~exists().where(_same_row(table, copy)))
        for row in self._rows(new.order_by(*table.primary_key.columns)):
            yield _change(table, row, RowFate.ADDED, row_mark(row), {})

    def _changed(self, table: Table, copy: Table) -> Iterator[dict[str, Any]]:
        differ = or_(
            *(_comparable(c).is_distinct_from(_comparable(copy.c[c.name])) for c in table.c)
        )
        before = [copy.c[c.name].label(f"{_COPY}{c.name}") for c in table.c]
        found = select(table, *before).select_from(table.join(copy, _same_row(table, copy)))
        for row in self._rows(found.where(differ)):
            now = {c.name: row[c.name] for c in table.c}
            was = {c.name: row[f"{_COPY}{c.name}"] for c in table.c}
            told = {name: kept(value) for name, value in was.items() if value != now[name]}
            yield _change(table, now, RowFate.CHANGED, row_mark(now), told)

    def _removed(self, table: Table, copy: Table) -> Iterator[dict[str, Any]]:
        gone = select(copy).where(~exists().where(_same_row(table, copy)))
        for row in self._rows(gone):
            told = {name: kept(value) for name, value in row.items()}
            yield _change(table, row, RowFate.REMOVED, "", told)


def _same_row(table: Table, copy: Table) -> Any:
    return and_(*(column == copy.c[column.name] for column in table.primary_key.columns))


def _comparable(column: Any) -> Any:
    """Give a column as the database can compare it: PostgreSQL compares no JSON."""
    return cast(column, Text) if isinstance(column.type, JSON) else column


def _change(
    table: Table, row: Mapping[str, Any], fate: RowFate, mark: str, before: Mapping[str, Any]
) -> dict[str, Any]:
    key = row_key(table, row)
    return {
        "table_name": table.name, "row_key": key, "fate": fate, "mark": mark, "before": before,
    }  # fmt: skip


def row_key(table: Table, row: Mapping[str, Any]) -> str:
    """Give a row's key as a text, of several parts joined by a bar."""
    return "|".join(str(row[column.name]) for column in table.primary_key.columns)


def kept(value: Any) -> Any:
    """Give a value as JSON keeps it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return value.hex()
    return value


def row_mark(row: Mapping[str, Any]) -> str:
    """Give the digest of all that a row holds."""
    told = json.dumps({n: kept(v) for n, v in row.items()}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


@contextmanager
def recording(act: Act) -> Iterator[Recorder]:
    """Record what is written in this transaction, for as long as the block lasts."""
    connection = act.session.connection()
    recorder = Recorder(connection)
    event.listen(connection, "before_execute", recorder.before_execute)
    connection.info[_RECORDER] = recorder
    try:
        yield recorder
    finally:
        del connection.info[_RECORDER]
        event.remove(connection, "before_execute", recorder.before_execute)


def announce_additions(act: Act, *tables: str) -> None:
    """Tell whoever records that rows are about to be added by statements that no event shows."""
    recorder: Recorder | None = act.session.connection().info.get(_RECORDER)
    for name in tables if recorder else ():
        assert recorder is not None
        table = SQLModel.metadata.tables[name]
        recorder.before_writing(table, insert(table))

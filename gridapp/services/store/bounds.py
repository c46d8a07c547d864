"""Holds every moment, day and position of every table within its bounds, in the database itself.

Whoever writes a row, and by whatever way, finds the same fence: a check on PostgreSQL, a pair of
triggers on SQLite, which could get a check only by building each table anew. They are made from
the tables in code after every migration, so that a new table has its own without a word.
"""

import logging
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Column, Connection, Date, Table, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from gridapp.domain.timebounds import END_MOMENT, FIRST_DAY, FIRST_MOMENT, LAST_DAY
from gridapp.tables.base import UtcMoment

_PREFIX: Final = "bounds_"
_POSITIONS: Final = {"lng_wgs84": (-180, 180), "lat_wgs84": (-90, 90), "accuracy_m": (0, 1e7)}
_TURNS: Final = ("insert", "update")

logger = logging.getLogger(__name__)


def bound_columns(connection: Connection) -> None:
    """Put the bounds onto every table that is there and has none.

    A row that stands out of bounds is left and logged: no start fails for it.
    """
    there = set(inspect(connection).get_table_names())
    missing = {table.name for table in _bounded() if table.name in there} - _found(connection)
    for table in _bounded():
        if table.name in missing:
            for statement in _statements(table, connection.dialect.name):
                _put(connection, table, statement)


def _put(connection: Connection, table: Table, statement: str) -> None:
    try:
        with connection.begin_nested():
            connection.execute(text(statement))
    except IntegrityError:  # PostgreSQL reads the rows that stand
        logger.warning("%s holds rows out of bounds; only new ones are checked", table.name)
        connection.execute(text(f"{statement} NOT VALID"))


def unbound_columns(connection: Connection) -> None:
    """Take all bounds away: a migration may drop or rebuild what they speak of."""
    for name in _found(connection):
        if connection.dialect.name == "sqlite":
            for turn in _TURNS:
                connection.execute(text(f"DROP TRIGGER IF EXISTS {_PREFIX}{name}_{turn}"))
        else:
            connection.execute(text(f'ALTER TABLE "{name}" DROP CONSTRAINT {_PREFIX}{name}'))


def are_columns_bound(connection: Connection) -> bool:
    """Tell whether every table has its bounds."""
    return {table.name for table in _bounded()} <= _found(connection)


def bounds_of(column: Column[Any], value: str) -> str:
    """Say in SQL that a value lies within the bounds of its column, empty for a column without.

    The texts compare alike on both: SQLite keeps moments as text in UTC, with a point after the
    seconds, which comes after the plus sign here.
    """
    if isinstance(column.type, UtcMoment):
        first, end = (f"{at:%Y-%m-%d %H:%M:%S}+00" for at in (FIRST_MOMENT, END_MOMENT))
        return f"{value} >= '{first}' AND {value} < '{end}'"
    if isinstance(column.type, Date):
        return f"{value} >= '{FIRST_DAY}' AND {value} <= '{LAST_DAY}'"
    if column.name in _POSITIONS:
        least, most = _POSITIONS[column.name]
        return f"{value} >= {least} AND {value} <= {most}"
    return ""


def _bounded() -> Iterator[Table]:
    for table in SQLModel.metadata.sorted_tables:
        if any(bounds_of(column, "it") for column in table.columns):
            yield table


def _statements(table: Table, dialect: str) -> Iterator[str]:
    new = "NEW." if dialect == "sqlite" else ""
    said = [(c, f'{new}"{c.name}"') for c in table.columns if bounds_of(c, "it")]
    within = [f"({value} IS NULL OR ({bounds_of(c, value)}))" for c, value in said]
    condition, name = " AND ".join(within), f"{_PREFIX}{table.name}"
    if dialect != "sqlite":
        yield f'ALTER TABLE "{table.name}" ADD CONSTRAINT {name} CHECK ({condition})'
        return
    for turn in _TURNS:
        yield (
            f'CREATE TRIGGER IF NOT EXISTS {name}_{turn} BEFORE {turn.upper()} ON "{table.name}"'
            f" WHEN NOT ({condition})"
            f" BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: {name}'); END"
        )


def _found(connection: Connection) -> set[str]:
    """Give the names of the tables that have bounds."""
    if connection.dialect.name == "sqlite":
        asked = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE :some"
        ends = f"_{_TURNS[-1]}"
    else:
        asked = "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conname LIKE :some"
        ends = ""
    rows = connection.execute(text(asked), {"some": f"{_PREFIX}%"}).scalars()
    return {row.removeprefix(_PREFIX).removesuffix(ends) for row in rows if row.endswith(ends)}

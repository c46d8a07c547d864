"""Ready-made statements: compiled once for each database, then only filled in.

For the few paths on which a whole street may come at once. Everything else is written plainly.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult
from sqlalchemy.sql.dml import Insert


class ReadyInsert:
    """An INSERT into the columns named, each of which is given every time.

    Args:
        statement: The insert for a kind of database (``sqlite``, ``postgresql``).
        columns: What is given; the others are filled by the database or stay empty.
    """

    def __init__(self, statement: Mapping[str, Insert], columns: Sequence[str]) -> None:
        self._statement = statement
        self._columns = list(columns)
        self._compiled: dict[str, tuple[str, list[str], _Processors]] = {}

    def run(self, connection: Connection, values: Mapping[str, Any]) -> CursorResult[Any]:
        """Insert one row."""
        sql, positions, processors = self._for(connection)
        filled = {
            name: processors[name](values[name]) if name in processors else values[name]
            for name in self._columns
        }
        if positions:
            return connection.exec_driver_sql(sql, tuple(filled[name] for name in positions))
        return connection.exec_driver_sql(sql, filled)

    def _for(self, connection: Connection) -> tuple[str, list[str], "_Processors"]:
        name = connection.dialect.name
        if name not in self._compiled:
            compiled: Any = self._statement[name].compile(
                dialect=connection.dialect, column_keys=self._columns
            )
            # How a value is written for the driver: SQLAlchemy has no public name for it.
            processors = dict(compiled._bind_processors)  # noqa: SLF001 - see above
            self._compiled[name] = str(compiled), list(compiled.positiontup or ()), processors
        return self._compiled[name]


_Processors = dict[str, Callable[[Any], Any]]

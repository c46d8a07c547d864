"""Ready-made statements: compiled once for each database, then only filled in.

For the few paths on which a whole street may come at once. Everything else is written plainly.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable

Rows = CursorResult[*tuple[Any, ...]]
_Compiled = tuple[str, list[str], dict[str, Callable[[Any], Any]]]


class Ready:
    """A statement with named values, each of which is given every time.

    Args:
        statement: For each kind of database (``sqlite``, ``postgresql``) that it is run on.
        names: Of the values; for an INSERT these are its columns.
    """

    def __init__(self, statement: Mapping[str, Executable], names: Sequence[str]) -> None:
        self._statement = statement
        self._names = list(names)
        self._compiled: dict[str, _Compiled] = {}

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Rows:
        """Run it with these values."""
        sql, positions, processors = self._for(connection)
        filled = {
            name: processors[name](values[name]) if name in processors else values[name]
            for name in self._names
        }
        if positions:
            return connection.exec_driver_sql(sql, tuple(filled[name] for name in positions))
        return connection.exec_driver_sql(sql, filled)

    def _for(self, connection: Connection) -> _Compiled:
        kind = connection.dialect.name
        if kind not in self._compiled:
            statement: Any = self._statement[kind]
            keys = self._names if statement.is_insert else None
            compiled = statement.compile(dialect=connection.dialect, column_keys=keys)
            # How a value is written for the driver: SQLAlchemy has no public name for it.
            processors = dict(compiled._bind_processors)  # noqa: SLF001 - see above
            self._compiled[kind] = str(compiled), list(compiled.positiontup or ()), processors
        return self._compiled[kind]

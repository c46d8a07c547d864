"""Lets PostgreSQL's far moments and days be read: Python knows neither year 10000 nor BC.

The driver fails on such a value for the whole answer, so that one row would hide all others. No
row of ours should hold one (checks in the database see to it); one that does anyhow is read as the
nearest bound.
"""

from datetime import date, datetime
from typing import Any, Final

from psycopg import Connection, DataError
from psycopg.abc import Buffer
from psycopg.abc import Loader as AbcLoader
from psycopg.adapt import Loader
from psycopg.pq import Format

from gridapp.domain.timebounds import FIRST_DAY, FIRST_MOMENT, LAST_DAY, LAST_MOMENT

_BOUNDS: Final[dict[str, tuple[date, date]]] = {
    "timestamptz": (FIRST_MOMENT, LAST_MOMENT),
    "date": (FIRST_DAY, LAST_DAY),
}


def read_any_moment(connection: Connection[Any]) -> None:
    """Teach a connection to read what its driver cannot."""
    for name, (first, last) in _BOUNDS.items():
        connection.adapters.register_loader(name, _loader(connection, name, first, last))


def _loader(connection: Connection[Any], name: str, first: date, last: date) -> type[Loader]:
    kind = connection.adapters.types[name].oid
    found = connection.adapters.get_loader(kind, Format.TEXT)
    assert found is not None, "the driver reads moments and days"
    usual: type[AbcLoader] = found

    class AnyMomentLoader(Loader):
        """Reads a value as the driver does, and what that cannot read as the nearest bound."""

        def __init__(self, oid: int, context: Any = None) -> None:
            super().__init__(oid, context)
            self._usual = usual(oid, context)

        def load(self, data: Buffer) -> date | datetime:
            """Read one value."""
            try:
                found: date | datetime = self._usual.load(data)
            except DataError:
                text = bytes(data)
                return first if text.endswith(b"BC") or text.startswith(b"-") else last
            return found

    return AnyMomentLoader

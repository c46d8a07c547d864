"""Lets a transaction be alone with what it counts, so that a limit is exact for all workers."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import ARRAY, String, bindparam, func, select

from gridapp.services.desk import Act

_KEY: Final = func.unnest(bindparam("keys", type_=ARRAY(String))).column_valued("key")
_ALONE: Final = select(func.pg_advisory_xact_lock(func.hashtextextended(_KEY, 0)))


def stand_alone(act: Act, keys: Iterable[str]) -> None:
    """Be alone with these keys until the transaction ends: two at once see no rows of the other.

    SQLite has one writer anyway. All keys at once and in order, so that nobody waits in a circle.
    """
    connection = act.session.connection()
    if connection.dialect.name == "postgresql" and (wanted := sorted(set(keys))):
        connection.execute(_ALONE, {"keys": wanted})

"""Lets one row that cannot be shown or worked on stand aside: the others go on without it.

A list that fails for one row hides all the others from everybody, and a job that does so leaves
them undone for ever. The row is logged once in a process, so that a job of every minute does not
fill the log.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeVar

from sqlalchemy import Row
from sqlalchemy.exc import SQLAlchemyError

from gridapp.domain.errors import GridappError
from gridapp.services.desk import Act

Item = TypeVar("Item")
Made = TypeVar("Made")

_LOGGED_MAX_COUNT: Final = 10_000
_logged: set[tuple[str, str]] = set()

logger = logging.getLogger(__name__)


def readable(what: str, rows: Iterable[Item], make: Callable[[Item], Made]) -> Iterator[Made]:
    """Make a view of each row; one of which none can be made is left out and logged.

    Args:
        what: What is listed, for the log.
        rows: Rows, or rows with what was joined to them.
        make: Makes the view; it reads no database, whose own faults are passed on as they are.

    Raises:
        GridappError: What ``make`` refuses is no fault of a row.
        SQLAlchemyError: The database is away.
    """
    for row in rows:
        try:
            made = make(row)
        except (GridappError, SQLAlchemyError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is wrong with this row alone
            _log_once(what, _name_of(row), error)
            continue
        yield made


def do_each(act: Act, what: str, rows: Iterable[Item], do: Callable[[Item], int]) -> int:
    """Do something to each row in a savepoint of its own; gives how often it was done.

    What one row brings about is undone with it and logged; the next round tries it again.
    """
    count = 0
    for row in rows:
        name = _name_of(row)
        try:
            with act.session.begin_nested():
                count += do(row)
        except Exception as error:
            if not act.session.is_active:
                raise  # the database is away, and the transaction with it
            _log_once(what, name, error)
    return count


def _log_once(what: str, name: str, error: Exception) -> None:
    key = (what, name)
    if key in _logged or len(_logged) >= _LOGGED_MAX_COUNT:
        return
    _logged.add(key)
    logger.error("%s: row %s is left out", *key, exc_info=error)


def _name_of(row: object) -> str:
    """Name a row by its id: what it says is people's data and stays out of the log."""
    first: Any = row[0] if isinstance(row, Row | tuple) else getattr(row, "row", row)
    return str(getattr(first, "id", None) or getattr(first, "uid", "?"))

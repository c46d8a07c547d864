"""Reads what an order names by its row: a number, and the version that the doer looked at."""

from typing import Final

from gridapp.domain.errors import ConflictError, NotThereError
from gridapp.services.orders import Order

_ID_DIGITS: Final = 9


def id_of(subject: str) -> int:
    """Give the row's number that an order's subject is.

    Raises:
        NotThereError: It is no number, so nothing has it.
    """
    if not (subject.isascii() and subject.isdigit() and len(subject) <= _ID_DIGITS):
        raise NotThereError
    return int(subject)


def demand_version(order: Order, version: int, **current: object) -> None:
    """Let an order pass that was made on the present version, or on none in particular.

    The row must be held already (``FOR UPDATE``, or SQLite's one writer).

    Raises:
        ConflictError: Somebody has changed it since; ``current`` tells how.
    """
    if order.version is not None and order.version != version:
        raise ConflictError(current={"version": version, **current})

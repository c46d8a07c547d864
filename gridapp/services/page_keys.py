"""Reads the key of a page as a client gives it back: bounded, so that no database refuses it."""

from datetime import date
from typing import Final

from gridapp.domain.errors import FactsError

_ID_DIGITS: Final = 18  # fits 64 bits, on both databases


def key_id(text: str) -> int:
    """Read a row's id.

    Raises:
        FactsError: It is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= _ID_DIGITS):
        raise wrong_key()
    return int(text)


def key_day(text: str) -> date:
    """Read a day, written YYYY-MM-DD.

    Raises:
        FactsError: It is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise wrong_key() from error


def wrong_key() -> FactsError:
    """Give what is said of a key that is none."""
    return FactsError("翻页的位置不对，请重新打开列表。")

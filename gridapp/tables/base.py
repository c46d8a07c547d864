"""What every table shares: column types that keep moments in UTC and words in the vocabulary."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData, String
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

from gridapp.domain.timebounds import FIRST_MOMENT, nearest_within, utc_within

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
).naming_convention


class UtcMoment(TypeDecorator[datetime]):
    """An aware UTC moment within the bounds of ``domain.timebounds``; any other is not stored.

    Reading never fails: of a moment that got into a row by another way (by hand, by a restored
    backup) the nearest one that can be shown is given, so that it hides no other row.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC; SQLite keeps no zone, so it is dropped after conversion."""
        if value is None:
            return None
        moment = None if value.tzinfo is None else utc_within(value)
        if moment is None:
            raise ValueError("a moment without a zone or out of bounds cannot be stored")
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware UTC moment."""
        del dialect
        if value is None:
            return None
        return nearest_within(value.replace(tzinfo=UTC) if value.tzinfo is None else value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """Read a text that is no moment, which only SQLite keeps, as the first one there is."""
        read = super().result_processor(dialect, coltype)
        if dialect.name != "sqlite" or read is None:
            return read

        def read_any(value: object) -> datetime | None:
            try:
                return read(value)
            except (ValueError, TypeError):
                return FIRST_MOMENT

        return read_any


class Word(TypeDecorator[StrEnum]):
    """A word of the vocabulary, stored as its text so that new words need no migration."""

    impl = String(32)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        self.words = words
        self._known = frozenset(words)
        super().__init__()

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Store the word's text; an unknown word is refused."""
        del dialect
        return None if value is None else self.words(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:
        """Give back the word; one that nobody knows any more as its text.

        Whoever shows such a row fails for it alone; reading it must not fail for all others.
        """
        del dialect
        if value is None or value in self._known:
            return None if value is None else self.words(value)
        return value  # type: ignore[no-any-return]  # a text that stands for no word

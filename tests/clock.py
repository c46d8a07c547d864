"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta
from typing import Final

# A Wednesday, 12:00 in Beijing.
NOON: Final = datetime(2026, 6, 10, 4, 0, tzinfo=UTC)


class Clock:
    """Gives one moment until ``forward`` moves it; fits ``Desk.clock``."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **step: float) -> datetime:
        """Move on by timedelta's own words (``minutes=31``) and give the new moment."""
        self.moment += timedelta(**step)
        return self.moment

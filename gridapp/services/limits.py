"""How much one device and one place may send: counted in the ledger, so right for all workers.

Never by network address: a neighbourhood shares one. What was received already is never counted
again and never refused, so that a phone may always ask for its receipt. Staff is not limited: a
worker's phone may hand in a whole day at once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select
from sqlalchemy.orm import Mapped
from sqlmodel import col

from gridapp.domain.errors import TooManyError
from gridapp.domain.vocabulary import Source
from gridapp.services.cases.report import Reported
from gridapp.services.desk import Act
from gridapp.tables import Case, Photo


@dataclass(frozen=True)
class Limits:
    """How many within the window; of a device, and of everybody at one place together."""

    window: timedelta = timedelta(minutes=10)
    device_report_count: int = 10
    place_report_count: int = 60
    device_photo_count: int = 60
    place_photo_count: int = 300


LIMITS: Final = Limits()


class _Counts(NamedTuple):
    how_many: Select[int]
    oldest: Select[datetime | None]


def _counts(where: ColumnElement[bool], moment: Mapped[datetime]) -> _Counts:
    """Make the two questions about some rows of the window: how many, and since when."""
    inside = and_(where, moment > bindparam("since"))
    return _Counts(select(func.count()).where(inside), select(func.min(moment)).where(inside))


_BY_QR: Final = col(Case.source) == Source.QR
_REPORTS_BY: Final = _counts(
    and_(col(Case.device) == bindparam("key"), _BY_QR), col(Case.received_at)
)
_REPORTS_AT: Final = _counts(
    and_(col(Case.building_id) == bindparam("key"), _BY_QR), col(Case.received_at)
)
_PHOTOS_BY: Final = _counts(col(Photo.device) == bindparam("key"), col(Photo.received_at))
_PHOTOS_AT: Final = _counts(col(Photo.place_code) == bindparam("key"), col(Photo.received_at))
_LOCK: Final = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("lock"), 0)))


def hold_report(act: Act, reported: Reported, limits: Limits = LIMITS) -> None:
    """Refuse a new report over the limits; to be asked in its own transaction, after it is made.

    Raises:
        TooManyError: Too many of the device, or at the place; it tells when to come again.
    """
    if not reported.is_new or act.actor.person_id is not None:
        return
    held = _Held(act, limits.window)
    if act.actor.device:
        held.to(_REPORTS_BY, act.actor.device, limits.device_report_count)
    held.to(_REPORTS_AT, reported.building_id, limits.place_report_count)


def hold_photo(act: Act, place_code: str, *, is_kept: bool, limits: Limits = LIMITS) -> None:
    """Refuse a photo over the limits: cheaply before it is decoded, and surely once it is kept.

    Args:
        act: For the transaction and the device.
        place_code: Where it was sent from.
        is_kept: Whether the photo is among those counted already.
        limits: How many.

    Raises:
        TooManyError: Too many of the device, or at the place.
    """
    if act.actor.person_id is not None:
        return
    spare, held = 0 if is_kept else 1, _Held(act, limits.window)
    if act.actor.device:
        held.to(_PHOTOS_BY, act.actor.device, limits.device_photo_count - spare)
    if place_code:
        held.to(_PHOTOS_AT, place_code, limits.place_photo_count - spare)


class _Held:
    """One transaction held to limits, one after the other.

    A device comes before its place everywhere, so that nobody waits in a circle.
    """

    def __init__(self, act: Act, window: timedelta) -> None:
        self._connection = act.session.connection()
        self._now, self._window = act.now, window

    def to(self, counts: _Counts, key: str | int | None, most: int) -> None:
        """Count the key's rows of the window, this transaction's own included."""
        asked = {"key": key, "since": self._now - self._window}
        if self._connection.dialect.name == "postgresql":
            # Two at once would not see each other's rows; the second waits here for the first.
            self._connection.execute(_LOCK, {"lock": f"gridapp limit {key}"})
        if self._connection.execute(counts.how_many, asked).scalar_one() <= most:
            return
        oldest = self._connection.execute(counts.oldest, asked).scalar_one() or self._now
        left = oldest + self._window - self._now
        raise TooManyError(retry_after_s=max(1, ceil(left.total_seconds())))

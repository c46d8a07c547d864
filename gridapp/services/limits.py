"""How much one device and one place may send: counted in the ledger, so right for all workers.

Never by network address: a neighbourhood shares one. What was received already is never counted
again and never refused, so that a phone may always ask for its receipt. Staff is not limited: a
worker's phone may hand in a whole day at once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import Mapped
from sqlmodel import col

from gridapp.domain.codes import parse_case_no
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


@dataclass(frozen=True)
class _Measure:
    """One limit: which rows count, by which moment, and how many may be there."""

    key: str
    moment: Mapped[datetime]
    where: ColumnElement[bool]
    most: int

    def count_since(self, since: datetime) -> ScalarSelect[int]:
        return select(func.count()).where(self.where, self.moment > since).scalar_subquery()


def hold_report(act: Act, reported: Reported, limits: Limits = LIMITS) -> None:
    """Refuse a new report over the limits; to be asked in its own transaction, after it is made.

    Raises:
        TooManyError: Too many of the device, or at the place; it tells when to come again.
    """
    parsed = parse_case_no(reported.no)
    assert parsed is not None
    row = act.session.get_one(Case, parsed.case_id)
    if not reported.is_new or act.actor.person_id is not None:
        return
    by_qr, received = col(Case.source) == Source.QR, col(Case.received_at)
    measures = [
        _Measure(
            f"report at {row.building_id}",
            received,
            (col(Case.building_id) == row.building_id) & by_qr,
            limits.place_report_count,
        )
    ]
    if row.device:
        of_device = (col(Case.device) == row.device) & by_qr
        most = limits.device_report_count
        measures.insert(0, _Measure(f"report by {row.device}", received, of_device, most))
    _hold(act, measures, limits.window)


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
    spare, received = 0 if is_kept else 1, col(Photo.received_at)
    measures = []
    if act.actor.device:
        of_device = col(Photo.device) == act.actor.device
        most = limits.device_photo_count - spare
        measures.append(_Measure(f"photo by {act.actor.device}", received, of_device, most))
    if place_code:
        at_place = col(Photo.place_code) == place_code
        most = limits.place_photo_count - spare
        measures.append(_Measure(f"photo at {place_code}", received, at_place, most))
    _hold(act, measures, limits.window)


def _hold(act: Act, measures: list[_Measure], window: timedelta) -> None:
    if not measures:
        return
    if act.session.get_bind().dialect.name == "postgresql":
        # Two at once would not see each other's rows; the second waits here for the first.
        # A device comes before its place everywhere, so that nobody waits in a circle.
        for measure in measures:
            key = func.hashtextextended(measure.key, 0)
            act.session.execute(select(func.pg_advisory_xact_lock(key)))
    since = act.now - window
    counts = act.session.execute(select(*[m.count_since(since) for m in measures])).one()
    for measure, count in zip(measures, counts, strict=True):
        if count > measure.most:
            raise TooManyError(retry_after_s=_wait_s(act, measure, window))


def _wait_s(act: Act, measure: _Measure, window: timedelta) -> int:
    """Tell after how many seconds the oldest counted row leaves the window."""
    oldest = act.session.execute(
        select(func.min(measure.moment)).where(measure.where, measure.moment > act.now - window)
    ).scalar_one_or_none()
    left = (oldest or act.now) + window - act.now
    return max(1, ceil(left.total_seconds()))

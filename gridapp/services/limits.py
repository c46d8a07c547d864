"""How much one device and one place may send: counted in the ledger, so right for all workers.

Never by network address: a neighbourhood shares one. What was received already is never counted
again and never refused, so that a phone may always ask for its receipt. Staff is not limited: a
worker's phone may hand in a whole day at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Final, NamedTuple

from sqlalchemy import ARRAY, ColumnElement, Select, String, and_, bindparam, func, select
from sqlalchemy.orm import Mapped
from sqlmodel import col

from gridapp.domain.codes import normalise
from gridapp.domain.errors import ProofNeededError, TooManyError
from gridapp.domain.proof import EASY_BITS, HARD_BITS, is_proven, make_challenge
from gridapp.domain.vocabulary import Source
from gridapp.services.cases.intake import WINDOW
from gridapp.services.cases.report import Reported
from gridapp.services.desk import Act, Actor
from gridapp.tables import Case, Photo


@dataclass(frozen=True)
class Limits:
    """How many in ten minutes: of a device, and of everybody at one place together.

    Beyond the calm count a place is hot: each further report has to be worked for.
    """

    device_report_count: int = 10
    place_report_count: int = 60
    place_calm_count: int = 30
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
_KEY: Final = func.unnest(bindparam("keys", type_=ARRAY(String))).column_valued("key")
_ALONE: Final = select(func.pg_advisory_xact_lock(func.hashtextextended(_KEY, 0)))


def keys_of(actor: Actor, code: str) -> tuple[str, ...]:
    """Name what a report is counted by: its device and its place, or nothing for staff."""
    if actor.person_id is not None:
        return ()
    device = (f"report by {actor.device}",) if actor.device else ()
    return (*device, f"report at {normalise(code)}")


def stand_alone(act: Act, keys: Iterable[str]) -> None:
    """Be alone with these keys until the transaction ends: two at once see no rows of the other.

    SQLite has one writer anyway. All keys at once and in order, so that nobody waits in a circle.
    """
    connection = act.session.connection()
    if connection.dialect.name == "postgresql" and (wanted := sorted(set(keys))):
        connection.execute(_ALONE, {"keys": wanted})


def hold_report(act: Act, reported: Reported, limits: Limits = LIMITS) -> None:
    """Refuse a new report over the limits; to be asked in its own transaction, after it is made.

    Exact when the transaction began with ``stand_alone``.

    Raises:
        TooManyError: Too many of the device, or at the place; it tells when to come again.
        ProofNeededError: The place is hot, and no work has been done for this report.
    """
    if not reported.is_new or act.actor.person_id is not None:
        return
    device = act.actor.device
    if device and reported.device_count > limits.device_report_count:
        raise _too_many(act, _REPORTS_BY, device)
    if reported.place_count > limits.place_report_count:
        raise _too_many(act, _REPORTS_AT, reported.building_id)
    if reported.place_count > limits.place_calm_count:
        _demand_proof(act, reported, limits)


def _demand_proof(act: Act, reported: Reported, limits: Limits) -> None:
    """Let a report at a hot place pass that has been worked for; the hotter, the harder."""
    halfway = (limits.place_calm_count + limits.place_report_count) // 2
    bits = EASY_BITS if reported.place_count <= halfway else HARD_BITS
    place = str(reported.building_id)
    # An answer to the easier challenge of a moment ago still holds: the phone has done its work.
    if is_proven(act.secret, act.actor.proof, reported.receipt, place, EASY_BITS, act.now):
        return
    challenge = make_challenge(act.secret, reported.receipt, place, bits, act.now)
    waits = _too_many(act, _REPORTS_AT, reported.building_id).facts
    raise ProofNeededError(challenge=challenge, **waits)


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
    spare, device = 0 if is_kept else 1, act.actor.device
    named = {"by": device, "at": place_code}
    stand_alone(act, [f"photo {how} {name}" for how, name in named.items() if name])
    if device:
        _hold(act, _PHOTOS_BY, device, limits.device_photo_count - spare)
    if place_code:
        _hold(act, _PHOTOS_AT, place_code, limits.place_photo_count - spare)


def _hold(act: Act, counts: _Counts, key: str, most: int) -> None:
    """Count the key's rows of the window, this transaction's own included."""
    found = act.session.connection().execute(counts.how_many, _asked(act, key)).scalar_one()
    if found > most:
        raise _too_many(act, counts, key)


def _too_many(act: Act, counts: _Counts, key: str | int | None) -> TooManyError:
    """Make the refusal: it tells when the oldest counted row leaves the window."""
    oldest = act.session.connection().execute(counts.oldest, _asked(act, key)).scalar_one()
    left = (oldest or act.now) + WINDOW - act.now
    return TooManyError(retry_after_s=max(1, ceil(left.total_seconds())))


def _asked(act: Act, key: str | int | None) -> dict[str, object]:
    return {"key": key, "since": act.now - WINDOW}

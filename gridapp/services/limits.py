"""How much a device, a place and a case may send: counted in the ledger, right for all workers.

A report is never refused for how many came before it: beyond a limit it is kept and set aside
(``cases.judging``), so that a flood cannot close a building's door to its residents. Photos, words
and "me too" wait instead: what matters has been said by then.

What was received already is never counted again, so that a phone may always ask for its receipt.
Staff is not limited: a worker's phone may hand in a whole day at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select
from sqlalchemy.orm import Mapped
from sqlmodel import col

from gridapp.domain.codes import normalise
from gridapp.domain.errors import PhotosTooManyError
from gridapp.domain.proof import EASY_BITS, bits_at, is_proven, make_challenge
from gridapp.domain.vocabulary import AsideReason
from gridapp.services.alone import stand_alone
from gridapp.services.case_access import open_tracked
from gridapp.services.cases.aside import let_in_by_work
from gridapp.services.cases.intake import WINDOW
from gridapp.services.cases.judging import Judge, Lately
from gridapp.services.cases.report import Asking, Reported, ReportFacts, report_cases
from gridapp.services.desk import Act, Actor
from gridapp.tables import Photo


@dataclass(frozen=True)
class Limits:
    """How many in ten minutes: of a device, of everybody at one place, of a case's reporter.

    Beyond the calm count of a place a report is set aside unless it was worked for; beyond the full
    count work helps no more.
    """

    device_report_count: int = 10
    place_full_count: int = 60
    place_calm_count: int = 30
    device_photo_count: int = 60
    place_photo_count: int = 300
    case_photo_count: int = 20


LIMITS: Final = Limits()
# No building's code has a space in it.
_CASE_PLACE: Final = "case "


class Sent(NamedTuple):
    """A report as it came in.

    Args:
        actor: Whose it is, with the answer to a challenge when there is one.
        uid: The client's id.
        facts: What it says.
        is_crowded: From its network address more came in than a neighbourhood sends.
    """

    actor: Actor
    uid: UUID
    facts: ReportFacts
    is_crowded: bool = False


class _Counts(NamedTuple):
    how_many: Select[int]
    oldest: Select[datetime | None]


def _counts(where: ColumnElement[bool], moment: Mapped[datetime]) -> _Counts:
    """Make the two questions about some rows of the window: how many, and since when."""
    inside = and_(where, moment > bindparam("since"))
    return _Counts(select(func.count()).where(inside), select(func.min(moment)).where(inside))


_PHOTOS_BY: Final = _counts(col(Photo.device) == bindparam("key"), col(Photo.received_at))
_PHOTOS_AT: Final = _counts(col(Photo.place_code) == bindparam("key"), col(Photo.received_at))


def take_reports(act: Act, sent: Sequence[Sent], limits: Limits = LIMITS) -> list[Reported]:
    """Take reports in as they come, by whichever door; what is too many is set aside, not refused.

    A report that was set aside at a hot place and comes again with the work done is let in.

    Raises:
        GridappError: Whatever ``report_cases`` refuses.
    """
    stand_alone(act, (key for one in sent for key in _keys_of(one)))
    asked = [Asking(one.actor, one.uid, one.facts) for one in sent]
    crowded = frozenset(one.uid for one in sent if one.is_crowded)
    found = report_cases(act, asked, _judge(limits, crowded))
    return [
        _offered(replace(act, actor=one.actor), one, reported, limits)
        for one, reported in zip(sent, found, strict=True)
    ]


def _keys_of(one: Sent) -> tuple[str, ...]:
    """Name what a report is counted by: its device and its place, or nothing for staff."""
    if one.actor.person_id is not None:
        return ()
    device = (f"report by {one.actor.device}",) if one.actor.device else ()
    return (*device, f"report at {normalise(one.facts.at)}")


def _judge(limits: Limits, crowded: frozenset[UUID]) -> Judge:
    def judge(act: Act, uid: UUID, lately: Lately) -> AsideReason | None:
        if act.actor.device and lately.by_device > limits.device_report_count:
            return AsideReason.DEVICE
        if uid in crowded:
            return AsideReason.ADDRESS
        is_full = lately.at_place > limits.place_full_count
        is_hot = lately.at_place > limits.place_calm_count
        if is_full or (is_hot and not _is_worked_for(act, uid, lately.building_id)):
            return AsideReason.PLACE
        return None

    return judge


def _is_worked_for(act: Act, uid: UUID, building_id: int) -> bool:
    # An answer to an easier challenge of a moment ago still holds: the phone has done its work.
    return is_proven(act.secret, act.actor.proof, uid, str(building_id), EASY_BITS, act.now)


def _offered(act: Act, one: Sent, reported: Reported, limits: Limits) -> Reported:
    """Offer work to a report that was set aside just now, or let it in for work that was done."""
    if reported.aside_for is not AsideReason.PLACE:
        return reported
    if reported.lately is None:
        return _let_in(act, one, reported)
    lately = reported.lately
    if lately.at_place > limits.place_full_count:
        return reported
    bits = bits_at(lately.at_place, limits.place_calm_count, limits.place_full_count)
    place = str(lately.building_id)
    challenge = make_challenge(act.secret, one.uid, place, bits, act.now)
    return replace(reported, challenge=challenge)


def _let_in(act: Act, one: Sent, reported: Reported) -> Reported:
    if not act.actor.proof:
        return reported
    is_in = let_in_by_work(
        act, reported.case_id, lambda building_id: _is_worked_for(act, one.uid, building_id)
    )
    return replace(reported, aside_for=None) if is_in else reported


def hold_photo(act: Act, place_code: str, *, is_kept: bool, limits: Limits = LIMITS) -> None:
    """Refuse a photo over the limits: cheaply before it is decoded, and surely once it is kept.

    Args:
        act: For the transaction and the device.
        place_code: Where it was sent from: a building's code, or ``case_place`` of a case.
        is_kept: Whether the photo is among those counted already.
        limits: How many.

    Raises:
        PhotosTooManyError: Too many of the device, at the place, or of the case.
    """
    if act.actor.person_id is not None:
        return
    spare, device = 0 if is_kept else 1, act.actor.device
    named = {"by": device, "at": place_code}
    stand_alone(act, [f"photo {how} {name}" for how, name in named.items() if name])
    if device:
        _hold_photos(act, _PHOTOS_BY, device, limits.device_photo_count - spare)
    if place_code:
        is_case = place_code.startswith(_CASE_PLACE)
        most = limits.case_photo_count if is_case else limits.place_photo_count
        _hold_photos(act, _PHOTOS_AT, place_code, most - spare)


def case_place(act: Act) -> str:
    """Name the case whose token the actor holds as the place that its photos come from.

    Raises:
        NotThereError: No case has this token.
    """
    return f"{_CASE_PLACE}{open_tracked(act).row.id}"


def _hold_photos(act: Act, counts: _Counts, key: str, most: int) -> None:
    """Count the key's photos of the window, this transaction's own included."""
    asked = {"key": key, "since": act.now - WINDOW}
    connection = act.session.connection()
    if connection.execute(counts.how_many, asked).scalar_one() > most:
        oldest = connection.execute(counts.oldest, asked).scalar_one() or act.now
        raise PhotosTooManyError.until(oldest + WINDOW, act.now)

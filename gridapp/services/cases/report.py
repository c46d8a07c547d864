"""Reports a case: a place and a sentence are enough."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, field_validator
from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.codes import case_no, normalise
from gridapp.domain.errors import FactsError, OtherContentError, UnknownPlaceError
from gridapp.domain.privacy import normalise_phone
from gridapp.domain.searching import grams
from gridapp.domain.vocabulary import Deed, Source, Status
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.calendar.promises import promise_case
from gridapp.services.cases.intake import (
    LookedUp,
    Received,
    look_up,
    received_before,
)
from gridapp.services.cases.move import iso
from gridapp.services.cases.write_report import write_report
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, NeededWords, Sha256, digest_of
from gridapp.services.outbox import promise_message_to
from gridapp.services.permit import covers
from gridapp.tables import Building, BuildingCode, Category, Grid

_SKEW = timedelta(minutes=10)
PHOTOS_MAX_COUNT = 9

Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]


class PlacedFacts(Facts):
    """Facts with an optional position: WGS-84 degrees and an accuracy in metres."""

    lng_wgs84: Longitude | None = None
    lat_wgs84: Latitude | None = None
    accuracy_m: Annotated[float, Field(ge=0, le=1e7, allow_inf_nan=False)] | None = None


class ReportFacts(PlacedFacts):
    """What a report says. ``at`` is a building code; ``made_at`` is by the device's own clock."""

    at: Annotated[str, Field(max_length=64)]
    text: NeededWords
    category: Annotated[str, Field(max_length=32)] | None = None
    photos: Annotated[tuple[Sha256, ...], Field(max_length=PHOTOS_MAX_COUNT)] = ()
    phone: Annotated[str, Field(max_length=32)] | None = None
    name: Annotated[str, Field(max_length=64)] | None = None
    made_at: datetime | None = None
    source: Source | None = None

    @field_validator("made_at")
    @classmethod
    def _with_zone(cls, moment: datetime | None) -> datetime | None:
        if moment is not None and moment.tzinfo is None:
            raise ValueError("a moment needs its zone")
        return moment


@dataclass(frozen=True)
class Reported:
    """What a reporter is told; ``is_new`` is False when the same report came again.

    Args:
        device_count: How many reports this device has sent lately, with this one.
        place_count: How many came in lately from this building, with this one.
    """

    receipt: UUID
    no: str
    track: str
    due_at: datetime
    is_new: bool
    building_id: int | None = None
    device_count: int = 0
    place_count: int = 0

    def body(self) -> dict[str, Any]:
        """Write it for machines; the same for the first time and every later one."""
        return {
            "receipt": str(self.receipt),
            "no": self.no,
            "track": self.track,
            "status": Status.REPORTED.value,
            "due_at": iso(self.due_at),
        }


@dataclass(frozen=True)
class Place:
    """A building row and the path of its grid."""

    building: Building
    grid_path: str


def find_place(act: Act, code: str) -> Place:
    """Find the building that a code hangs on.

    Raises:
        UnknownPlaceError: No building has it, or it has been retired.
    """
    found = act.session.execute(
        select(Building, col(Grid.path))
        .join(BuildingCode, col(BuildingCode.building_id) == col(Building.id))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .where(
            col(BuildingCode.code) == normalise(code),
            col(BuildingCode.retired_at).is_(None),
            col(Building.retired_at).is_(None),
        )
    ).first()
    if found is None:
        raise UnknownPlaceError
    return Place(found[0], found[1])


def find_category(act: Act, code: str | None) -> Category | None:
    """Find a category by its code; none given is none found.

    Raises:
        FactsError: There is no such category.
    """
    if not code:
        return None
    category: Category | None = act.session.execute(
        select(Category).where(col(Category.code) == code, col(Category.retired_at).is_(None))
    ).scalar_one_or_none()
    if category is None:
        raise no_category()
    return category


def no_category() -> FactsError:
    """Make the refusal of a category that does not exist."""
    return FactsError("没有这个分类，请重新选择。", fields={"category": "没有这个分类"})


def report_case(act: Act, uid: UUID, facts: ReportFacts) -> Reported:
    """Report a case once under the client's id.

    Raises:
        UnknownPlaceError: The building code is unknown or retired.
        PhotosMissingError: A photo named has not arrived.
        OtherContentError: The id was used for another report.
    """
    digest = digest_of(facts.model_dump(mode="json", exclude={"made_at"}))
    place = look_up(act, uid, normalise(facts.at), facts.category or None)
    again = _as_received(uid, place.received if place else received_before(act, uid), digest)
    if again is not None:
        return again
    if place is None:
        raise UnknownPlaceError
    if facts.category and place.category_id is None:
        raise no_category()
    values = _values_of(act, uid, facts, digest, place)
    case_id = write_report(act, values, _step_of(act, facts), facts.photos)
    if case_id is None:  # somebody with the same id was faster by a hair
        faster = _as_received(uid, received_before(act, uid), digest)
        assert faster is not None, "a lost insert means that the row is there"
        return faster
    no = case_no(case_id, beijing_date(act.now))
    words = f"您上报的事已收到，编号 {no}。"
    promise_message_to(act, values["reporter_phone"], words, case_id)
    return Reported(
        uid, no, values["track"], values["due_at"], is_new=True, building_id=place.building_id,
        device_count=place.device_count + 1, place_count=place.place_count + 1,
    )  # fmt: skip


def _as_received(uid: UUID, row: Received | None, digest: str) -> Reported | None:
    """Give the receipt again when this id has already come, unless with other content."""
    if row is None or row.id is None:
        return None
    if row.digest != digest:
        raise OtherContentError
    assert row.reported_at is not None
    assert row.first_due_at is not None
    no = case_no(row.id, beijing_date(row.reported_at))
    return Reported(uid, no, row.track or "", row.first_due_at, is_new=False)


def _skew_of(act: Act, made_at: datetime | None) -> dict[str, Any]:
    """Flag a device clock that is off; both moments are kept, nothing is refused for it."""
    if made_at is None or made_at <= act.now + _SKEW:
        return {}
    return {"clock_ahead_minutes": int((made_at - act.now).total_seconds() // 60)}


def _step_of(act: Act, facts: ReportFacts) -> dict[str, Any]:
    return {
        "deed": Deed.REPORT,
        "status_to": Status.REPORTED,
        "actor_id": act.actor.person_id,
        "at": act.now,
        "done_at": facts.made_at,
        "words": "",
        "is_public": True,
        "facts": _skew_of(act, facts.made_at),
    }


def _values_of(
    act: Act, uid: UUID, facts: ReportFacts, digest: str, place: LookedUp
) -> dict[str, Any]:
    due = promise_case(act, place, place.urgency, act.now)
    return {
        "uid": uid,
        "digest": digest,
        "track": secrets.token_urlsafe(16),
        "source": _source_of(act, facts, place),
        "category_id": place.category_id,
        "urgency": place.urgency,
        "grid_id": place.grid_id,
        "building_id": place.building_id,
        "place": place.building,
        "text": facts.text,
        "grams": grams(f"{facts.text} {place.building} {place.address}"),
        "lng_wgs84": facts.lng_wgs84,
        "lat_wgs84": facts.lat_wgs84,
        "accuracy_m": facts.accuracy_m,
        "reporter_name": (facts.name or "").strip(),
        "reporter_phone": _phone(facts.phone),
        "reporter_id": act.actor.person_id,
        "device": act.actor.device,
        "made_at": facts.made_at,
        "received_at": act.now,
        "reported_at": act.now,
        "due_at": due.due_at,
        "first_due_at": due.due_at,
        "due_limit": str(due.limit),
        "due_provisional": due.provisional,
        "step_due_at": due.step_due_at,
    }


def _source_of(act: Act, facts: ReportFacts, place: LookedUp) -> Source:
    """Residents come by QR, and so does staff outside its reach: anyone may report anywhere."""
    if not covers(act.actor, Deed.REPORT, place.grid_path):
        return Source.QR
    return facts.source or Source.WORKER


def _phone(given: str | None) -> str:
    if not given or not given.strip():
        return ""
    phone = normalise_phone(given)
    if phone is None:
        sentence = "电话号码好像不对，请检查，或者留空。"
        raise FactsError(sentence, fields={"phone": sentence})
    return phone

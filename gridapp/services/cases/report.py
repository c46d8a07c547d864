"""Reports a case: a place and a sentence are enough."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, field_validator
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import col

from gridapp.domain.codes import normalise
from gridapp.domain.errors import FactsError, OtherContentError, UnknownPlaceError
from gridapp.domain.privacy import normalise_phone
from gridapp.domain.searching import grams
from gridapp.domain.vocabulary import Deed, PhotoKind, Source, Status, Urgency
from gridapp.services.calendar.promises import promise_case
from gridapp.services.cases.access import case_no_of
from gridapp.services.cases.move import append_step, iso
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, NeededWords, Order, Sha256, digest_of
from gridapp.services.outbox import promise_message
from gridapp.services.permit import covers
from gridapp.services.photos.hang import find_photos
from gridapp.tables import Building, BuildingCode, Case, Category, Grid

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
    """What a reporter is told; ``is_new`` is False when the same report came again."""

    receipt: UUID
    no: str
    track: str
    due_at: datetime
    is_new: bool

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
        raise FactsError("没有这个分类，请重新选择。", fields={"category": "没有这个分类"})
    return category


def report_case(act: Act, uid: UUID, facts: ReportFacts) -> Reported:
    """Report a case once under the client's id.

    Raises:
        UnknownPlaceError: The building code is unknown or retired.
        PhotosMissingError: A photo named has not arrived.
        OtherContentError: The id was used for another report.
    """
    digest = digest_of(facts.model_dump(mode="json", exclude={"made_at"}))
    again = _reported_before(act, uid, digest)
    if again is not None:
        return again
    place = find_place(act, facts.at)
    category = find_category(act, facts.category)
    find_photos(act, facts.photos)
    row_id = _insert_once(act, _row_of(act, uid, facts, digest, place, category))
    if row_id is None:  # somebody with the same id was faster by a hair
        found = _reported_before(act, uid, digest)
        assert found is not None, "a lost insert means that the row is there"
        return found
    row = act.session.get_one(Case, row_id)
    append_step(
        act, row, Deed.REPORT, None, Order(Deed.REPORT, uid=uid, done_at=facts.made_at),
        is_public=True, facts=_skew_of(act, facts.made_at),
        photos=[(PhotoKind.REPORT, sha256) for sha256 in facts.photos],
    )  # fmt: skip
    promise_message(act, row, f"您上报的事已收到，编号 {case_no_of(row)}。")
    return _as_reported(row, is_new=True)


def _as_reported(row: Case, *, is_new: bool) -> Reported:
    return Reported(row.uid, case_no_of(row), row.track, row.first_due_at, is_new)


def _reported_before(act: Act, uid: UUID, digest: str) -> Reported | None:
    """Give the receipt again when this id has already come, unless with other content."""
    row = act.session.execute(select(Case).where(col(Case.uid) == uid)).scalar_one_or_none()
    if row is None:
        return None
    if row.digest != digest:
        raise OtherContentError
    return _as_reported(row, is_new=False)


def _insert_once(act: Act, row: Case) -> int | None:
    """Insert a case under its unique id, or give None when the id is taken."""
    sqlite = act.session.get_bind().dialect.name == "sqlite"
    insert = sqlite_insert(Case) if sqlite else postgres_insert(Case)
    values = row.model_dump(exclude={"id"})
    statement = insert.values(**values).on_conflict_do_nothing(index_elements=["uid"])
    return act.session.execute(statement.returning(col(Case.id))).scalar_one_or_none()


def _skew_of(act: Act, made_at: datetime | None) -> dict[str, Any]:
    """Flag a device clock that is off; both moments are kept, nothing is refused for it."""
    if made_at is None or made_at <= act.now + _SKEW:
        return {}
    return {"clock_ahead_minutes": int((made_at - act.now).total_seconds() // 60)}


def _row_of(  # noqa: PLR0913, PLR0917 - everything that a new case is made of
    act: Act,
    uid: UUID,
    facts: ReportFacts,
    digest: str,
    place: Place,
    category: Category | None,
) -> Case:
    urgency = category.urgency if category else Urgency.ORDINARY
    due = promise_case(act, category, urgency, act.now)
    building = place.building
    return Case(
        uid=uid,
        digest=digest,
        track=secrets.token_urlsafe(16),
        source=_source_of(act, facts, place),
        category_id=category.id if category else None,
        urgency=urgency,
        grid_id=building.grid_id,
        building_id=building.id,
        place=building.name,
        text=facts.text,
        grams=grams(f"{facts.text} {building.name} {building.address}"),
        lng_wgs84=facts.lng_wgs84,
        lat_wgs84=facts.lat_wgs84,
        accuracy_m=facts.accuracy_m,
        reporter_name=(facts.name or "").strip(),
        reporter_phone=_phone(facts.phone),
        reporter_id=act.actor.person_id,
        device=act.actor.device,
        made_at=facts.made_at,
        received_at=act.now,
        reported_at=act.now,
        due_at=due.due_at,
        first_due_at=due.due_at,
        due_limit=str(due.limit),
        due_provisional=due.provisional,
        step_due_at=due.step_due_at,
    )


def _source_of(act: Act, facts: ReportFacts, place: Place) -> Source:
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

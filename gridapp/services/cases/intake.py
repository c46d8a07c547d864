"""The statements of a report's intake: everything is asked once, and written plainly.

Whole streets report at the same hour (a burst pipe, a power cut), so this path goes by tables and
ready-made statements, without building objects. ``bench/intake.py`` measures it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, and_, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import aliased
from sqlmodel import SQLModel, col

from gridapp.domain.vocabulary import PhotoKind, Source, Status, Supervision, Urgency
from gridapp.services.desk import Act
from gridapp.services.store.ready import ReadyInsert
from gridapp.tables import Building, BuildingCode, Case, CasePhoto, CaseStep, Category, Grid

# Within this time reports are counted for the limits.
WINDOW: Final = timedelta(minutes=10)

_CASE: Final = SQLModel.metadata.tables[str(Case.__tablename__)]
_STEP: Final = SQLModel.metadata.tables[str(CaseStep.__tablename__)]
_HUNG: Final = SQLModel.metadata.tables[str(CasePhoto.__tablename__)]


class Received(NamedTuple):
    """What a receipt is written from; all None when nothing was received under the id."""

    id: int | None
    digest: str | None
    track: str | None
    reported_at: datetime | None
    first_due_at: datetime | None


class LookedUp(NamedTuple):
    """A place by its code, with the category chosen; ``category_id`` is None when there is none.

    It stands in for the category's row where a promise is made.
    """

    building_id: int
    grid_id: int
    building: str
    address: str
    grid_path: str
    category_id: int | None
    category_urgency: Urgency | None
    category_limit: str | None
    device_count: int
    place_count: int
    received: Received

    @property
    def urgency(self) -> Urgency:
        """The category's urgency, or the ordinary one."""
        return self.category_urgency or Urgency.ORDINARY

    @property
    def whole_limit(self) -> str:
        """The category's own limit, or none."""
        return self.category_limit or ""


_RECEIPT: Final = (
    col(Case.id),
    col(Case.digest),
    col(Case.track),
    col(Case.reported_at),
    col(Case.first_due_at),
)
_RECEIVED: Final = select(*_RECEIPT).where(col(Case.uid) == bindparam("uid"))
_ALONE: Final = select(
    func.pg_advisory_xact_lock(func.hashtextextended(bindparam("device"), 0)),
    func.pg_advisory_xact_lock(func.hashtextextended(bindparam("code"), 0)),
)
_Other = aliased(Case)


def _count_since(where: ColumnElement[bool]) -> ScalarSelect[int]:
    """Count other reports by QR since a moment, for the limits."""
    by_qr = col(_Other.source) == Source.QR
    recent = col(_Other.received_at) > bindparam("since")
    return select(func.count()).where(where, by_qr, recent).scalar_subquery()


_LOOK_UP: Final = (
    select(
        col(Building.id),
        col(Building.grid_id),
        col(Building.name),
        col(Building.address),
        col(Grid.path),
        col(Category.id),
        col(Category.urgency),
        col(Category.whole_limit),
        _count_since(col(_Other.device) == bindparam("device")),
        _count_since(col(_Other.building_id) == col(Building.id)),
        *_RECEIPT,
    )
    .join(BuildingCode, col(BuildingCode.building_id) == col(Building.id))
    .join(Grid, col(Grid.id) == col(Building.grid_id))
    .outerjoin(
        Category,
        and_(col(Category.code) == bindparam("category"), col(Category.retired_at).is_(None)),
    )
    .outerjoin(Case, col(Case.uid) == bindparam("uid"))
    .where(
        col(BuildingCode.code) == bindparam("code"),
        col(BuildingCode.retired_at).is_(None),
        col(Building.retired_at).is_(None),
    )
)

# What every case is born with, beside what its report says.
_BORN: Final = {
    "version": 1,
    "status": Status.REPORTED,
    "settled": False,
    "supervision": Supervision.NONE,
    "source_ref": "",
    "reply": "",
    "dispatch_count": 0,
    "return_count": 0,
    "redo_count": 0,
    "reopen_count": 0,
    "extension_count": 0,
}
_SAID: Final = (
    "uid", "digest", "track", "source", "category_id", "urgency", "grid_id", "building_id",
    "place", "text", "grams", "lng_wgs84", "lat_wgs84", "accuracy_m", "reporter_name",
    "reporter_phone", "reporter_id", "device", "made_at", "received_at", "reported_at", "due_at",
    "first_due_at", "due_limit", "due_provisional", "step_due_at",
)  # fmt: skip
_STEP_SAID: Final = (
    "case_id", "deed", "status_to", "actor_id", "at", "done_at", "words", "is_public", "facts",
)  # fmt: skip
_KINDS: Final = (("sqlite", sqlite_insert), ("postgresql", postgres_insert))
_INSERT: Final = ReadyInsert(
    {
        kind: new(_CASE).on_conflict_do_nothing(index_elements=["uid"]).returning(_CASE.c.id)
        for kind, new in _KINDS
    },
    [*_BORN, *_SAID],
)
_INSERT_STEP: Final = ReadyInsert(
    {kind: new(_STEP).returning(_STEP.c.id) for kind, new in _KINDS}, _STEP_SAID
)
_HANG: Final = ReadyInsert(
    {kind: new(_HUNG) for kind, new in _KINDS},
    ("case_id", "step_id", "photo_id", "kind", "is_public"),
)


def received_before(act: Act, uid: UUID) -> Received | None:
    """Find what this id has already brought."""
    row = act.session.connection().execute(_RECEIVED, {"uid": uid}).first()
    return Received(*row) if row else None


def look_up(act: Act, uid: UUID, code: str, category: str | None) -> LookedUp | None:
    """Find the building that a code hangs on, the category, and what the id has brought.

    With it comes how many reports came in lately by this device and at this place: those of
    other transactions too, because from here to its end this one is alone with both.
    """
    connection = act.session.connection()
    if connection.dialect.name == "postgresql" and act.actor.person_id is None:
        # SQLite has one writer at a time anyway. The device first everywhere, then the place, so
        # that nobody waits in a circle.
        device = act.actor.device or uid
        connection.execute(_ALONE, {"device": f"by {device}", "code": f"at {code}"})
    asked = {
        "uid": uid,
        "code": code,
        "category": category,
        "device": act.actor.device,
        "since": act.now - WINDOW,
    }
    row = connection.execute(_LOOK_UP, asked).first()
    if row is None:
        return None
    told: list[Any] = list(row)
    split = len(told) - len(_RECEIPT)
    return LookedUp(*told[:split], Received(*told[split:]))


def insert_case(act: Act, said: Mapping[str, Any]) -> int | None:
    """Insert a case under its unique id, or give None when the id is taken."""
    row = _INSERT.run(act.session.connection(), _BORN | dict(said)).first()
    return row[0] if row else None


def insert_step(
    act: Act, said: Mapping[str, Any], kind: PhotoKind, photo_ids: Iterable[int]
) -> None:
    """Append a step to a new case, with its photos."""
    connection = act.session.connection()
    step_id = _INSERT_STEP.run(connection, said).scalar_one()
    on = {"case_id": said["case_id"], "step_id": step_id, "kind": kind, "is_public": False}
    for photo_id in photo_ids:
        _HANG.run(connection, on | {"photo_id": photo_id})

"""The statements of a report's intake: everything is asked once, and written plainly.

Whole streets report at the same hour (a burst pipe, a power cut), so this path goes by tables and
ready-made statements, without building objects. ``bench/intake.py`` measures it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import and_, bindparam, insert, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import SQLModel, col

from gridapp.domain.vocabulary import PhotoKind, Urgency
from gridapp.services.desk import Act
from gridapp.tables import Building, BuildingCode, Case, CasePhoto, CaseStep, Category, Grid

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

_INSERT: Final = {
    dialect: new(_CASE).on_conflict_do_nothing(index_elements=["uid"]).returning(_CASE.c.id)
    for dialect, new in (("sqlite", sqlite_insert), ("postgresql", postgres_insert))
}
_INSERT_STEP: Final = insert(_STEP).returning(_STEP.c.id)
_HANG: Final = insert(_HUNG)


def received_before(act: Act, uid: UUID) -> Received | None:
    """Find what this id has already brought."""
    row = act.session.connection().execute(_RECEIVED, {"uid": uid}).first()
    return Received(*row) if row else None


def look_up(act: Act, uid: UUID, code: str, category: str | None) -> LookedUp | None:
    """Find the building that a code hangs on, the category, and what the id has brought."""
    asked = {"uid": uid, "code": code, "category": category}
    row = act.session.connection().execute(_LOOK_UP, asked).first()
    if row is None:
        return None
    told: list[Any] = list(row)
    split = len(told) - len(_RECEIPT)
    return LookedUp(*told[:split], Received(*told[split:]))


def insert_case(act: Act, values: Mapping[str, Any]) -> int | None:
    """Insert a case under its unique id, or give None when the id is taken."""
    connection = act.session.connection()
    statement = _INSERT[connection.dialect.name]
    row_id: int | None = connection.execute(statement, dict(values)).scalar_one_or_none()
    return row_id


def insert_step(
    act: Act, values: Mapping[str, Any], kind: PhotoKind, photo_ids: Iterable[int]
) -> None:
    """Append a step to a new case, with its photos."""
    connection = act.session.connection()
    step_id = connection.execute(_INSERT_STEP, dict(values)).scalar_one()
    on = {"case_id": values["case_id"], "step_id": step_id, "kind": kind, "is_public": False}
    hung = [on | {"photo_id": photo_id} for photo_id in photo_ids]
    if hung:
        connection.execute(_HANG, hung)

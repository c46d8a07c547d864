"""Looks up for a report all that it needs, in one question.

Whole streets report at the same hour (a burst pipe, a power cut), so this path builds no objects.
``bench/intake.py`` measures it.
"""

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    and_,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from gridapp.domain.vocabulary import Source, Urgency
from gridapp.services.desk import Act
from gridapp.tables import Building, BuildingCode, Case, Category, Grid

# Within this time reports are counted for the limits.
WINDOW: Final = timedelta(minutes=10)


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


def received_before(act: Act, uid: UUID) -> Received | None:
    """Find what this id has already brought."""
    row = act.session.connection().execute(_RECEIVED, {"uid": uid}).first()
    return Received(*row) if row else None


def look_up(act: Act, uid: UUID, code: str, category: str | None) -> LookedUp | None:
    """Find the building that a code hangs on, the category, and what the id has brought.

    With it comes how many reports came in lately by this device and at this place, this
    transaction's own included.
    """
    connection = act.session.connection()
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
    return LookedUp._make([*told[:split], Received._make(told[split:])])

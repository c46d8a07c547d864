"""Looks up for reports all that they need, in one question however many they are.

Whole streets report at the same hour (a burst pipe, a power cut), so this path builds no objects.
``bench/intake.py`` measures it.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import (
    JSON,
    ColumnElement,
    Exists,
    Integer,
    ScalarSelect,
    Select,
    String,
    Subquery,
    Uuid,
    and_,
    bindparam,
    cast,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased
from sqlalchemy.types import TypeEngine
from sqlmodel import col

from gridapp.domain.vocabulary import AsideReason, BlockKind, Source, Urgency
from gridapp.services.desk import Act
from gridapp.tables import Block, Building, BuildingCode, Case, Category, Grid

# Within this time reports are counted for the limits.
WINDOW: Final = timedelta(minutes=10)


class Received(NamedTuple):
    """What a receipt is written from; all None when nothing was received under the id."""

    id: int | None
    digest: str | None
    track: str | None
    reported_at: datetime | None
    first_due_at: datetime | None
    aside_for: AsideReason | None


class LookedUp(NamedTuple):
    """A place by its code, with the category chosen; each id is None when there is none.

    It stands in for the category's row where a promise is made. With it comes how many reports
    came in lately by this device and at this place, before this transaction.
    """

    building_id: int | None
    grid_id: int | None
    building: str
    address: str
    grid_path: str
    category_id: int | None
    category_urgency: Urgency | None
    code: str
    accept_limit: str
    take_limit: str
    handle_limit: str
    whole_limit: str
    device_count: int
    place_count: int
    is_blocked: bool
    received: Received

    @property
    def urgency(self) -> Urgency:
        """The category's urgency, or the ordinary one."""
        return self.category_urgency or Urgency.ORDINARY


class Wanted(NamedTuple):
    """What a report asks to be looked up: its id, its place, its category, and who sends it.

    The keys are those of ``services.blocks.keys``; empty ones are looked up nowhere.
    """

    uid: UUID
    code: str
    category: str | None
    device: str
    device_key: str = ""
    phone_key: str = ""


_TYPES: Final[dict[str, TypeEngine[Any]]] = {
    "place": Integer(),
    "uid": Uuid(),
    "code": String(),
    "category": String(),
    "device": String(),
    "device_key": String(),
    "phone_key": String(),
}
_RECEIPT: Final = (
    col(Case.id),
    col(Case.digest),
    col(Case.track),
    col(Case.reported_at),
    col(Case.first_due_at),
    col(Case.aside_for),
)
_CATEGORY: Final = (
    col(Category.code),
    col(Category.accept_limit),
    col(Category.take_limit),
    col(Category.handle_limit),
    col(Category.whole_limit),
)
_Other = aliased(Case)


def _wanted_on_sqlite() -> Subquery:
    each = func.json_each(bindparam("wanted")).table_valued("value").c.value
    said = [
        type_coerce(func.json_extract(each, f"$.{name}"), kind).label(name)
        for name, kind in _TYPES.items()
    ]
    return select(*said).subquery("wanted")


def _wanted_on_postgres() -> Subquery:
    columns = [column(name, kind) for name, kind in _TYPES.items()]
    rows = func.json_to_recordset(cast(bindparam("wanted"), JSON)).table_valued(*columns)
    # A planner that knows how few they are goes by the indexes.
    few = literal_column("16", Integer)
    return select(rows.render_derived(with_types=True)).limit(few).subquery("wanted")


def _count_since(where: ColumnElement[bool]) -> ScalarSelect[int]:
    """Count other reports by QR since a moment, for the limits."""
    by_qr = col(_Other.source) == Source.QR
    recent = col(_Other.received_at) > bindparam("since")
    return select(func.count()).where(where, by_qr, recent).scalar_subquery()


def _is_blocked(said: Any) -> Exists:
    """Tell whether a block stands for the device, the phone or the place, in its street."""
    kind, key = col(Block.kind), col(Block.key)
    is_one = or_(
        and_(kind == BlockKind.DEVICE, key == said.device_key),
        and_(kind == BlockKind.PHONE, key == said.phone_key),
        and_(kind == BlockKind.PLACE, key == cast(col(Building.id), String)),
    )
    street = "/" + cast(col(Block.street_id), String) + "/"
    return exists().where(
        is_one,
        col(Block.lifted_at).is_(None),
        col(Block.ends_at) > bindparam("now"),
        col(Grid.path).contains(street),
    )


def _look_up(wanted: Subquery) -> Select[*tuple[Any, ...]]:
    said = wanted.c
    is_hung = and_(
        col(Building.id) == col(BuildingCode.building_id),
        col(BuildingCode.retired_at).is_(None),
        col(Building.retired_at).is_(None),
    )
    is_known = and_(col(Category.code) == said.category, col(Category.retired_at).is_(None))
    return (
        select(
            col(Building.id),
            col(Building.grid_id),
            col(Building.name),
            col(Building.address),
            col(Grid.path),
            col(Category.id),
            col(Category.urgency),
            *(func.coalesce(part, "") for part in _CATEGORY),
            _count_since(col(_Other.device) == said.device),
            _count_since(col(_Other.building_id) == col(Building.id)),
            _is_blocked(said),
            *_RECEIPT,
        )
        .select_from(wanted)
        .outerjoin(BuildingCode, col(BuildingCode.code) == said.code)
        .outerjoin(Building, is_hung)
        .outerjoin(Grid, col(Grid.id) == col(Building.grid_id))
        .outerjoin(Category, is_known)
        .outerjoin(Case, col(Case.uid) == said.uid)
        .order_by(said.place)
    )


_LOOK_UP: Final = {
    "sqlite": _look_up(_wanted_on_sqlite()),
    "postgresql": _look_up(_wanted_on_postgres()),
}


def look_up(act: Act, wanted: Sequence[Wanted]) -> list[LookedUp]:
    """Look up for each report, in order: the building that its code hangs on and the others."""
    connection = act.session.connection()
    asked = [{**one._asdict(), "uid": one.uid.hex, "place": n} for n, one in enumerate(wanted)]
    values = {"wanted": json.dumps(asked), "since": act.now - WINDOW, "now": act.now}
    split = len(LookedUp._fields) - 1
    return [
        LookedUp._make([*row[:split], Received._make(row[split:])])
        for row in connection.execute(_LOOK_UP[connection.dialect.name], values)
    ]

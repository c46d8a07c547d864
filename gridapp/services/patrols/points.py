"""Makes, changes and retires patrol points (巡查点)."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints
from sqlalchemy import CursorResult, update
from sqlmodel import col

from gridapp.domain.errors import ConflictError
from gridapp.domain.patrolling import EVERY_MAX_DAYS, due_on
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.areas.within import building_within
from gridapp.services.audit import write_audit
from gridapp.services.cases.report import PlacedFacts
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.patrols.open_point import open_point, uuid_of
from gridapp.services.patrols.see_points import last_seen
from gridapp.services.permit import open_grid
from gridapp.services.verbs import verb
from gridapp.tables import PatrolPoint, PatrolRetirement

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Spot = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Why = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Every = Annotated[int, Field(ge=1, le=EVERY_MAX_DAYS)]


class AddPointFacts(PlacedFacts):
    """A point at a building (``at``) or at a named spot of a grid (``grid``), each by its code."""

    grid: Annotated[str, Field(max_length=32)] = ""
    at: Annotated[str, Field(max_length=64)] = ""
    name: Name
    spot: Spot = ""
    every_days: Every = 7


class ChangePointFacts(Facts):
    """What changes; where it is stays, or it would be another point."""

    name: Name | None = None
    spot: Spot | None = None
    every_days: Every | None = None


class RetirePointFacts(Facts):
    """Why a point is looked at no longer; its page asks for it."""

    words: Why = ""


class RestorePointFacts(Facts):
    """Nothing more is asked."""


@verb(Deed.ADD_POINT, AddPointFacts)
def add_point(act: Act, order: Order, facts: AddPointFacts) -> dict[str, Any]:
    """Add a patrol point.

    Raises:
        UnknownPlaceError: The building code is unknown.
        NotThereError: The building or the grid lies out of reach.
    """
    building_id = None
    if facts.at:
        spot, building = building_within(act, facts.at, Deed.ADD_POINT)
        grid_id, building_id = spot.grid_id, building.id
    else:
        grid = open_grid(act, facts.grid, Deed.ADD_POINT)
        assert grid.id is not None
        grid_id = grid.id
    point = PatrolPoint(
        uid=order.uid,
        grid_id=grid_id,
        building_id=building_id,
        name=facts.name,
        spot=facts.spot,
        every_days=facts.every_days,
        lng_wgs84=facts.lng_wgs84,
        lat_wgs84=facts.lat_wgs84,
        made_at=act.now,
    )
    act.session.add(point)
    return _reply(order, order.uid, point.version)


@verb(Deed.CHANGE_POINT, ChangePointFacts)
def change_point(act: Act, order: Order, facts: ChangePointFacts) -> dict[str, Any]:
    """Change a point's name, its description or how often it is looked at.

    Raises:
        NotThereError: No such point, or out of reach.
        ConflictError: Somebody has changed it meanwhile; ``current`` tells how.
    """
    point = open_point(act, uuid_of(order.subject), Deed.CHANGE_POINT)
    told = {name: value for name, value in facts.model_dump().items() if value is not None}
    return _reply(order, point.uid, _write(act, order, point, told))


@verb(Deed.RETIRE_POINT, RetirePointFacts)
def retire_point(act: Act, order: Order, facts: RetirePointFacts) -> dict[str, Any]:
    """Take a point out of use; what was seen and what was missed there stays in the calendar.

    Raises:
        NotThereError: No such point, or out of reach.
        ConflictError: Somebody has changed it meanwhile; ``current`` tells how.
    """
    point = open_point(act, uuid_of(order.subject), Deed.RETIRE_POINT)
    assert point.id is not None
    today = beijing_date(act.now)
    due = due_on(last_seen(act, point), point.every_days, beijing_date(point.made_at))
    version = _write(act, order, point, {"retired_at": act.now})
    act.session.add(
        PatrolRetirement(
            point_id=point.id, why=facts.words, missed_on=due if due < today else None,
            retired_at=act.now, retired_by_id=act.actor.person_id,
        )
    )  # fmt: skip
    write_audit(act, Deed.RETIRE_POINT, f"point:{point.uid}", facts.words)
    return _reply(order, point.uid, version)


@verb(Deed.RESTORE_POINT, RestorePointFacts)
def restore_point(act: Act, order: Order, _facts: RestorePointFacts) -> dict[str, Any]:
    """Bring a retired point back into use; the days between are held against nobody.

    Raises:
        NotThereError: No such point, or out of reach.
        ConflictError: Somebody has changed it meanwhile, or it is in use; ``current`` tells how.
    """
    point = open_point(act, uuid_of(order.subject), Deed.RESTORE_POINT, is_retired=True)
    version = _write(act, order, point, {"retired_at": None})
    act.session.execute(
        update(PatrolRetirement)
        .where(
            col(PatrolRetirement.point_id) == point.id, col(PatrolRetirement.restored_at).is_(None)
        )
        .values(restored_at=act.now, restored_by_id=act.actor.person_id)
        .execution_options(synchronize_session=False)
    )
    return _reply(order, point.uid, version)


def _write(act: Act, order: Order, point: PatrolPoint, told: dict[str, Any]) -> int:
    version = point.version if order.version is None else order.version
    done = act.session.execute(
        update(PatrolPoint)
        .where(col(PatrolPoint.id) == point.id, col(PatrolPoint.version) == version)
        .values(version=version + 1, **told)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    act.session.refresh(point)
    if done.rowcount != 1:
        current = {"name": point.name, "every_days": point.every_days, "version": point.version}
        raise ConflictError(current=current)
    return version + 1


def _reply(order: Order, point: UUID, version: int) -> dict[str, Any]:
    return {"receipt": str(order.uid), "point": str(point), "version": version}

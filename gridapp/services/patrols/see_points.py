"""Lists patrol points with the day on which each was last seen, whoever saw it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Subquery, func, select, true, union_all
from sqlmodel import col

from gridapp.domain.patrolling import due_on
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.bad_rows import readable
from gridapp.services.desk import Act
from gridapp.services.permit import demand, grids_within, open_grid
from gridapp.tables import Building, BuildingCode, CheckIn, Grid, PatrolPoint

POINTS_MAX_COUNT: Final = 200


@dataclass(frozen=True)
class PointView:
    """A patrol point.

    Args:
        at: The building's code, or empty for a named spot.
        place: Where it is, in words.
        last_seen_on: The Beijing day on which somebody was there last.
        due_on: The day on which it is to be seen next; it may be past.
    """

    point: UUID
    version: int
    name: str
    place: str
    at: str
    grid: str
    grid_code: str
    every_days: int
    last_seen_on: date | None
    due_on: date


def see_points(act: Act, grid: str = "", deed: Deed = Deed.SEE_CHECK_IN) -> tuple[PointView, ...]:
    """List the points in use in reach, or in one grid's tree of it: what is due first.

    At most 200, of those that are looked at most often.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor sees patrols.
        NotThereError: No such grid, or out of reach.
    """
    demand(act, deed)
    tree: ColumnElement[bool] = true()
    if grid:
        tree = col(Grid.path).startswith(open_grid(act, grid, deed).path, autoescape=True)
    found = act.session.execute(
        select(PatrolPoint, Grid, Building)
        .join(Grid, col(Grid.id) == col(PatrolPoint.grid_id))
        .outerjoin(Building, col(Building.id) == col(PatrolPoint.building_id))
        .where(tree, grids_within(act.actor, deed), col(PatrolPoint.retired_at).is_(None))
        .order_by(col(PatrolPoint.every_days), col(PatrolPoint.id))
        .limit(POINTS_MAX_COUNT)
    ).all()
    last, codes = _last_seen(act, [row[0] for row in found]), _codes(act, [r[0] for r in found])

    def view(one: Row[PatrolPoint, Grid, Building]) -> PointView:
        point, in_grid, building = one
        code, seen = codes.get(point.building_id, ""), last.get(point.id)
        return _view(point, in_grid, building, code, seen)

    views = readable("patrol points", found, view)
    return tuple(sorted(views, key=lambda view: (view.due_on, view.grid_code, view.name)))


def _view(
    point: PatrolPoint, grid: Grid, building: Building | None, code: str, last: date | None
) -> PointView:
    return PointView(
        point=point.uid,
        version=point.version,
        name=point.name,
        place=point.spot or (building.address if building else ""),
        at=code,
        grid=grid.name,
        grid_code=grid.code,
        every_days=point.every_days,
        last_seen_on=last,
        due_on=due_on(last, point.every_days, beijing_date(point.made_at)),
    )


def seen_days(points: Iterable[PatrolPoint]) -> Subquery:
    """Select for points the days on which each was seen, as ``point_id`` and ``seen_on``.

    A check-in at a building counts for every point in it that there was by then: one that was made
    afterwards was not seen by it.
    """
    ids = [point.id for point in points]
    chosen: Any = select(col(CheckIn.point_id).label("point_id"), col(CheckIn.seen_on)).where(
        col(CheckIn.point_id).in_(ids)
    )
    by_building: Any = (
        select(col(PatrolPoint.id).label("point_id"), col(CheckIn.seen_on))
        .join(CheckIn, col(CheckIn.building_id) == col(PatrolPoint.building_id))
        .where(
            col(PatrolPoint.id).in_(ids),
            col(CheckIn.received_at) >= col(PatrolPoint.made_at),
        )
    )
    return union_all(chosen, by_building).subquery()


def last_seen(act: Act, point: PatrolPoint) -> date | None:
    """Give the Beijing day on which a point was last seen, whoever saw it."""
    return _last_seen(act, [point]).get(point.id)


def _last_seen(act: Act, points: Sequence[PatrolPoint]) -> dict[int | None, date]:
    if not points:
        return {}
    days = seen_days(points)
    found = act.session.execute(
        select(days.c.point_id, func.max(days.c.seen_on)).group_by(days.c.point_id)
    ).all()
    return dict(found)


def _codes(act: Act, points: Sequence[PatrolPoint]) -> dict[int | None, str]:
    buildings = {point.building_id for point in points if point.building_id is not None}
    if not buildings:
        return {}
    found = act.session.execute(
        select(col(BuildingCode.building_id), func.max(col(BuildingCode.code)))
        .where(col(BuildingCode.building_id).in_(buildings), col(BuildingCode.retired_at).is_(None))
        .group_by(col(BuildingCode.building_id))
    ).all()
    return dict(found)

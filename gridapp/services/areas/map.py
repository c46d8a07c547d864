"""Puts open cases and buildings in reach on a map: GeoJSON points, and counts per grid."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, case, func, select, true
from sqlmodel import col

from gridapp.domain.lateness import is_late
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workflow import OPEN, colour_of
from gridapp.services.bad_rows import readable
from gridapp.services.boundaries.outlines import list_outlines
from gridapp.services.case_access import case_no_of, cases_within
from gridapp.services.desk import Act
from gridapp.services.lateness import late_case
from gridapp.services.permit import demand, grids_within, open_grid
from gridapp.tables import Building, Case, Category, Grid

POINTS_MAX_COUNT: Final = 5_000


class Outlines(StrEnum):
    """Which boundaries are put on a map beside its points."""

    NONE = ""
    BELOW = "below"
    TREE = "tree"


@dataclass(frozen=True)
class GridCountView:
    """How much is open in a grid of its own; grids below it are listed by themselves."""

    code: str
    name: str
    level: str
    open_count: int
    late_count: int


@dataclass(frozen=True)
class MapView:
    """A GeoJSON FeatureCollection (WGS-84) with a foreign member ``grids`` (RFC 7946, 6.1)."""

    type: str
    features: tuple[dict[str, Any], ...]
    grids: tuple[GridCountView, ...]


def see_map(act: Act, grid: str = "", outlines: Outlines = Outlines.NONE) -> MapView:
    """Show what is in reach, or in one grid's tree of it.

    Args:
        act: Whose reach it is.
        grid: The code of the grid at the top; empty is all that is in reach.
        outlines: The boundary of that grid and of those right below it, or of its whole tree.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor sees areas.
        NotThereError: No such grid, or out of reach.
    """
    demand(act, Deed.SEE_AREA)
    tree: ColumnElement[bool] = true()
    if grid:
        path = open_grid(act, grid).path
        tree = col(Grid.path).startswith(path, autoescape=True)
    shapes = list_outlines(act, grid, outlines is Outlines.TREE) if outlines else []
    features = [*shapes, *_case_points(act, tree), *_building_points(act, tree)]
    return MapView("FeatureCollection", tuple(features), _grid_counts(act, tree))


def _point(lng: float, lat: float, **properties: Any) -> dict[str, Any]:
    place = {"type": "Point", "coordinates": [round(lng, 6), round(lat, 6)]}
    return {"type": "Feature", "geometry": place, "properties": properties}


def _case_points(act: Act, tree: ColumnElement[bool]) -> list[dict[str, Any]]:
    """Place cases where they were reported from, else at their building."""
    lng = func.coalesce(col(Case.lng_wgs84), col(Building.lng_wgs84))
    lat = func.coalesce(col(Case.lat_wgs84), col(Building.lat_wgs84))
    found = act.session.execute(
        select(Case, col(Category.name), lng, lat)
        .join(Grid, col(Grid.id) == col(Case.grid_id))
        .outerjoin(Building, col(Building.id) == col(Case.building_id))
        .outerjoin(Category, col(Category.id) == col(Case.category_id))
        .where(tree, cases_within(act.actor), col(Case.status).in_(OPEN))
        .where(lng.is_not(None), lat.is_not(None))
        .order_by(col(Case.due_at), col(Case.id))
        .limit(POINTS_MAX_COUNT)
    ).all()

    def point(one: Row[Case, str | None, float, float]) -> dict[str, Any]:
        row, category, x, y = one
        return _point(
            x, y, kind="case", no=case_no_of(row), status=row.status.value,
            colour=colour_of(row.status, settled=row.settled).value, urgency=row.urgency.value,
            category=category or "",
            late=is_late(row.status, row.due_at, paused_at=row.paused_at, now=act.now),
        )  # fmt: skip

    return list(readable("cases on the map", found, point))


def _building_points(act: Act, tree: ColumnElement[bool]) -> list[dict[str, Any]]:
    found = act.session.execute(
        select(col(Building.name), col(Grid.code), col(Building.lng_wgs84), col(Building.lat_wgs84))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .where(tree, grids_within(act.actor), col(Building.retired_at).is_(None))
        .where(col(Building.lng_wgs84).is_not(None), col(Building.lat_wgs84).is_not(None))
        .order_by(col(Building.id))
        .limit(POINTS_MAX_COUNT)
    ).all()
    return [
        _point(lng, lat, kind="building", name=name, grid=code)
        for name, code, lng, lat in found
        if lng is not None and lat is not None
    ]


def _grid_counts(act: Act, tree: ColumnElement[bool]) -> tuple[GridCountView, ...]:
    late = func.sum(case((late_case(act.now), 1), else_=0))
    found = act.session.execute(
        select(col(Grid.code), col(Grid.name), col(Grid.level), func.count(), late)
        .join(Case, col(Case.grid_id) == col(Grid.id))
        .where(tree, cases_within(act.actor), col(Case.status).in_(OPEN))
        .group_by(col(Grid.code), col(Grid.name), col(Grid.level))
        .order_by(col(Grid.code))
    ).all()
    return tuple(
        GridCountView(code, name, level.value, open_count, int(late_count or 0))
        for code, name, level, open_count, late_count in found
    )

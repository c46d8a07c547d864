"""Finds gaps and overlaps: between the grids below one grid, and against its own boundary."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry
from sqlalchemy import func, select
from sqlmodel import col

from gridapp.domain.vocabulary import Deed
from gridapp.services.boundaries.ledger import Standing, standing, standing_of
from gridapp.services.boundaries.metres import Plane, plane_of
from gridapp.services.desk import Act
from gridapp.services.permit import open_grid
from gridapp.tables import Grid

# Below this two borders are the same border, drawn twice by hand.
_LEAST_M2: Final = 10.0
_SHOWN_MAX_COUNT: Final = 200


class FaultKind(StrEnum):
    """What is wrong between boundaries."""

    OVERLAP = "overlap"
    GAP = "gap"
    OUTSIDE = "outside"


FAULT: Final = {
    FaultKind.OVERLAP: "重叠",
    FaultKind.GAP: "缝隙",
    FaultKind.OUTSIDE: "超出上级",
}


@dataclass(frozen=True)
class Fault:
    """One gap or overlap; the largest has the number 1, and the picture says so too."""

    number: int
    kind: FaultKind
    names: tuple[str, ...]
    codes: tuple[str, ...]
    area_m2: float
    lng: float
    lat: float
    shape: BaseGeometry


@dataclass(frozen=True)
class Checked:
    """What a check has found.

    Args:
        faults: The largest first, at most 200.
        count: How many there are in all.
        grid_count: Grids with a boundary that were looked at.
        lacking_count: Grids that have none.
        has_frame: Whether the grid above has a boundary to compare with.
    """

    faults: tuple[Fault, ...]
    count: int
    grid_count: int
    lacking_count: int
    has_frame: bool


def check_boundaries(act: Act, code: str) -> Checked:
    """Check the grids right below one grid.

    Raises:
        NotThereError: No such grid, or out of reach.
    """
    top = open_grid(act, code, Deed.SEE_AREA)
    assert top.id is not None
    below = standing(act, col(Grid.parent_id) == top.id)
    frame = standing_of(act, top.id)
    lacking = count_children(act, top.id) - len(below)
    if not below:
        return Checked((), 0, 0, lacking, frame is not None)
    plane = plane_of(frame.shape if frame else below[0].shape)
    found = [*_overlaps(below, plane), *_edges(below, frame, plane)]
    found.sort(key=lambda one: -one[2].area)
    faults = tuple(
        _fault(number, *one, plane) for number, one in enumerate(found[:_SHOWN_MAX_COUNT], 1)
    )
    return Checked(faults, len(found), len(below), lacking, frame is not None)


def count_children(act: Act, grid_id: int) -> int:
    """Count the grids right below one, retired ones apart."""
    count: int = act.session.execute(
        select(func.count()).where(col(Grid.parent_id) == grid_id, col(Grid.retired_at).is_(None))
    ).scalar_one()
    return count


_Found = tuple[FaultKind, Sequence[Standing], BaseGeometry]


def _overlaps(below: Sequence[Standing], plane: Plane) -> Iterator[_Found]:
    flat = [plane.flat(one.shape) for one in below]
    tree = shapely.STRtree(flat)
    pairs = tree.query(flat, predicate="intersects").T.tolist()
    for one, other in pairs:
        if one >= other:
            continue
        shared = _sizeable(shapely.intersection(flat[one], flat[other]))
        if shared is not None:
            yield FaultKind.OVERLAP, (below[one], below[other]), shared


def _edges(below: Sequence[Standing], frame: Standing | None, plane: Plane) -> Iterator[_Found]:
    flat = [plane.flat(one.shape) for one in below]
    together = shapely.union_all(flat)
    if frame is None:
        holes = [
            shapely.polygons(ring)
            for part in shapely.get_parts(together)
            for ring in part.interiors
        ]
        yield from ((FaultKind.GAP, (), one) for one in holes if one.area >= _LEAST_M2)
        return
    whole = plane.flat(frame.shape)
    for part in shapely.get_parts(shapely.difference(whole, together)):
        if _sizeable(part) is not None:
            yield FaultKind.GAP, (), part
    for one, shape in zip(below, flat, strict=True):
        outside = _sizeable(shapely.difference(shape, whole))
        if outside is not None:
            yield FaultKind.OUTSIDE, (one,), outside


def _sizeable(shape: BaseGeometry) -> BaseGeometry | None:
    """Give the polygons of a shape in metres, or None when they are too small to matter."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    area = parts[0] if len(parts) == 1 else MultiPolygon(parts)
    return area if area.area >= _LEAST_M2 else None


def _fault(
    number: int, kind: FaultKind, grids: Sequence[Standing], flat: BaseGeometry, plane: Plane
) -> Fault:
    shape = plane.round(flat)
    middle = shape.representative_point()
    return Fault(
        number, kind, tuple(one.name for one in grids), tuple(one.code for one in grids),
        round(flat.area, 1), round(middle.x, 6), round(middle.y, 6), shape,
    )  # fmt: skip

"""Draws, mends, removes and splits the boundary of one grid: a deed each."""

from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal

import shapely
from pydantic import Field
from shapely.geometry.base import BaseGeometry
from shapely.ops import split
from sqlmodel import col

from gridapp.domain.bounding import BoundarySource
from gridapp.domain.errors import ConflictError, FactsError
from gridapp.domain.vocabulary import Deed
from gridapp.services.boundaries.ledger import (
    CHANGED,
    Drawn,
    Standing,
    next_edition,
    standing,
    standing_of,
    write,
)
from gridapp.services.boundaries.shapes import ShapeError, areas_of, boundary_of, shape_of
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import open_grid
from gridapp.services.verbs import verb
from gridapp.tables import Grid

_Degrees = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Position = Annotated[tuple[_Degrees, ...], Field(min_length=2, max_length=3)]
Ring = Annotated[list[Position], Field(min_length=3, max_length=4_000)]
Rings = Annotated[list[Ring], Field(min_length=1, max_length=200)]
_TWO: Final = 2
# What was cut off is sewn on by the centimetre, or a hair's breadth stays open between the two.
_SEAM_DEGREES: Final = 1e-7


class PolygonFacts(Facts):
    """A polygon as GeoJSON writes it."""

    type: Literal["Polygon"]
    coordinates: Rings


class MultiPolygonFacts(Facts):
    """Several polygons as GeoJSON writes them."""

    type: Literal["MultiPolygon"]
    coordinates: Annotated[list[Rings], Field(min_length=1, max_length=200)]


class DrawFacts(Facts):
    """A boundary drawn in WGS-84; ``clip`` leaves out what belongs to the neighbours."""

    geometry: PolygonFacts | MultiPolygonFacts
    clip: bool = False


class RemoveFacts(Facts):
    """Nothing but the will to remove."""


class SplitFacts(Facts):
    """A line across a boundary, and a point in the half that another grid gets."""

    line: Annotated[list[Position], Field(min_length=2, max_length=500)]
    to: Annotated[str, Field(min_length=1, max_length=32)]
    at: Position


@verb(Deed.DRAW_BOUNDARY, DrawFacts)
def draw_boundary(act: Act, order: Order, facts: DrawFacts) -> dict[str, Any]:
    """Draw a grid's boundary, or put a mended one in the place of the one that stands.

    Raises:
        NotThereError: No such grid, or out of reach.
        FactsError: It crosses itself, is too small, or nothing is left of it after clipping.
        ConflictError: Somebody else has changed it since ``version``; 0 is "none so far".
    """
    grid, stands = _open(act, order, Deed.DRAW_BOUNDARY)
    rings = facts.geometry.coordinates
    shape = _whole([rings] if isinstance(facts.geometry, PolygonFacts) else rings)
    if facts.clip:
        shape = _clipped(act, grid, shape)
    assert grid.id is not None
    write(act, [Drawn(grid.id, shape, BoundarySource.DRAWN)])
    return _said(act, order, grid, stands)


@verb(Deed.REMOVE_BOUNDARY, RemoveFacts)
def remove_boundary(act: Act, order: Order, _facts: RemoveFacts) -> dict[str, Any]:
    """Remove a grid's boundary; the former versions stay on record.

    Raises:
        NotThereError: No such grid, or out of reach.
        ConflictError: It has none, or it was changed since.
    """
    grid, stands = _open(act, order, Deed.REMOVE_BOUNDARY)
    if stands is None:
        raise ConflictError("这个网格没有边界。")
    write(act, [Drawn(stands.grid_id, None, stands.source)])
    return _said(act, order, grid, stands)


@verb(Deed.SPLIT_BOUNDARY, SplitFacts)
def split_boundary(act: Act, order: Order, facts: SplitFacts) -> dict[str, Any]:
    """Split a boundary along a line; the half around a point goes to another grid.

    Raises:
        NotThereError: No such grid, or out of reach.
        FactsError: The line does not cross the boundary, or the point lies elsewhere.
        ConflictError: It was changed since.
    """
    grid, stands = _open(act, order, Deed.SPLIT_BOUNDARY)
    other = open_grid(act, facts.to, Deed.SPLIT_BOUNDARY)
    if stands is None:
        raise ConflictError("这个网格没有边界。")
    if other.id == grid.id or other.parent_id != grid.parent_id or other.id is None:
        raise FactsError("只能划给同一上级的另一个网格。", fields={"to": "请另选一个网格"})
    kept, given = _halves(stands.shape, facts)
    its = standing_of(act, other.id)
    if its is not None:
        given = areas_of(shapely.union(its.shape, given, grid_size=_SEAM_DEGREES))
    drawn = (Drawn(stands.grid_id, kept, BoundarySource.DRAWN),
             Drawn(other.id, given, BoundarySource.DRAWN))  # fmt: skip
    write(act, drawn)
    return _said(act, order, grid, stands)


def _open(act: Act, order: Order, deed: Deed) -> tuple[Grid, Standing | None]:
    """Open a grid for a change of its boundary, behind everybody who is at it."""
    grid = open_grid(act, order.subject, deed)
    if grid.retired_at is not None:
        raise ConflictError("这个网格已停用。")
    next_edition(act)
    assert grid.id is not None
    stands = standing_of(act, grid.id)
    if order.version is not None and order.version != (stands.version if stands else 0):
        raise ConflictError(CHANGED)
    return grid, stands


def _whole(rings: Sequence[Any]) -> BaseGeometry:
    """Make a boundary of what was drawn; nothing is mended behind the drawer's back."""
    try:
        plain = [[[list(place) for place in ring] for ring in polygon] for polygon in rings]
        mended = boundary_of(shape_of(plain))
    except ShapeError as error:
        raise FactsError(f"{error}。", fields={"geometry": str(error)}) from error
    if mended.is_mended:
        sentence = "边界与自己相交，请挪动交叉处的点。"
        raise FactsError(sentence, fields={"geometry": sentence})
    return mended.shape


def _clipped(act: Act, grid: Grid, shape: BaseGeometry) -> BaseGeometry:
    beside = standing(
        act, col(Grid.parent_id) == grid.parent_id, col(Grid.id) != grid.id,
        col(Grid.level) == grid.level,
    )  # fmt: skip
    left = areas_of(shapely.difference(shape, shapely.union_all([one.shape for one in beside])))
    if left.is_empty:
        raise FactsError("全部落在相邻网格里，裁剪后什么也不剩。")
    return boundary_of(left).shape


def _halves(shape: BaseGeometry, facts: SplitFacts) -> tuple[BaseGeometry, BaseGeometry]:
    line = shapely.linestrings([place[:_TWO] for place in facts.line])
    at = shapely.points(facts.at[:_TWO])
    parts = [part for whole in shapely.get_parts(shape) for part in split(whole, line).geoms]
    given = [part for part in parts if part.contains(at)]
    kept = [part for part in parts if not part.contains(at)]
    if len(parts) <= shapely.get_num_geometries(shape):
        raise FactsError(
            "这条线没有把网格切开，两端都要画到边界外面。", fields={"line": "没有切开"}
        )
    if not given:
        raise FactsError("请点一下要划出去的那一半。", fields={"at": "不在这个网格里"})
    return areas_of(shapely.union_all(kept)), areas_of(shapely.union_all(given))


def _said(act: Act, order: Order, grid: Grid, stands: Standing | None) -> dict[str, Any]:
    del act
    version = (stands.version if stands else 0) + 1
    return {"receipt": str(order.uid), "grid": grid.code, "version": version}

"""Cuts a schematic map out of a tree of grids: around buildings, or, without any, as a figure.

The same tree with the same buildings gives the same map. Each building's cell (Voronoi) goes to
its grid, and the cells of a grid and all below it are one shape, so that borders are shared
exactly and every level nests in the one above.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gridapp.domain.bounding import BoundarySource
from gridapp.services.boundaries.metres import Plane
from gridapp.services.boundaries.shapes import areas_of
from gridapp.services.boundaries.treemap import Tile, squarify

# How far a sketch reaches beyond its outermost buildings, and how bluntly it goes around them.
_MARGIN_M: Final = 60.0
_HULL_RATIO: Final = 0.35
_A_HOUSEHOLD_M2: Final = 120.0
_LEAST_M2: Final = 4_000.0


@dataclass(frozen=True)
class Leaf:
    """A grid of the tree.

    Args:
        path: Ids from the top down, as ``/1/7/42/``.
        weight: Its size where nothing tells it, such as its households.
    """

    grid_id: int
    path: str
    parent_id: int | None
    weight: float = 1.0


@dataclass(frozen=True)
class Sketched:
    """A grid's shape on the schematic map."""

    grid_id: int
    shape: BaseGeometry
    source: BoundarySource
    path: str


@dataclass
class _Work:
    plane: Plane
    shapes: dict[int, BaseGeometry] = field(default_factory=dict)
    sources: dict[int, BoundarySource] = field(default_factory=dict)


def sketch(
    grids: Sequence[Leaf],
    buildings: Sequence[tuple[int, float, float]],
    centre: tuple[float, float],
    frame: BaseGeometry | None = None,
) -> list[Sketched]:
    """Cut a map for a grid and everything below it.

    Args:
        grids: The grid at the top first, then those below it.
        buildings: Grid, longitude and latitude (WGS-84) of each.
        centre: Where a figure is laid when there are no buildings; WGS-84 degrees.
        frame: The boundary of the top where it is known: nothing goes beyond.
    """
    top = grids[0]
    plane = Plane(frame.centroid.y if frame else _middle(buildings, centre))
    work = _Work(plane)
    flat_frame = plane.flat(frame) if frame is not None else None
    by_id = {grid.grid_id: grid for grid in grids}
    placed = [one for one in buildings if one[0] in by_id]
    if placed:
        _cut_around(work, by_id, placed, flat_frame)
    else:
        work.shapes[top.grid_id] = (
            flat_frame if flat_frame is not None else _square(top, plane, centre)
        )
        work.sources[top.grid_id] = BoundarySource.FIGURE
    _fill_in(work, grids)
    return [
        Sketched(grid_id, areas_of(plane.round(shape)), work.sources[grid_id], by_id[grid_id].path)
        for grid_id, shape in work.shapes.items()
        if not shape.is_empty
    ]


def _middle(buildings: Sequence[tuple[int, float, float]], centre: tuple[float, float]) -> float:
    return float(np.mean([lat for _, _, lat in buildings])) if buildings else centre[1]


def _square(top: Leaf, plane: Plane, centre: tuple[float, float]) -> BaseGeometry:
    side = math.sqrt(max(_LEAST_M2, top.weight * _A_HOUSEHOLD_M2))
    middle = plane.flat(shapely.Point(centre))
    return shapely.box(
        middle.x - side / 2, middle.y - side / 2, middle.x + side / 2, middle.y + side / 2
    )


def _cut_around(
    work: _Work,
    grids: Mapping[int, Leaf],
    buildings: Sequence[tuple[int, float, float]],
    frame: BaseGeometry | None,
) -> None:
    """Give every grid the cells of its buildings, and every grid above those of all below it."""
    points = [work.plane.flat(shapely.Point(lng, lat)) for _, lng, lat in buildings]
    region = frame if frame is not None else _around(points)
    cells = _cells(points, region)
    mine: dict[int, list[BaseGeometry]] = defaultdict(list)
    for (grid_id, _, _), cell in zip(buildings, cells, strict=True):
        mine[grid_id].append(cell)
    merged: dict[int, list[BaseGeometry]] = defaultdict(list)
    # From the lowest up, so that a union is made of unions.
    for grid in sorted(grids.values(), key=lambda one: -one.path.count("/")):
        parts = [*mine.get(grid.grid_id, ()), *merged.get(grid.grid_id, ())]
        if not parts:
            continue
        shape = shapely.union_all(parts, grid_size=0.01)
        work.shapes[grid.grid_id] = shape
        work.sources[grid.grid_id] = BoundarySource.SKETCH
        if grid.parent_id is not None:
            merged[grid.parent_id].append(shape)


def _around(points: Sequence[BaseGeometry]) -> BaseGeometry:
    cloud = shapely.multipoints(list(points))
    hull = shapely.concave_hull(cloud, ratio=_HULL_RATIO)
    return shapely.buffer(hull, _MARGIN_M, quad_segs=2)


def _cells(points: Sequence[BaseGeometry], region: BaseGeometry) -> list[BaseGeometry]:
    """Give each point's cell within a region; points on one spot share it as a fan of slices."""
    spots: dict[tuple[float, float], list[int]] = defaultdict(list)
    for number, point in enumerate(points):
        spots[round(point.x, 1), round(point.y, 1)].append(number)
    unique = [shapely.Point(spot) for spot in spots]
    parts = list(shapely.get_parts(_voronoi(unique, region)))
    cell_of = shapely.STRtree(parts).query(unique, predicate="intersects")
    owner = {int(spot): int(cell) for spot, cell in cell_of.T[::-1]}
    found: list[BaseGeometry] = [shapely.Point()] * len(points)
    for spot, numbers in enumerate(spots.values()):
        cell = (
            shapely.intersection(parts[owner[spot]], region) if spot in owner else shapely.Point()
        )
        for number, slice_ in zip(numbers, _slices(cell, len(numbers)), strict=True):
            found[number] = slice_
    return found


def _voronoi(points: Sequence[BaseGeometry], region: BaseGeometry) -> BaseGeometry:
    if len(points) == 1:
        return shapely.envelope(region)
    return shapely.voronoi_polygons(shapely.multipoints(list(points)), extend_to=region)


def _slices(cell: BaseGeometry, count: int) -> list[BaseGeometry]:
    if count == 1 or cell.is_empty:
        return [cell] * count
    west, south, east, north = cell.bounds
    step = (east - west) / count
    return [
        shapely.intersection(
            cell, shapely.box(west + n * step, south, west + (n + 1) * step, north)
        )
        for n in range(count)
    ]


def _fill_in(work: _Work, grids: Sequence[Leaf]) -> None:
    """Give grids without buildings a tile of what is above them, where nobody else is."""
    children: dict[int, list[Leaf]] = defaultdict(list)
    for grid in grids[1:]:
        if grid.parent_id is not None:
            children[grid.parent_id].append(grid)
    for grid in grids:
        below = children[grid.grid_id]
        if grid.grid_id not in work.shapes or not below:
            continue
        # Where some are placed and others are not, those others stay without.
        if not any(one.grid_id in work.shapes for one in below):
            _tile(work, work.shapes[grid.grid_id], below)


def _tile(work: _Work, region: BaseGeometry, below: Sequence[Leaf]) -> None:
    west, south, east, north = region.bounds
    tiles = squarify([one.weight for one in below], Tile(west, south, east - west, north - south))
    for one, tile in zip(below, tiles, strict=True):
        box = shapely.box(tile.x, tile.y, tile.x + tile.width, tile.y + tile.height)
        shape = shapely.intersection(region, box)
        if not shape.is_empty:
            work.shapes[one.grid_id] = shape
            work.sources[one.grid_id] = BoundarySource.FIGURE

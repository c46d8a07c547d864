"""What may be a boundary: a whole, finite polygon of a size that a grid can have.

A shape that crosses itself is not taken as it is: the mended one is offered, with what it is by.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from gridapp.services.boundaries.metres import plane_of

POINTS_MAX_COUNT: Final = 4_000
_FIRST_TOLERANCE_M: Final = 0.5
_DECIMALS: Final = 7  # a centimetre
_LEAST_M2: Final = 1.0
_MOST_M2: Final = 5e9  # five thousand square kilometres: a district
_SLIVER_M2: Final = 0.5
_PAIR: Final = 2
_TRIANGLE: Final = 3
_TOO_FEW: Final = "一圈边界至少要有3个点"
# Drawn by hand, the last point of a border lies beside the first one.
_NEARLY_RATIO: Final = 0.002


class ShapeError(ValueError):
    """A shape is no boundary; the text says why, in Chinese."""


@dataclass(frozen=True)
class Mended:
    """A shape that may be a boundary.

    Args:
        shape: Polygon or multipolygon in degrees, rings closed and turned as GeoJSON wants.
        notes: What was done to it, each a sentence for a person.
        is_mended: It crossed itself, and this is another shape than the one that was drawn.
    """

    shape: BaseGeometry
    notes: tuple[str, ...] = ()
    is_mended: bool = False


def shape_of(rings: list[list[Any]]) -> BaseGeometry:
    """Make polygons of the coordinates of a GeoJSON MultiPolygon, heights left out.

    Raises:
        ShapeError: A position is not two finite numbers, or a ring has under three points.
    """
    polygons = [Polygon(*_rings(polygon)) for polygon in rings]
    if not polygons:
        raise ShapeError("没有任何坐标")
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def _rings(polygon: Any) -> tuple[list[tuple[float, float]], list[list[tuple[float, float]]]]:
    if not isinstance(polygon, list) or not polygon:
        raise ShapeError("没有任何坐标")
    shell, *holes = (list(_positions(ring)) for ring in polygon)
    if min(len(ring) for ring in (shell, *holes)) < _TRIANGLE:
        raise ShapeError(_TOO_FEW)
    return shell, holes


def _positions(ring: Any) -> Iterator[tuple[float, float]]:
    if not isinstance(ring, (list, tuple)):
        raise ShapeError(_TOO_FEW)
    for position in ring:
        try:
            lng, lat = float(position[0]), float(position[1])
        except (TypeError, ValueError, IndexError, OverflowError, KeyError) as error:
            raise ShapeError("坐标不是两个数字") from error
        if not (math.isfinite(lng) and math.isfinite(lat)):
            raise ShapeError("坐标里有无穷大或非数字")
        yield lng, lat


def enclosed_by(lines: Sequence[Any]) -> BaseGeometry | None:
    """Make polygons of lines that end where they begin, alone or sewn together.

    Gives None when one of them stays open.

    Raises:
        ShapeError: A position is not two finite numbers.
    """
    drawn = [LineString(points) for line in lines if len(points := list(_positions(line))) >= _PAIR]
    merged = shapely.line_merge(MultiLineString(drawn))
    rings = [_closed(part) for part in shapely.get_parts(merged)]
    polygons = [Polygon(ring) for ring in rings if ring is not None]
    if not polygons or len(polygons) < len(rings):
        return None
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def _closed(line: BaseGeometry) -> list[tuple[float, ...]] | None:
    points = list(line.coords)
    (west, south), (east, north) = points[0][:_PAIR], points[-1][:_PAIR]
    length = line.length
    apart = math.hypot(east - west, north - south)
    return points if len(points) > _TRIANGLE and apart <= length * _NEARLY_RATIO else None


def boundary_of(shape: BaseGeometry) -> Mended:
    """Make a boundary of polygons in degrees: valid, simple enough, of a possible size.

    Raises:
        ShapeError: It lies off the earth, or nothing with an area is left of it.
    """
    _demand_on_earth(shape)
    notes: list[str] = []
    is_mended = not shape.is_valid
    if is_mended:
        where = shapely.is_valid_reason(shape)
        shape = _areas_only(shapely.make_valid(shape, method="structure", keep_collapsed=False))
        notes.append(f"边界与自己相交{_where(where)}，已给出修补后的形状，请对照图样")
    shape, tolerance_m = _thinned(shape)
    if tolerance_m:
        notes.append(
            f"点太多，已简化到{shapely.get_num_coordinates(shape)}个点，偏差不超过{tolerance_m:g}米"
        )
    shape = _rounded(shape)
    flat_m2 = plane_of(shape).flat(shape).area if not shape.is_empty else 0
    if not _LEAST_M2 <= flat_m2 <= _MOST_M2:
        raise ShapeError(
            "面积太小，不像一个网格" if flat_m2 < _LEAST_M2 else "面积太大，不像一个网格"
        )
    return Mended(shapely.orient_polygons(shape), tuple(notes), is_mended)


def _demand_on_earth(shape: BaseGeometry) -> None:
    west, south, east, north = shape.bounds or (0, 0, 0, 0)
    if not all(math.isfinite(side) for side in (west, south, east, north)):
        raise ShapeError("坐标里有无穷大或非数字")
    if west < -180 or east > 180 or south < -90 or north > 90:  # noqa: PLR2004 - the earth
        raise ShapeError("坐标超出了经纬度的范围")


def _where(reason: str) -> str:
    """Tell the place in shapely's reason, as ``Self-intersection[121.4 31.2]``."""
    inside = reason.partition("[")[2].rstrip("]").split()
    if len(inside) != _PAIR:
        return ""
    try:
        lng, lat = (float(part) for part in inside)
    except ValueError:
        return ""
    return f"（在{lng:.6f}，{lat:.6f}附近）"


def _areas_only(shape: BaseGeometry) -> BaseGeometry:
    """Keep the polygons of whatever a mend left."""
    polygons = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]
    parts = [part for part in polygons if not part.is_empty]
    if len(parts) == 1:
        return parts[0]
    return MultiPolygon(parts)


def areas_of(shape: BaseGeometry, least_m2: float = _SLIVER_M2) -> BaseGeometry:
    """Keep the polygons of a shape that are more than slivers; after a cut there are lines too."""
    flat = plane_of(shape)
    parts = [
        part for part in shapely.get_parts(_flattened(shape))
        if isinstance(part, Polygon) and flat.flat(part).area >= least_m2
    ]  # fmt: skip
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _flattened(shape: BaseGeometry) -> list[BaseGeometry]:
    parts = list(shapely.get_parts(shape))
    if len(parts) == 1 and parts[0] is shape:
        return parts
    return [leaf for part in parts for leaf in shapely.get_parts(part)]


def _thinned(shape: BaseGeometry) -> tuple[BaseGeometry, float]:
    """Leave points out until there are few enough; gives the tolerance in metres, or 0."""
    if shapely.get_num_coordinates(shape) <= POINTS_MAX_COUNT:
        return shape, 0
    plane = plane_of(shape)
    tolerance_m = _FIRST_TOLERANCE_M
    while True:
        thin = shapely.simplify(shape, plane.degrees(tolerance_m), preserve_topology=True)
        if shapely.get_num_coordinates(thin) <= POINTS_MAX_COUNT:
            return _areas_only(shapely.make_valid(thin)), tolerance_m
        tolerance_m *= 2


def _rounded(shape: BaseGeometry) -> BaseGeometry:
    """Keep centimetres; where rounding makes a ring touch itself, it is made valid again."""
    rounded = shapely.transform(shape, lambda points: np.round(points, _DECIMALS))
    if rounded.is_valid:
        return rounded
    return _areas_only(shapely.make_valid(rounded, method="structure", keep_collapsed=False))


def coordinates_of(shape: BaseGeometry) -> dict[str, Any]:
    """Write a shape as a GeoJSON geometry."""
    geometry: dict[str, Any] = shapely.geometry.mapping(shape)
    return geometry


def shape_from(wkb: bytes) -> BaseGeometry:
    """Read a shape as the ledger keeps it."""
    return shapely.from_wkb(wkb)

"""Turns a file's positions into ours, and asks when they look shifted.

CGCS2000 is taken as WGS-84: the two frames lie within a metre of each other, less than a boundary
on the ground is known by.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gridapp.domain.bounding import Datum
from gridapp.domain.coordinates import (
    Bd09,
    Gcj02,
    Wgs84,
    bd09_of_wgs84,
    gcj02_of_wgs84,
    wgs84_of_bd09,
    wgs84_of_gcj02,
)

_BACK: Final[dict[Datum, Callable[[float, float], tuple[float, float]]]] = {
    Datum.GCJ02: lambda lng, lat: wgs84_of_gcj02(Gcj02(lng, lat)),
    Datum.BD09: lambda lng, lat: wgs84_of_bd09(Bd09(lng, lat)),
}
# By how much another datum must fit better before anybody is asked, and by how many buildings.
_CLEARLY_RATIO: Final = 0.15
LEAST_BUILDINGS: Final = 4
# A frame around China, wide enough for its ships: in it a latitude is no longitude.
_LNG, _LAT = (70.0, 140.0), (0.0, 56.0)


@lru_cache(maxsize=200_000)  # neighbours share their vertices
def _moved(datum: Datum, lng: float, lat: float) -> tuple[float, float]:
    return _BACK[datum](lng, lat)


def wgs84_shape(shape: BaseGeometry, datum: Datum) -> BaseGeometry:
    """Give a shape in WGS-84 degrees, point by point."""
    if datum not in _BACK:
        return shape

    def move(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.array([_moved(datum, lng, lat) for lng, lat in points.tolist()])

    return shapely.transform(shape, move)


def turned(shape: BaseGeometry) -> BaseGeometry:
    """Give a shape whose longitude and latitude have changed places."""
    return shapely.transform(shape, lambda points: points[:, ::-1])


def looks_turned(shapes: Sequence[BaseGeometry]) -> bool:
    """Tell whether latitudes stand where longitudes belong; in China the two never overlap."""
    if not shapes:
        return False
    bounds = shapely.total_bounds(np.array(shapes, dtype=object))
    return bool(
        _LAT[0] <= bounds[0] and bounds[2] <= _LAT[1]
        and _LNG[0] <= bounds[1] and bounds[3] <= _LNG[1]
    )  # fmt: skip


@dataclass(frozen=True)
class Fit:
    """How well a datum fits what is known: of ``known_count`` places, so many lie inside."""

    datum: Datum
    inside_count: int
    known_count: int

    @property
    def ratio(self) -> float:
        """The share that lies inside."""
        return self.inside_count / self.known_count if self.known_count else 0.0


@dataclass(frozen=True)
class Known:
    """A shape of the file, and the positions (WGS-84) that are known to lie in its grid."""

    shape: BaseGeometry
    positions: Sequence[tuple[float, float]]


def better_datum(known: Sequence[Known], declared: Datum) -> tuple[Fit, Fit] | None:
    """Find a datum that fits the known positions clearly better than the declared one.

    Gives the better fit and the declared one's, or None when there is nothing to ask. Positions
    are moved into the file's datum, rather than the file into ours: they are fewer.
    """
    count = sum(len(one.positions) for one in known)
    if count < LEAST_BUILDINGS:
        return None
    plain = Datum.WGS84 if declared is Datum.CGCS2000 else declared
    fits = {
        datum: Fit(datum, _inside(known, datum), count)
        for datum in (Datum.WGS84, Datum.GCJ02, Datum.BD09)
    }
    best = max(fits.values(), key=lambda fit: fit.inside_count)
    said = fits[plain]
    return (best, said) if best.ratio >= said.ratio + _CLEARLY_RATIO else None


def _inside(known: Sequence[Known], datum: Datum) -> int:
    return sum(
        int(np.count_nonzero(shapely.contains_xy(one.shape, _in_datum(one.positions, datum))))
        for one in known
        if one.positions
    )


def _in_datum(positions: Sequence[tuple[float, float]], datum: Datum) -> NDArray[np.float64]:
    here = [Wgs84(*position) for position in positions]
    if datum is Datum.GCJ02:
        return np.array([gcj02_of_wgs84(position) for position in here])
    if datum is Datum.BD09:
        return np.array([bd09_of_wgs84(position) for position in here])
    return np.array(here)

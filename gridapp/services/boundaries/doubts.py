"""Finds boundaries in an unlikely place: of what is known of a grid, the shape fits too little.

A mix-up of rows in a file gives every shape a grid that exists, so nothing else notices it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gridapp.services.boundaries.directory import Target, above_path
from gridapp.services.boundaries.ledger import Standing
from gridapp.services.boundaries.metres import area_m2

# So many times larger or smaller than before, or than the usual one beside it.
_MUCH: Final = 10
_LEAST_SIBLINGS: Final = 2
_HALF: Final = 0.5
_HARDLY: Final = 0.1


@dataclass(frozen=True)
class Placed:
    """A grid and the boundary that it would get, in WGS-84."""

    number: int
    target: Target
    shape: BaseGeometry


@dataclass(frozen=True)
class Doubt:
    """A shape and why its place or size is unlikely, in Chinese."""

    number: int
    name: str
    why: str


Positions = Mapping[str, Sequence[tuple[float, float]]]


def doubts_of(
    placed: Sequence[Placed], positions: Positions, before: Sequence[Standing]
) -> list[Doubt]:
    """Find the shapes that a person should look at again.

    Args:
        placed: The shapes that would be imported.
        positions: Of the buildings (WGS-84 degrees) in each grid and below it, by its path.
        before: The boundaries that stand; sketches tell nothing of size and place.
    """
    judge = _Judge(placed, positions, [one for one in before if not one.is_schematic])
    doubts = []
    for one in placed:
        why = next(judge.doubts(one), "")
        if why:
            doubts.append(Doubt(one.number, one.target.name, why))
    return doubts


class _Judge:
    def __init__(
        self, placed: Sequence[Placed], positions: Positions, before: Sequence[Standing]
    ) -> None:
        self._positions = positions
        self._before = {one.path: one for one in before}
        self._areas = {one.path: one.area_m2 for one in before}
        self._areas |= {one.target.path: area_m2(one.shape) for one in placed}
        self._shapes = {one.path: one.shape for one in before}
        self._shapes |= {one.target.path: one.shape for one in placed}
        self._names = {one.path: one.name for one in before}
        self._names |= {one.target.path: one.target.name for one in placed}
        self._siblings: dict[tuple[str, str], list[str]] = defaultdict(list)
        levels = {one.path: one.level for one in before}
        levels |= {one.target.path: one.target.level for one in placed}
        for path, level in levels.items():
            self._siblings[above_path(path), level.value].append(path)

    def doubts(self, one: Placed) -> Iterator[str]:
        """Give every reason to doubt, the gravest first."""
        yield from self._by_buildings(one)
        yield from self._by_before(one)
        yield from self._by_area(one)
        yield from self._by_above(one)

    def _beside(self, one: Placed) -> list[str]:
        paths = self._siblings[above_path(one.target.path), one.target.level.value]
        return [path for path in paths if path != one.target.path]

    def _by_buildings(self, one: Placed) -> Iterator[str]:
        own = self._positions.get(one.target.path, ())
        if not own:
            return
        inside = _inside(one.shape, own)
        others = {
            path: _inside(one.shape, self._positions.get(path, ())) for path in self._beside(one)
        }
        path = max(others, key=lambda path: others[path], default="")
        if path and others[path] > inside and inside < len(own) * _HALF:
            few = f"只有{inside}栋" if inside else "没有一栋"
            yield (
                f"自己的{len(own)}栋楼{few}在里面，"
                f"却有{self._names[path]}的{others[path]}栋，像是换错了"
            )
        elif not inside:
            yield f"自己的{len(own)}栋楼没有一栋在里面"

    def _by_before(self, one: Placed) -> Iterator[str]:
        """Compare with what stood: a mix-up lies on what was another's."""
        own = self._before.get(one.target.path)
        if own is None or _meets(one.shape, own.shape):
            return
        for path in self._beside(one):
            other = self._before.get(path)
            if other is not None and _shared(one.shape, other.shape) > _HALF:
                yield f"落在{other.name}原来的范围里，像是换错了"
                return
        yield "离开了原来的范围"

    def _by_area(self, one: Placed) -> Iterator[str]:
        area = self._areas[one.target.path]
        own = self._before.get(one.target.path)
        if own is not None and (told := _much(area, own.area_m2)):
            yield f"面积比原来{told}"
        beside = [self._areas[path] for path in self._beside(one)]
        if len(beside) >= _LEAST_SIBLINGS and (told := _much(area, median(beside))):
            yield f"面积比同级的网格{told}"

    def _by_above(self, one: Placed) -> Iterator[str]:
        above = self._shapes.get(above_path(one.target.path))
        if above is not None and _shared(one.shape, above) < _HALF:
            yield f"大半在{self._names[above_path(one.target.path)]}的边界外面"


def _inside(shape: BaseGeometry, positions: Sequence[tuple[float, float]]) -> int:
    if not positions:
        return 0
    points = np.array(positions)
    return int(np.count_nonzero(shapely.intersects_xy(shape, points[:, 0], points[:, 1])))


def _shared(shape: BaseGeometry, other: BaseGeometry) -> float:
    """Tell which part of a shape lies in another; degrees do for a ratio."""
    return float(shapely.intersection(shape, other).area / shape.area)


def _meets(shape: BaseGeometry, before: BaseGeometry) -> bool:
    """Tell whether a shape lies where another one was, however much either has grown."""
    return max(_shared(shape, before), _shared(before, shape)) > _HARDLY


def _much(area: float, usual: float) -> str:
    if usual <= 0 or area <= 0:
        return ""
    times = max(area / usual, usual / area)
    if times < _MUCH:
        return ""
    return f"{'大' if area > usual else '小'}了{times:.0f}倍以上"

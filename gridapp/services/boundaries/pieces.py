"""Several shapes of one grid: asked about, and made one where a person says so."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from gridapp.services.boundaries.directory import Target
from gridapp.services.boundaries.matching import How, Match
from gridapp.services.boundaries.shapes import areas_of

# Pieces that share a border by the centimetre leave no hair's breadth open between them.
_SEAM_DEGREES: Final = 1e-7
_SAME_RATIO: Final = 0.1
_SHOWN_MAX_COUNT: Final = 5


@dataclass(frozen=True)
class Group:
    """Shapes that name one grid.

    Args:
        numbers: Of the shapes in the file.
        is_over: Two of them lie over each other, as two states of one boundary do.
    """

    target: Target
    numbers: tuple[int, ...]
    is_over: bool

    @property
    def words(self) -> str:
        """Say which shapes they are."""
        shown = "、".join(map(str, self.numbers[:_SHOWN_MAX_COUNT]))
        is_cut = len(self.numbers) > _SHOWN_MAX_COUNT
        shapes = f"第{shown}等{len(self.numbers)}个图形" if is_cut else f"第{shown}个图形"
        over = "，互相重叠，可能是新旧两份" if self.is_over else ""
        return f"「{self.target.name}」有{len(self.numbers)}块（{shapes}）{over}"


def join_pieces(
    matches: Sequence[Match], *, is_joined: bool
) -> tuple[list[Match], tuple[Group, ...]]:
    """Give each grid one shape: the union of its pieces, or the first while nobody has answered.

    Gives the matches in their order, and what there was in several pieces.
    """
    same: dict[int, list[Match]] = defaultdict(list)
    for one in matches:
        if one.target is not None and one.feature.shape is not None:
            same[one.target.grid_id].append(one)
    several = {grid_id: found for grid_id, found in same.items() if len(found) > 1}
    settled = [_settled(one, several, is_joined=is_joined) for one in matches]
    return settled, tuple(_group(found) for found in several.values())


def _settled(one: Match, several: dict[int, list[Match]], *, is_joined: bool) -> Match:
    found = several.get(one.target.grid_id) if one.target and one.feature.shape else None
    if found is None or one.target is None:
        return one
    first = found[0].feature.number
    if one is not found[0]:
        told = f"并入第{first}个图形" if is_joined else f"已对应第{first}个图形"
        why = told if is_joined else f"{one.target.name}{told}"
        return replace(one, target=None, how=How.NOT, why=why)
    if not is_joined:
        return one
    return replace(one, feature=replace(one.feature, shape=_union(_shapes(found))))


def _union(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Make one shape; where one crosses itself they are only put together, to be asked about."""
    if all(one.is_valid for one in shapes):
        return areas_of(shapely.union_all(shapes, grid_size=_SEAM_DEGREES))
    return MultiPolygon([part for one in shapes for part in shapely.get_parts(one)])


def _group(found: Sequence[Match]) -> Group:
    target = found[0].target
    assert target is not None
    shapes = _shapes(found)
    is_over = all(one.is_valid for one in shapes) and _is_over(shapes)
    return Group(target, tuple(one.feature.number for one in found), is_over)


def _shapes(found: Sequence[Match]) -> list[BaseGeometry]:
    return [one.feature.shape for one in found if one.feature.shape is not None]


def _is_over(shapes: Sequence[BaseGeometry]) -> bool:
    """Tell whether much of the ground is drawn twice; degrees do for a ratio."""
    drawn = sum(one.area for one in shapes)
    covered = shapely.union_all(shapes).area
    return bool(drawn > covered * (1 + _SAME_RATIO))

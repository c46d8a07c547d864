"""Outlines when grids change: joined by a merge, left as they are by a split and by reassigning.

Where a split runs on the ground is not known from the buildings, so nothing is cut by a guess.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import shapely
from sqlmodel import col

from gridapp.domain.bounding import BoundarySource
from gridapp.domain.errors import ConflictError
from gridapp.services.areas.plan import Outline
from gridapp.services.boundaries.ledger import (
    CHANGED,
    SCHEMATIC,
    Drawn,
    Standing,
    next_edition,
    standing,
    standing_of,
    write,
)
from gridapp.services.boundaries.shapes import areas_of
from gridapp.services.desk import Act
from gridapp.tables import Boundary, Building

_JOINED: Final = "边界合成一块，原来的边界留在记录里。"
_MEND: Final = "合并后请到地图上补画「{name}」的边界。"
# Two outlines drawn side by side meet within a centimetre; what is closer is one line.
_SEAM_DEGREES: Final = 1e-7


class Joining(NamedTuple):
    """The outlines that a merge makes one, with what is said and warned of it."""

    outlines: tuple[Outline, ...] = ()
    says: tuple[str, ...] = ()
    warns: tuple[str, ...] = ()


def plan_joining(act: Act, to: int, name: str, others: dict[int, str]) -> Joining:
    """Plan to join the outlines of others, by their names, to that of the grid they merge into."""
    found = _standing(act, (to, *others))
    ids = {one.grid_id for one in found}
    if not ids:
        return Joining()
    mend = _MEND.format(name=name)
    if to not in ids:
        return Joining(warns=(f"「{name}」没有边界，并入网格的边界不会带过来。{mend}",))
    without = "、".join(f"「{other}」" for grid_id, other in others.items() if grid_id not in ids)
    warns = (f"{without}没有边界。{mend}",) if without else ()
    if ids == {to}:
        return Joining(warns=warns)
    return Joining(_seen(found), (_JOINED,), warns)


def join_outlines(act: Act, to: int, outlines: Sequence[Outline]) -> None:
    """Write the joined outline of a grid, before the others are retired.

    Raises:
        ConflictError: An outline was changed since the plan was made.
    """
    if not outlines:
        return
    next_edition(act)
    found = _standing(act, [one.grid_id for one in outlines])
    if _seen(found) != tuple(outlines):
        raise ConflictError(CHANGED)
    shape = areas_of(shapely.union_all([one.shape for one in found], grid_size=_SEAM_DEGREES))
    # A part that only shows how grids lie makes the whole no more exact than that.
    schematic = (one.source for one in found if one.source in SCHEMATIC)
    write(act, [Drawn(to, shape, next(schematic, BoundarySource.DRAWN))])


def split_warning(act: Act, grid_id: int, name: str) -> tuple[str, ...]:
    """Tell that the outline stays whole with the grid that is split."""
    if standing_of(act, grid_id) is None:
        return ()
    return (f"边界先整块留在「{name}」，拆分后请到地图上画一条线，切给新网格。",)


def reassign_warning(
    act: Act, grid_id: int, name: str, moved: Sequence[Building]
) -> tuple[str, ...]:
    """Tell that no outline follows the buildings, and how many then stand outside of theirs."""
    found = standing_of(act, grid_id)
    if found is None:
        return ()
    spots = [(row.lng_wgs84, row.lat_wgs84) for row in moved if row.lng_wgs84 and row.lat_wgs84]
    outside = sum(not shapely.intersects_xy(found.shape, *spot) for spot in spots)
    if not outside:
        return ()
    return (f"边界不会跟着变：{outside}栋楼在「{name}」的边界之外，划转后请到地图上改边界。",)


def _standing(act: Act, ids: Iterable[int]) -> list[Standing]:
    return standing(act, col(Boundary.grid_id).in_(list(ids)))


def _seen(found: Iterable[Standing]) -> tuple[Outline, ...]:
    return tuple(sorted(Outline(one.grid_id, one.version) for one in found))

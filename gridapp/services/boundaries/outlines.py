"""Boundaries as features of a map: of one grid and those below it."""

from typing import Any, Final

from sqlalchemy import or_
from sqlmodel import col

from gridapp.domain.vocabulary import Deed
from gridapp.services.boundaries.ledger import standing
from gridapp.services.boundaries.shapes import coordinates_of
from gridapp.services.desk import Act
from gridapp.services.permit import demand, grids_within, open_grid
from gridapp.tables import Grid

# A map paints grids in so many colours by turns.
_COLOUR_COUNT: Final = 6


def boundary_file(act: Act, grid: str) -> dict[str, Any]:
    """Give the boundaries of a grid's tree as a GeoJSON file (WGS-84) that comes in again as it is.

    Raises:
        NotAllowedError: No role of the actor sees areas.
        NotThereError: No such grid, or out of reach.
    """
    demand(act, Deed.SEE_AREA)
    top = open_grid(act, grid)
    below = col(Grid.path).startswith(top.path, autoescape=True)
    features = [
        {
            "type": "Feature",
            "geometry": coordinates_of(one.shape),
            "properties": {
                "编码": one.code,
                "名称": one.name,
                "示意": "是" if one.is_schematic else "否",
            },
        }
        for one in standing(act, grids_within(act.actor), below)
    ]
    return {"type": "FeatureCollection", "features": features}


def list_outlines(act: Act, grid: str, whole_tree: bool) -> list[dict[str, Any]]:  # noqa: FBT001 - one of two
    """Give the boundaries in reach as GeoJSON features; without a grid they are all of them.

    Raises:
        NotThereError: No such grid, or out of reach.
    """
    where = [grids_within(act.actor)]
    top = open_grid(act, grid) if grid else None
    if top is not None and whole_tree:
        where.append(col(Grid.path).startswith(top.path, autoescape=True))
    elif top is not None:
        where.append(or_(col(Grid.parent_id) == top.id, col(Grid.id) == top.id))
    return [
        {
            "type": "Feature",
            "geometry": coordinates_of(one.shape),
            "properties": {
                "kind": "boundary",
                "grid": one.code,
                "name": one.name,
                "level": one.level.value,
                "version": one.version,
                "source": one.source.value,
                "schematic": one.is_schematic,
                "top": top is not None and one.grid_id == top.id,
                "tint": number % _COLOUR_COUNT,
            },
        }
        for number, one in enumerate(standing(act, *where))
    ]

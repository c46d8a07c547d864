"""Finds where to print: grids and buildings in reach, by what a person types."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from gridapp.domain.codes import display_name, normalise
from gridapp.domain.labels import GRID_LEVEL
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.permit import demand, grids_within
from gridapp.tables import Building, BuildingCode, Grid

FOUND_MOST: Final = 6
_WORDS_MOST: Final = 5
_TYPED_MOST: Final = 60
_BUILDING: Final = "楼栋"


@dataclass(frozen=True)
class PrintPlace:
    """Somewhere to print for: a grid by its code, or a building by the code on its wall."""

    grid: str
    at: str
    name: str
    where: str


def find_places(act: Act, typed: str, *, with_buildings: bool) -> tuple[PrintPlace, ...]:
    """Find grids, and buildings where asked for, whose name, address or code holds every word.

    Nothing typed gives the areas at the top of the actor's reach.

    Raises:
        NotAllowedError: No role of the actor may print.
    """
    demand(act, Deed.ORDER_PRINT)
    words = typed[:_TYPED_MOST].split()[:_WORDS_MOST]
    found = _grids(act, words)
    if words and with_buildings:
        found += _buildings(act, typed, words)
    return tuple(found)


def _grids(act: Act, words: list[str]) -> list[PrintPlace]:
    above = aliased(Grid)
    query = (
        select(col(Grid.code), col(Grid.name), col(Grid.level), col(above.name))
        .outerjoin(above, col(above.id) == col(Grid.parent_id))
        .where(grids_within(act.actor, Deed.ORDER_PRINT), col(Grid.retired_at).is_(None))
        .order_by(col(Grid.path) if words else col(Grid.code))
        .limit(FOUND_MOST)
    )
    told = col(Grid.name) + " " + col(Grid.code)
    rows = act.session.execute(query.where(*(told.contains(w, autoescape=True) for w in words)))
    return [
        PrintPlace(
            code, "", display_name(name),
            GRID_LEVEL[level] + (f" · {display_name(parent)}" if parent else ""),
        )
        for code, name, level, parent in rows
    ]  # fmt: skip


def _buildings(act: Act, typed: str, words: list[str]) -> list[PrintPlace]:
    told = col(Grid.name) + " " + col(Building.address) + " " + col(Building.name)
    is_code = col(BuildingCode.code) == normalise(typed)
    rows = act.session.execute(
        select(col(BuildingCode.code), col(Building.name), col(Building.address), col(Grid.name))
        .join(Building, col(Building.id) == col(BuildingCode.building_id))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .where(col(BuildingCode.retired_at).is_(None), col(Building.retired_at).is_(None))
        .where(grids_within(act.actor, Deed.ORDER_PRINT))
        .where(or_(is_code, and_(*(told.contains(w, autoescape=True) for w in words))))
        .order_by(col(Grid.code), col(Building.id))
        .limit(FOUND_MOST)
    )
    return [
        PrintPlace("", code, name, " · ".join(filter(None, (_BUILDING, address, grid))))
        for code, name, address, grid in rows
    ]

"""Finds where to print: grids and buildings in reach, by what a person types."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import and_, or_, select
from sqlmodel import col

from gridapp.domain.codes import normalise
from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.find import FOUND_MOST, find_areas, typed_words
from gridapp.services.desk import Act
from gridapp.services.permit import grids_within
from gridapp.tables import Building, BuildingCode, Grid

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
    areas = find_areas(act, typed, Deed.ORDER_PRINT)
    found = [PrintPlace(area.code, "", area.name, area.where) for area in areas]
    words = typed_words(typed)
    if words and with_buildings:
        found += _buildings(act, typed, words)
    return tuple(found)


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

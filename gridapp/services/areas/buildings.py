"""Finds buildings: by what a resident types, or all those of a worker's own grids."""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from sqlalchemy import Select, select
from sqlmodel import col

from gridapp.domain.codes import is_building_code, normalise
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.permit import grids_within
from gridapp.tables import Building, BuildingCode, Grid

FOUND_MAX_COUNT: Final = 20
_OWN_MAX_COUNT: Final = 500
_WORDS_MAX_COUNT: Final = 5
_TYPED_MAX_CHARACTERS: Final = 60


@dataclass(frozen=True)
class BuildingView:
    """A building that can be reported at."""

    code: str
    name: str
    address: str
    grid: str


def find_buildings(act: Act, typed: str) -> tuple[BuildingView, ...]:
    """Find buildings whose name, address or grid has every word typed, or whose code it is.

    At most 20: whoever gets as many has to type more.
    """
    words = typed[:_TYPED_MAX_CHARACTERS].split()[:_WORDS_MAX_COUNT]
    code = normalise(typed)
    if is_building_code(code):
        return _views(act, _buildings().where(col(BuildingCode.code) == code))
    if not words:
        return ()
    told = col(Grid.name) + " " + col(Building.address) + " " + col(Building.name)
    found = _buildings().where(*(told.contains(word, autoescape=True) for word in words))
    return _views(act, found.limit(FOUND_MAX_COUNT))


def own_buildings(act: Act, deed: Deed = Deed.SETTLE) -> tuple[BuildingView, ...]:
    """List the buildings in which the actor may do a deed, at most 500."""
    within = _buildings().where(grids_within(act.actor, deed))
    return _views(act, within.limit(_OWN_MAX_COUNT))


def _buildings() -> Select[str, str, str, str]:
    return (
        select(col(BuildingCode.code), col(Building.name), col(Building.address), col(Grid.name))
        .join(Building, col(Building.id) == col(BuildingCode.building_id))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .where(col(BuildingCode.retired_at).is_(None), col(Building.retired_at).is_(None))
        .order_by(col(Grid.code), col(Building.address), col(Building.id))
    )


def _views(act: Act, found: Select[str, str, str, str]) -> tuple[BuildingView, ...]:
    # A building with two posters is one building: the newest code stands for it.
    rows = act.session.execute(found).all()
    views = {(row[1], row[2], row[3]): BuildingView(*row) for row in rows}
    by_grid = groupby(views.values(), key=lambda view: view.grid)
    return tuple(view for _, grid in by_grid for view in sorted(grid, key=_counted))


def _counted(view: BuildingView) -> list[tuple[int, str]]:
    """Order addresses as people count: 9号 before 10号, which letters put the other way round."""
    parts = re.split(r"(\d+)", view.address)
    return [(int(part), "") if at % 2 else (0, part) for at, part in enumerate(parts)]

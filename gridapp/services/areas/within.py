"""Finds the place of a worker's deed: by building code or by grid, in reach or not there."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.errors import NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.boundaries.locate import locate
from gridapp.services.cases.find import find_place
from gridapp.services.desk import Act
from gridapp.services.permit import covers, demand, grids_within, open_grid
from gridapp.tables import Building, Grid


@dataclass(frozen=True)
class Spot:
    """A grid in reach, and the building there when one was named."""

    grid: Grid
    building: Building | None = None

    @property
    def grid_id(self) -> int:
        """The grid's row id."""
        assert self.grid.id is not None
        return self.grid.id


def building_within(act: Act, code: str, deed: Deed) -> tuple[Spot, Building]:
    """Find a building in whose grid the actor may do a deed.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor may do it anywhere.
        UnknownPlaceError: No building has this code.
        NotThereError: It lies out of reach.
    """
    demand(act, deed)
    place = find_place(act, code)
    if not covers(act.actor, deed, place.grid_path):
        raise NotThereError
    grid = act.session.get_one(Grid, place.building.grid_id)
    return Spot(grid, place.building), place.building


def spot_within(
    act: Act, at: str, grid: str, deed: Deed, position: tuple[float, float] | None = None
) -> Spot:
    """Find the place of a deed; without any it is the first grid of the actor's own.

    A position (WGS-84 longitude and latitude) says which of the own grids it is, where that has a
    boundary; a schematic one says nothing.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor may do it anywhere.
        UnknownPlaceError: No building has this code.
        NotThereError: It lies out of reach.
    """
    if at:
        return building_within(act, at, deed)[0]
    demand(act, deed)
    if grid:
        return Spot(open_grid(act, grid, deed))
    here = locate(act, *position) if position else None
    if here and not here.is_schematic and covers(act.actor, deed, here.path):
        return Spot(act.session.get_one(Grid, here.grid_id))
    ids = [post.grid_id for post in act.actor.posts]
    mine = select(Grid).where(col(Grid.id).in_(ids), grids_within(act.actor, deed))
    first: Grid | None = act.session.execute(mine.order_by(col(Grid.id))).scalars().first()
    if first is None:
        raise NotThereError
    return Spot(first)

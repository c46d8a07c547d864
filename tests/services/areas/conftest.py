"""Micro-grids below the cast's first grid, so that there is a tree to change."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from gridapp.domain.codes import building_code
from gridapp.domain.vocabulary import Deed, GridLevel
from gridapp.services.areas.change import see_preview
from gridapp.services.deeds import Done
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.tables import Building, BuildingCode, Grid
from tests.cast import MADE_AT, Cast
from tests.makers import do

COMMUNITY = "310107022001"
GRID1 = "310107022001001"
GRID2 = "310107022001002"
FAR = "310107005001"
CODE = building_code("ZRZ2229")


def preview(desk: Desk, cast: Cast, deed: Deed, at: str = "", /, **facts: Any) -> Any:
    with desk.looking(cast.actor("admin")) as act:
        return see_preview(act, deed, at, facts)


def change(
    desk: Desk, cast: Cast, deed: Deed, at: str = "", /, *, uid: UUID | None = None, **facts: Any
) -> Done:
    """Look at the preview, agree, and do it."""
    agreed = preview(desk, cast, deed, at, **facts).agreed
    return do(desk, cast.actor("admin"), deed, at, uid=uid, agreed=agreed, **facts)


@dataclass(frozen=True)
class Tree:
    """Two micro-grids under grid 1: the first with two buildings of 30 and one of 24 households."""

    micro1: str
    micro2: str
    one: int
    two: int
    three: int


@pytest.fixture
def tree(request: pytest.FixtureRequest, cast: Cast) -> Tree:
    name = "own_desk" if "own_desk" in request.fixturenames else "desk"
    return plant(request.getfixturevalue(name), cast)


def plant(desk: Desk, cast: Cast) -> Tree:
    with desk.acting(cast.actor("admin")) as act:
        above = act.session.get_one(Grid, cast.grid1)
        micros = []
        for number in (1, 2):
            micro = Grid(
                code=f"{GRID1}-W0{number}", name=f"南大街第一网格微{number}",
                level=GridLevel.MICRO, parent_id=above.id, path="/",
                household_count=84 if number == 1 else 0,
            )  # fmt: skip
            act.session.add(micro)
            act.session.flush()
            micro.path = f"{above.path}{micro.id}/"
            micros.append(micro)
        first = act.session.get_one(Building, cast.building1)
        first.grid_id = micros[0].id or 0
        more = [
            Building(grid_id=micros[0].id or 0, name=f"{n}号楼", household_count=30)
            for n in (11, 12)
        ]
        act.session.add_all(more)
        act.session.flush()
        act.session.add(BuildingCode(code=CODE, building_id=more[0].id or 0, issued_at=MADE_AT))
        act.session.flush()
        ids = [row.id or 0 for row in more]
        return Tree(micros[0].code, micros[1].code, cast.building1, *ids)


def grid_of(desk: Desk, code: str) -> Grid:
    """Read a grid, free of any session."""
    with desk.looking(SYSTEM) as act:
        row = act.session.exec(select(Grid).where(col(Grid.code) == code)).one()
        act.session.expunge(row)
        return row

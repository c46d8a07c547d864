"""Makes buildings, households and shops on record by real deeds."""

from typing import Any, Final

from sqlmodel import col, select

from gridapp.domain.vocabulary import Deed
from gridapp.services.area_counts import totals_of
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.register.risks import copy_risks
from gridapp.tables import Building, Grid, Household
from tests.cast import Cast
from tests.makers import do

NAME, PHONE, DOOR = "张秀兰", "13800008000", "302"
WHY: Final = "老人没接电话，上门看看"
SHOP: Final = "兰溪小吃店"


def household(desk: Desk, cast: Cast, by: str = "li", **facts: Any) -> str:
    """Enter a household in building 1, unit 2, door 302; gives its id."""
    told = {"building": cast.code1, "unit": "2", "door": DOOR, "name": NAME, "phone": PHONE}
    return str(do(desk, cast.actor(by), Deed.ENTER_HOUSEHOLD, **(told | facts)).reply["record"])


def shop(desk: Desk, cast: Cast, by: str = "li", **facts: Any) -> str:
    """Enter a shop of ordinary risk in building 1; gives its id."""
    with desk.acting(RESIDENT) as act:
        copy_risks(act)
    told = {"building": cast.code1, "kind": "shop", "name": SHOP, "contact": NAME, "phone": PHONE}
    return str(do(desk, cast.actor(by), Deed.ENTER_PREMISES, **(told | facts)).reply["record"])


def counts(desk: Desk, cast: Cast) -> tuple[int, int, int]:
    """Give the households of building 1, and those that pages count in its grid and street."""
    with desk.looking(RESIDENT) as act:
        building = act.session.get_one(Building, cast.building1).household_count
        grids = [act.session.get_one(Grid, one) for one in (cast.grid1, cast.street)]
        totals = totals_of(act, grids)
    grid, street = (totals[one.id or 0][1] for one in grids)
    return building, grid, street


def rows(desk: Desk) -> list[Household]:
    """Give the rows of all households, oldest first."""
    with desk.looking(RESIDENT) as act:
        return list(act.session.exec(select(Household).order_by(col(Household.id))))

"""Makes contact households and visits by real deeds."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.visits.kinds import copy_kinds
from gridapp.services.visits.read import see_household
from gridapp.services.visits.views import HouseholdView
from gridapp.tables import Visit
from tests.cast import Cast
from tests.makers import do

TODAY = date(2026, 6, 10)
NAME, PHONE, DOOR = "张秀兰", "13800008000", "2单元301室"


def day(days: int) -> str:
    """Give the day so many days from the tests' today."""
    return (TODAY + timedelta(days=days)).isoformat()


def a_household(desk: Desk, cast: Cast, by: str = "li", **facts: Any) -> str:
    """Make a contact household in building 1, visited every 30 days; gives its id."""
    with desk.acting(RESIDENT) as act:
        copy_kinds(act)
    told = {"at": cast.code1, "name": NAME, "kind": "hardship", "door": DOOR, "phone": PHONE}
    done = do(desk, cast.actor(by), Deed.ADD_HOUSEHOLD, **(told | facts))
    return str(done.reply["household"])


def visit(desk: Desk, cast: Cast, household: str, by: str = "li", **facts: Any) -> dict[str, Any]:
    """Record a visit at which somebody was met; gives the receipt."""
    told = {"household": household, "outcome": "met"} | facts
    return do(desk, cast.actor(by), Deed.RECORD_VISIT, **told).reply


def see(desk: Desk, cast: Cast, household: str, by: str = "li") -> HouseholdView:
    """See a household as its worker does."""
    with desk.looking(cast.actor(by)) as act:
        return see_household(act, household)


def visits(desk: Desk) -> list[Visit]:
    """Give the rows of all visits, oldest first."""
    with desk.looking(RESIDENT) as act:
        return list(act.session.execute(select(Visit).order_by(col(Visit.id))).scalars())

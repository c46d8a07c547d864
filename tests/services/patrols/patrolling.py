"""Makes patrol points and nights by real deeds, and gives what stands of them."""

from datetime import date
from typing import Any
from uuid import UUID

from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Desk
from gridapp.services.patrols.coverage import CoverageView, see_coverage
from gridapp.services.patrols.see_nights import NightView, see_nights
from gridapp.services.patrols.see_points import PointView, see_points
from tests.cast import Cast
from tests.makers import do

TODAY = date(2026, 6, 10)


def add_point(desk: Desk, cast: Cast, name: str = "配电房", **facts: Any) -> str:
    """Let Chen add a point: at building 1 unless a grid is told."""
    where = {} if "grid" in facts else {"at": cast.code1}
    done = do(desk, cast.actor("chen"), Deed.ADD_POINT, "", name=name, **(where | facts))
    return str(done.reply["point"])


def make_roster(desk: Desk, cast: Cast, **facts: Any) -> str:
    """Let Chen put Li and a neighbour on this evening in grid 1; gives the roster's id."""
    told = {"grid": "310107022001001", "nights": ["2026-06-10"], "people": [cast.li]}
    done = do(desk, cast.actor("chen"), Deed.MAKE_ROSTER, "", **(told | facts))
    return str(done.reply["roster"])


def points(desk: Desk, cast: Cast, name: str = "li") -> tuple[PointView, ...]:
    with desk.looking(cast.actor(name)) as act:
        return see_points(act)


def nights(desk: Desk, cast: Cast, name: str = "li") -> tuple[NightView, ...]:
    with desk.looking(cast.actor(name)) as act:
        return see_nights(act)


def coverage(
    desk: Desk, cast: Cast, name: str = "chen", first: date = TODAY, grid: str = ""
) -> CoverageView:
    with desk.looking(cast.actor(name)) as act:
        return see_coverage(act, first, date(2027, 1, 1), grid)


def duty(night: NightView, name: str) -> UUID:
    return next(duty.duty for duty in night.duties if duty.name == name)

"""What a worker takes along of patrols: points of the own grids, and the nights of this week."""

from dataclasses import dataclass
from typing import Final

from gridapp.domain.permissions import may_at_all
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.patrols.see_nights import NightView, see_nights
from gridapp.services.patrols.see_points import PointView, see_points

_DAYS_AHEAD: Final = 7


@dataclass(frozen=True)
class PatrolsView:
    """Points with the day on which each is due, soonest first, and the nights with who goes.

    It holds days and no "due today", so that it stays the same until somebody does something.
    """

    points: tuple[PointView, ...] = ()
    nights: tuple[NightView, ...] = ()


def see_patrols(act: Act) -> PatrolsView:
    """Gather what the roles of the actor may see; nothing for who goes on no patrol."""
    roles = act.actor.roles
    return PatrolsView(
        points=see_points(act, deed=Deed.CHECK_IN) if may_at_all(Deed.CHECK_IN, roles) else (),
        nights=see_nights(act, days_ahead=_DAYS_AHEAD) if may_at_all(Deed.COVER, roles) else (),
    )

"""Checks in at a building: by its code; a position is welcome and never needed (签到)."""

from typing import Annotated, Any, Literal

from pydantic import Field

from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.within import building_within
from gridapp.services.cases.report import PlacedFacts
from gridapp.services.desk import Act
from gridapp.services.orders import Order
from gridapp.tables import CheckIn


class CheckInFacts(PlacedFacts):
    """Where, and how the code was read."""

    at: Annotated[str, Field(max_length=64)]
    via: Literal["scan", "tap", "typed"] = "tap"


def check_in(act: Act, order: Order, facts: CheckInFacts) -> dict[str, Any]:
    """Check in at a building of the own grids.

    Raises:
        UnknownPlaceError: The building code is unknown.
        NotThereError: The building lies out of reach.
    """
    spot, building = building_within(act, facts.at, Deed.CHECK_IN)
    assert act.actor.person_id is not None, "only staff holds the permission"
    assert building.id is not None
    act.session.add(
        CheckIn(
            uid=order.uid,
            person_id=act.actor.person_id,
            grid_id=spot.grid_id,
            building_id=building.id,
            via=facts.via,
            lng_wgs84=facts.lng_wgs84,
            lat_wgs84=facts.lat_wgs84,
            accuracy_m=facts.accuracy_m,
            made_at=order.done_at,
            received_at=act.now,
        )
    )
    return {"receipt": str(order.uid), "place": building.name, "grid": spot.grid.name}

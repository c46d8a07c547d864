"""Checks in at a building or a patrol point; a position is welcome and never needed (签到)."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from gridapp.domain.errors import FactsError
from gridapp.domain.patrolling import seen_on
from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.within import building_within
from gridapp.services.cases.report import PlacedFacts
from gridapp.services.desk import Act
from gridapp.services.orders import Order, Words
from gridapp.services.patrols.open_point import open_point
from gridapp.services.permit import demand
from gridapp.services.verbs import verb
from gridapp.tables import CheckIn, Grid


class CheckInFacts(PlacedFacts):
    """Where, and how the code was read; ``point`` is a patrol point, enough without a code."""

    at: Annotated[str, Field(max_length=64)] = ""
    point: UUID | None = None
    via: Literal["scan", "tap", "typed"] = "tap"
    words: Words = ""


@verb(Deed.CHECK_IN, CheckInFacts)
def check_in(act: Act, order: Order, facts: CheckInFacts) -> dict[str, Any]:
    """Check in at a building or a patrol point of the own grids.

    Raises:
        FactsError: Neither a building nor a point is named.
        UnknownPlaceError: The building code is unknown.
        NotThereError: The place lies out of reach.
    """
    demand(act, Deed.CHECK_IN)
    point = open_point(act, facts.point, Deed.CHECK_IN) if facts.point else None
    if facts.at:
        spot, building = building_within(act, facts.at, Deed.CHECK_IN)
        grid, building_id, name = spot.grid, building.id, building.name
    elif point:
        grid = act.session.get_one(Grid, point.grid_id)
        building_id, name = point.building_id, point.name
    else:
        raise FactsError("请写明在哪里签到。", fields={"at": "请选择楼栋"})
    assert act.actor.person_id is not None, "only staff holds the permission"
    assert grid.id is not None
    act.session.add(
        CheckIn(
            uid=order.uid,
            person_id=act.actor.person_id,
            grid_id=grid.id,
            building_id=building_id,
            point_id=point.id if point else None,
            via=facts.via,
            words=facts.words,
            lng_wgs84=facts.lng_wgs84,
            lat_wgs84=facts.lat_wgs84,
            accuracy_m=facts.accuracy_m,
            seen_on=seen_on(order.done_at, act.now),
            made_at=order.done_at,
            received_at=act.now,
        )
    )
    return {"receipt": str(order.uid), "place": name, "grid": grid.name}

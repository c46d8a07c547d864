"""Takes a household into the circle that the grid keeps in touch with (新增联系户)."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints
from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.errors import ConflictError
from gridapp.domain.registering import parse_door
from gridapp.domain.visiting import INTERVAL_MAX_DAYS
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.areas.within import building_within
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.phones import read_phone
from gridapp.services.times import Day
from gridapp.services.verbs import verb
from gridapp.services.visits.kinds import find_kind
from gridapp.tables import ContactHousehold

Door = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=32)]
IntervalDays = Annotated[int, Field(ge=0, le=INTERVAL_MAX_DAYS)]


class AddHouseholdFacts(Facts):
    """Who lives where and why they are visited; ``next_on`` is today when it is left out."""

    at: Annotated[str, Field(max_length=64)]
    name: Name
    kind: Annotated[str, Field(max_length=32)]
    door: Door = ""
    phone: Phone = ""
    interval_days: IntervalDays | None = None
    next_on: Day | None = None


@verb(Deed.ADD_HOUSEHOLD, AddHouseholdFacts)
def add_household(act: Act, order: Order, facts: AddHouseholdFacts) -> dict[str, Any]:
    """Add a contact household in the own grids.

    Raises:
        UnknownPlaceError: The building code is unknown.
        NotThereError: The building lies out of reach.
        ConflictError: The household is there already; ``current`` names it.
        FactsError: The kind or the phone number is none.
    """
    _, building = building_within(act, facts.at, Deed.ADD_HOUSEHOLD)
    assert building.id is not None
    keep_household(act, order.uid, building.id, facts)
    return {"receipt": str(order.uid), "household": str(order.uid), "place": building.name}


def keep_household(
    act: Act, uid: UUID, building_id: int, facts: AddHouseholdFacts
) -> ContactHousehold:
    """Write a household down, once a building.

    Raises:
        ConflictError: It is there already; ``current`` names it.
        FactsError: The kind or the phone number is none.
    """
    kind = find_kind(act, facts.kind)
    assert kind.id is not None
    refuse_double(act, building_id, facts.door, facts.name)
    household = ContactHousehold(
        uid=uid,
        building_id=building_id,
        kind_id=kind.id,
        door=facts.door,
        name=facts.name,
        phone=read_phone(facts.phone),
        interval_days=kind.interval_days if facts.interval_days is None else facts.interval_days,
        next_on=facts.next_on or beijing_date(act.now),
        added_by_id=act.actor.person_id,
        added_at=act.now,
    )
    act.session.add(household)
    act.session.flush()
    return household


def refuse_double(act: Act, building_id: int, door: str, name: str, but: int | None = None) -> None:
    """Refuse a household that is visited already.

    Raises:
        ConflictError: It is there; ``current`` names it.
    """
    there = find_household(act, building_id, door, name, but)
    if there is not None:
        raise ConflictError("这一户已经在联系户里。", current={"household": str(there.uid)})


def find_household(
    act: Act, building_id: int, door: str, name: str, but: int | None = None
) -> ContactHousehold | None:
    """Find a household that is visited, by its name and its door, however the door is written."""
    called_so = act.session.execute(
        select(ContactHousehold)
        .where(
            col(ContactHousehold.building_id) == building_id,
            col(ContactHousehold.name) == name,
            col(ContactHousehold.ended_at).is_(None),
            col(ContactHousehold.id).is_distinct_from(but),
        )
        .order_by(col(ContactHousehold.id))
    ).scalars()
    wanted = parse_door(door)
    return next((one for one in called_so if parse_door(one.door) == wanted), None)

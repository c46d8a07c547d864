"""Enters, amends and strikes the record of a household (登记 修改 注销户室)."""

from collections.abc import Mapping
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import Field, StringConstraints
from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.errors import ConflictError, FactsError
from gridapp.domain.registering import Tenure, door_order, floor_of, plain_room, plain_unit
from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.register.access import open_building, open_record
from gridapp.services.register.counts import entered, hold_building, struck
from gridapp.services.register.guarded import write_record
from gridapp.services.visits.add import phone_told
from gridapp.tables import Building, Household

MOST_HEADS: Final = 99
LOWEST_FLOOR: Final = -9
HIGHEST_FLOOR: Final = 200

Unit = Annotated[str, StringConstraints(strip_whitespace=True, max_length=8)]
Door = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64)]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=32)]
Remarks = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Floor = Annotated[int, Field(ge=LOWEST_FLOOR, le=HIGHEST_FLOOR)]
Heads = Annotated[int, Field(ge=0, le=MOST_HEADS)]
Why = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]


class HouseholdFacts(Facts):
    """Which door it is, and who lives there; the floor follows from the door unless it is told."""

    unit: Unit = ""
    door: Door
    floor: Floor | None = None
    name: Name = ""
    phone: Phone = ""
    head_count: Heads = 0
    tenure: Tenure = Tenure.UNKNOWN
    remarks: Remarks = ""


class EnterHouseholdFacts(HouseholdFacts):
    """A household in a building, which is named by its number or its code."""

    building: Annotated[str, Field(max_length=64)]


class AmendHouseholdFacts(Facts):
    """What is new; what is left out stays, an empty text takes the old one away."""

    unit: Unit | None = None
    door: Door | None = None
    floor: Floor | None = None
    name: Name | None = None
    phone: Phone | None = None
    head_count: Heads | None = None
    tenure: Tenure | None = None
    remarks: Remarks | None = None


class StrikeFacts(Facts):
    """Why there is no such record any more."""

    words: Why


def enter_household(act: Act, order: Order, facts: EnterHouseholdFacts) -> dict[str, Any]:
    """Enter a household.

    Raises:
        NotThereError: The building lies out of reach.
        ConflictError: The door is on record already; ``current`` names the record.
        FactsError: The phone number is none.
    """
    building, _ = open_building(act, facts.building, Deed.ENTER_HOUSEHOLD)
    row = keep_household(act, order.uid, building, facts)
    return {"receipt": str(order.uid), "record": str(row.uid), "version": row.version}


def keep_household(act: Act, uid: UUID, building: Building, facts: HouseholdFacts) -> Household:
    """Write a household down, once a door.

    Raises:
        ConflictError: The door is on record already; ``current`` names the record.
        FactsError: The phone number is none.
    """
    assert building.id is not None
    hold_building(act, building.id)
    told = place_of(facts.unit, facts.door, facts.floor)
    _refuse_double(act, building.id, told["unit"], told["door"])
    who = facts.model_dump(exclude={"unit", "door", "floor", "building"})
    row = Household(**household_values(act, uid, building.id, told, who))
    act.session.add(row)
    entered(act, [building.id])
    act.session.refresh(building)
    return row


def household_values(
    act: Act, uid: UUID, building_id: int, place: Mapping[str, Any], who: Mapping[str, Any]
) -> dict[str, Any]:
    """Give the columns of a new record, whoever writes it: a form one, a table many at once.

    Args:
        act: The transaction.
        uid: The record's id.
        building_id: Where it lies.
        place: What ``place_of`` gives.
        who: Who lives there; what is left out is empty.

    Raises:
        FactsError: The phone number is none.
    """
    blank = {"name": "", "phone": "", "head_count": 0, "tenure": Tenure.UNKNOWN, "remarks": ""}
    told = blank | dict(who)
    return {
        "uid": uid, "version": 1, "building_id": building_id, **place, **told,
        "phone": phone_told(str(told["phone"])),
        "made_at": act.now, "changed_at": act.now, "retired_at": None,
    }  # fmt: skip


def place_of(unit: str, door: str, floor: int | None) -> dict[str, Any]:
    """Give where a door is, written as we keep it, and what puts it in order."""
    plain = {"unit": plain_unit(unit), "door": plain_room(door)}
    level = floor_of(plain["door"]) if floor is None else floor
    position = door_order(plain["unit"], level, plain["door"])
    return {**plain, "floor": level, "position": position}


def amend_household(act: Act, order: Order, facts: AmendHouseholdFacts) -> dict[str, Any]:
    """Amend the record of a household.

    Raises:
        NotThereError: No such record, or out of reach.
        ConflictError: It has been changed meanwhile, or its new door is on record already.
        FactsError: The phone number is none.
    """
    row, building, _ = open_record(act, order.subject, Deed.AMEND_HOUSEHOLD)
    version = change_household(act, row, building, facts, order.version)
    return {"receipt": str(order.uid), "record": str(row.uid), "version": version}


def change_household(
    act: Act, row: Household, building: Building, facts: AmendHouseholdFacts, version: int | None
) -> int:
    """Write what is new into a record; gives its new version.

    Raises:
        ConflictError: It has been changed meanwhile, or its new door is on record already.
        FactsError: The phone number is none.
    """
    changes = {name: value for name, value in facts.model_dump().items() if value is not None}
    if "phone" in changes:
        changes["phone"] = phone_told(changes["phone"])
    if {"unit", "door", "floor"} & set(changes):
        assert building.id is not None
        hold_building(act, building.id)
        door_stays = facts.door is None or plain_room(facts.door) == row.door
        floor = facts.floor if facts.floor is not None else row.floor if door_stays else None
        unit = row.unit if facts.unit is None else facts.unit
        changes |= place_of(unit, facts.door or row.door, floor)
        _refuse_double(act, building.id, changes["unit"], changes["door"], row.id)
    names = sorted(set(changes) - {"position"})
    new_version = write_record(act, row, version, changes)
    # Which fields changed is on record; what they say of people stands in the register alone.
    write_audit(act, Deed.AMEND_HOUSEHOLD, f"record:{row.uid}", fields=names)
    return new_version


def strike_household(act: Act, order: Order, facts: StrikeFacts) -> dict[str, Any]:
    """Strike the record of a household: the door is free for another one.

    Raises:
        NotThereError: No such record, or out of reach.
        ConflictError: It has been changed meanwhile.
    """
    row, building, _ = open_record(act, order.subject, Deed.STRIKE_HOUSEHOLD)
    version = remove_household(act, row, building, order.version, facts.words)
    return {"receipt": str(order.uid), "record": str(row.uid), "version": version}


def remove_household(
    act: Act, row: Household, building: Building, version: int | None, why: str
) -> int:
    """Take a household out of the register; gives the record's new version.

    Raises:
        ConflictError: It has been changed meanwhile.
    """
    assert building.id is not None
    held = hold_building(act, building.id)
    new_version = write_record(act, row, version, {"retired_at": act.now})
    struck(act, held)
    write_audit(act, Deed.STRIKE_HOUSEHOLD, f"record:{row.uid}", why)
    return new_version


def _refuse_double(
    act: Act, building_id: int, unit: str, door: str, but: int | None = None
) -> None:
    if not door:
        raise FactsError("请写明门牌。", fields={"door": "请写明门牌"})
    there = act.session.execute(
        select(col(Household.uid)).where(
            col(Household.building_id) == building_id,
            col(Household.unit) == unit,
            col(Household.door) == door,
            col(Household.retired_at).is_(None),
            col(Household.id).is_distinct_from(but),
        )
    ).scalar_one_or_none()
    if there is not None:
        raise ConflictError("这个门牌已经登记过。", current={"record": str(there)})

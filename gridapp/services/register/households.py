"""Enters, amends and strikes the record of a household (登记 修改 注销户室)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import Field, StringConstraints
from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.errors import ConflictError, FactsError
from gridapp.domain.registering import (
    Door as ReadDoor,
)
from gridapp.domain.registering import (
    Tenure,
    clashing_door,
    door_order,
    door_words,
    only_unit,
    read_door,
)
from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order, shown
from gridapp.services.phones import read_phone
from gridapp.services.register.access import open_building, open_record
from gridapp.services.register.counts import entered, hold_building, struck
from gridapp.services.register.guarded import write_record
from gridapp.services.register.measured import measured
from gridapp.services.verbs import verb
from gridapp.tables import Building, Household

MOST_HEADS: Final = 99
LOWEST_FLOOR: Final = -9
HIGHEST_FLOOR: Final = 200

_WHICH: Final = "是这一户的，请打开那一条修改；不是的，请写明是几单元。"
_WHICH_THERE: Final = "那一条没有写单元：是这一户的，请打开修改；不是的，请先给那一条补上单元。"

Unit = Annotated[str, StringConstraints(strip_whitespace=True, max_length=8)]
Door = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64)]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=32)]
Remarks = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Floor = Annotated[int, Field(ge=LOWEST_FLOOR, le=HIGHEST_FLOOR), measured("层", "楼")]
Heads = Annotated[int, Field(ge=0, le=MOST_HEADS), measured("人", "口", "口人", may_be_none=True)]
Why = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), shown(2)]


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


@verb(Deed.ENTER_HOUSEHOLD, EnterHouseholdFacts)
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
    doors = _doors_on_record(act, building.id)
    told = place_of(facts.unit, facts.door, facts.floor)
    if not told["unit"]:
        told = place_of(only_unit(doors.units()), told["door"], told["floor"])
    _refuse_double(doors, told)
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
        "phone": read_phone(str(told["phone"])),
        "made_at": act.now, "changed_at": act.now, "retired_at": None,
    }  # fmt: skip


def place_of(unit: str, door: str, floor: int | None) -> dict[str, Any]:
    """Give where a door is, written as we keep it, and what puts it in order."""
    read = read_door(unit, door)
    level = read.floor if floor is None else floor
    position = door_order(read.unit, level, read.room)
    return {"unit": read.unit, "door": read.room, "floor": level, "position": position}


@verb(Deed.AMEND_HOUSEHOLD, AmendHouseholdFacts)
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
        changes["phone"] = read_phone(changes["phone"])
    if {"unit", "door", "floor"} & set(changes):
        assert building.id is not None
        hold_building(act, building.id)
        changes |= _new_place(row, facts)
        if (changes["unit"], changes["door"]) != (row.unit, row.door):
            refuse_same_door(act, building.id, changes, row.id)
    names = sorted(set(changes) - {"position"})
    new_version = write_record(act, row, version, changes)
    # Which fields changed is on record; what they say of people stands in the register alone.
    write_audit(act, Deed.AMEND_HOUSEHOLD, f"record:{row.uid}", fields=names)
    return new_version


@verb(Deed.STRIKE_HOUSEHOLD, StrikeFacts)
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


def _new_place(row: Household, facts: AmendHouseholdFacts) -> dict[str, Any]:
    unit = row.unit if facts.unit is None else facts.unit
    told = place_of(unit, facts.door or row.door, facts.floor)
    if facts.unit is None and facts.door:
        # A staircase written into the door is meant, where the field for it was left alone.
        told = place_of("", facts.door, facts.floor)
        told = told if told["unit"] else place_of(row.unit, facts.door, facts.floor)
    if facts.floor is None and told["door"] == row.door:
        return place_of(told["unit"], told["door"], row.floor)
    return told


@dataclass(frozen=True)
class _Doors:
    """The doors on record in a building: staircase and room, with the record of each."""

    records: dict[tuple[str, str], UUID]

    def units(self) -> list[str]:
        return [unit for unit, _ in self.records]


def _doors_on_record(act: Act, building_id: int, but: int | None = None) -> _Doors:
    rows = act.session.execute(
        select(col(Household.unit), col(Household.door), col(Household.uid)).where(
            col(Household.building_id) == building_id,
            col(Household.retired_at).is_(None),
            col(Household.id).is_distinct_from(but),
        )
    ).all()
    return _Doors({(unit, door): uid for unit, door, uid in rows})


def refuse_same_door(
    act: Act, building_id: int, told: dict[str, Any], but: int | None = None
) -> None:
    """Refuse a door that is, or may be, on record already.

    Args:
        act: The building must be held by it.
        building_id: Where the door is.
        told: Its ``unit``, ``floor`` and ``door``, as ``place_of`` gives them.
        but: The record that is to have this door.

    Raises:
        ConflictError: ``current`` names the record.
        FactsError: There is no door.
    """
    _refuse_double(_doors_on_record(act, building_id, but), told)


def _refuse_double(doors: _Doors, told: dict[str, Any]) -> None:
    """Refuse a door on record, and one that may be on record: of two one has no staircase."""
    wanted = ReadDoor(told["unit"], told["floor"], told["door"])
    if not wanted.room:
        raise FactsError("请写明门牌。", fields={"door": "请写明门牌"})
    there = clashing_door(wanted, doors.records)
    if there is None:
        return
    named = door_words(*there)
    ask = "" if there[0] == wanted.unit else _WHICH if there[0] else _WHICH_THERE
    raise ConflictError(
        f"{named}已经登记过。{ask.format(named)}", current={"record": str(doors.records[there])}
    )

"""Tables of households: a row with a door is a record, one without tells how many there are."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, Final, NamedTuple
from uuid import uuid4

from sqlalchemy import func, insert, select
from sqlmodel import Session, SQLModel, col

from gridapp.domain.permissions import may_at_all
from gridapp.domain.privacy import mask_name, mask_phone
from gridapp.domain.registering import (
    TENURE,
    Tenure,
    door_words,
    parse_door,
    plain_unit,
    read_door,
    room_key,
)
from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.numbers import update_numbers
from gridapp.services.desk import Act
from gridapp.services.exchange.buildings import buildings_in_reach
from gridapp.services.exchange.buildings_named import BUILDING_COLUMNS, NamedBuildings
from gridapp.services.exchange.cells import CellError, Cells
from gridapp.services.exchange.columns import Column
from gridapp.services.exchange.kind import Kind, Taken, Wishes
from gridapp.services.exchange.reach import grids_wished
from gridapp.services.exchange.told import facts_told
from gridapp.services.exchange.unmasking import may_show_people
from gridapp.services.exchange.writing import Value
from gridapp.services.register.buildings import update_building
from gridapp.services.register.counts import entered, hold_building
from gridapp.services.register.households import (
    HIGHEST_FLOOR,
    LOWEST_FLOOR,
    MOST_HEADS,
    AmendHouseholdFacts,
    change_household,
    household_values,
    place_of,
)
from gridapp.tables import Building, BuildingCode, Grid, Household

_COLUMNS: Final = (
    Column(
        "code", "楼栋码", ("楼栋编码", "网格编码", "编码"), needed=True,
        instead=("building", "grid", "micro"), is_plain=True,
        hint="没有就写网格和楼栋的名称；只填户数时也可写网格编码",
    ),
    *BUILDING_COLUMNS,
    Column("unit", "单元", ("单元号",), hint="没有单元就留空", example="2"),
    Column("door", "门牌", ("室号", "房号", "户号"), hint="填了就是登记一户", example="302"),
    Column("floor", "楼层", ("所在楼层",), hint="不填按门牌推算", example="3"),
    Column("name", "户主", ("姓名", "户主姓名"), mask=mask_name, example="张秀兰"),
    Column("phone", "电话", ("手机", "联系电话"), is_plain=True, mask=mask_phone),
    Column("head_count", "人数", ("人口数", "常住人数"), hint="整数", example="3"),
    Column("tenure", "居住性质", ("居住类型", "房屋用途"), hint="自住、出租、空置或其他用途"),
    Column("remarks", "备注", is_prose=True),
    Column("household_count", "户数", ("总户数",), hint="整栋楼或整个网格有多少户，门牌留空时填"),
)  # fmt: skip
_TABLE: Final = SQLModel.metadata.tables["household"]
_ADD: Final = insert(_TABLE)
_TOLD: Final = ("name", "phone", "head_count", "tenure", "remarks")
_MASK: Final = "*"


_Key = tuple[int, str, str]


class _Known(NamedTuple):
    """A record that there is already; its door as it is written."""

    id: int
    version: int
    door: tuple[str, str]
    facts: dict[str, Any]


class _HouseholdTaker:
    """Enters households by the batch, changes those known by building and door, counts the rest."""

    def __init__(self, act: Act, _wishes: Wishes) -> None:
        self.act = act
        self._connection = act.session.connection()
        self._where = NamedBuildings(act)
        self._doors: dict[int, tuple[int, dict[str, Any]]] = {}
        self._known: dict[_Key, _Known] = {}
        self._rooms: dict[tuple[int, str], list[_Key]] = {}
        self._new: list[dict[str, Any]] = []
        # Every door of the table: some bytes each, whatever else its row holds.
        self._seen: set[int] = set()

    def prepare(self, batch: Sequence[Cells]) -> None:
        """Look up the records behind the doors of a batch, in one question."""
        self._doors = {}
        for cells in batch:
            with suppress(CellError):
                self._doors[id(cells)] = self._where.demand(cells), _door(cells)
        self._find_records({building_id for building_id, _ in self._doors.values()})

    def _find_records(self, buildings: set[int]) -> None:
        """Read all doors of these buildings: a room may be written otherwise than it is here."""
        found = self._connection.execute(
            select(_TABLE).where(_TABLE.c.building_id.in_(buildings), _TABLE.c.retired_at.is_(None))
        ).mappings()
        self._known, self._rooms = {}, defaultdict(list)
        for row in found:
            there = read_door(row["unit"], row["door"])
            key = row["building_id"], there.unit, room_key(there.room)
            told = {n: row[n] for n in (*_TOLD, "floor")}
            self._known[key] = _Known(row["id"], row["version"], (row["unit"], row["door"]), told)
            self._rooms[row["building_id"], key[2]].append(key)

    def take(self, cells: Cells) -> Taken:
        if id(cells) in self._doors:
            building_id, place = self._doors[id(cells)]
        elif (place := _door(cells))["door"]:
            building_id = self._where.demand(cells)
        if not place["door"]:
            return self._count(cells)
        key = (building_id, place["unit"], room_key(place["door"]))
        if hash(key) in self._seen:
            raise cells.error("door", "这个门牌在表里出现了两次")
        self._seen.add(hash(key))
        told = _told(cells)
        known = self._known.get(key)
        if known is None:
            self._refuse_may_be(cells, key)
            self._enter(building_id, place, told)
            return Taken.NEW
        return self._change(cells, known, place, told)

    def _refuse_may_be(self, cells: Cells, key: _Key) -> None:
        """Refuse a door that may be on record: of the two, one says no staircase."""
        building_id, unit, room = key
        for there in self._rooms.get((building_id, room), ()):
            if "" in {unit, there[1]}:
                named = door_words(*self._known[there].door)
                raise cells.error("unit", f"{named}已经登记过，是不是同一户？请写清单元")

    def _enter(self, building_id: int, place: dict[str, Any], told: dict[str, Any]) -> None:
        self._new.append(household_values(self.act, uuid4(), building_id, place, told))

    def _change(
        self, cells: Cells, known: _Known, place: dict[str, Any], told: dict[str, Any]
    ) -> Taken:
        if place["floor"] is not None and (cells.has("floor") or known.facts["floor"] is None):
            told = told | {"floor": place["floor"]}
        changed = {name: value for name, value in told.items() if known.facts[name] != value}
        if not changed:
            return Taken.SAME
        for name, value in changed.items():
            cells.differs(name, _said(known.facts[name]), _said(value))
        row = self.act.session.get_one(Household, known.id)
        building = self.act.session.get_one(Building, row.building_id)
        facts = facts_told(cells, AmendHouseholdFacts, **changed)
        change_household(self.act, row, building, facts, known.version)
        return Taken.CHANGED

    def _count(self, cells: Cells) -> Taken:
        count = cells.whole("household_count", 0, 10_000_000)
        if count is None:
            raise cells.error("household_count", "门牌和户数至少要填一个")
        row = self._counted(cells)
        told = {"household_count": count}
        if isinstance(row, Building):
            assert row.id is not None
            before = update_building(self.act, hold_building(self.act, row.id), told)
        else:
            before = update_numbers(self.act, row, told)
        for name, value in before.items():
            cells.differs(name, value, count)
        return Taken.CHANGED if before else Taken.SAME

    def _counted(self, cells: Cells) -> Building | Grid:
        """Give the building or, when the row names none, the grid whose number is told."""
        session: Session = self.act.session
        building_id = self._where.find(cells)
        if building_id is not None:
            return session.get_one(Building, building_id)
        code = cells.text("code", 64)
        grid_id = self._where.grids.coded(code) if code else self._where.grids.find(cells)
        if grid_id is None:
            why = f"没有{code}这个楼栋码或网格编码" if code else "楼栋码、楼栋和网格至少要填一个"
            raise cells.error("code", why)
        return session.get_one(Grid, grid_id)

    def settle(self) -> None:
        """Write the new records, and raise the numbers where there are now more of them."""
        if not self._new:
            return
        self._connection.execute(_ADD, self._new)
        touched = {row["building_id"] for row in self._new}
        self._new = []
        entered(self.act, touched)


def _door(cells: Cells) -> dict[str, Any]:
    """Give where the door is, as the register keeps it; the unit may be written into the door."""
    door = parse_door(cells.text("door", 20))
    unit = plain_unit(cells.text("unit", 8)) or door.unit
    return place_of(unit, door.room, cells.whole("floor", LOWEST_FLOOR, HIGHEST_FLOOR))


def _told(cells: Cells) -> dict[str, Any]:
    """Give what the row tells of who lives there; what was masked is nobody's name or phone."""
    told: dict[str, Any] = {}
    for name, longest in (("name", 64), ("remarks", 200)):
        if cells.has(name) and _MASK not in (text := cells.text(name, longest)):
            told[name] = text
    if cells.has("phone") and _MASK not in cells.text("phone", 64):
        told["phone"] = cells.phone("phone")
    if cells.has("head_count"):
        told["head_count"] = cells.whole("head_count", 0, MOST_HEADS) or 0
    if cells.has("tenure"):
        told["tenure"] = cells.word("tenure", TENURE) or Tenure.UNKNOWN
    return told


def _said(value: Any) -> object:
    return TENURE[value] if isinstance(value, Tenure) else value


def _rows(act: Act, wishes: Wishes) -> Iterator[Sequence[Value]]:
    """Give how many there are in each building, then those on record, masked without a reason."""
    where = NamedBuildings(act)
    for building, code, _ in buildings_in_reach(act, wishes):
        yield code, *where.names(building.id), *(None,) * 8, building.household_count
    if not may_at_all(Deed.SEE_REGISTER, act.actor.roles):
        return
    whole = may_show_people(act, wishes, "export:households")
    hanging: Any = (
        select(func.max(col(BuildingCode.code)))
        .where(col(BuildingCode.building_id) == col(Building.id))
        .where(col(BuildingCode.retired_at).is_(None))
        .scalar_subquery()
    )
    found = act.session.execute(
        select(Household, hanging)
        .join(Building, col(Building.id) == col(Household.building_id))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .where(grids_wished(act, wishes, Deed.EXPORT), grids_wished(act, wishes, Deed.SEE_REGISTER))
        .where(col(Household.retired_at).is_(None), col(Building.retired_at).is_(None))
        .order_by(col(Household.building_id), col(Household.position), col(Household.id))
        .execution_options(yield_per=500)
    )
    for row, at in found:
        name = row.name if whole else mask_name(row.name)
        phone = row.phone if whole else mask_phone(row.phone)
        yield (
            at, *where.names(row.building_id), row.unit, row.door, row.floor, name, phone,
            row.head_count or None, TENURE[row.tenure], row.remarks, None,
        )  # fmt: skip


HOUSEHOLDS: Final = Kind(
    _COLUMNS, _HouseholdTaker, _rows, label="户室",
    hint="每户一行；或者每栋楼、每个网格一行，只写户数",
)  # fmt: skip

"""Adds, changes and retires buildings (新增 修改 停用楼栋); to move one is a deed of the areas."""

from collections.abc import Mapping
from typing import Annotated, Any, Final
from zlib import crc32

from pydantic import Field, StringConstraints
from sqlalchemy import CursorResult, func, select, update
from sqlmodel import col

from gridapp.domain.areas import HOLDS_BUILDINGS
from gridapp.domain.errors import ConflictError, FactsError
from gridapp.domain.houses import House
from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import demand, open_grid
from gridapp.services.register.access import open_building
from gridapp.services.register.codes import hang_code, retire_codes
from gridapp.services.register.counts import count_records, hold_building, shift_count
from gridapp.services.register.households import StrikeFacts
from gridapp.services.register.measured import measured
from gridapp.services.register.twins import StandingBuildings, TwinBuildingError
from gridapp.services.verbs import verb
from gridapp.tables import Building, Grid, Premises

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Address = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Units = Annotated[int, Field(ge=1, le=100), measured("单元", "个单元")]
Floors = Annotated[int, Field(ge=1, le=200), measured("层", "楼")]
Households = Annotated[int, Field(ge=0, le=100_000), measured("户", may_be_none=True)]

NOT_A_GRID: Final = "楼栋要归到在用的网格或微网格。"
_TOLD: Final = ("name", "address", "unit_count", "floor_count", "household_count")


class AddBuildingFacts(Facts):
    """Where it stands and what it is called; ``grid`` is the code of the lowest grid there.

    ``is_other`` says that it is none of those that stand there under a like name or address.
    """

    grid: Annotated[str, Field(max_length=32)]
    name: Name
    address: Address = ""
    unit_count: Units = 1
    floor_count: Floors = 1
    household_count: Households = 0
    is_other: bool = False


class ChangeBuildingFacts(Facts):
    """What is new; what is left out stays."""

    name: Name | None = None
    address: Address | None = None
    unit_count: Units | None = None
    floor_count: Floors | None = None
    household_count: Households | None = None


def version_of(building: Building) -> int:
    """Tell one content of a building from another; a building keeps no count of its changes."""
    told = "\n".join(str(getattr(building, name)) for name in _TOLD)
    return crc32(f"{building.grid_id}\n{told}".encode())


@verb(Deed.ADD_BUILDING, AddBuildingFacts)
def add_building(act: Act, order: Order, facts: AddBuildingFacts) -> dict[str, Any]:
    """Add a building to a grid, with a code for its door.

    Raises:
        NotThereError: The grid lies out of reach.
        FactsError: Buildings stand in the lowest grids only.
        ConflictError: There is one of this name and address already; ``current`` names it.
        TwinBuildingError: There is one that may be the same, and nobody has said that it is not.
    """
    demand(act, Deed.ADD_BUILDING)
    grid = open_grid(act, facts.grid, Deed.ADD_BUILDING)
    assert grid.id is not None
    values = facts.model_dump(exclude={"grid", "is_other"})
    standing = None if facts.is_other else StandingBuildings(act)
    row, code = insert_building(act, grid, values, standing=standing)
    return {"receipt": str(order.uid), "building": row.id, "code": code}


def insert_building(
    act: Act,
    grid: Grid,
    values: Mapping[str, Any],
    code: str = "",
    *,
    standing: StandingBuildings | None = None,
) -> tuple[Building, str]:
    """Write a building down, whoever tells of it, with its code, its households counted above it.

    Args:
        act: The transaction.
        grid: Where it stands.
        values: Columns of the table; ``name`` at least.
        code: The code that hangs there already; without one it is drawn.
        standing: Those among which it must not be, under another spelling; None asks nothing.

    Raises:
        FactsError: Buildings stand in the lowest grids only.
        ConflictError: There is one of this name and address already; ``current`` names it.
        TwinBuildingError: There is one that may be the same; a person has to say.
    """
    assert grid.id is not None
    if grid.level not in HOLDS_BUILDINGS or grid.retired_at is not None:
        raise FactsError(NOT_A_GRID, fields={"grid": NOT_A_GRID})
    # Held, so that of two who add the same one the second sees the first. Not its key: rows that
    # point to the grid need not wait until a long import ends.
    act.session.refresh(grid, with_for_update={"key_share": True})
    house = House(grid.id, values["name"], values.get("address", ""))
    _refuse_double(act, *house)
    if standing and (twin := standing.twin_of(house)) is not None:
        raise TwinBuildingError(act, twin)
    told = dict(values)
    count = told.pop("household_count", 0)
    row = Building(grid_id=grid.id, **told)
    act.session.add(row)
    act.session.flush()
    shift_count(act, row, count)
    code = hang_code(act, row, code)
    write_audit(act, Deed.ADD_BUILDING, f"building:{row.id}", name=row.name, grid=grid.code)
    return row, code


@verb(Deed.CHANGE_BUILDING, ChangeBuildingFacts)
def change_building(act: Act, order: Order, facts: ChangeBuildingFacts) -> dict[str, Any]:
    """Change what is told of a building.

    Raises:
        NotThereError: No such building, or out of reach.
        ConflictError: It has been changed meanwhile, or there is another one of that name.
        FactsError: Fewer households than there are on record.
    """
    row, _ = open_building(act, order.subject, Deed.CHANGE_BUILDING)
    assert row.id is not None
    row = hold_building(act, row.id)
    if order.version not in {None, version_of(row)}:
        raise ConflictError(current={"name": row.name, "version": version_of(row)})
    told = {name: value for name, value in facts.model_dump().items() if value is not None}
    update_building(act, row, told)
    return {"receipt": str(order.uid), "building": row.id, "version": version_of(row)}


def update_building(act: Act, row: Building, told: Mapping[str, Any]) -> dict[str, Any]:
    """Write what is new of a building that is held, whoever tells it; gives what it was before.

    Raises:
        ConflictError: There is another one of that name and address.
        FactsError: Fewer households than there are on record.
    """
    changes = {name: value for name, value in told.items() if getattr(row, name) != value}
    if not changes:
        return {}
    if {"name", "address"} & set(changes):
        name, address = changes.get("name", row.name), changes.get("address", row.address)
        _refuse_double(act, row.grid_id, name, address, row.id)
    before, after = {name: getattr(row, name) for name in changes}, dict(changes)
    _recount(act, row, changes.pop("household_count", None))
    _write(act, row, changes)
    write_audit(act, Deed.CHANGE_BUILDING, f"building:{row.id}", before=before, after=after)
    return before


def _recount(act: Act, row: Building, told: int | None) -> None:
    if told is None or row.id is None:
        return
    on_record = count_records(act, row.id)
    if told < on_record:
        sentence = f"已登记{on_record}户，户数不能少于它。"
        raise FactsError(sentence, fields={"household_count": sentence})
    shift_count(act, row, told - row.household_count)


def _write(act: Act, row: Building, changes: dict[str, Any]) -> None:
    if changes:
        act.session.execute(
            update(Building)
            .where(col(Building.id) == row.id)
            .values(**changes)
            .execution_options(synchronize_session=False)
        )
        act.session.refresh(row)


@verb(Deed.RETIRE_BUILDING, StrikeFacts)
def retire_building(act: Act, order: Order, facts: StrikeFacts) -> dict[str, Any]:
    """Take a building out of use, with its codes; what happened there stays.

    Raises:
        NotThereError: No such building, out of use already, or out of reach.
        ConflictError: Households, shops or enterprises are still on record there.
    """
    row, _ = open_building(act, order.subject, Deed.RETIRE_BUILDING)
    assert row.id is not None
    building_id = row.id
    row = hold_building(act, building_id)
    households, premises = count_records(act, building_id), _count_premises(act, building_id)
    if households or premises:
        sentence = f"这栋楼还登记着{households}户、{premises}家，请先注销或迁走。"
        raise ConflictError(sentence, current={"households": households, "premises": premises})
    done = act.session.execute(
        update(Building)
        .where(col(Building.id) == row.id, col(Building.retired_at).is_(None))
        .values(retired_at=act.now)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    if done.rowcount != 1:
        raise ConflictError("这栋楼已经停用。")
    shift_count(act, row, -row.household_count)
    retire_codes(act, row, facts.words)
    write_audit(act, Deed.RETIRE_BUILDING, f"building:{row.id}", facts.words, name=row.name)
    return {"receipt": str(order.uid), "building": row.id}


def _count_premises(act: Act, building_id: int) -> int:
    count: int = act.session.execute(
        select(func.count()).where(
            col(Premises.building_id) == building_id, col(Premises.retired_at).is_(None)
        )
    ).scalar_one()
    return count


def _refuse_double(act: Act, grid_id: int, name: str, address: str, but: int | None = None) -> None:
    there = act.session.execute(
        select(col(Building.id)).where(
            col(Building.grid_id) == grid_id,
            col(Building.name) == name,
            col(Building.address) == address,
            col(Building.retired_at).is_(None),
            col(Building.id).is_distinct_from(but),
        )
    ).scalars().first()  # fmt: skip
    if there is not None:
        raise ConflictError("这个网格里已有同名同地址的楼栋。", current={"building": there})

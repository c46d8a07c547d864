"""The deeds on departments: add, change, say which grids they look after, retire (部门)."""

from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints
from sqlalchemy import delete, func, update
from sqlmodel import col, select

from gridapp.domain.errors import ConflictError, FactsError, NotThereError
from gridapp.domain.vocabulary import Deed, GridLevel
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.people.place import Code, grid_id_of
from gridapp.services.permit import demand
from gridapp.services.phones import read_phone
from gridapp.services.subjects import demand_version, id_of
from gridapp.services.verbs import verb
from gridapp.tables import Grid, Unit, UnitGrid

_GRIDS_MAX_COUNT: Final = 500
UNIT_CODE_FAULT: Final = "只能用字母、数字、点、横线和下划线，最多32个"

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
UnitCode = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$")
]
Phone = Annotated[str, Field(max_length=64)]


class ChangeUnitFacts(Facts):
    """How a department is called and reached."""

    name: Name
    phone: Phone = ""


class AddUnitFacts(ChangeUnitFacts):
    """A department to be added; ``street`` by its code when there are several."""

    code: UnitCode
    street: Code = ""


class AssignUnitFacts(Facts):
    """All grids that a department looks after, by their codes."""

    grids: Annotated[tuple[Code, ...], Field(max_length=_GRIDS_MAX_COUNT)]


@verb(Deed.ADD_UNIT, AddUnitFacts)
def add_unit(act: Act, order: Order, facts: AddUnitFacts) -> dict[str, Any]:
    """Add a department to a street.

    Raises:
        NotAllowedError: Not for this role.
        FactsError: The code or the name is taken, or the street or the phone is none.
    """
    demand(act, Deed.ADD_UNIT)
    street_id = _street_id(act, facts.street)
    return reply_of(order, insert_unit(act, facts, street_id))


def insert_unit(act: Act, facts: AddUnitFacts, street_id: int) -> Unit:
    """Write a new department of a street down, whoever tells of it.

    Raises:
        FactsError: The code or the name is taken, or the phone is none.
    """
    if act.session.exec(select(Unit.id).where(Unit.code == facts.code)).first() is not None:
        raise FactsError(fields={"code": "这个部门编码已有人使用。"})
    _refuse_double_name(act, facts.name, street_id)
    phone = read_phone(facts.phone)
    unit = Unit(code=facts.code, name=facts.name, street_id=street_id, phone=phone)
    act.session.add(unit)
    act.session.flush()
    write_audit(act, Deed.ADD_UNIT, f"unit:{unit.id}", name=unit.name)
    return unit


@verb(Deed.CHANGE_UNIT, ChangeUnitFacts)
def change_unit(act: Act, order: Order, facts: ChangeUnitFacts) -> dict[str, Any]:
    """Change a department's name and phone; its code stays, for cases and imports know it by that.

    Raises:
        NotThereError: No such department, or retired.
        ConflictError: Somebody has changed it meanwhile.
        FactsError: The name is taken, or the phone is none.
    """
    demand(act, Deed.CHANGE_UNIT)
    unit = open_unit(act, order)
    _refuse_double_name(act, facts.name, unit.street_id, unit.id)
    before = unit.name
    unit.name, unit.phone = facts.name, read_phone(facts.phone)
    unit.version += 1
    write_audit(act, Deed.CHANGE_UNIT, f"unit:{unit.id}", before=before, after=unit.name)
    return reply_of(order, unit)


@verb(Deed.ASSIGN_UNIT, AssignUnitFacts)
def assign_unit(act: Act, order: Order, facts: AssignUnitFacts) -> dict[str, Any]:
    """Say anew which grids a department looks after.

    Raises:
        NotThereError: No such department, or retired.
        ConflictError: Somebody has changed it meanwhile.
        FactsError: A grid is unknown or lies in another street.
    """
    demand(act, Deed.ASSIGN_UNIT)
    unit = open_unit(act, order)
    wanted = {grid_id_of(act, code) for code in facts.grids}
    _refuse_elsewhere(act, unit, wanted)
    held = set(act.session.exec(select(UnitGrid.grid_id).where(UnitGrid.unit_id == unit.id)))
    act.session.execute(
        delete(UnitGrid).where(
            col(UnitGrid.unit_id) == unit.id, col(UnitGrid.grid_id).in_(held - wanted)
        )
    )
    assert unit.id is not None
    act.session.add_all(
        UnitGrid(unit_id=unit.id, grid_id=grid_id, made_at=act.now)
        for grid_id in sorted(wanted - held)
    )
    unit.version += 1
    write_audit(
        act, Deed.ASSIGN_UNIT, f"unit:{unit.id}",
        added=sorted(wanted - held), removed=sorted(held - wanted),
    )  # fmt: skip
    return reply_of(order, unit)


def open_unit(act: Act, order: Order) -> Unit:
    """Open the department that an order names; others who want to change it wait.

    Raises:
        NotThereError: No such department.
        ConflictError: It is retired, or was changed since the doer looked at it.
    """
    unit = act.session.exec(
        select(Unit)
        .where(Unit.id == id_of(order.subject))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if unit is None:
        raise NotThereError
    if unit.retired_at is not None:
        raise ConflictError("这个部门已经撤销。", current={"version": unit.version})
    demand_version(order, unit.version, name=unit.name)
    return unit


def reply_of(order: Order, unit: Unit) -> dict[str, Any]:
    """Make the receipt of a deed on a department."""
    return {"receipt": str(order.uid), "unit": unit.id, "version": unit.version}


def _street_id(act: Act, code: str) -> int:
    """Give the street of a code; without one the only street, or the top of a tree without any."""
    if code:
        return grid_id_of(act, code)
    grids = select(Grid.id).where(col(Grid.retired_at).is_(None))
    streets = act.session.exec(grids.where(Grid.level == GridLevel.STREET)).all()
    found = streets or act.session.exec(grids.where(col(Grid.parent_id).is_(None))).all()
    if len(found) != 1 or found[0] is None:
        raise FactsError(fields={"street": "请选择部门所在的街道。"})
    return found[0]


def _refuse_double_name(act: Act, name: str, street_id: int, but: int | None = None) -> None:
    same = select(func.count(col(Unit.id))).where(
        Unit.name == name, Unit.street_id == street_id, col(Unit.retired_at).is_(None)
    )
    if but is not None:
        same = same.where(Unit.id != but)
    if act.session.exec(same).one():
        raise FactsError(fields={"name": "这个街道已有同名的部门。"})


def _refuse_elsewhere(act: Act, unit: Unit, grids: set[int]) -> None:
    inside = select(func.count(col(Grid.id))).where(
        col(Grid.id).in_(grids), col(Grid.path).contains(f"/{unit.street_id}/")
    )
    if act.session.exec(inside).one() != len(grids):
        raise FactsError(fields={"grids": "只能包联本街道的网格。"})


def forget_grids(act: Act, unit: Unit) -> None:
    """Let a department look after no grid any more."""
    act.session.execute(delete(UnitGrid).where(col(UnitGrid.unit_id) == unit.id))


def hand_grids(act: Act, unit: Unit, to: Unit) -> None:
    """Give a department's grids to another one, which may have some of them already."""
    held = select(col(UnitGrid.grid_id)).where(col(UnitGrid.unit_id) == to.id)
    act.session.execute(
        update(UnitGrid)
        .where(col(UnitGrid.unit_id) == unit.id, ~col(UnitGrid.grid_id).in_(held))
        .values(unit_id=to.id)
        .execution_options(synchronize_session=False)
    )
    forget_grids(act, unit)

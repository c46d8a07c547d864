"""Tables of departments, with the grids that each looks after (部门包联)."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.exchange.cells import Cells
from gridapp.services.exchange.columns import Column
from gridapp.services.exchange.grids_named import LONGEST_NAME, NamedGrids
from gridapp.services.exchange.kind import Kind, Taken, Wishes
from gridapp.services.exchange.reach import grids_wished
from gridapp.services.exchange.told import facts_told
from gridapp.services.exchange.writing import Value
from gridapp.services.orders import Order
from gridapp.services.permit import demand
from gridapp.services.units.put import (
    UNIT_CODE_FAULT,
    AddUnitFacts,
    AssignUnitFacts,
    ChangeUnitFacts,
    add_unit,
    assign_unit,
    change_unit,
)
from gridapp.tables import Grid, Unit, UnitGrid

_BETWEEN: Final = re.compile("[、,，;；\\s]+")
_LONGEST_LIST: Final = 8_000
_WRONG: Final = {"code": UNIT_CODE_FAULT}
_COLUMNS: Final = (
    Column(
        "code", "部门编码", ("编码", "单位编码"), needed=True, is_plain=True,
        hint="字母和数字，全街道唯一", example="cgzd",
    ),
    Column(
        "name", "部门", ("名称", "部门名称", "单位", "单位名称"), needed=True, example="城管中队"
    ),
    Column("phone", "电话", ("联系电话", "值班电话"), is_plain=True, example="02152668888"),
    Column("street", "街道", ("所属街道",), hint="名称或编码；只有一个街道就不用写"),
    Column(
        "grids", "包联网格", ("包联", "负责网格"),
        hint="编码或名称，几个之间用顿号；没有这一列就不改",
        example="310107022001001、310107022001002",
    ),
)  # fmt: skip


class _UnitTaker:
    """Adds departments, or changes those known by code, by the same deeds as an administrator."""

    def __init__(self, act: Act, _wishes: Wishes) -> None:
        self.act = act
        self._grids = NamedGrids(act)

    def take(self, cells: Cells) -> Taken:
        unit = self._find(cells.text("code", 32, needed=True))
        if unit is None:
            self._add(cells)
            return Taken.NEW
        if unit.retired_at is not None:
            raise cells.error("code", "这个部门已经撤销，编码不能再用")
        if cells.text("street", LONGEST_NAME):
            street = self._grids.one(cells, "street")
            cells.leaves("street", *(self._grids.line(one) for one in (unit.street_id, street)))
        renamed = self._change(cells, unit)
        assigned = self._assign(cells, unit)
        return Taken.CHANGED if renamed or assigned else Taken.SAME

    def _find(self, code: str) -> Unit | None:
        found: Unit | None = self.act.session.execute(
            select(Unit).where(col(Unit.code) == code)
        ).scalar_one_or_none()
        return found

    def _add(self, cells: Cells) -> None:
        street = cells.text("street", LONGEST_NAME)
        told = {name: cells.text(name, 80) for name in ("code", "name")}
        told["phone"] = cells.phone("phone")
        told["street"] = self._grids.code_of(self._grids.one(cells, "street")) if street else ""
        cells.text("name", 80, needed=True)
        facts = facts_told(cells, AddUnitFacts, _WRONG, **told)
        add_unit(self.act, Order(Deed.ADD_UNIT), facts)
        unit = self._find(told["code"])
        assert unit is not None
        self._assign(cells, unit)

    def _change(self, cells: Cells, unit: Unit) -> bool:
        name = cells.text("name", 80, needed=True)
        phone = cells.phone("phone") if cells.has("phone") else unit.phone
        if (name, phone) == (unit.name, unit.phone):
            return False
        was = unit.name, unit.phone
        facts = facts_told(cells, ChangeUnitFacts, name=name, phone=phone)
        change_unit(self.act, self._order(Deed.CHANGE_UNIT, unit), facts)
        self.act.session.flush()
        return (unit.name, unit.phone) != was

    def _assign(self, cells: Cells, unit: Unit) -> bool:
        if not cells.has("grids"):
            return False
        told = [text for text in _BETWEEN.split(cells.text("grids", _LONGEST_LIST)) if text]
        wanted = {self._grids.one(cells, "grids", text) for text in told}
        held = set(
            self.act.session.execute(
                select(col(UnitGrid.grid_id)).where(col(UnitGrid.unit_id) == unit.id)
            ).scalars()
        )
        if wanted == held:
            return False
        codes = tuple(sorted(self._grids.code_of(one) for one in wanted))
        cells.differs("grids", self._codes(held), "、".join(codes))
        facts = facts_told(cells, AssignUnitFacts, {"grids": "太多了"}, grids=codes)
        assign_unit(self.act, self._order(Deed.ASSIGN_UNIT, unit), facts)
        self.act.session.flush()
        return True

    def _codes(self, ids: set[int]) -> str:
        return "、".join(sorted(self._grids.code_of(one) for one in ids))

    @staticmethod
    def _order(deed: Deed, unit: Unit) -> Order:
        return Order(deed, subject=str(unit.id), version=unit.version)


def _rows(act: Act, wishes: Wishes) -> Iterator[Sequence[Value]]:
    demand(act, Deed.CHANGE_UNIT)
    pairs = select(col(UnitGrid.unit_id), col(Grid.code)).join(
        Grid, col(Grid.id) == col(UnitGrid.grid_id)
    )
    after: dict[int, list[str]] = {}
    for unit_id, code in act.session.execute(pairs.order_by(col(Grid.code))):
        after.setdefault(unit_id, []).append(code)
    found = act.session.execute(
        select(Unit, col(Grid.code))
        .join(Grid, col(Grid.id) == col(Unit.street_id))
        .where(grids_wished(act, wishes, Deed.EXPORT), col(Unit.retired_at).is_(None))
        .order_by(col(Unit.code))
    )
    for unit, street in found:
        yield unit.code, unit.name, unit.phone, street, "、".join(after.get(unit.id or 0, ()))


UNITS: Final = Kind(
    _COLUMNS, _UnitTaker, _rows, key="code", label="部门", hint="处置单位，和各自包联的网格",
    export_needs=(Deed.CHANGE_UNIT,),
)  # fmt: skip

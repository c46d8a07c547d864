"""Tables of buildings, by the code that hangs on the door."""

from collections.abc import Iterator, Sequence
from random import SystemRandom
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.codes import draw_building_code, is_building_code, normalise
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.exchange.cells import Cells
from gridapp.services.exchange.columns import Column
from gridapp.services.exchange.grids_named import GRID_COLUMNS, NamedGrids
from gridapp.services.exchange.kind import Kind, Taken, Wishes
from gridapp.services.exchange.reach import grids_wished
from gridapp.services.exchange.writing import Value
from gridapp.services.register.counts import count_records
from gridapp.tables import Building, BuildingCode, Grid

_GRID_CODE: Final = Column(
    "grid_code", "网格编码", ("所属网格编码", "微网格编码"), needed=True,
    instead=("grid", "micro"), is_plain=True,
    hint="楼栋所在的最低一级网格；没有编码就写网格的名称", example="310107022001001",
)  # fmt: skip
_COLUMNS: Final = (
    Column(
        "code", "楼栋码", ("楼栋编码",), is_plain=True,
        hint="8位；新楼栋留空，自动生成；填已有的码就是修改那栋楼",
    ),
    Column(
        "name", "名称", ("楼栋", "楼栋名称", "楼号"), needed=True, example="1号楼", second="2号楼"
    ),
    Column(
        "address", "地址", ("门牌地址", "坐落"), example="兰溪路100弄1号", second="兰溪路100弄2号"
    ),
    _GRID_CODE,
    Column("unit_count", "单元数", hint="整数；不写即1", example="2"),
    Column("floor_count", "层数", ("楼层数",), hint="整数；不写即1", example="6"),
    Column("household_count", "户数", ("总户数",), hint="整数；不写就不改", example="48"),
    Column("lng_wgs84", "经度", ("经度WGS84",), hint="WGS-84，可不填", example="121.398"),
    Column("lat_wgs84", "纬度", ("纬度WGS84",), hint="WGS-84，可不填", example="31.248"),
    Column("accuracy_m", "精度米", hint="坐标的误差，可不填"),
    Column("position_source", "坐标来源", hint="可不填"),
    *GRID_COLUMNS,
)  # fmt: skip
_CHANCE: Final = SystemRandom()


def _good_code(cells: Cells) -> str:
    typed = cells.text("code", 64)
    code = normalise(typed)
    if typed and not is_building_code(code):
        raise cells.error("code", "不是楼栋码（8位，最后一位是校验）；没有就留空，自动生成")
    return code


def building_of(act: Act, code: str) -> Building | None:
    """Find the building on which a code hangs, or has hung."""
    found: Building | None = act.session.execute(
        select(Building)
        .join(BuildingCode, col(BuildingCode.building_id) == col(Building.id))
        .where(col(BuildingCode.code) == code)
    ).scalar_one_or_none()
    return found


def refuse_fewer(act: Act, cells: Cells, building: Building, count: int) -> None:
    """Refuse fewer households than a building has on record: the tree would count too few.

    Raises:
        CellError: There are more of them.
    """
    assert building.id is not None
    on_record = count_records(act, building.id) if count < building.household_count else 0
    if count < on_record:
        raise cells.error("household_count", f"已登记{on_record}户，户数不能少于它")


class _BuildingTaker:
    """Adds buildings, or changes those known by code or by grid, name and address."""

    def __init__(self, act: Act, _wishes: Wishes) -> None:
        self.act = act
        self._grids = NamedGrids(act)

    def take(self, cells: Cells) -> Taken:
        code = _good_code(cells)
        facts = self._facts(cells)
        known = building_of(self.act, code) if code else None
        row = known or self._same_place(facts)
        if row is None:
            row = Building(**facts)
            self.act.session.add(row)
            self.act.session.flush()
            self._hang(row, code or self._new_code())
            return Taken.NEW
        # What the table has no column for stays as it is.
        told = {n: v for n, v in facts.items() if n == "grid_id" or cells.has(n)}
        if not cells.text("household_count", 12):
            told.pop("household_count", None)
        changed = {name: value for name, value in told.items() if getattr(row, name) != value}
        if "household_count" in changed:
            refuse_fewer(self.act, cells, row, facts["household_count"])
        if "grid_id" in changed:
            was, now = (
                self.act.session.get_one(Grid, g).code for g in (row.grid_id, facts["grid_id"])
            )
            cells.differs("grid_code", was, now)
        for name, value in changed.items():
            setattr(row, name, value)
        if code and known is None:
            self._hang(row, code)
            return Taken.CHANGED
        self.act.session.flush()
        return Taken.CHANGED if changed else Taken.SAME

    def _facts(self, cells: Cells) -> dict[str, Any]:
        return {
            "grid_id": self._grid_id(cells),
            "name": cells.text("name", 120, needed=True),
            "address": cells.text("address", 200),
            "unit_count": cells.whole("unit_count", 0, 100) or 1,
            "floor_count": cells.whole("floor_count", 0, 200) or 1,
            "household_count": cells.whole("household_count", 0, 100_000) or 0,
            "lng_wgs84": cells.number("lng_wgs84", -180, 180),
            "lat_wgs84": cells.number("lat_wgs84", -90, 90),
            "accuracy_m": cells.number("accuracy_m", 0, 1e7),
            "position_source": cells.text("position_source", 32),
        }

    def _grid_id(self, cells: Cells) -> int:
        return self._grids.demand(cells)

    def _same_place(self, facts: dict[str, Any]) -> Building | None:
        found: Building | None = (
            self.act.session.execute(
                select(Building)
                .where(col(Building.retired_at).is_(None))
                .where(*(getattr(Building, name) == facts[name] for name in _PLACE))
            )
            .scalars()
            .first()
        )
        return found

    def _new_code(self) -> str:
        code = draw_building_code(_CHANCE)
        while self.act.session.get(BuildingCode, code) is not None:
            code = draw_building_code(_CHANCE)
        return code

    def _hang(self, row: Building, code: str) -> None:
        assert row.id is not None
        now = self.act.now
        self.act.session.add(BuildingCode(code=code, building_id=row.id, issued_at=now))
        self.act.session.flush()


_PLACE: Final = ("grid_id", "name", "address")


def _rows(act: Act, wishes: Wishes) -> Iterator[Sequence[Value]]:
    grids = NamedGrids(act)
    for building, code, grid_code in buildings_in_reach(act, wishes):
        yield (
            code,
            building.name,
            building.address,
            grid_code,
            building.unit_count,
            building.floor_count,
            building.household_count,
            building.lng_wgs84,
            building.lat_wgs84,
            building.accuracy_m,
            building.position_source,
            *grids.names(building.grid_id),
        )


def buildings_in_reach(act: Act, wishes: Wishes) -> Iterator[tuple[Building, str, str]]:
    """Give the buildings wished for and in reach, with their code and their grid's."""
    found = act.session.execute(
        select(Building, col(BuildingCode.code), col(Grid.code))
        .join(BuildingCode, col(BuildingCode.building_id) == col(Building.id))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .where(grids_wished(act, wishes, Deed.EXPORT))
        .where(col(Building.retired_at).is_(None), col(BuildingCode.retired_at).is_(None))
        .order_by(col(Building.id), col(BuildingCode.code))
        .execution_options(yield_per=500)
    )
    yield from ((building, code, grid_code) for building, code, grid_code in found)


BUILDINGS: Final = Kind(
    _COLUMNS,
    _BuildingTaker,
    _rows,
    key="code",
    label="楼栋",
    hint="名称、地址和所在网格，每栋一个楼栋码",
)

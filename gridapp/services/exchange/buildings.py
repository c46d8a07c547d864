"""Tables of buildings, by the code that hangs on the door."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.areas import HOLDS_BUILDINGS
from gridapp.domain.codes import is_building_code, normalise
from gridapp.domain.houses import House
from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.change import do_plan
from gridapp.services.areas.facts import ReassignFacts
from gridapp.services.areas.hold import hold_tree
from gridapp.services.areas.plan_join import plan_reassign
from gridapp.services.desk import Act
from gridapp.services.exchange.cells import Cells
from gridapp.services.exchange.columns import Column
from gridapp.services.exchange.grids_named import GRID_COLUMNS, NamedGrids
from gridapp.services.exchange.kind import TWINS, Kind, Taken, Twins, Wishes
from gridapp.services.exchange.reach import grids_wished
from gridapp.services.exchange.writing import Value
from gridapp.services.register.buildings import NOT_A_GRID, insert_building, update_building
from gridapp.services.register.codes import hang_code
from gridapp.services.register.counts import hold_building
from gridapp.services.register.twins import StandingBuildings, TwinBuildingError
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
    Column(
        "twin", "同一栋", ("是否同一栋",),
        hint="问到才填：和已有的那栋是「同一栋」，还是「另一栋」；同一栋只更新户数等",
    ),
    *GRID_COLUMNS,
)  # fmt: skip


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


_NUMBERS: Final = (
    "unit_count", "floor_count", "household_count", "lng_wgs84", "lat_wgs84", "accuracy_m",
    "position_source",
)  # fmt: skip
_TWIN: Final = (
    "可能已经有这一栋：{}；请加一列「同一栋」，写「同一栋」或「另一栋」，"
    "或者在对应列时，为整个文件选一种"
)


class _BuildingTaker:
    """Adds buildings, or changes those known by code or by grid, name and address."""

    def __init__(self, act: Act, wishes: Wishes) -> None:
        self.act = act
        self._grids = NamedGrids(act)
        self._standing = StandingBuildings(act)
        self._twins = wishes.twins
        self._moves: dict[int, list[int]] = defaultdict(list)

    def prepare(self, _batch: Sequence[Cells]) -> None:
        """Nothing is to be looked up at once."""

    def take(self, cells: Cells) -> Taken:
        code = _good_code(cells)
        facts = self._facts(cells)
        grid_id = facts.pop("grid_id")
        known = building_of(self.act, code) if code else None
        says = cells.word("twin", TWINS) or self._twins
        row = known or self._same_place(grid_id, facts)
        if row is None:
            twin = self._add(cells, grid_id, facts, code, says)
            return Taken.NEW if twin is None else self._change_twin(cells, twin, grid_id, facts)
        if row.retired_at is not None:
            raise cells.error("code", f"「{row.name}」已经停用，码不能再用")
        # What the table has no column for stays as it is.
        told = {name: value for name, value in facts.items() if cells.has(name)}
        if not cells.text("household_count", 12):
            told.pop("household_count", None)
        is_changed = self._change(cells, row, told)
        is_moved = self._move(cells, row, grid_id)
        if code and known is None:
            hang_code(self.act, row, code)
            is_changed = True
        return Taken.CHANGED if is_changed or is_moved else Taken.SAME

    def _add(
        self, cells: Cells, grid_id: int, facts: dict[str, Any], code: str, says: Twins
    ) -> Building | None:
        """Add a building, or give the one that it is said to be.

        Raises:
            CellError: It may be another one, and nobody has said.
        """
        grid = self.act.session.get_one(Grid, grid_id)
        standing = None if says is Twins.OTHER else self._standing
        try:
            row, _ = insert_building(self.act, grid, facts, code, standing=standing)
        except TwinBuildingError as error:
            if says is Twins.SAME and not code:
                return self.act.session.get_one(Building, error.building_id)
            raise cells.error("name", _TWIN.format(error.words)) from error
        assert row.id is not None
        self._standing.add(row.id, House(grid_id, row.name, row.address))
        return None

    def _change_twin(
        self, cells: Cells, row: Building, grid_id: int, facts: dict[str, Any]
    ) -> Taken:
        """Change the numbers of the building that a row means; its name and place stay."""
        self.act.session.refresh(row)
        for name in ("name", "address"):
            if facts[name]:
                cells.leaves(name, getattr(row, name), facts[name])
        cells.leaves("grid_code", *(self._grids.code_of(one) for one in (row.grid_id, grid_id)))
        told = {name: facts[name] for name in _NUMBERS if cells.text(name, 64)}
        return Taken.CHANGED if self._change(cells, row, told) else Taken.SAME

    def _change(self, cells: Cells, row: Building, told: dict[str, Any]) -> bool:
        assert row.id is not None
        if all(getattr(row, name) == value for name, value in told.items()):
            return False
        row = hold_building(self.act, row.id)
        before = update_building(self.act, row, told)
        for name, value in before.items():
            cells.differs(name, value, getattr(row, name))
        return bool(before)

    def _move(self, cells: Cells, row: Building, grid_id: int) -> bool:
        """Let a building move with its batch: its grid's numbers, cases and history go with it."""
        assert row.id is not None
        if row.grid_id == grid_id:
            return False
        if self.act.session.get_one(Grid, grid_id).level not in HOLDS_BUILDINGS:
            raise cells.error("grid_code", NOT_A_GRID.removesuffix("。"))
        cells.differs("grid_code", *(self._grids.code_of(one) for one in (row.grid_id, grid_id)))
        self._moves[grid_id].append(row.id)
        return True

    def settle(self) -> None:
        """Let the buildings of the batch move that are told to lie elsewhere."""
        if self._moves:
            hold_tree(self.act)
        for grid_id, buildings in self._moves.items():
            facts = ReassignFacts(buildings=buildings)
            do_plan(self.act, plan_reassign(self.act, self._grids.code_of(grid_id), facts))
        self._moves.clear()

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

    def _same_place(self, grid_id: int, facts: dict[str, Any]) -> Building | None:
        found: Building | None = (
            self.act.session.execute(
                select(Building).where(
                    col(Building.retired_at).is_(None), col(Building.grid_id) == grid_id,
                    col(Building.name) == facts["name"], col(Building.address) == facts["address"],
                )
            )
            .scalars()
            .first()
        )  # fmt: skip
        return found


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
            None,
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

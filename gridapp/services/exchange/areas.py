"""Tables of grids: one row a grid, those above before those below."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import func, or_, select
from sqlmodel import col

from gridapp.domain.areas import may_hang_under
from gridapp.domain.labels import GRID_KIND, GRID_LEVEL
from gridapp.domain.vocabulary import Deed, GridKind, GridLevel
from gridapp.services.area_counts import households_below
from gridapp.services.areas.change import do_plan
from gridapp.services.areas.facts import AddAreaFacts, MoveAreaFacts, RenameAreaFacts
from gridapp.services.areas.hold import hold_tree
from gridapp.services.areas.numbers import update_numbers
from gridapp.services.areas.plan_one import plan_add, plan_move, plan_rename
from gridapp.services.areas.rules import level_names
from gridapp.services.desk import Act
from gridapp.services.exchange.cells import Cells
from gridapp.services.exchange.columns import Column
from gridapp.services.exchange.kind import Kind, Taken, Wishes
from gridapp.services.exchange.reach import grids_wished
from gridapp.services.exchange.writing import Value
from gridapp.tables import Grid

_COLUMNS: Final = (
    Column(
        "code", "网格编码", ("编码", "代码"), needed=True, instead=("parent",), is_plain=True,
        hint="全街道唯一；网格15位，微网格加-W01，专属网格加-Z01；写了上级就可以留空，自动生成",
        example="310107022001001", second="310107022001001-W01",
    ),
    Column(
        "name", "名称", ("网格名称",), needed=True, example="南大街第一网格", second="第一微网格"
    ),
    Column(
        "level", "层级", ("级别",), needed=True,
        hint="、".join(GRID_LEVEL.values()), example=GRID_LEVEL[GridLevel.GRID],
        second=GRID_LEVEL[GridLevel.MICRO],
    ),
    Column(
        "kind", "类型", ("网格类型",),
        hint="、".join(GRID_KIND.values()) + "；不写即第一种",
        example=GRID_KIND[GridKind.RESIDENTIAL],
    ),
    Column(
        "parent_code", "上级编码", ("上级网格编码", "所属编码"), is_plain=True,
        hint="上级要写在它的上面，或者已经在系统里", example="310107022001",
        second="310107022001001",
    ),
    Column(
        "parent", "上级", ("上级名称", "上级网格", "所属上级"),
        hint="不写上级编码时写：名称；有同名的，写成「南大街社区/第一网格」",
    ),
    Column("household_count", "户数", hint="整数；不写就不改", example="320", second="60"),
    Column("lng_wgs84", "经度", ("经度WGS84",), hint="WGS-84，可不填", example="121.398"),
    Column("lat_wgs84", "纬度", ("纬度WGS84",), hint="WGS-84，可不填", example="31.248"),
)  # fmt: skip


class _AreaTaker:
    """Adds grids, or changes those whose code is known, planned and done as from their page."""

    def __init__(self, act: Act, _wishes: Wishes) -> None:
        self.act = act
        hold_tree(act)
        self.names = level_names(act)

    def take(self, cells: Cells) -> Taken:
        level = self._level(cells)
        kind = cells.word("kind", GRID_KIND) or GridKind.RESIDENTIAL
        above = self._above(cells, level, kind)
        code = cells.text("code", 32)
        row = self._find(code) if code else self._same_place(cells, level, above)
        numbers = self._numbers(cells)
        if row is None:
            facts = AddAreaFacts(
                above=above.code if above else "", level=level, kind=kind,
                name=cells.text("name", 80, needed=True), code=code,
            )  # fmt: skip
            plan = plan_add(self.act, "", facts)
            do_plan(self.act, replace(plan, new=(plan.new[0]._replace(**numbers),)))
            return Taken.NEW
        if row.level is not level:
            raise cells.error("level", f"「{row.name}」的层级是{self.names[row.level]}，不能改")
        is_changed = self._rename(cells, row, kind)
        is_moved = self._move(cells, row, above)
        before = update_numbers(self.act, row, numbers)
        for name, value in before.items():
            cells.differs(name, value, getattr(row, name))
        return Taken.CHANGED if is_changed or is_moved or before else Taken.SAME

    def _rename(self, cells: Cells, row: Grid, kind: GridKind) -> bool:
        """Change name and kind, where the table tells others."""
        name, was = cells.text("name", 80, needed=True), (row.name, row.kind)
        kind = kind if cells.has("kind") else row.kind
        if was == (name, kind):
            return False
        facts = RenameAreaFacts(name=name, kind=kind)
        do_plan(self.act, plan_rename(self.act, row.code, facts))
        cells.differs("name", was[0], name)
        if was[1] is not kind:
            cells.differs("kind", GRID_KIND[was[1]], GRID_KIND[kind])
        return True

    def _move(self, cells: Cells, row: Grid, above: Grid | None) -> bool:
        """Put a grid with all that is below it where the table tells; at the top it stays."""
        if above is None or above.id == row.parent_id:
            return False
        old = self.act.session.get(Grid, row.parent_id) if row.parent_id else None
        if above.path.startswith(row.path):
            raise cells.error("parent_code", "上级不能是自己的下级")
        do_plan(self.act, plan_move(self.act, row.code, MoveAreaFacts(above=above.code)))
        cells.differs("parent_code", old.code if old else "", above.code)
        return True

    def _find(self, code: str) -> Grid | None:
        found: Grid | None = self.act.session.execute(
            select(Grid).where(col(Grid.code) == code)
        ).scalar_one_or_none()
        return found

    def _same_place(self, cells: Cells, level: GridLevel, above: Grid | None) -> Grid | None:
        """Find the grid that a row without a code tells of: of this name, right under this one."""
        if above is None:
            raise cells.error("code", "编码和上级至少要填一个")
        found: Grid | None = self.act.session.execute(
            select(Grid).where(
                col(Grid.parent_id) == above.id, col(Grid.level) == level,
                col(Grid.name) == cells.text("name", 80, needed=True),
                col(Grid.retired_at).is_(None),
            )
        ).scalars().first()  # fmt: skip
        return found

    @staticmethod
    def _numbers(cells: Cells) -> dict[str, Any]:
        """Give what the row tells of a grid's numbers; what it has no column for stays."""
        told: dict[str, Any] = {}
        if (count := cells.whole("household_count", 0, 10_000_000)) is not None:
            told["household_count"] = count
        for name, most in (("lng_wgs84", 180), ("lat_wgs84", 90)):
            if cells.has(name):
                told[name] = cells.number(name, -most, most)
        return told

    def _level(self, cells: Cells) -> GridLevel:
        """Read a level by the town's name for it, or by the usual one where that is free."""
        text, taken = cells.text("level", 40), self.names.values()
        usual = (one for one, label in GRID_LEVEL.items() if label == text and label not in taken)
        level = next(usual, None) or cells.word("level", self.names)
        if level is None:
            raise cells.error("level", "不能为空")
        return level

    def _above(self, cells: Cells, level: GridLevel, kind: GridKind) -> Grid | None:
        # Beside a code the name only explains it.
        code, name = cells.text("parent_code", 32), cells.text("parent", 200)
        if not code and not name:
            return None
        above = self._find(code) if code else self._called(cells, name)
        if above is None:
            raise cells.error("parent_code", f"没有编码为{code}的上级，上级要写在前面")
        if not may_hang_under(level, kind, above.level):
            names = self.names[level], self.names[above.level]
            raise cells.error("parent_code", f"{names[0]}不能放在{names[1]}下面")
        return above

    def _called(self, cells: Cells, text: str) -> Grid:
        """Give the grid of a name, or of a name below others: 南大街社区/第一网格."""
        *higher, name = (part.strip() for part in text.replace("／", "/").split("/"))
        is_it = or_(col(Grid.name) == name, col(Grid.code) == name)
        found: Iterable[Grid] = self.act.session.execute(
            select(Grid).where(is_it, col(Grid.retired_at).is_(None))
        ).scalars()
        named = [grid for grid in found if self._lies_below(grid, higher)]
        if len(named) != 1:
            why = f"有{len(named)}个叫「{text}」的，请写上级编码，或者把更上一级写在前面，用/隔开"
            raise cells.error("parent", why if named else f"没有叫「{text}」的上级，上级要写在前面")
        # By its code: it may be a row of the same file, whose id is not yet for good.
        cells.meant["parent"] = named[0].code
        return named[0]

    def _lies_below(self, grid: Grid, names: Sequence[str]) -> bool:
        if not names:
            return True
        ids = [int(part) for part in grid.path.strip("/").split("/")]
        above = self.act.session.execute(select(col(Grid.name)).where(col(Grid.id).in_(ids)))
        return set(names) <= set(above.scalars())


def _rows(act: Act, wishes: Wishes) -> Iterator[Sequence[Value]]:
    names = level_names(act)
    # By path, the ids of a grid's ancestors: whatever lies above comes first.
    above = select(col(Grid.id), col(Grid.code), col(Grid.name)).subquery()
    found = act.session.execute(
        select(Grid, above.c.code, above.c.name)
        .outerjoin(above, above.c.id == col(Grid.parent_id))
        .where(grids_wished(act, wishes, Deed.EXPORT), col(Grid.retired_at).is_(None))
        .order_by(func.length(col(Grid.path)), col(Grid.path))
        .execution_options(yield_per=500)
    )
    counted = households_below(act)
    for row, parent_code, parent_name in found:
        yield (
            row.code,
            row.name,
            names[row.level],
            GRID_KIND[row.kind],
            parent_code,
            parent_name,
            counted.get(row.id, row.household_count),
            row.lng_wgs84,
            row.lat_wgs84,
        )


AREAS: Final = Kind(
    _COLUMNS, _AreaTaker, _rows, key="code", label="网格",
    hint="街道、社区、网格、微网格，上级写在前面",
)  # fmt: skip

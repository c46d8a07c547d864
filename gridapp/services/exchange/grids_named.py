"""Finds the grid that a row names as a street's own lists do: by code, or by the names above it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.vocabulary import GridLevel
from gridapp.services.desk import Act
from gridapp.services.exchange.cells import Cells
from gridapp.services.exchange.columns import Column
from gridapp.services.exchange.signs import folded
from gridapp.tables import Grid

# From above to below; a name may stand in a column that is not its level's own.
_LEVEL: Final[Mapping[str, GridLevel]] = {
    "community": GridLevel.COMMUNITY,
    "grid": GridLevel.GRID,
    "micro": GridLevel.MICRO,
}
LONGEST_NAME: Final = 80
GRID_COLUMNS: Final = (
    Column("community", "社区", ("所属社区", "村居", "居委会", "社区名称"), hint="名称或编码"),
    Column(
        "grid", "网格", ("所属网格", "所在网格", "网格名称"),
        hint="名称或编码；别的社区也有这个名称时，社区也要写",
    ),
    Column("micro", "微网格", ("所属微网格", "微网格名称"), hint="名称或编码；不分微网格就留空"),
)  # fmt: skip
_NAMED_MOST: Final = 3


class _Known(NamedTuple):
    id: int
    code: str
    name: str
    level: GridLevel
    above: tuple[int, ...]


class NamedGrids:
    """Every grid in use, found by what a row tells of it; asks the database once."""

    def __init__(self, act: Act) -> None:
        found = act.session.execute(
            select(col(Grid.id), col(Grid.code), col(Grid.name), col(Grid.level), col(Grid.path))
            .where(col(Grid.retired_at).is_(None))
            .order_by(col(Grid.path))
        )
        self._grids = {
            row.id: _Known(row.id, row.code, row.name, row.level, _ids(row.path)) for row in found
        }
        self._called: dict[str, list[_Known]] = defaultdict(list)
        self._within: dict[int, set[int]] = defaultdict(set)
        for grid in self._grids.values():
            for text in {grid.code, folded(grid.name)}:
                self._called[text].append(grid)
            for above in grid.above:
                self._within[above].add(grid.id)

    def find(self, cells: Cells) -> int | None:
        """Give the lowest grid that a row names, None when it names none.

        Raises:
            CellError: It is not there, or there are several of that name.
        """
        named: list[_Known] = []
        for column, level in _LEVEL.items():
            text = folded(cells.text(column, LONGEST_NAME))
            if text:
                named = self._named(text, level, named)
                self._demand_one(cells, column, text, named)
                cells.meant["grid"] = named[0].id
        return named[0].id if named else None

    def demand(self, cells: Cells) -> int:
        """Give the grid that a row names, by the code in ``grid_code`` or else by its names.

        Raises:
            CellError: It names none, one that is not there, or one of several of that name.
        """
        code = cells.text("grid_code", 32)
        if not code:
            found = self.find(cells)
            if found is None:
                raise cells.error("grid_code", "网格编码和网格名称至少要填一个")
            return found
        cells.passes(*_LEVEL)
        coded = self.coded(code)
        if coded is None:
            raise cells.error("grid_code", f"没有编码为{code}的网格")
        return coded

    def coded(self, code: str) -> int | None:
        """Give the grid of a code, None when there is none."""
        return next((grid.id for grid in self._called.get(code, ()) if grid.code == code), None)

    def one(self, cells: Cells, column: str, text: str = "") -> int:
        """Give the grid that stands in one column, or that a part of its text names.

        Raises:
            CellError: There is none, or there are several.
        """
        told = folded(text or cells.text(column, LONGEST_NAME, needed=True))
        named = self._called.get(told, [])
        self._demand_one(cells, column, told, named)
        cells.meant[f"{column} {told}"] = named[0].id
        return named[0].id

    def code_of(self, grid_id: int) -> str:
        """Give a grid's code."""
        return self._grids[grid_id].code

    def within(self, grid_id: int) -> Collection[int]:
        """Give a grid and all below it."""
        return self._within[grid_id]

    def names(self, grid_id: int) -> tuple[str, str, str]:
        """Give what stands in the three columns for a grid, empty where there is no such level."""
        known = self._grids.get(grid_id)
        above = [self._grids[one] for one in known.above if one in self._grids] if known else []
        by_level = {grid.level: grid.name for grid in above}
        community, grid, micro = (by_level.get(level, "") for level in _LEVEL.values())
        return community, grid, micro

    def line(self, grid_id: int) -> str:
        """Name a grid with those above it, as a person tells it from others."""
        known = self._grids.get(grid_id)
        return "".join(self.names(grid_id)) or (known.name if known else "")

    def _named(self, text: str, level: GridLevel, above: Sequence[_Known]) -> list[_Known]:
        """List the grids of a name below those above: of the column's level, or else of any."""
        ids = {grid.id for grid in above}
        named = [grid for grid in self._called.get(text, ()) if not ids or ids & {*grid.above}]
        return [grid for grid in named if grid.level == level] or named

    def _demand_one(self, cells: Cells, column: str, text: str, named: Sequence[_Known]) -> None:
        if not named:
            raise cells.error(column, f"没有「{text}」这个网格，请写系统里的名称或编码")
        if len(named) > 1:
            some = "、".join(self.line(grid.id) for grid in named[:_NAMED_MOST])
            more = "等" if len(named) > _NAMED_MOST else ""
            why = f"有{len(named)}个网格叫「{text}」（{some}{more}），请写编码，或写明它的上级"
            raise cells.error(column, why)


def _ids(path: str) -> tuple[int, ...]:
    return tuple(int(part) for part in path.split("/") if part)

"""Finds the building that a row names: by the code on its door, or by its grid and its name."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.codes import normalise
from gridapp.domain.houses import plain_house
from gridapp.services.desk import Act
from gridapp.services.exchange.cells import Cells
from gridapp.services.exchange.columns import Column
from gridapp.services.exchange.grids_named import GRID_COLUMNS, NamedGrids
from gridapp.services.exchange.signs import folded
from gridapp.tables import Building, BuildingCode

BUILDING_COLUMNS: Final = (
    *GRID_COLUMNS,
    Column(
        "building", "楼栋", ("楼栋名称", "所在楼栋", "楼号", "幢号", "栋号", "楼幢"),
        hint="没有楼栋码时写：楼栋的名称或地址；别处也有这个名称时，网格也要写", example="1号楼",
    ),
)  # fmt: skip
_LONGEST: Final = 200
_NAMED_MOST: Final = 3


class _Known(NamedTuple):
    id: int
    grid_id: int
    name: str
    address: str

    def is_called(self, text: str) -> bool:
        """Tell whether a list may call it so."""
        return plain_house(text) in {plain_house(self.name), plain_house(self.address)}


class NamedBuildings:
    """Every building in use, found by what a row tells of it; asks the database once."""

    def __init__(self, act: Act) -> None:
        self.grids = NamedGrids(act)
        found = act.session.execute(
            select(col(Building.id), col(Building.grid_id), col(Building.name),
                   col(Building.address)).where(col(Building.retired_at).is_(None))
        )  # fmt: skip
        self._buildings = {row.id: _Known(*row) for row in found}
        self._hanging = _hanging(act)
        self._called: dict[str, list[_Known]] = defaultdict(list)
        self._alike: dict[str, list[_Known]] = defaultdict(list)
        for building in self._buildings.values():
            texts = {folded(building.name), folded(building.address)} - {""}
            for text in texts:
                self._called[text].append(building)
            for text in {plain_house(text) for text in texts}:
                self._alike[text].append(building)

    def find(self, cells: Cells) -> int | None:
        """Give the building that a row names, None when it names none.

        Raises:
            CellError: It is not there, there are several of that name, or the code is another's.
        """
        code, text = cells.text("code", _LONGEST), folded(cells.text("building", _LONGEST))
        if code:
            cells.passes("community", "grid", "micro")
            return self._by_code(cells, code, text)
        if not text:
            return None
        cells.meant["building"] = found = self._by_name(cells, text)
        return found

    def demand(self, cells: Cells) -> int:
        """Give the building that a row names.

        Raises:
            CellError: It names none, or not one.
        """
        found = self.find(cells)
        if found is None:
            code = cells.text("code", _LONGEST)
            why = f"没有{code}这个楼栋码" if code else "楼栋码和楼栋至少要填一个"
            raise cells.error("code", why)
        return found

    def names(self, building_id: int | None) -> tuple[str, str, str, str]:
        """Give what stands in the four columns for a building, empty when it is out of use."""
        known = self._buildings.get(building_id or 0)
        return (*self.grids.names(known.grid_id), known.name) if known else ("", "", "", "")

    def _by_code(self, cells: Cells, code: str, text: str) -> int | None:
        known = self._buildings.get(self._hanging.get(normalise(code), 0))
        if known is None:
            return None
        if text and not known.is_called(text):
            why = f"楼栋码{code}是{self._line(known)}，不是「{text}」；两个写一个就行"
            raise cells.error("building", why)
        return known.id

    def _by_name(self, cells: Cells, text: str) -> int:
        grid_id = self.grids.find(cells)
        here = None if grid_id is None else self.grids.within(grid_id)
        found = [*_in(here, self._called.get(text, ()))]
        found = found or [*_in(here, self._alike.get(plain_house(text), ()))]
        if len(found) == 1:
            return found[0].id
        if not found:
            there = f"{self.grids.line(grid_id)}里" if grid_id else ""
            raise cells.error("building", f"{there}没有叫「{text}」的楼栋")
        some = "、".join(self._line(one) for one in found[:_NAMED_MOST])
        more = "等" if len(found) > _NAMED_MOST else ""
        hint = "请写楼栋码" if here else "请写楼栋码，或写明网格"
        raise cells.error("building", f"有{len(found)}栋楼叫「{text}」（{some}{more}），{hint}")

    def _line(self, building: _Known) -> str:
        return f"{self.grids.line(building.grid_id)}{building.name}"


def _hanging(act: Act) -> dict[str, int]:
    """Give which code hangs, or has hung, on which building."""
    found = act.session.execute(select(col(BuildingCode.code), col(BuildingCode.building_id)))
    return {row.code: row.building_id for row in found}


def _in(here: Collection[int] | None, found: Collection[_Known]) -> Iterator[_Known]:
    return (one for one in found if here is None or one.grid_id in here)

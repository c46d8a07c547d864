"""Finds the building that stands already where another one is told of, under another spelling."""

from collections import defaultdict
from typing import Final

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.errors import ConflictError
from gridapp.domain.houses import House, may_be_same, plain_house
from gridapp.services.desk import Act
from gridapp.tables import Building, BuildingCode, Grid

_ASK: Final = "确实是另一栋，请勾选「确实是另一栋」再确认；是同一栋，请打开那一栋修改，不用新增。"


class TwinBuildingError(ConflictError):
    """A building that may be the same stands already; ``current`` names it, a person decides."""

    code = "building.twin"

    def __init__(self, act: Act, building_id: int) -> None:
        self.building_id = building_id
        self.words = _words(act, building_id)
        super().__init__(
            f"可能已经有这一栋：{self.words}。{_ASK}", current={"building": building_id}
        )


class StandingBuildings:
    """Every building in use by its plain name and its plain address; asks the database once."""

    def __init__(self, act: Act) -> None:
        self._alike: dict[str, list[tuple[int, House]]] = defaultdict(list)
        found = act.session.execute(
            select(
                col(Building.id), col(Building.grid_id), col(Building.name), col(Building.address)
            )
            .where(col(Building.retired_at).is_(None))
            .order_by(col(Building.id))
        )
        for building_id, *told in found:
            self.add(building_id, House(*told))

    def add(self, building_id: int, house: House) -> None:
        """Know one more."""
        for key in _keys(house):
            self._alike[key].append((building_id, house))

    def twin_of(self, house: House) -> int | None:
        """Give the building that may be the same, None when there is none."""
        found = (pair for key in _keys(house) for pair in self._alike.get(key, ()))
        return next((row for row, other in found if may_be_same(house, other)), None)


def _keys(house: House) -> set[str]:
    address = plain_house(house.address)
    return {f"{house.grid_id} {plain_house(house.name)}", *([f"@{address}"] if address else [])}


def _words(act: Act, building_id: int) -> str:
    """Name a building as a person tells it from others: its grid, its address, its code."""
    building = act.session.get_one(Building, building_id)
    grid = act.session.get_one(Grid, building.grid_id)
    code = act.session.execute(
        select(col(BuildingCode.code))
        .where(col(BuildingCode.building_id) == building_id, col(BuildingCode.retired_at).is_(None))
        .limit(1)
    ).scalar_one_or_none()
    told = [grid.name, building.address, f"楼栋码{code}" if code else ""]
    return f"「{building.name}」（{'，'.join(text for text in told if text)}）"

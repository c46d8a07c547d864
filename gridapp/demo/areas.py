"""Lays the demo's areas: the tree of grids, the buildings in it and the codes on their doors."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any, Final, NamedTuple

from gridapp.demo.divisions import (
    DISTRICT,
    STREETS,
    Division,
    communities_of,
    numeral,
    short_name,
)
from gridapp.demo.sizes import Extent
from gridapp.domain.codes import dedicated_code, draw_building_code, grid_code, micro_code
from gridapp.domain.vocabulary import GridKind, GridLevel

Row = dict[str, Any]

# WGS-84, about the middle of Zhenru; a community is some 500 m wide.
_CENTRE: Final = (121.3985, 31.2505)
_COMMUNITY_STEP: Final = (0.0062, 0.0046)
_GRID_STEP: Final = (0.0019, 0.0014)
# Each micro-grid has its own block of its grid, and its buildings keep within.
_GRID_SIZE: Final = (0.00172, 0.00126)
_DEDICATED_SIZE: Final = (0.0004, 0.0003)
_STREET_STEP: Final = 0.03

_ROADS: Final = (
    "真华路", "兰溪路", "铜川路", "曹杨路", "桃浦路", "真北路", "南郑路", "真光路", "清涧路",
    "北石路", "寺前街", "杏山路", "车站路", "富平路", "子长路", "芝川路",
)  # fmt: skip
_ESTATES: Final = (
    "真华", "兰溪", "铜川", "海棠", "桃浦", "真北", "南郑", "清涧", "杏山", "富平", "子长", "北石",
    "香泉", "礼泉", "金鼎", "芝川", "怒江", "万镇", "星河", "车站",
)  # fmt: skip
_KINDS: Final = ("苑", "家园", "小区", "公寓", "新村", "花园", "名邸", "雅苑", "坊")
_DEDICATED: Final = (
    "商业广场", "菜市场", "学校", "卫生服务中心", "产业园", "商务楼", "公园", "养老院",
)  # fmt: skip
_PER_ROW: Final = 4


class Block(NamedTuple):
    """Where buildings stand together: the middle, and its size in degrees."""

    at: tuple[float, float]
    size: tuple[float, float]


class Place(NamedTuple):
    """A building as cases need it.

    Args:
        grid_id: The lowest grid, in which the building lies.
        path: Its path.
        home_id: The grid whose staff walk it.
        short: The building without its estate, as residents write it.
    """

    building_id: int
    code: str
    name: str
    short: str
    address: str
    grid_id: int
    path: str
    home_id: int
    lng: float
    lat: float


@dataclass
class Areas:
    """The rows of every area, parents before children, and the places in the first street."""

    grids: list[Row] = field(default_factory=list)
    buildings: list[Row] = field(default_factory=list)
    codes: list[Row] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    street_ids: list[int] = field(default_factory=list)
    estate_count: int = 0

    def add_grid(
        self, code: str, name: str, level: GridLevel, above: Row | None, **facts: Any
    ) -> Row:
        """Add a grid under another one."""
        number = len(self.grids) + 1
        row = {
            "id": number,
            "code": code,
            "name": name,
            "level": level,
            "kind": GridKind.RESIDENTIAL,
            "parent_id": above["id"] if above else None,
            "path": f"{above['path'] if above else '/'}{number}/",
            "household_count": 0,
            "lng_wgs84": None,
            "lat_wgs84": None,
            "retired_at": None,
        } | facts
        self.grids.append(row)
        return row


def spread(total: int, parts: int) -> list[int]:
    """Share a number out as evenly as whole numbers allow, the first parts getting more."""
    least, more = divmod(total, parts)
    return [least + (number < more) for number in range(parts)]


def lay_areas(extent: Extent, chance: Random, issued_at: datetime) -> Areas:
    """Lay all streets of a size."""
    areas = Areas()
    district = areas.add_grid(DISTRICT.code, DISTRICT.name, GridLevel.DISTRICT, None)
    for number, division in enumerate(STREETS[: extent.street_count]):
        street = areas.add_grid(division.code, division.name, GridLevel.STREET, district)
        areas.street_ids.append(street["id"])
        _lay_street(areas, extent, division, street, number, chance)
    areas.codes = [
        {"code": code, "building_id": building["id"], "issued_at": issued_at, "retired_at": None}
        for code, building in zip(_draw_codes(areas, chance), areas.buildings, strict=True)
    ]
    areas.places = list(_places(areas))
    _count_households(areas)
    return areas


def _lay_street(  # noqa: PLR0913, PLR0917 - a street is told by all of them
    areas: Areas, extent: Extent, division: Division, street: Row, number: int, chance: Random
) -> None:
    communities = communities_of(division, extent.community_count)
    grids = spread(extent.grid_count, len(communities))
    dedicated = spread(extent.dedicated_count, len(communities))
    micros = iter(spread(extent.micro_count, extent.grid_count))
    for place, community in enumerate(communities):
        at = _moved(_CENTRE, _COMMUNITY_STEP, place % _PER_ROW - 1.5, place // _PER_ROW - 1)
        at = at[0] + number % 4 * _STREET_STEP, at[1] + number // 4 * _STREET_STEP
        row = areas.add_grid(
            community.code, community.name, GridLevel.COMMUNITY, street,
            lng_wgs84=round(at[0], 6), lat_wgs84=round(at[1], 6),
        )  # fmt: skip
        for sequence in range(1, grids[place] + 1):
            here = _moved(at, _GRID_STEP, sequence % 3 - 1, sequence // 3 % 3 - 1)
            _lay_grid(areas, row, sequence, next(micros), here, chance)
        for sequence in range(1, dedicated[place] + 1):
            here = _moved(at, _GRID_STEP, sequence - 2, -1.6)
            _lay_dedicated(areas, row, sequence, here, chance)


def _moved(
    at: tuple[float, float], step: tuple[float, float], east: float, north: float
) -> tuple[float, float]:
    return at[0] + step[0] * east, at[1] + step[1] * north


def _lay_grid(  # noqa: PLR0913, PLR0917 - a grid is told by all of them
    areas: Areas,
    community: Row,
    sequence: int,
    micro_count: int,
    at: tuple[float, float],
    chance: Random,
) -> None:
    name = f"{short_name(community['name'])}第{numeral(sequence)}网格"
    grid = areas.add_grid(
        grid_code(community["code"], sequence), name, GridLevel.GRID, community,
        lng_wgs84=round(at[0], 6), lat_wgs84=round(at[1], 6),
    )  # fmt: skip
    kind = areas.estate_count // len(_ESTATES) % len(_KINDS)
    title = _ESTATES[areas.estate_count % len(_ESTATES)] + _KINDS[kind]
    areas.estate_count += 1
    lane = f"{chance.choice(_ROADS)}{chance.randrange(20, 1800)}弄"
    house = 0
    for number in range(1, micro_count + 1):
        micro = areas.add_grid(
            micro_code(grid["code"], number), f"{name}微{number}", GridLevel.MICRO, grid
        )
        block = _block(at, number - 1, micro_count)
        for _ in range(chance.choice((2, 3, 3, 4))):
            house += 1
            _build(areas, micro, f"{title}{house}号楼", f"{lane}{house}号", block, chance)


def _lay_dedicated(
    areas: Areas, community: Row, sequence: int, at: tuple[float, float], chance: Random
) -> None:
    kind = _DEDICATED[(community["id"] + sequence) % len(_DEDICATED)]
    name = f"{short_name(community['name'])}{kind}"
    grid = areas.add_grid(
        dedicated_code(community["code"], sequence), name, GridLevel.GRID, community,
        kind=GridKind.DEDICATED, lng_wgs84=round(at[0], 6), lat_wgs84=round(at[1], 6),
    )  # fmt: skip
    address = f"{chance.choice(_ROADS)}{chance.randrange(20, 1800)}号"
    _build(areas, grid, f"{name}主楼", address, Block(at, _DEDICATED_SIZE), chance, homes=False)


def _block(at: tuple[float, float], number: int, count: int) -> Block:
    """Give the block of one of a grid's micro-grids: they lie in rows, the last one wider."""
    columns = math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)
    row, column = divmod(number, columns)
    in_row = min(columns, count - row * columns)
    size = _GRID_SIZE[0] / in_row, _GRID_SIZE[1] / rows
    west, south = at[0] - _GRID_SIZE[0] / 2, at[1] - _GRID_SIZE[1] / 2
    middle = west + (column + 0.5) * size[0], south + (row + 0.5) * size[1]
    return Block(middle, (size[0] * 0.8, size[1] * 0.8))


def _build(  # noqa: PLR0913, PLR0917 - a building is told by all of them
    areas: Areas,
    grid: Row,
    name: str,
    address: str,
    block: Block,
    chance: Random,
    *,
    homes: bool = True,
) -> None:
    # Two homes a floor: some 57 households in a micro-grid of three buildings.
    units = chance.choice((1, 1, 1, 2, 2))
    floors = chance.choice((6, 6, 6, 6, 6, 11))
    lng, lat = (
        middle + chance.uniform(-0.5, 0.5) * side
        for middle, side in zip(block.at, block.size, strict=True)
    )
    areas.buildings.append(
        {
            "id": len(areas.buildings) + 1,
            "grid_id": grid["id"],
            "name": name,
            "address": address,
            "unit_count": units if homes else 1,
            "floor_count": floors,
            "household_count": units * floors * 2 if homes else 0,
            "lng_wgs84": round(lng, 6),
            "lat_wgs84": round(lat, 6),
            "accuracy_m": 15.0,
            "position_source": "demo",
            "retired_at": None,
        }
    )


def _draw_codes(areas: Areas, chance: Random) -> Iterator[str]:
    taken: set[str] = set()
    while len(taken) < len(areas.buildings):
        code = draw_building_code(chance)
        if code not in taken:
            taken.add(code)
            yield code


def _places(areas: Areas) -> Iterator[Place]:
    home = f"/1/{areas.street_ids[0]}/"
    for building, code in zip(areas.buildings, areas.codes, strict=True):
        grid = areas.grids[building["grid_id"] - 1]
        if not grid["path"].startswith(home):
            continue
        micro = grid["level"] is GridLevel.MICRO
        name: str = building["name"]
        yield Place(
            building["id"],
            code["code"],
            name,
            "".join(sign for sign in name if sign.isdigit()) + "号楼" if micro else "主楼",
            building["address"],
            grid["id"],
            grid["path"],
            grid["parent_id"] if micro else grid["id"],
            building["lng_wgs84"],
            building["lat_wgs84"],
        )


def _count_households(areas: Areas) -> None:
    """Sum the households of the buildings up through the tree."""
    for building in areas.buildings:
        path: str = areas.grids[building["grid_id"] - 1]["path"]
        for grid_id in path.strip("/").split("/"):
            areas.grids[int(grid_id) - 1]["household_count"] += building["household_count"]

"""After an import every page counts the same: the tree, the register, the notice board."""

from pathlib import Path
from typing import Any

import pytest

from gridapp.services.areas.read import see_area
from gridapp.services.areas.tree import AreaFilter, list_areas
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.prints.choose import Wish, choose_pages
from gridapp.services.prints.views import Sheet
from gridapp.services.register.lists import RegisterFilter, list_buildings, list_register
from gridapp.tables import Building, Grid
from tests.cast import Cast
from tests.services.exchange.tables import a_csv, imported, reasons
from tests.services.imports.brought import import_whole, undo

pytestmark = pytest.mark.both_databases

GRID1, GRID2 = "310107022001001", "310107022001002"
STREET = "310107022"
BUILDINGS = "楼栋码,名称,地址,网格编码,户数"
DOORS = "楼栋码,单元,门牌,户主"


def on_the_tree(desk: Desk, cast: Cast, code: str) -> tuple[int, int]:
    """Count the buildings and households of a grid: in its page and in the tree alike."""
    with desk.looking(cast.actor("admin")) as act:
        view = see_area(act, code)
        [row] = [one for one in list_areas(act, AreaFilter(q=code)).items if one.code == code]
    assert (row.building_count, row.household_count) == (view.building_count, view.household_count)
    return view.building_count, view.household_count


def in_the_register(desk: Desk, cast: Cast, code: str) -> tuple[int, int]:
    """Count the buildings and the households on record of a grid."""
    asked = RegisterFilter(grid=code)
    with desk.looking(cast.actor("admin")) as act:
        return list_buildings(act, asked).total, list_register(act, asked).total


def on_the_board(desk: Desk, cast: Cast, code: str) -> str:
    wish = Wish(Sheet.BOARD, grid=code)
    with desk.looking(cast.actor("wang")) as act:
        [page] = choose_pages(act, desk.settings, wish).pages
    return page.address


def test_new_buildings_count_everywhere_and_no_more_when_undone(
    public_desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    desk = public_desk
    before = on_the_tree(desk, cast, GRID1), in_the_register(desk, cast, GRID1)
    lines = [BUILDINGS, f",甲楼,新路1号,{GRID1},30", f",乙楼,新路2号,{GRID1},12"]
    uid = import_whole(desk, cast.actor("admin"), "buildings", a_csv(tmp_path, *lines))
    assert on_the_tree(desk, cast, GRID1) == (3, 66)
    assert on_the_tree(desk, cast, STREET) == (5, 114)
    assert in_the_register(desk, cast, GRID1)[0] == 3
    assert on_the_board(desk, cast, GRID1) == "66户"
    undo(desk, cast.actor("admin"), uid)
    assert (on_the_tree(desk, cast, GRID1), in_the_register(desk, cast, GRID1)) == before
    assert on_the_board(desk, cast, GRID1) == "24户"


def test_a_building_that_moves_counts_in_its_new_grid_alone(
    public_desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    desk = public_desk
    lines = [BUILDINGS, f"{cast.code1},1号楼,兰溪路101弄1号,{GRID2},24"]
    import_whole(desk, cast.actor("admin"), "buildings", a_csv(tmp_path, *lines))
    assert [on_the_tree(desk, cast, code)[0] for code in (GRID1, GRID2)] == [0, 2]
    assert on_the_tree(desk, cast, GRID2)[1] == 48
    assert [in_the_register(desk, cast, code)[0] for code in (GRID1, GRID2)] == [0, 2]
    assert on_the_board(desk, cast, GRID2) == "48户"


def test_households_on_record_raise_every_count(
    public_desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    desk = public_desk
    doors = [f"{cast.code1},1,{floor}0{door},张三" for floor in range(1, 7) for door in range(1, 6)]
    uid = import_whole(desk, cast.actor("admin"), "households", a_csv(tmp_path, DOORS, *doors))
    assert on_the_tree(desk, cast, GRID1) == (1, 30)
    assert in_the_register(desk, cast, GRID1) == (1, 30)
    assert on_the_board(desk, cast, GRID1) == "30户"
    undo(desk, cast.actor("admin"), uid)
    assert (on_the_tree(desk, cast, GRID1)[1], in_the_register(desk, cast, GRID1)[1]) == (24, 0)


def test_a_number_told_for_a_building_counts_on_the_board_too(
    public_desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    path = a_csv(tmp_path, "楼栋码,户数", f"{cast.code1},77")
    import_whole(public_desk, cast.actor("admin"), "households", path)
    assert on_the_tree(public_desk, cast, GRID1)[1] == 77
    assert on_the_board(public_desk, cast, GRID1) == "77户"


def test_a_number_told_for_a_grid_counts_where_no_building_tells_one(
    public_desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    lines = ["网格编码,名称,层级,上级编码,户数", f"{GRID1},南大街第一网格,网格,310107022001,600"]
    import_whole(public_desk, cast.actor("admin"), "areas", a_csv(tmp_path, *lines))
    assert on_the_tree(public_desk, cast, GRID1)[1] == 24
    with public_desk.acting(SYSTEM) as act:
        act.session.get_one(Building, cast.building1).household_count = 0
        assert act.session.get_one(Grid, cast.grid1).household_count == 600
    assert on_the_tree(public_desk, cast, GRID1)[1] == 600
    assert on_the_board(public_desk, cast, GRID1) == "600户"


@pytest.mark.parametrize(
    ("kind", "head", "row"),
    [("buildings", BUILDINGS, "{0},1号楼,兰溪路101弄1号,310107022001001,1"),
     ("households", "楼栋码,户数", "{0},1")],
)  # fmt: skip
def test_fewer_than_are_on_record_is_refused_by_its_line(
    desk: Desk, cast: Cast, tmp_path: Path, kind: str, head: str, row: str
) -> None:
    doors: Any = [f"{cast.code1},1,10{door},张三" for door in (1, 2)]
    assert imported(desk, "households", a_csv(tmp_path, DOORS, *doors)).applied
    report = imported(desk, kind, a_csv(tmp_path, head, row.format(cast.code1)))
    assert reasons(report) == [(2, "户数")]
    assert report.bad_rows[0].reason == "已登记2户，户数不能少于它（填的是「1」）"


def test_a_number_that_is_left_out_stays(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    row = f"{cast.code1},改名楼,兰溪路101弄1号,{GRID1},"
    assert imported(desk, "buildings", a_csv(tmp_path, BUILDINGS, row)).applied
    assert on_the_tree(desk, cast, GRID1)[1] == 24

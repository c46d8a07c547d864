"""A street's own lists name houses and grids by their names; what may be two things is named."""

from pathlib import Path

import pytest
from sqlmodel import select

from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.exchange.columns import TableRefusedError
from gridapp.services.exchange.exports import export_table
from gridapp.services.exchange.kind import Wishes
from gridapp.services.exchange.reading import read_rows
from gridapp.services.people.actor import SYSTEM
from gridapp.services.register.risks import copy_risks
from gridapp.services.visits.kinds import copy_kinds
from gridapp.tables import Building, ContactHousehold, Grid, Household, Post, Premises
from tests.cast import Cast
from tests.services.exchange.tables import a_csv, an_xlsx, imported, reasons
from tests.services.register.records import counts, household, shop

HEAD = "所属社区,所属网格,楼号,室号,户主"


@pytest.fixture
def doubled(desk: Desk, cast: Cast) -> Desk:
    """A second 1号楼 in grid 2, and in community 2 a grid of the same name as grid 1."""
    with desk.acting(SYSTEM) as act:
        act.session.add(Building(grid_id=cast.grid2, name="1号楼", address="铜川路9号"))
        act.session.get_one(Grid, cast.grid3).name = "南大街第一网格"
    return desk


def where(desk: Desk) -> list[int]:
    """Give the buildings of the households, oldest first."""
    with desk.looking(SYSTEM) as act:
        return [row.building_id for row in act.session.exec(select(Household))]


@pytest.mark.parametrize("house", ["1号楼", "１号楼", "1", "1幢", "兰溪路101弄1号", " 1 号 楼 "])
def test_a_house_is_known_by_grid_and_name_or_address(
    doubled: Desk, cast: Cast, tmp_path: Path, house: str
) -> None:
    path = a_csv(tmp_path, HEAD, f"南大街社区,南大街第一网格,{house},302室,张三")
    assert imported(doubled, "households", path).new_count == 1
    assert where(doubled) == [cast.building1]


def test_a_number_in_a_spreadsheet_is_a_house(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    path = an_xlsx(tmp_path, HEAD.split(","), ["", "310107022001001", 1, 302.0, "张三"])
    assert imported(desk, "households", path).applied
    assert where(desk) == [cast.building1]


def test_what_may_be_two_houses_is_named_with_them(doubled: Desk, tmp_path: Path) -> None:
    rows = (
        ",,1号楼,302,甲",
        "南大街社区,,1号楼,302,乙",
        ",南大街第一网格,1号楼,302,丙",
        "南大街社区,南大街第一网格,9号楼,302,丁",
        "西大街社区,南大街第一网格,1号楼,302,戊",
        "北大街社区,南大街第二网格,1号楼,302,己",
        "南大街社区,南大街第一网格,,302,庚",
    )
    report = imported(doubled, "households", a_csv(tmp_path, HEAD, *rows))
    assert reasons(report) == [
        (2, "楼栋"), (3, "楼栋"), (4, "网格"), (5, "楼栋"), (6, "社区"), (7, "网格"), (8, "楼栋码"),
    ]  # fmt: skip
    told = [bad.reason for bad in report.bad_rows]
    assert "南大街社区南大街第一网格1号楼、南大街社区南大街第二网格1号楼" in told[0]
    assert "南大街社区南大街第一网格、北大街社区南大街第一网格" in told[2]
    assert where(doubled) == []


def test_a_code_that_hangs_on_another_house_is_told(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    head = f"楼栋码,{HEAD}"
    rows = [f"{code},,,1号楼,302," for code in (cast.code1, cast.code2)]
    report = imported(desk, "households", a_csv(tmp_path, head, *rows))
    assert reasons(report) == [(3, "楼栋")]
    assert "2号楼" in report.bad_rows[0].reason


def test_a_table_must_name_the_house_somehow(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(TableRefusedError, match="「楼栋码」或「楼栋」"):
        imported(desk, "shops", a_csv(tmp_path, "名称,负责人", "小吃店,张三"))


def test_homes_are_counted_by_the_names_of_a_house_and_of_a_grid(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    lines = ("网格,楼栋,户数", "南大街第一网格,1号楼,31", "南大街第一网格,,900")
    assert imported(desk, "households", a_csv(tmp_path, *lines)).changed_count == 2
    assert counts(desk, cast) == (31, 31, 79)


def test_shops_and_contact_households_are_found_by_name(
    doubled: Desk, cast: Cast, tmp_path: Path
) -> None:
    with doubled.acting(RESIDENT) as act:
        copy_risks(act)
        copy_kinds(act)
    at = "南大街第二网格,1"
    shops = a_csv(tmp_path, "网格,楼幢,店名", f"{at},茶叶店")
    assert imported(doubled, "shops", shops).applied
    homes = a_csv(tmp_path, "网格,楼幢,姓名,类别", f"{at},张秀兰,独居老人")
    assert imported(doubled, "contacts", homes).applied
    with doubled.looking(SYSTEM) as act:
        shop_at = act.session.exec(select(Premises)).one().building_id
        home_at = act.session.exec(select(ContactHousehold)).one().building_id
        assert shop_at == home_at
        assert act.session.get_one(Building, home_at).grid_id == cast.grid2


def test_houses_and_posts_come_in_by_the_name_of_a_grid(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    houses = a_csv(tmp_path, "楼栋码,楼栋名称,网格", f"{cast.code1},1号楼,南大街第二网格")
    report = imported(desk, "buildings", houses)
    people = a_csv(tmp_path, "账号,姓名,岗位,社区", "lisi,李四,网格长,北大街社区")
    assert (report.changed_count, imported(desk, "people", people).new_count) == (1, 1)
    with desk.looking(SYSTEM) as act:
        assert act.session.get_one(Building, cast.building1).grid_id == cast.grid2
        posts = [row.grid_id for row in act.session.exec(select(Post)) if row.from_on.month != 1]
    assert posts == [cast.community2]


@pytest.mark.parametrize("kind", ["buildings", "people"])
def test_a_row_without_any_grid_is_told(desk: Desk, tmp_path: Path, kind: str) -> None:
    head = {"buildings": "名称,网格", "people": "账号,姓名,岗位,网格"}[kind]
    row = {"buildings": "7号楼,", "people": "lisi,李四,网格长,"}[kind]
    report = imported(desk, kind, a_csv(tmp_path, head, row))
    assert reasons(report) == [(2, "网格编码")]


def test_grids_without_codes_get_the_next_ones_below_what_is_named(
    doubled: Desk, tmp_path: Path
) -> None:
    lines = (
        "名称,层级,上级,户数",
        "东大街社区,社区,真如镇街道,900",
        "东大街第一网格,网格,东大街社区,320",
        "第一微网格,微网格,南大街社区/南大街第一网格,60",
        "第一微网格,微网格,东大街第一网格,61",
    )
    path = a_csv(tmp_path, *lines)
    assert imported(doubled, "areas", path).new_count == 4
    assert imported(doubled, "areas", path).same_count == 4
    with doubled.looking(SYSTEM) as act:
        codes = [row.code for row in act.session.exec(select(Grid).order_by(Grid.code))]
    made = {"310107022003", "310107022003001", "310107022003001-W01", "310107022001001-W01"}
    assert made <= set(codes)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("某网格,网格,南大街第一网格", "上级"),
        ("某网格,网格,西大街社区", "上级"),
        ("某网格,网格,", "网格编码"),
        ("某微网格,微网格,北大街社区/南大街第二网格", "上级"),
    ],
)
def test_a_grid_whose_place_is_not_plain_is_told(
    doubled: Desk, tmp_path: Path, row: str, column: str
) -> None:
    report = imported(doubled, "areas", a_csv(tmp_path, "名称,层级,上级", row))
    assert reasons(report) == [(2, column)]


@pytest.mark.parametrize("kind", ["households", "shops", "buildings"])
def test_what_goes_out_comes_back_by_its_names_alone(
    desk: Desk, cast: Cast, tmp_path: Path, kind: str
) -> None:
    household(desk, cast)
    shop(desk, cast)
    with desk.acting(cast.actor("admin")) as act:
        count = export_table(act, kind, tmp_path / "out.csv", Wishes(grid="310107022001"))
    rows = [cells for _, cells in read_rows(tmp_path / "out.csv")]
    coded = [place for place, head in enumerate(rows[0]) if head in {"楼栋码", "网格编码"}]
    bare = [",".join(c for n, c in enumerate(row) if n not in coded) for row in rows]
    report = imported(desk, kind, a_csv(tmp_path, *bare))
    assert (report.same_count, report.bad_count) == (count, 0)


def test_a_shop_whose_house_is_out_of_use_still_goes_out(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    shop(desk, cast)
    with desk.acting(SYSTEM) as act:
        act.session.get_one(Building, cast.building1).retired_at = act.now
    with desk.acting(cast.actor("admin")) as act:
        assert export_table(act, "shops", tmp_path / "out.csv", Wishes()) == 1


@pytest.mark.parametrize(
    "written",
    [
        "https://grid.example.cn/q/{}",
        "grid.example.cn/q/{}?from=1",
        "https://a-rather-long-name-of-a-district.grid.example.cn/town/q/{}/",
    ],
)
def test_a_house_is_known_by_the_address_on_its_poster(
    desk: Desk, cast: Cast, tmp_path: Path, written: str
) -> None:
    path = a_csv(tmp_path, "楼栋码,门牌", f"{written.format(cast.code1)},302")
    assert imported(desk, "households", path).new_count == 1
    assert where(desk) == [cast.building1]

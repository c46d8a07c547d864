"""Tables of areas, buildings, people and households: all or nothing, each wrong row told."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.codes import building_code, is_building_code
from gridapp.domain.errors import NotAllowedError, SignInNeededError
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.tables import AuditRow, Building, BuildingCode, Grid, GridChange, Person, Post, Unit
from tests.cast import Cast
from tests.services.exchange.tables import a_csv, an_xlsx, imported, reasons

pytestmark = pytest.mark.both_databases

AREAS = "网格编码,名称,层级,类型,上级编码,户数"
BUILDINGS = "楼栋码,名称,地址,网格编码,户数"
PEOPLE = "账号,姓名,手机,值班电话,岗位,网格编码,部门编码,部门,职务,责任人,上岗日期"
FRESH = building_code("ZRZ2226")


def one(desk: Desk, *what: Any, **where: Any) -> Any:
    """Give the one row, or its columns, that there is."""
    with desk.looking(SYSTEM) as act:
        return act.session.execute(select(*what).filter_by(**where)).scalar_one()


def grid(desk: Desk, code: str) -> Grid:
    found: Grid = one(desk, Grid, code=code)
    return found


def test_grids_are_added_below_each_other(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    path = a_csv(
        tmp_path,
        AREAS,
        "310107022009,车站新村社区,社区,,310107022,1200",
        "310107022009001,车站新村第一网格,网格,居民网格,310107022009,600",
    )

    report = imported(desk, "areas", path)

    assert (report.new_count, report.applied) == (2, True)
    above, below = grid(desk, "310107022009"), grid(desk, "310107022009001")
    assert below.path == f"{above.path}{below.id}/"
    assert f"/{cast.street}/" in above.path
    assert one(desk, col(GridChange.change), grid_id=below.id) == "add"


def test_the_same_table_again_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = a_csv(tmp_path, AREAS, "310107022009,车站新村社区,社区,,310107022,1200")
    imported(desk, "areas", path)

    report = imported(desk, "areas", path)

    assert (report.new_count, report.changed_count, report.same_count) == (0, 0, 1)


def test_a_changed_grid_keeps_what_it_was(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    path = a_csv(tmp_path, AREAS, "310107022001001,南大街东网格,网格,,310107022001,320")

    imported(desk, "areas", path)

    change = one(desk, GridChange, grid_id=cast.grid1)
    assert (change.before, change.after) == (
        {"name": "南大街第一网格"},
        {"name": "南大街东网格"},
    )


def test_a_grid_moves_with_everything_below_it(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    path = a_csv(tmp_path, AREAS, "310107022001,南大街社区,社区,,310107005,0")

    assert imported(desk, "areas", path).applied

    assert grid(desk, "310107022001001").path.startswith(
        f"/{cast.district}/{cast.far_street}/{cast.community1}/"
    )


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("1,某社区,社区,,没有,1", "上级编码"),
        ("310107022001,南大街社区,社区,,310107022001001,1", "上级编码"),
        ("1,某社区,公社,,310107022,1", "层级"),
        ("1,某社区,,,310107022,1", "层级"),
        ("1,某社区,社区,公园,310107022,1", "类型"),
        ("1,,社区,,310107022,1", "名称"),
        (",某社区,社区,,,1", "网格编码"),
        ("1,某社区,社区,,310107022,很多", "户数"),
    ],
)
def test_a_wrong_grid_is_told_with_line_and_column(
    desk: Desk, tmp_path: Path, row: str, column: str
) -> None:
    assert reasons(imported(desk, "areas", a_csv(tmp_path, AREAS, row))) == [(2, column)]


def test_one_wrong_row_keeps_all_others_out(desk: Desk, tmp_path: Path) -> None:
    good = "310107022009,车站新村社区,社区,,310107022,1200"
    path = a_csv(tmp_path, AREAS, good, "2,甲,公社,,,", "3,乙,,,,")

    report = imported(desk, "areas", path)

    assert reasons(report) == [(3, "层级"), (4, "层级")]
    with desk.looking(SYSTEM) as act:
        assert act.session.execute(select(Grid).filter_by(code="310107022009")).all() == []


def test_a_dry_run_tells_what_would_come_and_keeps_nothing(desk: Desk, tmp_path: Path) -> None:
    path = a_csv(tmp_path, AREAS, "310107022009,车站新村社区,社区,,310107022,1200")

    report = imported(desk, "areas", path, dry_run=True)

    assert (report.new_count, report.bad_count, report.applied) == (1, 0, False)
    with desk.looking(SYSTEM) as act:
        assert act.session.execute(select(GridChange)).all() == []


def test_a_building_gets_a_code_when_it_has_none(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    path = an_xlsx(
        tmp_path,
        BUILDINGS.split(","),
        [None, "真华苑1号楼", "真华路1弄1号", "310107022001001", 24],
    )

    assert imported(desk, "buildings", path).new_count == 1

    building = one(desk, Building, name="真华苑1号楼")
    assert (building.grid_id, building.household_count) == (cast.grid1, 24)
    assert is_building_code(one(desk, col(BuildingCode.code), building_id=building.id))


def test_a_building_is_known_by_its_code(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    path = a_csv(tmp_path, BUILDINGS, f"{cast.code1.lower()},改名楼,,310107022001001,30")

    assert imported(desk, "buildings", path).changed_count == 1

    assert one(desk, col(Building.name), id=cast.building1) == "改名楼"


def test_a_second_code_is_hung_on_the_same_building(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    path = a_csv(tmp_path, BUILDINGS, f"{FRESH},1号楼,兰溪路101弄1号,310107022001001,24")

    imported(desk, "buildings", path)

    assert one(desk, col(BuildingCode.building_id), code=FRESH) == cast.building1


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("ZRZ22222,楼,,310107022001001,1", "楼栋码"),
        (",楼,,没有,1", "网格编码"),
        (",,,1,1", "网格编码"),
    ],
)
def test_a_wrong_building_is_told(desk: Desk, tmp_path: Path, row: str, column: str) -> None:
    assert reasons(imported(desk, "buildings", a_csv(tmp_path, BUILDINGS, row))) == [(2, column)]


def test_households_are_counted_by_building_and_by_grid(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    path = a_csv(tmp_path, "code,household_count", f"{cast.code1},31", "310107022001,900")

    assert imported(desk, "households", path).changed_count == 2

    assert one(desk, col(Building.household_count), id=cast.building1) == 31
    assert grid(desk, "310107022001").household_count == 900


def test_people_are_added_with_their_posts(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    path = a_csv(
        tmp_path,
        PEOPLE,
        "g101,高翔,13912340001,021-52730188,网格员,310107022002001,,,专职网格员,是,2026-06-01",
        "g101,高翔,,,志愿者,310107022001001,,,,,2026-06-01",
        "u1,尤佳,,,部门经办人,310107022,swz,水务站,,,2026-06-01",
    )

    report = imported(desk, "people", path)

    assert (report.new_count, report.changed_count) == (2, 1)
    person = one(desk, Person, login="g101")
    assert (person.password_hash, person.must_change_password) == ("", True)
    assert one(desk, col(Post.accountable), person_id=person.id, grid_id=cast.grid3)
    assert one(desk, col(Unit.street_id), code="swz") == cast.street


def test_the_same_people_again_change_nothing(desk: Desk, tmp_path: Path) -> None:
    path = a_csv(tmp_path, PEOPLE, "g101,高翔,,,网格员,310107022002001,,,,,")
    imported(desk, "people", path)

    assert imported(desk, "people", path).same_count == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("li,李四,,,,,,,,,", "账号li已是李建国"),
        ("g1,高,12345,,,,,,,,", "电话号码不对"),
        ("g1,高,,,网格员,没有,,,,,", "没有编码为没有的网格"),
        ("g1,高,,,部门经办人,310107022,xyz,,,,", "新部门请写明名称"),
        ("g1,高,,,居民,310107022,,,,,", "居民不需要岗位"),
        ("g1,高,,,网格员,310107022001001,,,,是,", ""),
        ("g1,高,,,网格员,310107022001001,,,,,昨天", "时间看不懂"),
    ],
)
def test_a_wrong_person_is_told(desk: Desk, tmp_path: Path, row: str, reason: str) -> None:
    report = imported(desk, "people", a_csv(tmp_path, PEOPLE, row))

    assert report.bad_count == 1
    assert reason in report.bad_rows[0].reason


@pytest.mark.parametrize("name", ["li", "chen", "wang", "sun", "sec", "audit"])
def test_only_the_administrator_imports(desk: Desk, cast: Cast, tmp_path: Path, name: str) -> None:
    path = a_csv(tmp_path, AREAS)
    with pytest.raises(NotAllowedError):
        imported(desk, "areas", path, actor=cast.actor(name))


def test_a_stranger_imports_nothing(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(SignInNeededError):
        imported(desk, "areas", a_csv(tmp_path, AREAS), actor=RESIDENT)


def test_an_import_stays_on_record(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    path = a_csv(tmp_path, AREAS, "310107022009,车站新村社区,社区,,310107022,1200")

    assert imported(desk, "areas", path, actor=cast.actor("admin")).applied

    row = one(desk, AuditRow, deed="data.import")
    assert (row.actor_id, row.subject, row.facts) == (cast.admin, "areas", {"rows": 1, "new": 1})


@pytest.mark.parametrize(
    ("kind", "table", "kept"),
    [
        ("buildings", ("楼栋码,名称,网格编码", "{code},改名楼,310107022001001"), "floor_count"),
        ("areas", ("网格编码,名称,层级", "310107022001001,改名格,网格"), "parent_id"),
    ],
)
def test_what_a_table_has_no_column_for_stays_as_it_is(
    desk: Desk, cast: Cast, tmp_path: Path, kind: str, table: tuple[str, str], kept: str
) -> None:
    row_of = {"buildings": Building, "areas": Grid}[kind]
    with desk.acting(SYSTEM) as act:
        for building in act.session.execute(select(Building)).scalars():
            building.floor_count = 6
    before = {row.id: getattr(row, kept) for row in all_of(desk, row_of)}

    report = imported(desk, kind, a_csv(tmp_path, table[0], table[1].format(code=cast.code1)))

    assert report.changed_count == 1
    assert {row.id: getattr(row, kept) for row in all_of(desk, row_of)} == before


def all_of(desk: Desk, row_of: Any) -> list[Any]:
    with desk.looking(SYSTEM) as act:
        return list(act.session.execute(select(row_of)).scalars())

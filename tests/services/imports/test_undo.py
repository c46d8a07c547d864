"""The last import of a kind is undone to the last row, unless something was built upon it."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel, col

from gridapp.domain.ruling import RuleKind
from gridapp.services.desk import Desk
from gridapp.services.exchange.undo import BuiltUponError
from gridapp.services.imports.refusals import FoundOtherwiseError, NotTheLastError
from gridapp.services.people.actor import SYSTEM
from gridapp.services.rulebook.table import list_table
from gridapp.services.rules.book import the_book
from gridapp.tables import Building, Grid
from tests.cast import Cast
from tests.services.exchange.tables import a_csv, imported
from tests.services.imports.brought import apply, bring, check, import_whole, undo

pytestmark = pytest.mark.both_databases

_TOLD = {"audit_row", "import_file", "import_change", "deed_done"}
AREAS = "网格编码,名称,层级,上级编码,户数"
BUILDINGS = "楼栋码,名称,地址,网格编码,户数"
PEOPLE = "账号,姓名,手机,岗位,网格编码,上岗日期"


def whole_town(desk: Desk) -> dict[str, list[Any]]:
    """Give every row of every table, except what tells of imports."""
    with desk.looking(SYSTEM) as act:
        return {
            table.name: sorted(map(repr, act.session.execute(select(table)).all()))
            for table in SQLModel.metadata.sorted_tables
            if table.name not in _TOLD
        }


def tables_of(cast: Cast) -> dict[str, list[str]]:
    return {
        "areas": [
            AREAS,
            "310107022009,车站新村社区,社区,310107022,1200",
            "310107022009001,车站第一网格,网格,310107022009,600",
            "310107022001,南大街社区,社区,310107005,7",
        ],
        "buildings": [
            BUILDINGS,
            f"{cast.code1},改名楼,新地址,310107022001002,99",
            ",新楼,新路1号,310107022001001,12",
        ],
        "people": [PEOPLE, "newcomer,新来的,13900001111,网格员,310107022001001,2026-06-01"],
        "cases": ["工单编号,时间,内容", "H1,2026-06-10 09:00,路灯不亮"],
        "households": ["楼栋码,户数", f"{cast.code1},77"],
    }


@pytest.mark.parametrize("kind", ["areas", "buildings", "people", "cases", "households"])
def test_an_undone_import_leaves_the_town_as_it_was(
    desk: Desk, cast: Cast, tmp_path: Path, kind: str
) -> None:
    before = whole_town(desk)
    path = a_csv(tmp_path, *tables_of(cast)[kind])

    uid = import_whole(desk, cast.actor("admin"), kind, path)
    assert whole_town(desk) != before
    undo(desk, cast.actor("admin"), uid)

    assert whole_town(desk) == before


def test_what_was_changed_since_is_told_and_nothing_is_undone(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    path = a_csv(tmp_path, *tables_of(cast)["areas"])
    uid = import_whole(desk, cast.actor("admin"), "areas", path)
    imported(desk, "areas", a_csv(tmp_path, AREAS, "310107022009,另一个名字,社区,310107022,1200"))
    after = whole_town(desk)

    with pytest.raises(BuiltUponError) as refused:
        undo(desk, cast.actor("admin"), uid)

    told = refused.value.facts["obstacles"]
    assert "网格「310107022009」又修改过" in told
    assert whole_town(desk) == after


def test_what_was_built_upon_a_new_row_is_told(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    path = a_csv(tmp_path, *tables_of(cast)["areas"])
    uid = import_whole(desk, cast.actor("admin"), "areas", path)
    imported(desk, "buildings", a_csv(tmp_path, BUILDINGS, ",新楼,,310107022009001,1"))

    with pytest.raises(BuiltUponError, match="有1处") as refused:
        undo(desk, cast.actor("admin"), uid)

    assert "楼栋" in refused.value.facts["obstacles"][0]


def test_only_the_last_import_of_a_kind_is_undone(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    admin = cast.actor("admin")
    first = import_whole(desk, admin, "areas", a_csv(tmp_path, *tables_of(cast)["areas"]))
    import_whole(
        desk, admin, "areas", a_csv(tmp_path, AREAS, "310107022010,某社区,社区,310107022,1")
    )

    with pytest.raises(NotTheLastError):
        undo(desk, admin, first)


def test_what_others_change_meanwhile_is_not_taken_for_the_imports(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    admin = cast.actor("admin")
    uid = import_whole(desk, admin, "buildings", a_csv(tmp_path, *tables_of(cast)["buildings"]))
    with desk.acting(SYSTEM) as act:
        act.session.add(Building(grid_id=cast.grid1, name="别人的楼"))

    undo(desk, admin, uid)

    with desk.looking(SYSTEM) as act:
        names = set(act.session.execute(select(col(Building.name))).scalars())
    assert "别人的楼" in names
    assert "新楼" not in names


def test_an_import_does_what_its_check_has_shown_or_nothing(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    admin, path = cast.actor("admin"), a_csv(tmp_path, *tables_of(cast)["households"])
    uid = bring(desk, admin, "households", path)
    check(desk, admin, uid, path)
    with desk.acting(SYSTEM) as act:
        act.session.get_one(Building, 1).household_count = 5
    before = whole_town(desk)

    with pytest.raises(FoundOtherwiseError):
        apply(desk, admin, uid, path)

    assert whole_town(desk) == before


def test_a_name_that_means_another_house_by_now_is_not_what_was_confirmed(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    path = a_csv(tmp_path, "网格,楼栋,门牌,户主", "南大街第一网格,1号楼,302,张三")
    uid = bring(desk, cast.actor("admin"), "households", path)
    check(desk, cast.actor("admin"), uid, path)
    with desk.acting(SYSTEM) as act:
        act.session.get_one(Building, cast.building1).name = "原1号楼"
        act.session.add(Building(grid_id=cast.grid1, name="1号楼"))
    with pytest.raises(FoundOtherwiseError):
        apply(desk, cast.actor("admin"), uid, path)


def test_grids_without_codes_are_made_as_they_were_checked(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    lines = ("名称,层级,上级", "东大街社区,社区,真如镇街道", "东大街第一网格,网格,东大街社区")
    uid = import_whole(desk, cast.actor("admin"), "areas", a_csv(tmp_path, *lines))
    undo(desk, cast.actor("admin"), uid)


def test_an_import_that_is_done_is_not_done_again(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    admin, path = cast.actor("admin"), a_csv(tmp_path, *tables_of(cast)["buildings"])
    uid = import_whole(desk, admin, "buildings", path)
    before = whole_town(desk)

    apply(desk, admin, uid, path)

    assert whole_town(desk) == before


def test_a_grid_that_moved_back_has_its_path_again(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    admin = cast.actor("admin")
    uid = import_whole(desk, admin, "areas", a_csv(tmp_path, *tables_of(cast)["areas"]))
    undo(desk, admin, uid)

    with desk.looking(SYSTEM) as act:
        path = act.session.get_one(Grid, cast.grid1).path
    assert path == f"/{cast.district}/{cast.street}/{cast.community1}/{cast.grid1}/"


def test_undone_rules_hold_no_longer_in_any_worker(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    admin = cast.actor("admin")
    path = a_csv(tmp_path, "代码,大类,事项,全程时限", "lamp,城市运行,路灯,3工作日")
    uid = import_whole(desk, admin, "categories", path)
    with desk.looking(admin) as act:
        assert the_book(act).version(RuleKind.CATEGORY, "lamp") == 1
    undo(desk, admin, uid)
    with desk.looking(admin) as act:
        assert the_book(act).version(RuleKind.CATEGORY, "lamp") == 0
        assert {row.name for row in list_table(act)} >= {"路灯不亮"}

"""Tables of the register: households by the batch, shops, risk classes; people go out masked."""

from pathlib import Path

import pytest
from sqlmodel import select

from gridapp.domain.errors import NotAllowedError
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.exchange.exports import export_table
from gridapp.services.exchange.kind import Wishes
from gridapp.services.people.actor import SYSTEM
from gridapp.services.register.risks import copy_risks
from gridapp.tables import Grid, GridChange, Premises, RiskClass
from tests.cast import Cast
from tests.services.exchange.tables import a_csv, imported, reasons
from tests.services.register.records import NAME, PHONE, counts, household, rows

pytestmark = pytest.mark.both_databases

HEAD = "楼栋码,单元,门牌,户主,电话,人数,居住性质"
SHOPS = "楼栋码,店名,业态,负责人,电话,风险等级,上次检查"


@pytest.fixture
def founded(desk: Desk) -> Desk:
    """A town with the example risk classes."""
    with desk.acting(RESIDENT) as act:
        copy_risks(act)
    return desk


def test_households_come_in_as_records_and_raise_the_numbers(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    homes = [f"{cast.code1},{n // 20},{n % 20 + 101},户主{n},,3,自住" for n in range(30)]
    report = imported(desk, "households", a_csv(tmp_path, HEAD, *homes))
    assert (report.new_count, report.applied, len(rows(desk))) == (30, True, 30)
    assert counts(desk, cast) == (30, 30, 78)
    assert (rows(desk)[0].floor, rows(desk)[0].tenure, rows(desk)[0].head_count) == (1, "own", 3)


def test_the_same_table_again_changes_nothing_and_a_change_is_told(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    line = f"{cast.code1},2,302室,{NAME},{PHONE},3,自住"
    imported(desk, "households", a_csv(tmp_path, HEAD, line))
    again = f"{cast.code1},,2单元302,{NAME},{PHONE},3,自住"
    assert imported(desk, "households", a_csv(tmp_path, HEAD, again)).same_count == 1
    changed = imported(desk, "households", a_csv(tmp_path, HEAD, line.replace(",3,", ",5,")))
    assert (changed.changed_count, rows(desk)[0].head_count, rows(desk)[0].version) == (1, 5, 2)


def test_a_table_of_counts_still_comes_in(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    lines = ("楼栋码,户数", f"{cast.code1},31", "310107022001001,900")
    assert imported(desk, "households", a_csv(tmp_path, *lines)).changed_count == 2
    assert counts(desk, cast) == (31, 31, 79)
    with desk.looking(SYSTEM) as act:
        grid = act.session.get_one(Grid, cast.grid1)
        [change] = act.session.exec(select(GridChange).where(GridChange.grid_id == grid.id))
    assert (grid.household_count, change.before) == (900, {"household_count": 320})


def test_each_wrong_row_is_named_and_nothing_comes_in(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    path = a_csv(
        tmp_path,
        HEAD,
        "23456789,1,101,,,,",
        f"{cast.code1},1,101,,12,,",
        f"{cast.code1},1,102,,,一百,",
        f"{cast.code1},1,103,,,,蜗居",
        f"{cast.code1},1,104,,,,",
        f"{cast.code1},一单元,104室,,,,",
        f"{cast.code1},,,,,,",
        f"{cast.code1},1,{'9' * 30},,,,",
    )
    assert reasons(imported(desk, "households", path)) == [
        (2, "楼栋码"), (3, "电话"), (4, "人数"), (5, "居住性质"), (7, "门牌"), (8, "户数"),
        (9, "门牌"),
    ]  # fmt: skip
    assert (rows(desk), counts(desk, cast)) == ([], (24, 24, 72))


def test_people_go_out_masked_and_come_back_as_they_were(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    household(desk, cast, head_count=3, remarks="=1+1")
    path = tmp_path / "out.xlsx"
    with desk.acting(cast.actor("admin")) as act:
        assert export_table(act, "households", path, Wishes()) == 4
    report = imported(desk, "households", path, actor=cast.actor("admin"))
    assert (report.same_count, report.changed_count) == (4, 0)
    assert (rows(desk)[0].name, rows(desk)[0].phone) == (NAME, PHONE)


def test_no_reason_unmasks_for_the_administrator(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    household(desk, cast)
    path = tmp_path / "out.csv"
    with desk.acting(cast.actor("admin")) as act:
        with pytest.raises(NotAllowedError):
            export_table(act, "households", path, Wishes(reveal_reason="上级要求报送"))
        export_table(act, "households", path, Wishes())
    told = path.read_text("utf-8")
    assert "张**" in told
    assert not [secret for secret in (NAME, PHONE) if secret in told]


def test_the_centre_takes_out_numbers_and_nobody(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    household(desk, cast)
    with desk.acting(cast.actor("wang")) as act:
        assert export_table(act, "households", tmp_path / "out.csv", Wishes()) == 3
    assert "张" not in (tmp_path / "out.csv").read_text("utf-8")


def test_shops_come_in_once_with_the_day_of_the_next_check(
    founded: Desk, cast: Cast, tmp_path: Path
) -> None:
    line = f"{cast.code1},兰溪小吃店,小餐饮,{NAME},{PHONE},较大风险,2026-06-01"
    path = a_csv(tmp_path, SHOPS, line, f"{cast.code1},茶叶店,零售,,,,")
    assert imported(founded, "shops", path).new_count == 2
    assert imported(founded, "shops", path).same_count == 2
    with founded.looking(SYSTEM) as act:
        found = [
            (row.kind, row.name, str(row.next_check_on))
            for row in act.session.exec(select(Premises))
        ]
    assert found == [("shop", "兰溪小吃店", "2026-07-01"), ("shop", "茶叶店", "2026-06-10")]


def test_each_wrong_shop_is_named(founded: Desk, cast: Cast, tmp_path: Path) -> None:
    path = a_csv(
        tmp_path,
        SHOPS + ",信用代码",
        "23456789,甲,,,,,,",
        f"{cast.code1},,,,,,,",
        f"{cast.code1},乙,,,12,,,",
        f"{cast.code1},丙,,,,天大风险,,",
        f"{cast.code1},丁,,,,,,123",
    )
    assert reasons(imported(founded, "enterprises", path)) == [
        (2, "楼栋码"), (3, "名称"), (4, "电话"), (5, "风险等级"), (6, "统一社会信用代码"),
    ]  # fmt: skip


def test_shops_go_out_and_come_back(founded: Desk, cast: Cast, tmp_path: Path) -> None:
    line = f"{cast.code1},真如幼儿园,学校,{NAME},{PHONE},,2026-06-01"
    imported(founded, "places", a_csv(tmp_path, SHOPS, line))
    with founded.acting(SYSTEM) as act:
        assert export_table(act, "places", tmp_path / "out.csv", Wishes()) == 1
    assert imported(founded, "places", tmp_path / "out.csv").same_count == 1


def test_risk_classes_are_the_towns_own(founded: Desk, cast: Cast, tmp_path: Path) -> None:
    assert cast.street
    path = a_csv(tmp_path, "代码,风险等级,间隔天数", "major,重大风险,3", "blast,易爆,1")
    assert imported(founded, "risk-classes", path).applied
    with founded.looking(SYSTEM) as act:
        found = {
            row.code: (row.interval_days, row.is_example)
            for row in act.session.exec(select(RiskClass))
        }
    assert (found["major"], found["blast"], found["low"]) == ((3, False), (1, False), (180, True))


@pytest.mark.parametrize(
    ("unit", "door"), [("2#", "302"), ("二单元", "0302"), ("", "2-0302室"), ("２号", "３０２")]
)
def test_a_door_on_record_is_found_however_the_table_writes_it(
    desk: Desk, cast: Cast, tmp_path: Path, unit: str, door: str
) -> None:
    imported(desk, "households", a_csv(tmp_path, HEAD, f"{cast.code1},2,302,{NAME},,3,自住"))
    again = imported(
        desk, "households", a_csv(tmp_path, HEAD, f"{cast.code1},{unit},{door},{NAME},,4,自住")
    )
    assert (again.new_count, again.changed_count, len(rows(desk))) == (0, 1, 1)
    assert (rows(desk)[0].door, rows(desk)[0].head_count) == ("302", 4)


@pytest.mark.parametrize(("there", "told"), [("2,302", ",302"), (",302", "2,0302")])
def test_a_door_that_may_be_on_record_is_asked_about(
    desk: Desk, cast: Cast, tmp_path: Path, there: str, told: str
) -> None:
    imported(desk, "households", a_csv(tmp_path, HEAD, f"{cast.code1},{there},{NAME},,3,自住"))
    report = imported(
        desk, "households", a_csv(tmp_path, HEAD, f"{cast.code1},{told},王小明,,1,自住")
    )
    assert reasons(report) == [(2, "单元")]
    assert len(rows(desk)) == 1

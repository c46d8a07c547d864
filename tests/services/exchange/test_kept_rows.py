"""An import never says that all is the same when it leaves something: what, is told row by row."""

from pathlib import Path

import pytest

from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.visits.kinds import copy_kinds
from tests.cast import Cast
from tests.makers import do
from tests.services.exchange.tables import a_csv, imported
from tests.services.exchange.test_parity import GRID1, GRID2, STREET

pytestmark = pytest.mark.parametrize("town", ["sqlite"], indirect=True)

PEOPLE = "账号,姓名,手机,岗位,网格编码,职务,责任人,上岗日期"
LIN = f"lin,林秀英,13912345678,志愿者,{GRID2},楼长,否,2026-06-01"


def left(desk: Desk, kind: str, folder: Path, *lines: str) -> tuple[int, int, list[str]]:
    """Import a table; give how many rows are the same, how many are kept, and what is told."""
    told = imported(desk, kind, a_csv(folder, *lines))
    assert (told.bad_rows, told.new_count, told.changed_count) == ((), 0, 0)
    return told.same_count, told.kept_count, [row.reason for row in told.noted_rows]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (LIN.replace("否", "是"), "责任人不修改，系统里是「否」，表里是「是」"),
        (LIN.replace("楼长", "组长"), "职务不修改，系统里是「楼长」，表里是「组长」"),
        (LIN.replace("5678", "9999"), "手机不修改，系统里是「139****5678」，表里是「139****9999」"),
        (
            LIN.replace("06-01", "06-05"),
            "上岗日期不修改，系统里是「2026-06-01」，表里是「2026-06-05」",
        ),
        (LIN.replace(f"志愿者,{GRID2}", f",{GRID2}"), "网格编码、职务、责任人、上岗日期不导入"),
    ],
)
def test_what_is_known_of_a_person_stays_and_is_told(
    desk: Desk, tmp_path: Path, row: str, why: str
) -> None:
    assert imported(desk, "people", a_csv(tmp_path, PEOPLE, LIN)).new_count == 1
    assert left(desk, "people", tmp_path, PEOPLE, LIN) == (1, 0, [])
    assert left(desk, "people", tmp_path, PEOPLE, row) == (0, 1, [why])


def test_a_unit_stays_in_its_street(desk: Desk, tmp_path: Path) -> None:
    head = "部门编码,部门,街道"
    assert left(desk, "units", tmp_path, head, f"szs,市政所,{STREET}") == (1, 0, [])
    _, kept, [why] = left(desk, "units", tmp_path, head, "szs,市政所,310107005")
    assert (kept, "街道不修改" in why) == (1, True)


def test_a_contact_household_stays_as_it_is_known(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    with desk.acting(RESIDENT) as act:
        copy_kinds(act)
    do(desk, cast.actor("li"), Deed.ADD_HOUSEHOLD, at=cast.code1, name="张秀兰", kind="alone",
       door="302", phone="13800008000")  # fmt: skip
    head, row = "楼栋码,门牌,姓名,电话,类别,间隔天数", f"{cast.code1},302,张秀兰,"
    assert left(desk, "contacts", tmp_path, head, f"{row},独居老人,") == (1, 0, [])
    _, kept, [why] = left(desk, "contacts", tmp_path, head, f"{row}13800008001,独居老人,60")
    assert kept == 1
    assert why.startswith(
        "电话不修改，系统里是「138****8000」，表里是「138****8001」；间隔天数不修改"
    )


def test_a_masked_name_is_nobodys(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    with desk.acting(RESIDENT) as act:
        copy_kinds(act)
    path = a_csv(tmp_path, "楼栋码,姓名,类别", f"{cast.code1},张**,独居老人")
    assert [bad.column for bad in imported(desk, "contacts", path).bad_rows] == ["姓名"]


def test_columns_that_only_go_out_are_named(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    head, row = "编号,时间,内容,楼栋码,处置单位,期限", f"H1,2026-06-01,灯不亮,{cast.code1},市政所,"
    path = a_csv(tmp_path, head, row)
    first = imported(desk, "cases", path)
    assert (first.new_count, first.noted_rows[0].reason) == (1, "处置单位不导入")
    assert left(desk, "cases", tmp_path, head, row) == (0, 1, ["处置单位不导入"])


def test_names_beside_a_code_are_no_content(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    lines = "楼栋码,网格,微网格,楼栋,户数", f"{cast.code1},哪个,没有,1号楼,24"
    assert left(desk, "households", tmp_path, *lines) == (1, 0, [])
    lines = "网格编码,名称,层级,上级编码,上级", f"{GRID1},南大街第一网格,网格,310107022001,旧名"
    assert left(desk, "areas", tmp_path, *lines) == (1, 0, [])

"""A table of buildings asks about those that stand already under another spelling."""

from pathlib import Path

import pytest
from sqlmodel import col, select

from gridapp.services.desk import Desk
from gridapp.services.exchange.imports import ImportReport, import_table
from gridapp.services.exchange.kind import Twins, Wishes
from gridapp.services.people.actor import SYSTEM
from gridapp.tables import Building
from tests.cast import Cast
from tests.services.exchange.tables import a_csv, imported

pytestmark = pytest.mark.parametrize("town", ["sqlite"], indirect=True)

HEAD = "名称,地址,网格编码,户数"
GRID1, GRID2 = "310107022001001", "310107022001002"
LIKE = f"1幢,兰溪路101弄1号,{GRID1},30"


def brought(desk: Desk, path: Path, twins: Twins) -> ImportReport:
    with desk.acting(SYSTEM) as act:
        return import_table(act, "buildings", path, Wishes(twins=twins))


def named(desk: Desk) -> list[tuple[str, int]]:
    with desk.looking(SYSTEM) as act:
        found = select(col(Building.name), col(Building.household_count))
        return [*act.session.exec(found.order_by(col(Building.id)))]


def test_a_like_one_is_asked_about_and_nothing_comes_in(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    report = imported(desk, "buildings", a_csv(tmp_path, HEAD, LIKE))
    [bad] = report.bad_rows
    assert (bad.column, report.applied) == ("名称", False)
    assert f"「1号楼」（南大街第一网格，兰溪路101弄1号，楼栋码{cast.code1}）" in bad.reason


def test_the_same_one_gets_its_numbers_and_keeps_its_name(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    assert cast.street
    before = named(desk)
    report = brought(desk, a_csv(tmp_path, HEAD, LIKE), Twins.SAME)
    assert (report.changed_count, report.applied) == (1, True)
    assert report.noted_rows[0].reason == "名称不修改，系统里是「1号楼」，表里是「1幢」"
    assert named(desk) == [("1号楼", 30), *before[1:]]


def test_another_one_is_added(desk: Desk, tmp_path: Path) -> None:
    report = brought(desk, a_csv(tmp_path, HEAD, LIKE), Twins.OTHER)
    assert (report.new_count, named(desk)[-1]) == (1, ("1幢", 30))


def test_each_row_may_say_for_itself(desk: Desk, tmp_path: Path) -> None:
    rows = [f"{LIKE},同一栋", f"一号楼,别处9号,{GRID1},5,另一栋"]
    report = imported(desk, "buildings", a_csv(tmp_path, f"{HEAD},同一栋", *rows))
    assert (report.changed_count, report.new_count) == (1, 1)


@pytest.mark.parametrize(
    "rows",
    [(f"7号楼,新路7号,{GRID1},1", f"7幢,新路7号,{GRID1},1"),
     (f"7号楼,新路7号,{GRID1},1", f"7号楼,新路7号,{GRID2},1")],
)  # fmt: skip
def test_twice_within_one_file_is_asked_about(
    desk: Desk, tmp_path: Path, rows: tuple[str, str]
) -> None:
    report = imported(desk, "buildings", a_csv(tmp_path, HEAD, *rows))
    assert [(bad.line, bad.column) for bad in report.bad_rows] == [(3, "名称")]

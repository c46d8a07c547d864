"""The category table goes out and comes in again without loss, and every change is on record."""

from pathlib import Path

import pytest

from gridapp.domain.errors import NotAllowedError
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Desk
from gridapp.services.exchange.exports import export_table
from gridapp.services.exchange.kind import Wishes
from gridapp.services.rules.history import list_changes
from tests.cast import Cast
from tests.makers import do
from tests.services.exchange.tables import a_csv, imported, reasons

HEAD = "代码,大类,事项,紧急程度,全程时限,默认单位,可随手清,对外公开,提问1,停用"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_goes_out_comes_in_as_the_same(
    desk: Desk, cast: Cast, tmp_path: Path, ending: str
) -> None:
    do(
        desk,
        cast.actor("admin"),
        Deed.CHANGE_CATEGORY,
        "lamp",
        unit="szs",
        questions=["=几盏？", "a"],
    )
    do(desk, cast.actor("admin"), Deed.RETIRE_CATEGORY, "noise")
    path = tmp_path / f"out.{ending}"
    with desk.acting(cast.actor("admin")) as act:
        count = export_table(act, "categories", path, Wishes())
    report = imported(desk, "categories", path, actor=cast.actor("admin"))
    assert (report.same_count, report.bad_count) == (count, 0)


def test_a_table_adds_items_and_changes_those_it_knows(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    path = a_csv(
        tmp_path, HEAD,
        "lamp,城市运行,路灯,一般,3工作日,市政所,是,是,几盏？,否",
        ",城市运行,充电桩,紧急,,,否,是,,否",
    )  # fmt: skip
    report = imported(desk, "categories", path, actor=cast.actor("admin"))
    assert (report.changed_count, report.new_count) == (1, 1)
    with desk.looking(cast.actor("admin")) as act:
        [change] = list_changes(act, RuleKind.CATEGORY, "lamp")
    assert "全程时限：按紧急程度 → 3 个工作日" in change.what
    assert imported(desk, "categories", path, actor=cast.actor("admin")).same_count == 2


def test_each_wrong_row_is_told_and_nothing_is_kept(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    path = a_csv(
        tmp_path, HEAD,
        ",城市运行,甲,一般,0工作日,,否,否,,否",
        ",没有,乙,一般,,,否,否,,否",
        ",城市运行,丙,一般,,没有所,否,否,,否",
        "lamp,公共安全,路灯,一般,,,否,否,,否",
        ",城市运行,丁,马上,,,否,否,,否",
        ",城市运行,戊,一般,,,否,否,,否",
    )  # fmt: skip
    told = reasons(imported(desk, "categories", path, actor=cast.actor("admin")))
    assert told == [(2, "全程时限"), (3, "大类"), (4, "默认单位"), (5, "大类"), (6, "紧急程度")]
    with desk.looking(cast.actor("admin")) as act:
        assert list_changes(act, RuleKind.CATEGORY, "lamp") == ()


def test_the_centre_takes_no_table_out(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    with desk.acting(cast.actor("wang")) as act, pytest.raises(NotAllowedError):
        export_table(act, "categories", tmp_path / "out.csv", Wishes())

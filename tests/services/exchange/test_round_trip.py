"""What goes out comes in again, and nobody takes out more than they may see."""

import csv
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from gridapp.demo.ensure import ensure_demo
from gridapp.demo.sizes import Size
from gridapp.domain.errors import NotAllowedError, NotThereError, SignInNeededError
from gridapp.services.desk import RESIDENT, Actor, Desk
from gridapp.services.exchange.exports import export_table
from gridapp.services.exchange.kind import Wishes
from gridapp.services.exchange.reading import read_rows
from gridapp.services.people.actor import SYSTEM
from gridapp.tables import AuditRow, Building, Grid
from tests.cast import Cast
from tests.makers import report
from tests.services.conftest import emptied
from tests.services.exchange.tables import imported

pytestmark = pytest.mark.both_databases

KINDS = ("areas", "buildings", "people", "households")


def exported(
    desk: Desk, kind: str, path: Path, *, actor: Actor = SYSTEM, wishes: Wishes | None = None
) -> list[list[str]]:
    """Export a table and read what stands in the file."""
    with desk.acting(actor) as act:
        count = export_table(act, kind, path, wishes or Wishes())
    rows = [cells for _, cells in read_rows(path)]
    assert count == len(rows) - 1
    return rows


def shown(tables: dict[str, list[list[str]]]) -> dict[str, list[list[str]]]:
    """Leave out people who went out masked: they cannot come back into an empty town."""
    return {
        kind: [["" if "*" in cell else cell for cell in row] for row in rows]
        for kind, rows in tables.items()
    }


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_town_goes_out_and_comes_in_without_loss(
    bare_desk: Desk, tmp_path: Path, ending: str
) -> None:
    ensure_demo(bare_desk, size=Size.HAMLET, say=lambda _words: None)
    paths = {kind: tmp_path / f"{kind}.{ending}" for kind in KINDS}
    before = {kind: exported(bare_desk, kind, path) for kind, path in paths.items()}

    emptied(bare_desk)
    for kind, path in paths.items():
        assert imported(bare_desk, kind, path).applied

    again = {k: exported(bare_desk, k, tmp_path / f"again_{k}.{ending}") for k in KINDS}
    assert shown(again) == shown(before)


def test_cases_of_the_own_street_go_out_masked(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    report(desk, cast, text="=1+1 路灯不亮", name="张三丰", phone="13912345678")

    heads, row = exported(desk, "cases", tmp_path / "c.csv", actor=cast.actor("wang"))

    told = dict(zip(heads, row, strict=False))
    assert (told["姓名"], told["电话"]) == ("张**", "139****5678")
    assert (told["内容"], told["状态"], told["楼栋码"]) == ("=1+1 路灯不亮", "待受理", cast.code1)


def test_reporters_go_out_in_full_for_a_reason_on_record(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    report(desk, cast, name="张三丰", phone="13912345678")
    wishes = Wishes(reveal_reason="纪委核查需要")

    _, row = exported(desk, "cases", tmp_path / "c.csv", actor=cast.actor("wang"), wishes=wishes)

    assert {"张三丰", "13912345678"} <= set(row)
    with desk.looking(SYSTEM) as act:
        rows = act.session.execute(select(AuditRow).order_by(col(AuditRow.id))).scalars().all()
    assert [(row.actor_id, row.deed, row.reason) for row in rows] == [
        (cast.wang, "case.reveal", "纪委核查需要"),
        (cast.wang, "data.export", ""),
    ]


@pytest.mark.parametrize("who", ["admin", "system"])
def test_whoever_keeps_the_system_takes_no_cases_out(
    desk: Desk, cast: Cast, tmp_path: Path, who: str
) -> None:
    actor = SYSTEM if who == "system" else cast.actor(who)
    with pytest.raises((NotAllowedError, SignInNeededError)):
        exported(desk, "cases", tmp_path / "c.csv", actor=actor)


# Whoever sees the figures may take out the cases behind them (`test_figures_out`).
_NO_CASES = ["li", "dept", "sec", "audit"]
_NO_AREAS = [*_NO_CASES, "chen", "zhao", "leader"]


@pytest.mark.parametrize(
    ("kind", "name"),
    [*(("areas", name) for name in _NO_AREAS), *(("cases", name) for name in _NO_CASES)],
)
def test_only_the_centre_and_the_administrator_export(
    desk: Desk, cast: Cast, tmp_path: Path, name: str, kind: str
) -> None:
    with pytest.raises(NotAllowedError):
        exported(desk, kind, tmp_path / "x.csv", actor=cast.actor(name))


def test_a_stranger_exports_nothing(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(SignInNeededError):
        exported(desk, "areas", tmp_path / "x.csv", actor=RESIDENT)


def test_the_centre_takes_out_its_own_street_only(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    rows = exported(desk, "areas", tmp_path / "x.csv", actor=cast.actor("wang"))

    codes = {row[0] for row in rows[1:]}
    assert "310107022001001" in codes
    assert not codes & {"310107", "310107005", "310107005001"}
    far = Wishes(grid="310107005")
    with pytest.raises(NotThereError):
        exported(desk, "areas", tmp_path / "y.csv", actor=cast.actor("wang"), wishes=far)


def test_an_export_can_be_narrowed_to_one_grid(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    report(desk, cast)
    wang = cast.actor("wang")

    def count(grid: str) -> int:
        wishes = Wishes(grid=grid)
        return len(exported(desk, "cases", tmp_path / "c.csv", actor=wang, wishes=wishes)) - 1

    assert (count("310107022001001"), count("310107022001002")) == (1, 0)


def test_people_are_for_the_administrator_alone(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    rows = exported(desk, "people", tmp_path / "p.csv", actor=cast.actor("admin"))
    assert len(rows) > 10

    with pytest.raises(NotAllowedError):
        exported(desk, "people", tmp_path / "q.csv", actor=cast.actor("wang"))


def test_grids_go_out_with_the_households_of_their_buildings(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    path = tmp_path / "areas.csv"
    with desk.acting(cast.actor("admin")) as act:
        act.session.get_one(Building, cast.building1).household_count += 10
        act.session.flush()
        export_table(act, "areas", path, Wishes())
        asked = select(Building).where(col(Building.grid_id) == cast.grid1)
        total = sum(row.household_count for row in act.session.execute(asked).scalars())
        grid = act.session.get_one(Grid, cast.grid1)
        code, written = grid.code, grid.household_count
    with path.open(encoding="utf-8-sig", newline="") as file:
        told = {row["网格编码"]: row["户数"] for row in csv.DictReader(file)}
    assert (told[code], written != total) == (str(total), True)

"""Tables of departments and of what hangs on grids: in once, and out as they came in."""

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from gridapp.domain.errors import NotAllowedError
from gridapp.domain.vocabulary import GridKind, GridLevel
from gridapp.services.areas.lines import copy_lines
from gridapp.services.desk import Desk
from gridapp.services.exchange.exports import export_table
from gridapp.services.exchange.kind import Wishes
from gridapp.services.people.actor import SYSTEM
from gridapp.tables import Grid, GridFocus, GridPair, LineContact, Unit, UnitGrid
from tests.cast import Cast
from tests.services.exchange.tables import a_csv, imported, reasons

G1 = "310107022001001"
M1 = f"{G1}-W01"
ST = "真如镇街道"
TABLES = {
    "units": (
        "部门编码,部门,街道,电话,包联网格",
        "hbs,环保所,真如镇街道,021-52730009,南大街第一网格、310107022001002",
        "szs,市政所,,021-52730001,",
    ),
    "line-contacts": (
        "业务线,网格,联系人,电话,单位",
        "公安,南大街第一网格,王警官,021-5273 0110,真如派出所",
        "消防,南大街第二网格,李队长,,",
    ),
    "focuses": (
        "网格编码,年份,类别,题目,进展,说明",
        f"{G1},2026,网格第一题,解决停车难,已办结,新增车位20个",
        f"{G1},2026,一格一品,楼道会客厅,,",
    ),
    "pairs": ("专属网格,微网格,约定", "真如集市,南大街第一微网格,市场与小区一起管停车"),
}
ROWS = {"units": UnitGrid, "line-contacts": LineContact, "focuses": GridFocus, "pairs": GridPair}


@pytest.fixture
def founded(desk: Desk, cast: Cast) -> Desk:
    """A town with business lines, and with a micro-grid below grid 1."""
    with desk.acting(SYSTEM) as act:
        copy_lines(act)
        row = Grid(
            code=M1, name="南大街第一微网格", level=GridLevel.MICRO, kind=GridKind.RESIDENTIAL,
            parent_id=cast.grid1, path="/",
        )  # fmt: skip
        act.session.add(row)
        act.session.flush()
        row.path = f"{act.session.get_one(Grid, cast.grid1).path}{row.id}/"
    return desk


def every(desk: Desk, table: Any) -> list[Any]:
    with desk.looking(SYSTEM) as act:
        return list(act.session.exec(select(table)))


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_comes_in_once_and_goes_out_as_it_comes_in(
    founded: Desk, cast: Cast, tmp_path: Path, kind: str
) -> None:
    admin, path = cast.actor("admin"), a_csv(tmp_path, *TABLES[kind])
    first = imported(founded, kind, path, actor=admin)
    assert (first.applied, first.new_count > 0, first.bad_rows) == (True, True, ())
    count = len(TABLES[kind]) - 1
    assert imported(founded, kind, path, actor=admin).same_count == count
    out = tmp_path / "out.xlsx"
    with founded.acting(admin) as act:
        assert export_table(act, kind, out, Wishes()) == count
    again = imported(founded, kind, out, actor=admin)
    assert (again.same_count, again.bad_rows) == (count, ())
    assert len(every(founded, ROWS[kind])) == {"pairs": 1}.get(kind, 2)


def test_departments_change_with_the_grids_they_look_after(
    founded: Desk, cast: Cast, tmp_path: Path
) -> None:
    assert imported(founded, "units", a_csv(tmp_path, *TABLES["units"])).applied
    changed = ("部门编码,部门,包联网格", "hbs,生态所,310107022002001", "szs,市政所,")
    assert imported(founded, "units", a_csv(tmp_path, *changed)).changed_count == 1
    units = {unit.code: unit for unit in every(founded, Unit)}
    assert (units["hbs"].name, units["hbs"].phone) == ("生态所", "02152730009")
    pairs = [(row.unit_id, row.grid_id) for row in every(founded, UnitGrid)]
    assert pairs == [(units["hbs"].id, cast.grid3)]


def test_a_question_moves_on_and_is_not_written_twice(founded: Desk, tmp_path: Path) -> None:
    head, row = "网格编码,年份,类别,题目,进展,说明", f"{G1},2026,网格第一题,解决停车难"
    assert imported(founded, "focuses", a_csv(tmp_path, head, f"{row},,")).new_count == 1
    done = a_csv(tmp_path, head, f"{row},已办结,新增车位20个")
    assert imported(founded, "focuses", done).changed_count == 1
    (focus,) = every(founded, GridFocus)
    assert (focus.state, focus.words, focus.version) == ("done", "新增车位20个", 2)


@pytest.mark.parametrize(
    ("kind", "head", "rows", "told"),
    [
        (
            "units", "部门编码,部门,街道,电话,包联网格",
            (f"坏码,甲,{ST},,", f"a1,,{ST},,", f"a2,市政所,{ST},,", f"a3,乙,{ST},12,",
             f"a4,丙,{ST},,西大街", f"a4,丙,{ST},,", "a5,丁,,,", "a6,戊,西大街,,"),
            [(2, "部门编码"), (3, "部门"), (4, "部门"), (5, "电话"), (6, "包联网格"),
             (7, "部门编码"), (8, "街道"), (9, "街道")],
        ),
        (
            "line-contacts", "业务线,网格编码,联系人,电话",
            (f"养猫,{G1},王,", f"公安,{G1},,", f"公安,{G1},王,拨打", "公安,999,王,", "公安,,王,"),
            [(2, "业务线"), (3, "联系人"), (4, "电话"), (5, "网格编码"), (6, "网格编码")],
        ),
        (
            "focuses", "网格编码,年份,类别,题目,进展",
            (f"{G1},,网格第一题,停车难,", f"{G1},2026,第二题,停车难,", f"{G1},2026,一格一品,车,",
             f"{G1},2026,一格一品,停车难,已办结", f"{G1},2099,一格一品,停车难,"),
            [(2, "年份"), (3, "类别"), (4, "题目"), (5, "说明"), (6, "年份")],
        ),
        (
            "pairs", "专属网格,微网格编码",
            (f"集市,{M1}", f"真如集市,{G1}", f"南大街第二网格,{M1}", "真如集市,"),
            [(2, "专属网格"), (3, ""), (4, ""), (5, "微网格编码")],
        ),
    ],
    ids=["units", "line-contacts", "focuses", "pairs"],
)  # fmt: skip
def test_each_wrong_cell_is_named_and_nothing_comes_in(
    founded: Desk, tmp_path: Path, kind: str, head: str, rows: tuple[str, ...], told: object
) -> None:
    assert reasons(imported(founded, kind, a_csv(tmp_path, head, *rows))) == told
    assert every(founded, ROWS[kind]) == []


@pytest.mark.parametrize("kind", ["units", "line-contacts"])
def test_phones_of_officials_are_for_the_administrator(
    founded: Desk, cast: Cast, tmp_path: Path, kind: str
) -> None:
    with founded.acting(cast.actor("wang")) as act, pytest.raises(NotAllowedError):
        export_table(act, kind, tmp_path / "out.csv", Wishes())

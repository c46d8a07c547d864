"""Grids are split and merged, buildings go elsewhere: open cases follow, what is closed stays."""

from typing import Any

import pytest
from sqlmodel import col, select

from gridapp.domain.errors import ConflictError, FactsError, NotThereError
from gridapp.domain.vocabulary import Deed, Role, Status
from gridapp.services.case_access import open_case
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM, actor_of
from gridapp.services.prints.choose import Wish, choose_pages
from gridapp.services.prints.record import keep_record
from gridapp.services.prints.views import Sheet
from gridapp.tables import Building, Case, CaseStep, Grid, GridChange, PatrolPoint, Person, Post
from tests.cast import Cast
from tests.clock import NOON
from tests.makers import a_case, do, report
from tests.services.areas.conftest import COMMUNITY, GRID1, GRID2, Tree, change, grid_of, preview
from tests.services.boundaries.drawn import WEST_OF_1, WEST_OF_2, draw, square, stands

pytestmark = pytest.mark.both_databases

MINE = {"code": f"{GRID1}-W09"}


def homes(desk: Desk) -> dict[int, str]:
    with desk.looking(SYSTEM) as act:
        found = act.session.exec(select(Building.id, Grid.code).join(Grid))
        return {building or 0: code for building, code in found}


def case_grids(desk: Desk) -> list[str]:
    with desk.looking(SYSTEM) as act:
        return list(act.session.exec(select(Grid.code).join(Case).order_by(col(Case.id))))


def halves(tree: Tree, **more: Any) -> dict[str, Any]:
    part = {"name": "南大街第一网格微3", "buildings": [tree.two, tree.three]}
    return {"parts": [part | more]}


def test_a_split_makes_the_part_and_leaves_the_rest_with_its_history(
    desk: Desk, cast: Cast, tree: Tree
) -> None:
    done = change(desk, cast, Deed.SPLIT_AREA, tree.micro1, **halves(tree))
    new = f"{GRID1}-W03"
    assert done.reply == {"receipt": done.reply["receipt"], "code": tree.micro1, "made": [new]}
    assert homes(desk)[tree.one] == tree.micro1
    assert {homes(desk)[tree.two], homes(desk)[tree.three]} == {new}
    assert [grid_of(desk, code).household_count for code in (tree.micro1, new)] == [24, 60]
    with desk.looking(SYSTEM) as act:
        rows = act.session.exec(select(GridChange).where(GridChange.change == "split")).all()
    assert [row.before.get("building_count") for row in rows] == [2, None]
    assert rows[1].after["from"] == tree.micro1


def test_open_cases_follow_their_building_and_closed_ones_stay(
    desk: Desk, cast: Cast, tree: Tree
) -> None:
    a_case(desk, cast, Status.CLOSED)
    report(desk, cast)
    change(desk, cast, Deed.REASSIGN, tree.micro2, buildings=[tree.one])
    assert case_grids(desk) == [tree.micro1, tree.micro2]
    with desk.looking(SYSTEM) as act:
        steps = act.session.exec(select(CaseStep).where(CaseStep.deed == Deed.REASSIGN)).all()
    assert [step.words for step in steps] == [
        "楼栋由「南大街第一网格微1」划到「南大街第一网格微2」"
    ]


def test_a_worker_s_reach_follows_the_building(desk: Desk, cast: Cast, tree: Tree) -> None:
    no = report(desk, cast).no
    change(desk, cast, Deed.REASSIGN, GRID2, buildings=[tree.one])
    with desk.looking(cast.actor("qian")) as act:
        assert open_case(act, no, Deed.SETTLE).row.grid_id == cast.grid2
    with desk.looking(cast.actor("li")) as act, pytest.raises(NotThereError):
        open_case(act, no, Deed.SETTLE)


@pytest.mark.parametrize("people", [True, False])
def test_a_split_gives_the_parts_to_the_same_people_or_to_nobody(
    desk: Desk, cast: Cast, tree: Tree, people: bool
) -> None:
    part = {"name": "南大街第三网格", "children": [tree.micro1]}
    change(desk, cast, Deed.SPLIT_AREA, GRID1, parts=[part], keep_people=people)
    micro = grid_of(desk, tree.micro1)
    with desk.looking(SYSTEM) as act:
        li = actor_of(act.session, cast.li, NOON)
    assert li is not None
    assert any(micro.path.startswith(post.grid_path) for post in li.posts) is people


@pytest.mark.parametrize("fault", ["twice", "all", "none", "other", "code", "same code", "child"])
def test_a_split_that_does_not_add_up_is_refused(
    desk: Desk, cast: Cast, tree: Tree, fault: str
) -> None:
    part: dict[str, Any] = {"name": "甲", "buildings": [tree.two]}
    parts: dict[str, list[dict[str, Any]]] = {
        "twice": [part, part | {"name": "乙"}],
        "all": [part | {"buildings": [tree.one, tree.two, tree.three]}],
        "none": [{"name": "甲"}],
        "other": [part | {"buildings": [cast.building2]}],
        "code": [part | {"code": GRID2}],
        "same code": [part | MINE, {"name": "乙", "buildings": [tree.three]} | MINE],
        "child": [part | {"children": [GRID2]}],
    }
    with pytest.raises((FactsError, ConflictError)):
        preview(desk, cast, Deed.SPLIT_AREA, tree.micro1, parts=parts[fault])


@pytest.mark.usefixtures("tree")
def test_a_merge_brings_people_cases_and_patrols_and_tells_where_it_went(
    desk: Desk, cast: Cast
) -> None:
    report(desk, cast, at=cast.code2)
    do(
        desk,
        cast.actor("wang"),
        Deed.ADD_POINT,
        name="配电间",
        grid=GRID2,
        spot="2号楼东侧",
        every_days=7,
    )
    change(desk, cast, Deed.MERGE_AREAS, GRID1, others=[GRID2])
    with desk.looking(SYSTEM) as act:
        qian = actor_of(act.session, cast.qian, NOON)
        point = act.session.exec(select(PatrolPoint.grid_id)).one()
        gone = act.session.exec(select(GridChange).where(GridChange.grid_id == cast.grid2)).one()
    assert qian is not None
    assert [post.grid_id for post in qian.posts] == [cast.grid1]
    assert (case_grids(desk), point, homes(desk)[cast.building2]) == ([GRID1], cast.grid1, GRID1)
    assert (gone.after["into"], grid_of(desk, GRID1).household_count) == (GRID1, 640)


def test_a_merge_joins_the_outlines_and_keeps_the_former_ones(desk: Desk, cast: Cast) -> None:
    draw(desk, cast, square())
    shown = preview(desk, cast, Deed.MERGE_AREAS, GRID1, others=[GRID2])
    assert "请到地图上补画" in shown.warns[-1]
    draw(desk, cast, square(WEST_OF_2), GRID2)
    before = stands(desk, cast)
    assert "边界合成一块" in preview(desk, cast, Deed.MERGE_AREAS, GRID1, others=[GRID2]).says[-1]
    change(desk, cast, Deed.MERGE_AREAS, GRID1, others=[GRID2])
    after = stands(desk, cast)
    assert (list(after), after[GRID1].version) == ([GRID1], 2)
    both = before[GRID1].shape.union(before[GRID2].shape)
    assert after[GRID1].shape.geom_type == "Polygon"
    assert after[GRID1].shape.symmetric_difference(both).area < both.area * 1e-3


def test_a_merge_is_asked_again_when_an_outline_was_mended_since(desk: Desk, cast: Cast) -> None:
    for grid, west in ((GRID1, WEST_OF_1), (GRID2, WEST_OF_2)):
        draw(desk, cast, square(west), grid)
    agreed = preview(desk, cast, Deed.MERGE_AREAS, GRID1, others=[GRID2]).agreed
    draw(desk, cast, square(WEST_OF_2, side=0.0008), GRID2)
    with pytest.raises(ConflictError, match="预览之后"):
        do(desk, cast.actor("admin"), Deed.MERGE_AREAS, GRID1, others=[GRID2], agreed=agreed)


def test_a_split_says_that_the_outline_stays_until_it_is_cut(
    desk: Desk, cast: Cast, tree: Tree
) -> None:
    draw(desk, cast, square(), tree.micro1)
    shown = preview(desk, cast, Deed.SPLIT_AREA, tree.micro1, **halves(tree))
    assert "边界先整块留在「南大街第一网格微1」" in shown.warns[-1]


@pytest.mark.parametrize(("west", "outside"), [(WEST_OF_2, 1), (WEST_OF_1, 0)])
def test_reassigning_tells_which_houses_the_outline_leaves_out(
    desk: Desk, cast: Cast, west: float, outside: int
) -> None:
    draw(desk, cast, square(west), GRID2)
    shown = preview(desk, cast, Deed.REASSIGN, GRID2, buildings=[cast.building1])
    told = [warning for warning in shown.warns if "边界不会跟着变" in warning]
    assert len(told) == outside


def test_after_a_merge_one_answers_for_the_grid(desk: Desk, cast: Cast) -> None:
    change(desk, cast, Deed.MERGE_AREAS, GRID1, others=[GRID2])
    with desk.looking(SYSTEM) as act:
        posts = act.session.exec(
            select(Person.login, Post.accountable)
            .join(Post)
            .where(Post.grid_id == cast.grid1, Post.role == Role.GRID_WORKER)
        ).all()
    assert sorted(posts) == [("li", True), ("qian", False)]


def test_whole_communities_are_merged_with_all_below(desk: Desk, cast: Cast, tree: Tree) -> None:
    change(desk, cast, Deed.MERGE_AREAS, "310107022002", others=[COMMUNITY])
    micro = grid_of(desk, tree.micro1)
    above = f"/{cast.district}/{cast.street}/{cast.community2}/{cast.grid1}/"
    assert micro.path == f"{above}{micro.id}/"
    assert grid_of(desk, COMMUNITY).retired_at is not None


@pytest.mark.parametrize("others", [[GRID1], [GRID2, GRID2], [COMMUNITY], ["310107022002-Z09"]])
def test_a_merge_with_itself_twice_or_across_levels_is_refused(
    desk: Desk, cast: Cast, others: list[str]
) -> None:
    with pytest.raises((FactsError, NotThereError)):
        preview(desk, cast, Deed.MERGE_AREAS, GRID1, others=others)


@pytest.mark.parametrize("target", [COMMUNITY, GRID1, "310107022"])
@pytest.mark.usefixtures("tree")
def test_buildings_lie_in_the_lowest_grid_there_is(desk: Desk, cast: Cast, target: str) -> None:
    with pytest.raises(ConflictError):
        preview(desk, cast, Deed.REASSIGN, target, buildings=[cast.building2])


def test_a_building_named_twice_gone_or_there_already_is_refused(
    desk: Desk, cast: Cast, tree: Tree
) -> None:
    for ids in ([tree.two, tree.two], [99_999], [tree.one, tree.two, cast.building2]):
        with pytest.raises((FactsError, ConflictError)):
            preview(desk, cast, Deed.REASSIGN, tree.micro1, buildings=ids)


_CHANGES: list[tuple[Deed, str, dict[str, Any]]] = [
    (Deed.RENAME_AREA, GRID1, {"name": "兰溪网格"}),
    (Deed.RENAME_AREA, GRID1, {"code": "310107022001088"}),
    (Deed.MOVE_AREA, GRID1, {"above": "310107022002"}),
    (Deed.MERGE_AREAS, GRID1, {"others": [GRID2]}),
    (Deed.MERGE_AREAS, "310107022002", {"others": [COMMUNITY]}),
    (Deed.REASSIGN, f"{GRID1}-W02", {"buildings": [2]}),
]


@pytest.mark.parametrize(("deed", "code", "facts"), _CHANGES)
@pytest.mark.usefixtures("tree")
def test_as_many_posters_are_no_longer_true_as_the_preview_said(
    desk: Desk, cast: Cast, deed: Deed, code: str, facts: dict[str, Any]
) -> None:
    settings = desk.settings.model_copy(update={"public_url": "https://g.example.cn"})
    wish = Wish(Sheet.POSTER)
    with desk.acting(cast.actor("admin")) as act:
        keep_record(act, choose_pages(act, settings, wish), "")
    shown = {c.label: c.words for c in preview(desk, cast, deed, code, **facts).counts}
    change(desk, cast, deed, code, **facts)
    with desk.looking(cast.actor("admin")) as act:
        stale = choose_pages(act, settings, Wish(Sheet.POSTER, changed_only=True)).pages
    assert shown.get("要重印的楼栋张贴", "0张") == f"{len(stale)}张"

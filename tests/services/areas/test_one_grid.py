"""One grid is added, renamed, moved and retired: as its preview said, or not at all."""

from typing import Any

import pytest
from sqlmodel import col, select

from gridapp.domain.errors import ConflictError, FactsError, NotAllowedError, NotThereError
from gridapp.domain.vocabulary import Deed, Role
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM, actor_of
from gridapp.services.permit import covers
from gridapp.tables import AuditRow, Case, Grid, GridChange, Post
from tests.cast import Cast
from tests.clock import NOON
from tests.makers import do, report
from tests.services.areas.conftest import (
    COMMUNITY,
    FAR,
    GRID1,
    GRID2,
    Tree,
    change,
    grid_of,
    preview,
)

RARE = "𠮷䶮鿼𬭸·微网格"


def changes(desk: Desk, code: str) -> list[GridChange]:
    with desk.looking(SYSTEM) as act:
        rows = act.session.exec(
            select(GridChange).join(Grid).where(col(Grid.code) == code).order_by(col(GridChange.id))
        ).all()
        act.session.expunge_all()
        return list(rows)


@pytest.mark.parametrize(
    ("above", "level", "kind", "code"),
    [(GRID1, "micro", "residential", f"{GRID1}-W03"),
     (COMMUNITY, "grid", "residential", f"{COMMUNITY}003"),
     (COMMUNITY, "grid", "dedicated", f"{COMMUNITY}-Z01"),
     ("310107022", "community", "residential", "310107022003"),
     ("310107", "street", "residential", "310107023"),
     (COMMUNITY, "micro", "residential", f"{COMMUNITY}-W01")],
)  # fmt: skip
@pytest.mark.usefixtures("tree")
def test_a_new_grid_gets_the_next_code_of_its_level(
    desk: Desk, cast: Cast, above: str, level: str, kind: str, code: str
) -> None:
    done = change(desk, cast, Deed.ADD_AREA, above=above, level=level, kind=kind, name=RARE)
    made = grid_of(desk, code)
    assert done.reply["made"] == [code]
    assert (made.name, made.path) == (RARE, f"{grid_of(desk, above).path}{made.id}/")
    assert [(row.change, row.actor_id) for row in changes(desk, code)] == [("add", cast.admin)]


@pytest.mark.parametrize(
    "facts",
    [{"above": GRID1, "level": "grid"}, {"above": GRID1, "level": "community"}, {"level": "micro"},
     {"above": "310107022", "level": "micro"}, {"above": COMMUNITY, "level": "community"},
     {"above": "310107022", "level": "grid", "code": "310107022001009"},
     {"above": GRID1, "level": "micro", "kind": "comprehensive"},
     {"above": GRID1, "level": "micro", "name": "字" * 500},
     {"above": GRID1, "level": "micro", "name": " \t"},
     {"above": GRID1, "level": "micro", "code": GRID2},
     {"above": GRID1, "level": "micro", "code": "甲乙"},
     {"above": GRID1, "level": "micro", "code": "12"}],
)  # fmt: skip
def test_what_may_not_stand_there_or_be_called_so_is_refused(
    desk: Desk, cast: Cast, facts: dict[str, Any]
) -> None:
    with pytest.raises(FactsError):
        preview(desk, cast, Deed.ADD_AREA, **({"name": "新网格"} | facts))


def test_a_name_of_500_signs_is_told_how_long_it_is(desk: Desk, cast: Cast) -> None:
    with pytest.raises(FactsError, match="最多80个字，现在有500个字"):
        preview(desk, cast, Deed.RENAME_AREA, GRID1, name="字" * 500)


def test_a_rename_to_what_it_is_called_already_is_refused(desk: Desk, cast: Cast) -> None:
    with pytest.raises(FactsError, match="都没有变"):
        preview(desk, cast, Deed.RENAME_AREA, GRID1, name=grid_of(desk, GRID1).name)


def test_a_rename_keeps_before_and_after_and_the_audit(desk: Desk, cast: Cast) -> None:
    change(desk, cast, Deed.RENAME_AREA, GRID1, name="兰溪网格", code="310107022001099")
    [row] = changes(desk, "310107022001099")
    assert row.before == {"name": "南大街第一网格", "code": GRID1}
    assert row.after == {"name": "兰溪网格", "code": "310107022001099"}
    with desk.looking(SYSTEM) as act:
        audit = act.session.exec(select(AuditRow).where(col(AuditRow.deed) == "area.rename")).one()
    assert (audit.subject, audit.actor_id) == (f"grid:{cast.grid1}", cast.admin)


def test_a_move_rewrites_the_whole_subtree_and_reaches_follow(
    desk: Desk, cast: Cast, tree: Tree
) -> None:
    shown = preview(desk, cast, Deed.MOVE_AREA, GRID1, above="310107022002")
    counts = {c.label: c.words for c in shown.counts}
    assert (counts["楼栋"], counts["户数"], counts["在岗人员"]) == ("3栋", "84户", "2人")
    change(desk, cast, Deed.MOVE_AREA, GRID1, above="310107022002")
    above = f"/{cast.district}/{cast.street}/{cast.community2}/{cast.grid1}/"
    micro = grid_of(desk, tree.micro1)
    assert micro.path == f"{above}{micro.id}/"
    with desk.looking(SYSTEM) as act:
        chen, li = (actor_of(act.session, who, NOON) for who in (cast.chen, cast.li))
    assert chen is not None
    assert li is not None
    assert covers(li, Deed.SETTLE, micro.path)
    assert not covers(chen, Deed.SETTLE, micro.path)
    [row] = changes(desk, GRID1)
    assert (row.before, row.after) == ({"above": COMMUNITY}, {"above": "310107022002"})


@pytest.mark.usefixtures("tree")
def test_households_are_counted_where_the_grid_hangs(desk: Desk, cast: Cast) -> None:
    with desk.acting(SYSTEM) as act:
        act.session.get_one(Grid, cast.community1).household_count = 400
    change(desk, cast, Deed.MOVE_AREA, GRID1, above="310107022002")
    counts = [
        grid_of(desk, code).household_count for code in (COMMUNITY, "310107022002", "310107022")
    ]
    assert counts == [80, 320, 0]


@pytest.mark.parametrize("above", [GRID1, f"{GRID1}-W01", GRID2, "310107", COMMUNITY])
@pytest.mark.usefixtures("tree")
def test_no_grid_hangs_below_itself_or_where_its_level_may_not(
    desk: Desk, cast: Cast, above: str
) -> None:
    with pytest.raises(FactsError):
        preview(desk, cast, Deed.MOVE_AREA, GRID1, above=above)


def test_only_an_empty_grid_is_retired_and_what_is_open_goes_up(
    desk: Desk, cast: Cast, tree: Tree
) -> None:
    with pytest.raises(ConflictError, match="里还有楼栋"):
        preview(desk, cast, Deed.RETIRE_AREA, tree.micro1, words="合并调整")
    report(desk, cast)
    micro = grid_of(desk, tree.micro2).id or 0
    with desk.acting(SYSTEM) as act:
        case = act.session.exec(select(Case)).one()
        case.grid_id, case.building_id = micro, None
        held = Post(person_id=cast.qian, grid_id=micro, role=Role.GRID_WORKER, from_on=NOON.date())
        act.session.add(held)
    change(desk, cast, Deed.RETIRE_AREA, tree.micro2, words="没有住户")
    with desk.looking(SYSTEM) as act:
        assert act.session.exec(select(Case.grid_id)).one() == cast.grid1
        ended = act.session.exec(select(Post).where(Post.grid_id == micro)).one().to_on
    assert ended is not None
    assert ended < NOON.date()
    assert grid_of(desk, tree.micro2).retired_at is not None


def test_a_retired_grid_answers_kindly_and_its_code_never_comes_again(
    desk: Desk, cast: Cast, tree: Tree
) -> None:
    change(desk, cast, Deed.RETIRE_AREA, tree.micro2, words="没有住户")
    with pytest.raises(ConflictError, match="已经停用"):
        preview(desk, cast, Deed.RENAME_AREA, tree.micro2, name="再用")
    done = change(desk, cast, Deed.ADD_AREA, above=GRID1, level="micro", name="新的")
    assert done.reply["code"] == f"{GRID1}-W03"


@pytest.mark.parametrize("name", ["li", "chen", "wang", "leader", "sec", "audit", "gu"])
def test_nobody_but_the_administrator_changes_the_tree(desk: Desk, cast: Cast, name: str) -> None:
    agreed = preview(desk, cast, Deed.RENAME_AREA, GRID1, name="别人改的").agreed
    with pytest.raises(NotAllowedError):
        do(desk, cast.actor(name), Deed.RENAME_AREA, GRID1, name="别人改的", agreed=agreed)


def test_a_made_up_grid_is_not_there(desk: Desk, cast: Cast) -> None:
    for code in ("", "9" * 32, "x' OR 1=1", "%"):
        with pytest.raises(NotThereError):
            preview(desk, cast, Deed.MOVE_AREA, code, above=FAR)


def test_without_the_preview_s_digest_nothing_is_done_and_the_preview_comes_back(
    desk: Desk, cast: Cast
) -> None:
    with pytest.raises(ConflictError) as refused:
        do(desk, cast.actor("admin"), Deed.RENAME_AREA, GRID1, name="兰溪网格")
    agreed = refused.value.facts["current"]["agreed"]
    assert do(desk, cast.actor("admin"), Deed.RENAME_AREA, GRID1, name="兰溪网格", agreed=agreed)

"""Two administrators at once, the same change twice, a town that changes between look and deed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import col, func, select

from gridapp.domain.errors import ConflictError, GridappError
from gridapp.domain.vocabulary import Deed, GridLevel
from gridapp.services.areas.carry import rehang
from gridapp.services.areas.hold import hold_tree
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.tables import Case, Grid, GridChange
from tests.cast import Cast
from tests.makers import do, report
from tests.services.areas.conftest import GRID1, GRID2, Tree, change, grid_of, preview


def at_once(*deeds: Callable[[], Any]) -> list[str]:
    gate = Barrier(len(deeds))

    def press(deed: Callable[[], Any]) -> str:
        gate.wait()
        try:
            deed()
        except GridappError as refused:
            return refused.code
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(press, deeds))


def agreed(desk: Desk, cast: Cast, deed: Deed, code: str, /, **facts: Any) -> Callable[[], Any]:
    """Look at the preview now; gives the deed to be done later."""
    told = facts | {"agreed": preview(desk, cast, deed, code, **facts).agreed}
    return lambda: do(desk, cast.actor("admin"), deed, code, **told)


def test_of_two_who_split_the_same_grid_at_once_one_does(
    own_desk: Desk, cast: Cast, tree: Tree
) -> None:
    one = {"parts": [{"name": "甲", "buildings": [tree.two]}]}
    other = {"parts": [{"name": "乙", "buildings": [tree.three]}]}
    deeds = [agreed(own_desk, cast, Deed.SPLIT_AREA, tree.micro1, **told) for told in (one, other)]
    assert at_once(*deeds) == ["deed.conflict", "done"]
    with own_desk.looking(SYSTEM) as act:
        made = act.session.exec(select(Grid.code).where(col(Grid.name).in_(["甲", "乙"]))).all()
    assert made == [f"{GRID1}-W03"]


@pytest.mark.usefixtures("tree")
def test_two_who_hang_two_grids_under_each_other_make_no_circle(own_desk: Desk, cast: Cast) -> None:
    def hang(grid: int, above: int) -> Callable[[], Any]:
        def deed() -> None:
            with own_desk.acting(SYSTEM) as act:
                hold_tree(act)
                rehang(act, grid, above)

        return deed

    ends = at_once(hang(cast.grid1, cast.grid2), hang(cast.grid2, cast.grid1))
    assert ends == ["deed.conflict", "done"]
    with own_desk.looking(SYSTEM) as act:
        rows = act.session.exec(select(Grid.id, Grid.parent_id, Grid.path)).all()
        paths = {row[0]: row[2] for row in rows}
    assert all(p == f"{paths[above] if above else '/'}{i}/" for i, above, p in rows)


def test_the_same_split_sent_twice_is_done_once(own_desk: Desk, cast: Cast, tree: Tree) -> None:
    facts: dict[str, Any] = {"parts": [{"name": "甲", "buildings": [tree.two]}]}
    told = facts | {"agreed": preview(own_desk, cast, Deed.SPLIT_AREA, tree.micro1, **facts).agreed}
    uid = uuid4()

    def press() -> Any:
        return do(own_desk, cast.actor("admin"), Deed.SPLIT_AREA, tree.micro1, uid=uid, **told)

    assert at_once(press, press) == ["done", "done"]
    assert press().is_new is False
    with pytest.raises(ConflictError):
        do(own_desk, cast.actor("admin"), Deed.SPLIT_AREA, tree.micro1, **told)
    with own_desk.looking(SYSTEM) as act:
        count = select(func.count()).select_from(Grid).where(Grid.level == GridLevel.MICRO)
        assert act.session.exec(count).one() == 3


@pytest.mark.parametrize("meanwhile", ["report", "close", "rename", "building"])
def test_what_changed_since_the_preview_refuses_the_deed_whole(
    desk: Desk, cast: Cast, tree: Tree, meanwhile: str
) -> None:
    no = report(desk, cast).no
    deed = agreed(desk, cast, Deed.MERGE_AREAS, tree.micro2, others=[tree.micro1])
    if meanwhile == "report":
        report(desk, cast)
    elif meanwhile == "close":
        do(desk, cast.actor("wang"), Deed.DECLINE, no, words="不属于本街道")
    elif meanwhile == "rename":
        change(desk, cast, Deed.RENAME_AREA, tree.micro1, name="另一个名字")
    else:
        change(desk, cast, Deed.REASSIGN, GRID2, buildings=[tree.two])
    with pytest.raises(ConflictError) as refused:
        deed()
    assert refused.value.facts["current"]["agreed"]
    assert grid_of(desk, tree.micro1).retired_at is None
    with desk.looking(SYSTEM) as act:
        assert not act.session.exec(select(GridChange).where(GridChange.change == "merge")).all()
        assert cast.grid2 not in act.session.exec(select(Case.grid_id)).all()

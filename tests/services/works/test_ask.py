"""Long work is asked for once, within reach, and seen and steered by its asker alone."""

from dataclasses import replace
from typing import Any

import pytest

from gridapp.domain.errors import GridappError, NotAllowedError, NotThereError
from gridapp.domain.vocabulary import Deed, WorkKind, WorkState
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.prints.refusals import PublicUrlNeededError
from gridapp.services.works.ask import OPEN_MOST
from gridapp.services.works.refusals import TooManyWorksError, WorkEndedError
from gridapp.services.works.take import Progress, Word, beat_work
from gridapp.services.works.views import list_works, see_last_work, see_work
from tests.cast import Cast
from tests.makers import do
from tests.services.works.orders import order, rows, seen, take

GRID1 = "310107022001001"


def test_asked_twice_under_one_id_it_is_one_work(public_desk: Desk, cast: Cast) -> None:
    uid = order(public_desk, cast)
    order(public_desk, cast, uid=uid)
    assert [(row.uid, row.state, row.kind) for row in rows(public_desk)] == [
        (uid, WorkState.WAITING, WorkKind.PRINT)
    ]


def test_its_label_says_what_is_printed_and_where(public_desk: Desk, cast: Cast) -> None:
    told: dict[str, Any] = {"grid": GRID1, "layout": "elder", "paper": "a3", "is_trial": True}
    uid = order(public_desk, cast, **told)
    assert seen(public_desk, cast, uid).label == "楼栋海报 · 南大街第一网格 · A3 · 大字版 · 试印"


@pytest.mark.parametrize("name", ["li", "zhao", "dept", "leader", "gu", "sec", "audit"])
def test_who_may_not_print_asks_in_vain(public_desk: Desk, cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowedError):
        order(public_desk, cast, name)


@pytest.mark.parametrize("where", [{"grid": "310107022002"}, {"at": "3"}, {"grid": "nowhere"}])
def test_out_of_reach_is_not_there(public_desk: Desk, cast: Cast, where: dict[str, Any]) -> None:
    told = {"at": cast.code3} if "at" in where else where
    with pytest.raises(NotThereError):
        order(public_desk, cast, "chen", **told)
    assert rows(public_desk) == []


def test_this_machines_address_is_refused_before_anybody_waits(desk: Desk, cast: Cast) -> None:
    with pytest.raises(PublicUrlNeededError):
        order(desk, cast)


@pytest.mark.parametrize("facts", [{"sheet": "wall"}, {"grid": "9" * 40}, {"is_admin": True}])
def test_wrong_facts_are_refused(public_desk: Desk, cast: Cast, facts: dict[str, Any]) -> None:
    with pytest.raises(GridappError, match="填写的内容有误"):
        order(public_desk, cast, **facts)


def test_nobody_piles_up_work(public_desk: Desk, cast: Cast) -> None:
    for _ in range(OPEN_MOST):
        order(public_desk, cast)
    with pytest.raises(TooManyWorksError):
        order(public_desk, cast)
    order(public_desk, cast, "chen")


@pytest.mark.parametrize("name", ["chen", "admin"])
def test_nobody_else_sees_or_steers_it(public_desk: Desk, cast: Cast, name: str) -> None:
    uid = order(public_desk, cast)
    with pytest.raises(NotThereError):
        seen(public_desk, cast, uid, name)
    for deed in (Deed.CANCEL_WORK, Deed.RESUME_WORK):
        with pytest.raises(NotThereError):
            do(public_desk, cast.actor(name), deed, str(uid))


@pytest.mark.parametrize("uid", ["x", "", "3fbb8dd5-a9d1-44f6-b759-5dfd82772efe"])
def test_what_is_no_work_is_not_there(public_desk: Desk, cast: Cast, uid: str) -> None:
    with pytest.raises(NotThereError):
        do(public_desk, cast.actor("wang"), Deed.CANCEL_WORK, uid)


def test_what_waits_is_cancelled_at_once_and_gone_on_with(public_desk: Desk, cast: Cast) -> None:
    uid, wang = order(public_desk, cast), cast.actor("wang")
    do(public_desk, wang, Deed.CANCEL_WORK, str(uid))
    assert seen(public_desk, cast, uid).state == "cancelled"
    assert take(public_desk) is None
    with pytest.raises(WorkEndedError):
        do(public_desk, wang, Deed.CANCEL_WORK, str(uid))
    do(public_desk, wang, Deed.RESUME_WORK, str(uid))
    assert take(public_desk) is not None
    with pytest.raises(WorkEndedError):
        do(public_desk, wang, Deed.RESUME_WORK, str(uid))


def test_what_runs_is_told_to_stop(public_desk: Desk, cast: Cast) -> None:
    uid = order(public_desk, cast)
    taken = take(public_desk)
    assert taken is not None
    do(public_desk, cast.actor("wang"), Deed.CANCEL_WORK, str(uid))
    view = seen(public_desk, cast, uid)
    assert (view.state_label, view.may_cancel) == ("正在停止", False)
    with public_desk.acting(SYSTEM) as act:
        assert beat_work(act, taken, Progress("排版", 5, 9, 30)) is Word.CANCEL
    view = seen(public_desk, cast, uid)
    assert (view.doing, view.done_count, view.total_count, view.left_s) == ("排版", 5, 9, 30)


@pytest.mark.parametrize(
    ("posts", "refusal"), [("community2", NotThereError), ("", NotAllowedError)]
)
def test_whoever_has_another_post_by_now_sees_it_no_more(
    public_desk: Desk, cast: Cast, posts: str, refusal: type[GridappError]
) -> None:
    chen = cast.actor("chen")
    uid = order(public_desk, cast, "chen", grid=GRID1)
    path = f"/{cast.district}/{cast.street}/{cast.community2}/"
    held = (replace(chen.posts[0], grid_path=path),) if posts else ()
    with public_desk.looking(replace(chen, posts=held)) as act, pytest.raises(refusal):
        see_work(act, str(uid))


def test_others_learn_that_it_was_done_for_a_grid_of_theirs(public_desk: Desk, cast: Cast) -> None:
    order(public_desk, cast, grid=GRID1)
    order(public_desk, cast, grid="310107022002001")
    with public_desk.looking(cast.actor("chen")) as act:
        found = list_works(act, WorkKind.PRINT, Deed.ORDER_PRINT)
    assert [(one.person, one.may_cancel, one.has_file) for one in found] == [("王芳", False, False)]
    assert "南大街第一网格" in found[0].label


def test_a_print_of_the_whole_reach_is_seen_by_whoever_reaches_as_far(
    public_desk: Desk, cast: Cast
) -> None:
    order(public_desk, cast)
    seen_by = {}
    for name in ("admin", "chen"):
        with public_desk.looking(cast.actor(name)) as act:
            seen_by[name] = len(list_works(act, WorkKind.PRINT, Deed.ORDER_PRINT))
    assert seen_by == {"admin": 1, "chen": 0}


def test_ones_last_work_of_a_kind_is_ones_own(public_desk: Desk, cast: Cast) -> None:
    newest = [order(public_desk, cast, "wang") for _ in range(2)][-1]
    order(public_desk, cast, "admin")
    with public_desk.looking(cast.actor("wang")) as act:
        last = see_last_work(act, WorkKind.PRINT)
        assert see_last_work(act, WorkKind.EXPORT) is None
    assert last is not None
    assert last.uid == str(newest)

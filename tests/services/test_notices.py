"""A grid tells its residents something, for as long as it holds, and takes it down again."""

from datetime import timedelta
from uuid import uuid4

import pytest

from gridapp.domain.errors import (
    ConflictError,
    FactsError,
    GridappError,
    NotAllowedError,
    NotThereError,
)
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.notices.lists import grids_to_tell, list_notices, public_notices
from gridapp.tables import Grid
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import do, notice_facts


def post(desk: Desk, cast: Cast, grid_id: int, who: str = "li", **more: str) -> int:
    facts = notice_facts(desk, grid_id, **more)
    return int(do(desk, cast.actor(who), Deed.POST_NOTICE, **facts).reply["notice"])


def read_at(desk: Desk, grid_id: int) -> list[str]:
    with desk.looking(RESIDENT) as act:
        path = act.session.get_one(Grid, grid_id).path
        return [view.title for view in public_notices(act, path)]


def later(desk: Desk, days: int) -> str:
    return (desk.clock().date() + timedelta(days=days)).isoformat()


def test_a_notice_reaches_the_grid_and_all_below(desk: Desk, cast: Cast) -> None:
    post(desk, cast, cast.community1, "chen", title="社区的事")
    post(desk, cast, cast.grid1, title="一网格的事")
    assert read_at(desk, cast.grid1) == ["一网格的事", "社区的事"]
    assert read_at(desk, cast.community1) == ["社区的事"]
    assert read_at(desk, cast.far_grid) == []


def test_it_hangs_to_the_end_of_its_last_day(desk: Desk, cast: Cast, clock: Clock) -> None:
    post(desk, cast, cast.grid1)
    assert read_at(desk, cast.grid1) == ["停水"]
    clock.forward(days=1)
    assert read_at(desk, cast.grid1) == []


def test_it_is_taken_down_once(desk: Desk, cast: Cast) -> None:
    no = str(post(desk, cast, cast.grid1))
    do(desk, cast.actor("wang"), Deed.TAKE_DOWN_NOTICE, no)
    assert read_at(desk, cast.grid1) == []
    with pytest.raises(ConflictError):
        do(desk, cast.actor("li"), Deed.TAKE_DOWN_NOTICE, no)


def test_a_double_tap_posts_once(desk: Desk, cast: Cast) -> None:
    facts, uid = notice_facts(desk, cast.grid1), uuid4()
    replies = [
        do(desk, cast.actor("li"), Deed.POST_NOTICE, uid=uid, **facts).reply for _ in range(2)
    ]
    assert replies[0] == replies[1]
    assert read_at(desk, cast.grid1) == ["停水"]


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("qian", NotThereError), ("sun", NotAllowedError), ("admin", NotAllowedError)],
)
def test_out_of_reach_nothing_is_posted_or_taken_down(
    desk: Desk, cast: Cast, who: str, refusal: type[GridappError]
) -> None:
    no = str(post(desk, cast, cast.grid1))
    with pytest.raises(refusal):
        post(desk, cast, cast.grid1, who)
    with pytest.raises(refusal):
        do(desk, cast.actor(who), Deed.TAKE_DOWN_NOTICE, no)
    assert read_at(desk, cast.grid1) == ["停水"]


@pytest.mark.parametrize("days", [-1, 181])
def test_a_last_day_gone_by_or_too_far_is_told(desk: Desk, cast: Cast, days: int) -> None:
    with pytest.raises(FactsError) as refused:
        post(desk, cast, cast.grid1, until_on=later(desk, days))
    assert "180天" in refused.value.facts["fields"]["until_on"]


@pytest.mark.parametrize("words", ["", "   ", "字" * 1001])
def test_nothing_and_too_much_are_no_notice(desk: Desk, cast: Cast, words: str) -> None:
    with pytest.raises(FactsError) as refused:
        post(desk, cast, cast.grid1, words=words)
    assert "words" in refused.value.facts["fields"]


@pytest.mark.parametrize("no", ["", "x", "0", "9" * 30, "１"])
def test_a_made_up_notice_is_not_there(desk: Desk, cast: Cast, no: str) -> None:
    with pytest.raises(NotThereError):
        do(desk, cast.actor("li"), Deed.TAKE_DOWN_NOTICE, no)


def test_each_sees_the_own_notices_and_where_they_may_post(desk: Desk, cast: Cast) -> None:
    post(desk, cast, cast.grid1)
    with desk.looking(cast.actor("li")) as act:
        [view] = list_notices(act)
        assert (view.title, view.hangs, view.until_words) == ("停水", True, "挂到今天")
        assert len(grids_to_tell(act)) == 1
    with desk.looking(cast.actor("qian")) as act:
        assert list_notices(act) == ()
    with desk.looking(cast.actor("wang")) as act:
        assert len(grids_to_tell(act)) > 3

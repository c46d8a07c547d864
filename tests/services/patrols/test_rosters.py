"""Night rosters: made by those who lead; a turn is given away and taken over exactly once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from gridapp.domain.errors import ConflictError, FactsError, GridappError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Desk
from tests.cast import Cast
from tests.makers import do
from tests.services.patrols.patrolling import duty, make_roster, nights


def test_everybody_named_goes_on_each_night(desk: Desk, cast: Cast) -> None:
    dates = ["2026-06-12", "2026-06-10", "2026-06-12"]
    make_roster(desk, cast, nights=dates, names=["王大爷"], people=[cast.li, cast.gu])
    seen = nights(desk, cast)
    assert [night.night_on.day for night in seen] == [10, 12]
    assert [duty.name for duty in seen[1].duties] == ["李建国", "顾玉珍", "王大爷"]
    assert (seen[0].starts, seen[0].ends, seen[0].is_mine) == ("18:00", "21:00", True)


@pytest.mark.parametrize(
    "told",
    [
        {"nights": ["2026-06-09"]},
        {"nights": []},
        {"starts": "25:00"},
        {"starts": "18:00", "ends": "18:00"},
        {"theme": " "},
        {"people": [99_999]},
        {"names": [""]},
    ],
)
def test_a_roster_that_nobody_could_follow_is_refused(
    told: dict[str, Any], desk: Desk, cast: Cast
) -> None:
    with pytest.raises(FactsError):
        make_roster(desk, cast, **told)


@pytest.mark.parametrize("name", ["qian", "dept", "leader"])
def test_who_holds_no_post_there_is_not_put_on_it(name: str, desk: Desk, cast: Cast) -> None:
    with pytest.raises(FactsError):
        make_roster(desk, cast, people=[getattr(cast, name)])


def test_only_those_of_the_grid_see_its_nights(desk: Desk, cast: Cast) -> None:
    make_roster(desk, cast)
    seeing = {name: len(nights(desk, cast, name)) for name in ("li", "gu", "qian", "wang", "sun")}
    assert seeing == {"li": 1, "gu": 1, "qian": 0, "wang": 1, "sun": 0}


def test_a_turn_is_given_away_and_taken_over(desk: Desk, cast: Cast) -> None:
    make_roster(desk, cast)
    turn = str(duty(nights(desk, cast)[0], "李建国"))
    do(desk, cast.actor("li"), Deed.ASK_COVER, turn)
    [asked] = nights(desk, cast, "gu")[0].duties
    do(desk, cast.actor("gu"), Deed.COVER, turn)
    [taken] = nights(desk, cast, "gu")[0].duties
    assert (asked.wants_cover, asked.may_cover) == (True, True)
    assert (taken.name, taken.wants_cover, taken.is_mine) == ("顾玉珍", False, True)


def test_one_may_take_ones_own_turn_back(desk: Desk, cast: Cast) -> None:
    make_roster(desk, cast)
    turn = str(duty(nights(desk, cast)[0], "李建国"))
    do(desk, cast.actor("li"), Deed.ASK_COVER, turn)
    do(desk, cast.actor("li"), Deed.COVER, turn)
    [mine] = nights(desk, cast)[0].duties
    assert (mine.name, mine.wants_cover) == ("李建国", False)


def test_nobody_gives_anothers_turn_away(desk: Desk, cast: Cast) -> None:
    make_roster(desk, cast)
    turn = str(duty(nights(desk, cast)[0], "李建国"))
    with pytest.raises(NotThereError):
        do(desk, cast.actor("gu"), Deed.ASK_COVER, turn)
    with pytest.raises(ConflictError):
        do(desk, cast.actor("gu"), Deed.COVER, turn)


def test_who_goes_already_takes_no_second_turn(desk: Desk, cast: Cast) -> None:
    make_roster(desk, cast, people=[cast.li, cast.gu])
    turn = str(duty(nights(desk, cast)[0], "李建国"))
    do(desk, cast.actor("li"), Deed.ASK_COVER, turn)
    with pytest.raises(ConflictError):
        do(desk, cast.actor("gu"), Deed.COVER, turn)


def test_of_two_who_take_a_turn_at_once_one_has_it(own_desk: Desk, cast: Cast) -> None:
    make_roster(own_desk, cast)
    turn = str(duty(nights(own_desk, cast)[0], "李建国"))
    do(own_desk, cast.actor("li"), Deed.ASK_COVER, turn)
    together = Barrier(2)

    def take(name: str) -> bool:
        together.wait()
        try:
            do(own_desk, cast.actor(name), Deed.COVER, turn)
        except GridappError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, ["gu", "chen"])) == [False, True]


def test_a_night_is_staffed_anew_and_the_slower_head_is_told(desk: Desk, cast: Cast) -> None:
    make_roster(desk, cast)
    [night] = nights(desk, cast)
    do(desk, cast.actor("chen"), Deed.STAFF_ROSTER, str(night.night), version=1, people=[cast.gu])
    with pytest.raises(ConflictError):
        do(desk, cast.actor("wang"), Deed.STAFF_ROSTER, str(night.night), version=1, names=["王"])
    assert [duty.name for duty in nights(desk, cast)[0].duties] == ["顾玉珍"]


def test_a_cancelled_night_is_shown_as_such_and_moves_no_more(desk: Desk, cast: Cast) -> None:
    make_roster(desk, cast)
    [night] = nights(desk, cast)
    do(desk, cast.actor("chen"), Deed.CANCEL_ROSTER, str(night.night), version=1)
    [cancelled] = nights(desk, cast)
    assert (cancelled.is_cancelled, cancelled.may_staff) == (True, False)
    with pytest.raises(NotThereError):
        do(desk, cast.actor("li"), Deed.ASK_COVER, str(night.duties[0].duty))
    with pytest.raises(ConflictError):
        do(desk, cast.actor("chen"), Deed.CANCEL_ROSTER, str(night.night), version=2)

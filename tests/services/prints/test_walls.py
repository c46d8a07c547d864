"""What hangs on which wall: never printed, true, out of date and why, and whether it was seen."""

from typing import Any
from uuid import uuid4

import pytest

from gridapp.domain.errors import GridappError, NotAllowedError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Desk
from gridapp.services.prints.choose import Wish
from gridapp.services.prints.refusals import NeverPrintedError
from gridapp.services.prints.views import Sheet
from gridapp.services.prints.walls import WALLS_A_PAGE, WallsView, list_walls
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import do
from tests.services.prints.test_record import hang as print_and_record
from tests.services.prints.test_record import new_phone

GRID1 = "310107022001001"


def walls(
    desk: Desk, cast: Cast, name: str = "wang", sheet: Sheet = Sheet.POSTER, **more: str | int
) -> WallsView:
    with desk.looking(cast.actor(name)) as act:
        return list_walls(act, desk.settings, Wish(sheet), **more)  # type: ignore[arg-type]  # state and page


def tally(view: WallsView) -> tuple[int, int, int]:
    return view.true_count, view.changed_count, view.never_count


def test_a_wall_is_never_printed_then_true_then_out_of_date(
    public_desk: Desk, cast: Cast, clock: Clock
) -> None:
    assert tally(walls(public_desk, cast)) == (0, 0, 3)
    print_and_record(public_desk, cast)
    clock.forward(days=1)
    assert tally(walls(public_desk, cast)) == (3, 0, 0)
    new_phone(public_desk, cast.qian)
    view = walls(public_desk, cast, state="changed")
    assert (tally(view), view.count) == ((2, 1, 0), 1)
    assert [(one.name, one.why, one.printed_words) for one in view.items] == [
        ("2号楼", "电话", "昨天 12:00")
    ]


def test_a_page_of_walls_ends_where_they_end(public_desk: Desk, cast: Cast) -> None:
    assert len(walls(public_desk, cast, page=0).items) == 3 <= WALLS_A_PAGE
    assert walls(public_desk, cast, page=1).items == ()


def test_a_head_sees_the_own_walls_and_a_worker_none(public_desk: Desk, cast: Cast) -> None:
    assert walls(public_desk, cast, "chen").count == 2
    with pytest.raises(NotAllowedError):
        walls(public_desk, cast, "li")


def test_what_was_seen_hanging_is_remembered_until_it_is_printed_anew(
    public_desk: Desk, cast: Cast
) -> None:
    print_and_record(public_desk, cast)
    chen = cast.actor("chen")
    do(public_desk, chen, Deed.HANG, sheet="poster", at=cast.code1)
    assert [bool(one.hung_words) for one in walls(public_desk, cast).items] == [True, False, False]
    new_phone(public_desk, cast.li)
    print_and_record(public_desk, cast)
    assert not any(one.hung_words for one in walls(public_desk, cast).items)


def test_a_board_hangs_for_a_grid(public_desk: Desk, cast: Cast) -> None:
    print_and_record(public_desk, cast, Sheet.BOARD)
    do(public_desk, cast.actor("wang"), Deed.HANG, sheet="board", grid=GRID1)
    view = walls(public_desk, cast, sheet=Sheet.BOARD)
    assert [one.at for one in view.items if one.hung_words] == [GRID1]


def test_the_same_sight_twice_is_one(public_desk: Desk, cast: Cast) -> None:
    print_and_record(public_desk, cast)
    uid = uuid4()
    told = {"sheet": "poster", "at": cast.code1}
    done = [
        do(public_desk, cast.actor("wang"), Deed.HANG, uid=uid, **told).is_new  # type: ignore[arg-type]  # facts
        for _ in range(2)
    ]
    assert done == [True, False]


@pytest.mark.parametrize(
    ("name", "facts", "refusal"),
    [
        ("wang", {"sheet": "poster", "at": "code1"}, NeverPrintedError),
        ("wang", {"sheet": "board", "grid": "310107022001"}, NeverPrintedError),
        ("chen", {"sheet": "poster", "at": "code3"}, NotThereError),
        ("li", {"sheet": "poster", "at": "code1"}, NotAllowedError),
        ("wang", {"sheet": "cards", "at": "code1"}, GridappError),
    ],
)
def test_what_cannot_hang_is_refused(
    public_desk: Desk, cast: Cast, name: str, facts: dict[str, str], refusal: type[GridappError]
) -> None:
    told: dict[str, Any] = {key: getattr(cast, value, value) for key, value in facts.items()}
    with pytest.raises(refusal):
        do(public_desk, cast.actor(name), Deed.HANG, **told)

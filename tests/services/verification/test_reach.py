"""A round goes through its own records only, and each building knows the rounds that run there."""

from uuid import uuid4

import pytest

from gridapp.domain.errors import NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Desk
from gridapp.services.verification.found import list_rounds_at
from tests.cast import Cast
from tests.makers import do
from tests.services.register.records import household, shop
from tests.services.verification.rounds import GRID1, a_round, see, verify


@pytest.fixture
def home(desk: Desk, cast: Cast) -> str:
    """A household in grid 1; another one lies in grid 2."""
    household(desk, cast, "qian", building=cast.code2)
    return household(desk, cast)


def test_the_rounds_of_a_building_are_those_that_go_through_it_now(
    desk: Desk, cast: Cast, home: str
) -> None:
    over = a_round(desk, cast)
    do(desk, cast.actor("admin"), Deed.END_VERIFICATION, over)
    homes = a_round(desk, cast)
    shop(desk, cast)
    shops = a_round(desk, cast, kinds=["shop"], grids=[GRID1])
    with desk.looking(cast.actor("li")) as act:
        here = list_rounds_at(act, cast.code1)
    assert [(one.id, one.has_homes, one.has_premises) for one in here] == [
        (shops, False, True),
        (homes, True, False),
    ]
    with desk.looking(cast.actor("li")) as act, pytest.raises(NotThereError):
        list_rounds_at(act, cast.code2)
    with desk.looking(cast.actor("qian")) as act:
        assert [one.id for one in list_rounds_at(act, cast.code2)] == [homes]
    assert home


def test_only_what_a_round_goes_through_is_verified_in_it(
    desk: Desk, cast: Cast, home: str
) -> None:
    made = a_round(desk, cast)
    later = household(desk, cast, door="303")
    with pytest.raises(NotThereError):
        verify(desk, cast, made, later)
    with pytest.raises(NotThereError):
        see(desk, cast, str(uuid4()))
    assert verify(desk, cast, made, home)["status"] == "confirmed"

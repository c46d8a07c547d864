"""The names of the levels and the households of a micro-grid change from a day on."""

from datetime import date, timedelta
from typing import Any

import pytest

from gridapp.domain.errors import FactsError
from gridapp.domain.vocabulary import Deed, GridLevel
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.areas.rules import AreaRulesView, see_area_rules
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import do

TOWN: dict[str, Any] = {"level_names": {"street": "镇"}, "least": 40, "most": 60}


def rules(desk: Desk) -> AreaRulesView:
    with desk.looking(SYSTEM) as act:
        return see_area_rules(act)


def change(desk: Desk, cast: Cast, **facts: Any) -> None:
    version = rules(desk).version
    do(desk, cast.actor("admin"), Deed.SET_AREA_RULES, version=version, **(TOWN | facts))


def day(desk: Desk, ahead: int) -> date:
    return beijing_date(desk.clock()) + timedelta(days=ahead)


def street(desk: Desk) -> tuple[str, int]:
    return rules(desk).level_names[GridLevel.STREET], rules(desk).limits.most


def test_a_change_ahead_holds_from_its_day_on(desk: Desk, cast: Cast, clock: Clock) -> None:
    change(desk, cast, from_on=day(desk, 3).isoformat())
    assert (street(desk), rules(desk).ahead_on) == (("街道", 70), day(desk, 3))
    clock.forward(days=2)
    assert street(desk) == ("街道", 70)
    clock.forward(days=1)
    assert (street(desk), rules(desk).ahead) == (("镇", 60), None)


def test_what_is_changed_today_leaves_what_lies_ahead(desk: Desk, cast: Cast, clock: Clock) -> None:
    change(desk, cast, from_on=day(desk, 3).isoformat())
    change(desk, cast, level_names={"street": "办事处"}, most=65)
    assert (street(desk), rules(desk).ahead_on) == (("办事处", 65), day(desk, 3))
    clock.forward(days=3)
    assert street(desk) == ("镇", 60)
    change(desk, cast, least=41)
    assert (street(desk), rules(desk).limits.least) == (("镇", 60), 41)


def test_another_day_takes_the_place_of_the_first_and_may_be_given_up(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    change(desk, cast, from_on=day(desk, 3).isoformat())
    change(desk, cast, from_on=day(desk, 9).isoformat(), most=66)
    assert rules(desk).ahead_on == day(desk, 9)
    change(desk, cast, drop_ahead=True)
    clock.forward(days=20)
    assert street(desk) == ("街道", 70)


@pytest.mark.parametrize("ahead", [-1, 5_000])
def test_no_change_is_dated_back_or_too_far_ahead(desk: Desk, cast: Cast, ahead: int) -> None:
    with pytest.raises(FactsError):
        change(desk, cast, from_on=day(desk, ahead).isoformat())


def test_no_two_levels_are_to_be_called_the_same_one_day(desk: Desk, cast: Cast) -> None:
    with pytest.raises(FactsError):
        change(desk, cast, from_on=day(desk, 3).isoformat(), level_names={"street": "社区"})

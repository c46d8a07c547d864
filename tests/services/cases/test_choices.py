"""What forms and tabs are filled with: within reach, and nothing retired."""

from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.cases.choices import category_choices, grid_choices, unit_choices
from gridapp.services.cases.tally import tally_open
from gridapp.services.desk import Desk
from gridapp.tables import Category, Unit
from tests.cast import Cast
from tests.clock import NOON
from tests.makers import a_case, do, report


def test_categories_come_with_their_root_and_without_the_retired(desk: Desk, cast: Cast) -> None:
    with desk.acting(cast.actor("wang")) as act:
        act.session.get_one(Category, cast.categories["noise"]).retired_at = NOON
        act.session.flush()
        choices = category_choices(act)
    assert choices[0].label == "城市运行·路灯不亮"
    assert "noise" not in {choice.code for choice in choices}


def test_units_are_those_of_the_case_s_street(desk: Desk, cast: Cast) -> None:
    case = report(desk, cast)
    with desk.acting(cast.actor("wang")) as act:
        act.session.add(Unit(code="far", name="别街的所", street_id=cast.far_street))
        act.session.flush()
        choices = unit_choices(act, case.no)
    assert [choice.label for choice in choices] == ["市政所"]


def test_a_dispatcher_chooses_a_community_and_then_its_grids(desk: Desk, cast: Cast) -> None:
    with desk.looking(cast.actor("wang")) as act:
        closed = grid_choices(act)
        opened = grid_choices(act, "310107022001")
    assert [choice.label for choice in closed] == ["南大街社区", "北大街社区"]
    assert [choice.label.strip("　") for choice in opened] == [
        "南大街社区",
        "南大街第一网格",
        "南大街第二网格",
        "北大街社区",
    ]


def test_a_worker_chooses_among_the_own_grids(desk: Desk, cast: Cast) -> None:
    with desk.looking(cast.actor("li")) as act:
        assert [choice.label for choice in grid_choices(act)] == ["南大街第一网格"]


def test_tabs_count_open_cases_in_reach(desk: Desk, cast: Cast) -> None:
    a_case(desk, cast, Status.CLOSED)
    a_case(desk, cast, Status.HANDLED)
    report(desk, cast, at=cast.code2)
    declined = report(desk, cast)
    do(desk, cast.actor("wang"), Deed.DECLINE, declined.no, words="不归街道管")
    with desk.looking(cast.actor("wang")) as act:
        assert tally_open(act) == {Status.HANDLED: 1, Status.REPORTED: 1}
    with desk.looking(cast.actor("li")) as act:
        assert tally_open(act) == {Status.HANDLED: 1}

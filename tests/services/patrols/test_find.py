"""What is found at a patrol point becomes a case that says where it was found."""

from typing import Any

import pytest
from sqlmodel import select

from gridapp.domain.errors import FactsError, NotThereError
from gridapp.domain.vocabulary import Deed, Source, Status
from gridapp.services.desk import Desk
from gridapp.tables import Case, PatrolFinding
from tests.cast import Cast
from tests.makers import do
from tests.services.patrols.patrolling import add_point, coverage

FOUND: dict[str, Any] = {"text": "配电房门没锁", "category": "lamp"}


def case_of(desk: Desk, cast: Cast) -> Case:
    with desk.looking(cast.actor("wang")) as act:
        return act.session.exec(select(Case).join(PatrolFinding)).one()


def test_a_finding_is_reported_upward_at_the_points_building(desk: Desk, cast: Cast) -> None:
    done = do(desk, cast.actor("li"), Deed.FIND, add_point(desk, cast), **FOUND)
    case = case_of(desk, cast)
    assert (case.source, case.status, case.building_id) == (
        Source.PATROL, Status.REPORTED, cast.building1,
    )  # fmt: skip
    assert done.reply["status"] == Status.REPORTED


def test_a_finding_with_what_was_done_is_settled_on_the_spot(desk: Desk, cast: Cast) -> None:
    point = add_point(desk, cast)
    do(desk, cast.actor("li"), Deed.FIND, point, words="已上锁并通知物业", **FOUND)
    case = case_of(desk, cast)
    assert (case.source, case.status, case.settled) == (Source.PATROL, Status.CLOSED, True)
    assert coverage(desk, cast).finding_count == 1


def test_a_finding_at_a_named_spot_asks_for_the_nearest_building(desk: Desk, cast: Cast) -> None:
    point = add_point(desk, cast, grid="310107022001001")
    with pytest.raises(FactsError):
        do(desk, cast.actor("li"), Deed.FIND, point, **FOUND)
    assert do(desk, cast.actor("li"), Deed.FIND, point, at=cast.code1, **FOUND).reply["no"]


def test_a_category_that_may_not_be_settled_leaves_no_case_behind(
    own_desk: Desk, cast: Cast
) -> None:
    point = add_point(own_desk, cast)
    told: dict[str, Any] = {"text": "水管爆了", "category": "water", "words": "已关阀"}
    with pytest.raises(FactsError):
        do(own_desk, cast.actor("li"), Deed.FIND, point, **told)
    with own_desk.looking(cast.actor("wang")) as act:
        assert act.session.exec(select(Case)).all() == []


def test_nobody_finds_anything_at_another_grids_point(desk: Desk, cast: Cast) -> None:
    point = add_point(desk, cast)
    with pytest.raises(NotThereError):
        do(desk, cast.actor("qian"), Deed.FIND, point, **FOUND)

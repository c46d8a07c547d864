"""A case that was reported while its building went elsewhere is found and follows."""

from sqlmodel import col, select

from gridapp.domain.vocabulary import Status
from gridapp.jobs.sweep import sweep
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.tables import Building, Case
from tests.cast import Cast
from tests.makers import a_case, report


def test_open_cases_follow_a_building_that_an_import_moved(desk: Desk, cast: Cast) -> None:
    a_case(desk, cast, Status.CLOSED)
    report(desk, cast)
    with desk.acting(SYSTEM) as act:
        act.session.get_one(Building, cast.building1).grid_id = cast.grid2
    assert (sweep(desk), sweep(desk)) == (1, 0)
    with desk.looking(SYSTEM) as act:
        assert act.session.exec(select(Case.grid_id).order_by(col(Case.id))).all() == [
            cast.grid1,
            cast.grid2,
        ]

"""A case is left to its own grid only where somebody works."""

from datetime import timedelta

import pytest
from sqlmodel import col, delete, select, update

from gridapp.domain.errors import FactsError
from gridapp.domain.vocabulary import Deed, Role, Status
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import RESIDENT, Desk
from gridapp.tables import Case, Person, Post
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import a_case, do

WORKERS = (Role.GRID_WORKER, Role.GRID_HEAD)


def accepted(desk: Desk, cast: Cast, grid_id: int | None = None) -> str:
    no = a_case(desk, cast, Status.ACCEPTED).no
    if grid_id is not None:
        with desk.acting(RESIDENT) as act:
            act.session.exec(select(Case)).one().grid_id = grid_id
    return no


def test_a_hotline_case_of_the_street_is_left_to_nobody(desk: Desk, cast: Cast) -> None:
    no = accepted(desk, cast, cast.street)
    with pytest.raises(FactsError, match="「真如镇街道」现在没有网格员或网格长在岗"):
        do(desk, cast.actor("wang"), Deed.DISPATCH, no)
    do(desk, cast.actor("wang"), Deed.DISPATCH, no, unit="szs")


def test_the_head_of_the_community_works_in_its_grids(desk: Desk, cast: Cast) -> None:
    no = accepted(desk, cast, cast.grid1)
    with desk.acting(RESIDENT) as act:
        act.session.execute(delete(Post).where(col(Post.role) == Role.GRID_WORKER))
    do(desk, cast.actor("wang"), Deed.DISPATCH, no)


@pytest.mark.parametrize("why", ["ended", "not yet", "disabled"])
def test_whoever_is_not_there_today_takes_nothing(
    desk: Desk, cast: Cast, clock: Clock, why: str
) -> None:
    no, today = accepted(desk, cast), beijing_date(clock.moment)
    with desk.acting(RESIDENT) as act:
        day = timedelta(days=1)
        values = {"ended": {"to_on": today - day}, "not yet": {"from_on": today + day}}
        if why == "disabled":
            act.session.execute(update(Person).values(disabled_at=act.now))
        else:
            crew = col(Post.role).in_(WORKERS)
            act.session.execute(update(Post).where(crew).values(**values[why]))
    with pytest.raises(FactsError, match="没有人接"):
        do(desk, cast.actor("wang"), Deed.DISPATCH, no)


@pytest.mark.parametrize("why", ["ended", "not yet", "disabled"])
def test_a_department_without_an_officer_is_sent_nothing(
    desk: Desk, cast: Cast, clock: Clock, why: str
) -> None:
    no, today = accepted(desk, cast), beijing_date(clock.moment)
    with desk.acting(RESIDENT) as act:
        day = timedelta(days=1)
        values = {"ended": {"to_on": today - day}, "not yet": {"from_on": today + day}}
        officer = col(Post.role) == Role.UNIT_OFFICER
        if why == "disabled":
            there = select(col(Post.person_id)).where(officer)
            gone = update(Person).where(col(Person.id).in_(there)).values(disabled_at=act.now)
            act.session.execute(gone.execution_options(synchronize_session=False))
        else:
            act.session.execute(update(Post).where(officer).values(**values[why]))
    with pytest.raises(FactsError, match="「市政所」现在没有经办人在岗"):
        do(desk, cast.actor("wang"), Deed.DISPATCH, no, unit="szs")
    do(desk, cast.actor("wang"), Deed.DISPATCH, no)

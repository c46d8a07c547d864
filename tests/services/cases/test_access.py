"""Who sees what: the matrix read as SQL and read in Python say the same, for everybody."""

import pytest
from sqlalchemy import and_, select
from sqlmodel import col

from gridapp.domain.codes import parse_case_no
from gridapp.domain.errors import NotAllowedError, NotThereError
from gridapp.domain.permissions import MATRIX
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.case_access import (
    OpenedCase,
    cases_within,
    may,
    open_case,
    statuses_in_reach,
)
from gridapp.services.desk import Actor, Desk
from gridapp.tables import Case, Grid
from tests.cast import Cast
from tests.makers import a_case, do, report

EVERYBODY = [
    "zhang", "li", "qian", "chen", "wang", "zhao", "dept", "leader", "sun", "gu",
    "admin", "sec", "audit",
]  # fmt: skip


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
@pytest.mark.parametrize("who", EVERYBODY)
def test_sql_and_python_agree_on_every_deed(desk: Desk, cast: Cast, who: str) -> None:
    cases = [a_case(desk, cast, status) for status in Status]
    in_grid = a_case(desk, cast, Status.ACCEPTED, at=cast.code2)
    do(desk, cast.actor("wang"), Deed.DISPATCH, in_grid.no)
    ids = [parsed.case_id for c in [*cases, in_grid] if (parsed := parse_case_no(c.no))]
    actor = Actor(track=cases[3].track) if who == "zhang" else cast.actor(who)
    with desk.looking(actor) as act:
        rows = act.session.execute(
            select(Case, col(Grid.path)).join(Grid, col(Grid.id) == col(Case.grid_id))
            .where(col(Case.id).in_(ids))
        ).all()  # fmt: skip
        for deed in MATRIX:
            within = and_(col(Case.id).in_(ids), cases_within(actor, deed))
            by_sql = set(act.session.execute(select(col(Case.id)).where(within)).scalars())
            opened = [OpenedCase(row, path) for row, path in rows]
            assert by_sql == {one.row.id for one in opened if may(actor, deed, one)}


SEES_A_NEW_CASE_OF_GRID_1 = {"li", "chen", "wang", "zhao", "leader"}


@pytest.mark.parametrize("who", EVERYBODY)
def test_out_of_reach_looks_like_not_there(desk: Desk, cast: Cast, who: str) -> None:
    case = report(desk, cast)
    with desk.looking(cast.actor(who)) as act:
        if who in SEES_A_NEW_CASE_OF_GRID_1:
            assert open_case(act, case.no).row.uid == case.receipt
        else:
            with pytest.raises(NotThereError):
                open_case(act, case.no)


@pytest.mark.parametrize("who", sorted(SEES_A_NEW_CASE_OF_GRID_1 - {"wang"}))
def test_in_sight_but_not_for_this_role_is_not_allowed(desk: Desk, cast: Cast, who: str) -> None:
    case = report(desk, cast)
    with pytest.raises(NotAllowedError):
        do(desk, cast.actor(who), Deed.ACCEPT, case.no)


def test_a_unit_sees_a_case_only_once_it_is_dispatched_to_it(desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast, Status.ACCEPTED)
    with desk.looking(cast.actor("dept")) as act, pytest.raises(NotThereError):
        open_case(act, case.no)
    do(desk, cast.actor("wang"), Deed.DISPATCH, case.no, unit="szs")
    with desk.looking(cast.actor("dept")) as act:
        assert open_case(act, case.no, Deed.TAKE).row.status is Status.DISPATCHED


def test_a_number_with_another_day_is_not_there(desk: Desk, cast: Cast) -> None:
    case = report(desk, cast)
    other_day = f"250101{case.no[6:]}"
    with desk.looking(cast.actor("wang")) as act, pytest.raises(NotThereError):
        open_case(act, other_day)


def test_a_unit_never_sees_a_case_before_it_is_dispatched(cast: Cast) -> None:
    seen = {who: statuses_in_reach(cast.actor(who)) for who in ("dept", "li", "wang", "admin")}
    assert not {Status.REPORTED, Status.ACCEPTED} & seen["dept"]
    assert {Status.DISPATCHED, Status.CLOSED} < seen["dept"]
    assert seen["li"] == seen["wang"] == frozenset(Status)
    assert seen["admin"] == frozenset()

"""A handover ends one's post, begins the other's and takes the open work along."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import col, select

from gridapp.domain.errors import ConflictError, FactsError, GridappError, NotAllowedError
from gridapp.domain.vocabulary import Deed, Role, Status
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.people.open_work import see_open_work
from gridapp.tables import Case, CaseStep, PatrolDuty, Post
from tests.cast import Cast
from tests.makers import a_case, do
from tests.services.people.test_leaves import post_of

GRID = "310107022001001"


def hand_over(desk: Desk, cast: Cast, **facts: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"to": cast.gu, "first_on": "2026-06-10"} | facts
    version = told.pop("version", 1)
    post = told.pop("post", None) or post_of(desk, cast.li)
    return do(desk, cast.actor("admin"), Deed.HAND_OVER, post, version=version, **told).reply


def posts(desk: Desk, grid_id: int) -> list[tuple[int, str, str | None, bool]]:
    with desk.looking(SYSTEM) as act:
        found = act.session.exec(
            select(Post)
            .where(Post.grid_id == grid_id, Post.role == Role.GRID_WORKER)
            .order_by(col(Post.id))
        )
        rows = [(p.person_id, p.from_on, p.to_on, p.accountable) for p in found]
    return [(who, str(first), str(last) if last else None, on) for who, first, last, on in rows]


def taken_case(desk: Desk, cast: Cast) -> str:
    """Let Li take a case of the grid."""
    case = a_case(desk, cast, Status.ACCEPTED)
    do(desk, cast.actor("wang"), Deed.DISPATCH, case.no)
    do(desk, cast.actor("li"), Deed.TAKE, case.no)
    return case.no


def test_the_successor_begins_the_day_after_the_last(desk: Desk, cast: Cast) -> None:
    hand_over(desk, cast)
    assert posts(desk, cast.grid1) == [
        (cast.li, "2026-01-01", "2026-06-09", True), (cast.gu, "2026-06-10", None, True),
    ]  # fmt: skip


def test_a_case_that_was_taken_goes_along_and_says_so(desk: Desk, cast: Cast) -> None:
    taken_case(desk, cast)
    assert hand_over(desk, cast)["cases"] == 1
    with desk.looking(SYSTEM) as act:
        case = act.session.exec(select(Case)).one()
        step = act.session.exec(select(CaseStep).order_by(col(CaseStep.id).desc())).first()
    assert (case.holder_id, case.status) == (cast.gu, Status.TAKEN)
    assert step is not None
    assert (step.deed, step.words) == (Deed.HAND_OVER, "岗位交接给顾玉珍")


def test_until_that_day_the_case_stays_where_it_is(desk: Desk, cast: Cast) -> None:
    taken_case(desk, cast)
    assert hand_over(desk, cast, first_on="2026-07-01")["cases"] == 0


def test_turns_at_night_go_along_each_once(desk: Desk, cast: Cast) -> None:
    nights = ["2026-06-12", "2026-06-13"]
    told: dict[str, Any] = {"grid": GRID, "nights": nights}
    do(desk, cast.actor("wang"), Deed.MAKE_ROSTER, people=[cast.li], **told)
    both: dict[str, Any] = {"grid": GRID, "nights": ["2026-06-14"], "people": [cast.li, cast.gu]}
    do(desk, cast.actor("wang"), Deed.MAKE_ROSTER, **both)
    assert hand_over(desk, cast)["nights"] == 3
    with desk.looking(SYSTEM) as act:
        people = act.session.exec(select(PatrolDuty.person_id, PatrolDuty.name)).all()
    assert [tuple(one) for one in people] == [(cast.gu, "顾玉珍")] * 3


def test_the_preview_counts_what_is_open(desk: Desk, cast: Cast) -> None:
    taken_case(desk, cast)
    told: dict[str, Any] = {"grid": GRID, "nights": ["2026-06-12"], "people": [cast.li]}
    do(desk, cast.actor("wang"), Deed.MAKE_ROSTER, **told)
    with desk.looking(cast.actor("admin")) as act:
        (view,) = see_open_work(act, cast.li)
    assert (view.cases_count, view.held_count, view.nights_count) == (1, 1, 1)
    assert view.others == ()


@pytest.mark.parametrize("name", ["li", "sec", "audit", "wang"])
def test_only_the_administrator_sees_it(desk: Desk, cast: Cast, name: str) -> None:
    with desk.looking(cast.actor(name)) as act, pytest.raises(NotAllowedError):
        see_open_work(act, cast.li)


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"first_on": "2026-01-01"}, "first_on"), ({"to": 1}, "to")],
)
def test_what_does_not_fit_is_named(
    desk: Desk, cast: Cast, facts: dict[str, Any], field: str
) -> None:
    told: dict[str, Any] = facts if "to" not in facts else {"to": cast.li}
    with pytest.raises(FactsError) as refusal:
        hand_over(desk, cast, **told)
    assert list(refusal.value.facts["fields"]) == [field]


def test_no_separate_duty_and_no_own_post_is_handed_over(desk: Desk, cast: Cast) -> None:
    for facts in ({"post": post_of(desk, cast.sec)}, {"to": cast.admin}):
        with pytest.raises(NotAllowedError):
            hand_over(desk, cast, **facts)
    assert len(posts(desk, cast.grid1)) == 1


def test_a_post_that_has_changed_is_not_handed_over(desk: Desk, cast: Cast) -> None:
    with pytest.raises(ConflictError):
        hand_over(desk, cast, version=7)


def test_two_administrators_at_once_hand_over_once(own_desk: Desk, cast: Cast) -> None:
    start = Barrier(2)
    post = post_of(own_desk, cast.li)

    def hand(to: int) -> str:
        start.wait()
        try:
            hand_over(own_desk, cast, to=to, post=post)
        except GridappError as refusal:
            return refusal.code
        return "handed"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(hand, [cast.gu, cast.qian]))
    assert answers == ["deed.conflict", "handed"]
    assert len(posts(own_desk, cast.grid1)) == 2

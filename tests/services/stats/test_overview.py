"""The overview's figures, held against examples counted by hand."""

from datetime import date
from typing import Any

import pytest

from gridapp.domain.errors import FactsError, NotAllowedError, NotThereError, SignInNeededError
from gridapp.domain.indicators import Indicator
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.desk import RESIDENT, Actor, Desk
from gridapp.services.stats.overview import OverviewView, overview
from gridapp.services.stats.rates import OUTCOME_SOLVED, RateView
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import LATER, TOLD, a_case, do, doer, report

pytestmark = pytest.mark.both_databases

FROM_ON, TO_ON = date(2026, 6, 1), date(2026, 6, 30)


def see(desk: Desk, actor: Actor, grid: str = "", to_on: date = TO_ON) -> OverviewView:
    with desk.looking(actor) as act:
        return overview(act, FROM_ON, to_on, grid)


def fraction(view: OverviewView, key: str) -> tuple[float, int]:
    rate = next(rate for rate in view.rates if rate.key == key)
    return rate.numerator, rate.denominator


def test_an_empty_street_has_no_rates_rather_than_zeros(desk: Desk, cast: Cast) -> None:
    view = see(desk, cast.actor("leader"))
    assert view.reported_count == 0
    assert {rate.words for rate in view.rates} == {"暂无数据"}
    assert view.median_words == "暂无数据"


def test_cases_count_where_they_stand(desk: Desk, cast: Cast) -> None:
    for status in (Status.REPORTED, Status.TAKEN, Status.PAUSED, Status.CLOSED, Status.DECLINED):
        a_case(desk, cast, status)
    view = see(desk, cast.actor("leader"))
    assert (view.reported_count, view.closed_count, view.open_count) == (5, 1, 3)


def test_what_is_not_due_yet_counts_neither_for_nor_against(desk: Desk, cast: Cast) -> None:
    a_case(desk, cast, Status.HANDLED)
    assert fraction(see(desk, cast.actor("leader")), Indicator.HANDLED_IN_TIME) == (0, 0)


def test_handled_in_time_over_due(desk: Desk, cast: Cast, clock: Clock) -> None:
    # Five lamps fall due at the end of the seventh work day, Monday 22 June.
    a_case(desk, cast, Status.HANDLED)
    a_case(desk, cast, Status.CLOSED)
    a_case(desk, cast, Status.DECLINED)
    a_case(desk, cast, Status.PAUSED)
    late = a_case(desk, cast, Status.TAKEN)
    a_case(desk, cast, Status.DISPATCHED)
    clock.forward(days=15)
    do(desk, cast.actor("dept"), Deed.HANDLE, late.no, **TOLD[Deed.HANDLE])
    view = see(desk, cast.actor("leader"))
    assert fraction(view, Indicator.HANDLED_IN_TIME) == (2, 4)
    assert fraction(view, Indicator.CLOSED) == (1, 4)
    assert view.overdue_count == 1


def test_rework_and_extension_are_over_what_was_due(desk: Desk, cast: Cast, clock: Clock) -> None:
    again = a_case(desk, cast, Status.HANDLED)
    do(desk, cast.actor("zhao"), Deed.REDO, again.no, words="还是不亮")
    longer = a_case(desk, cast, Status.TAKEN)
    do(desk, cast.actor("wang"), Deed.EXTEND, longer.no, to="2026-06-24T09:30:00Z")
    a_case(desk, cast, Status.CLOSED)
    clock.forward(days=15)
    view = see(desk, cast.actor("leader"))
    assert fraction(view, Indicator.REWORKED) == (1, 3)
    assert fraction(view, Indicator.EXTENDED) == (1, 3)


def test_a_promise_moved_out_of_the_period_is_not_due_in_it(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    case = a_case(desk, cast, Status.TAKEN)
    do(desk, cast.actor("wang"), Deed.EXTEND, case.no, to=LATER)
    clock.forward(days=25)
    assert fraction(see(desk, cast.actor("leader")), Indicator.HANDLED_IN_TIME) == (0, 0)


def test_a_returned_case_was_not_dispatched_right(desk: Desk, cast: Cast) -> None:
    returned = a_case(desk, cast, Status.DISPATCHED)
    do(desk, cast.actor("dept"), Deed.RETURN, returned.no, words="不归我们管")
    a_case(desk, cast, Status.TAKEN)
    a_case(desk, cast, Status.REPORTED)
    assert fraction(see(desk, cast.actor("leader")), Indicator.DISPATCHED_ONCE) == (1, 2)


def test_the_three_rates_of_call_backs(desk: Desk, cast: Cast) -> None:
    answers: list[dict[str, Any]] = [
        {"satisfaction": "satisfied", "contacted": True, "solved": True},
        {"satisfaction": "basically_satisfied", "contacted": False},
        {"satisfaction": "dissatisfied"},
    ]
    for answer in answers:
        case = a_case(desk, cast, Status.CLOSED)
        do(desk, doer(cast, Deed.RATE, case.track), Deed.RATE, **answer)
    a_case(desk, cast, Status.CLOSED)
    view = see(desk, cast.actor("leader"))
    assert fraction(view, Indicator.CONTACTED) == (1, 2)
    assert fraction(view, Indicator.SOLVED) == (1, 1)
    assert fraction(view, Indicator.SATISFIED) == (1.9, 3)


def test_the_outcome_not_the_closing_feeds_the_solve_rate(desk: Desk, cast: Cast) -> None:
    a_case(desk, cast, Status.CLOSED)
    explained = a_case(desk, cast, Status.TAKEN)
    words = "规划已定，已向居民说明"
    do(desk, cast.actor("dept"), Deed.HANDLE, explained.no, outcome="explained", words=words)
    do(desk, cast.actor("zhao"), Deed.VERIFY, explained.no)
    do(desk, cast.actor("wang"), Deed.CLOSE, explained.no)
    assert fraction(see(desk, cast.actor("leader")), OUTCOME_SOLVED) == (1, 2)


def test_mean_median_and_p90_of_the_time_to_close(desk: Desk, cast: Cast, clock: Clock) -> None:
    # Open for 10, 9, … 1 hours.
    cases = []
    for _ in range(10):
        cases.append(a_case(desk, cast, Status.VERIFIED))
        clock.forward(hours=1)
    for case in cases:
        do(desk, cast.actor("wang"), Deed.CLOSE, case.no)
    view = see(desk, cast.actor("leader"))
    assert view.mean_hours == pytest.approx(5.5)
    assert view.median_hours == pytest.approx(5.5)
    assert view.p90_hours == pytest.approx(9)


def test_days_are_beijing_days(desk: Desk, cast: Cast, clock: Clock) -> None:
    clock.forward(hours=11, minutes=59)
    report(desk, cast)
    clock.forward(minutes=2)
    report(desk, cast)
    buckets = see(desk, cast.actor("leader")).buckets
    assert {b.label: b.reported_count for b in buckets if b.reported_count} == {
        "6/10": 1,
        "6/11": 1,
    }


def test_a_long_period_is_drawn_by_months(desk: Desk, cast: Cast) -> None:
    a_case(desk, cast, Status.CLOSED)
    view = see(desk, cast.actor("leader"), to_on=date(2026, 12, 31))
    assert [bucket.label for bucket in view.buckets] == [f"{month}月" for month in range(6, 13)]
    assert (view.buckets[0].reported_count, view.buckets[0].closed_count) == (1, 1)


def test_a_street_is_compared_by_communities_and_a_community_by_grids(
    desk: Desk, cast: Cast
) -> None:
    report(desk, cast)
    report(desk, cast, at=cast.code2)
    report(desk, cast, at=cast.code3)
    street = see(desk, cast.actor("leader"))
    community = see(desk, cast.actor("leader"), "310107022001")
    assert [(g.name, g.reported_count) for g in street.grids] == [
        ("南大街社区", 2),
        ("北大街社区", 1),
    ]
    assert [g.reported_count for g in community.grids] == [1, 1]
    assert community.above == street.grid


def test_roots_stand_in_their_order_and_the_unsorted_last(desk: Desk, cast: Cast) -> None:
    report(desk, cast, category="noise")
    report(desk, cast, category=None)
    roots = see(desk, cast.actor("leader")).roots
    assert [(root.name, root.reported_count) for root in roots] == [
        ("城市运行", 0),
        ("公共管理", 0),
        ("公共服务", 1),
        ("公共安全", 0),
        ("未分类", 1),
    ]


def test_a_grid_head_sees_the_own_grids_only(desk: Desk, cast: Cast) -> None:
    report(desk, cast)
    report(desk, cast, at=cast.code3)
    view = see(desk, cast.actor("chen"))
    assert (view.grid_name, view.reported_count) == ("南大街社区", 1)
    with pytest.raises(NotThereError):
        see(desk, cast.actor("chen"), "310107022002")


def test_another_street_s_leader_sees_nothing_of_it(desk: Desk, cast: Cast) -> None:
    report(desk, cast)
    assert see(desk, cast.actor("sun")).reported_count == 0
    with pytest.raises(NotThereError):
        see(desk, cast.actor("sun"), "310107022")


@pytest.mark.parametrize("name", ["li", "dept", "admin", "audit"])
def test_who_has_no_figures_to_see_is_refused(desk: Desk, cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowedError):
        see(desk, cast.actor(name))


def test_a_stranger_is_asked_to_sign_in(desk: Desk) -> None:
    with pytest.raises(SignInNeededError):
        see(desk, RESIDENT)


def test_a_period_must_not_end_before_it_begins(desk: Desk, cast: Cast) -> None:
    with pytest.raises(FactsError):
        see(desk, cast.actor("leader"), to_on=date(2026, 5, 31))


def test_every_rate_tells_its_formula(desk: Desk, cast: Cast) -> None:
    rates: tuple[RateView, ...] = see(desk, cast.actor("leader")).rates
    assert all("÷" in rate.formula for rate in rates)

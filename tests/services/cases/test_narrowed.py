"""A figure opens the list that it counts, and the tabs of a list count what it is narrowed to."""

from datetime import date
from typing import Any

import pytest

from gridapp.domain.errors import FactsError
from gridapp.domain.vocabulary import Deed, Root, Source, Status
from gridapp.domain.workflow import OPEN
from gridapp.screens.leader.state import CaseLists
from gridapp.services.cases import lists
from gridapp.services.cases.lists import UNSORTED, CaseFilter, count_cases, list_cases
from gridapp.services.cases.tally import tally_open
from gridapp.services.desk import Actor, Desk
from gridapp.services.stats.overview import overview
from tests.cast import Cast
from tests.clock import NOON, Clock
from tests.makers import a_case, do, report

TODAY = NOON.date()

pytestmark = pytest.mark.both_databases


def count(desk: Desk, cast: Cast, **asked: Any) -> int:
    with desk.looking(cast.actor("leader")) as act:
        return count_cases(act, CaseFilter(**asked))


def test_the_rows_of_the_roots_count_what_their_lists_hold(desk: Desk, cast: Cast) -> None:
    report(desk, cast, category="noise")
    report(desk, cast, category=None)
    a_case(desk, cast, Status.CLOSED)
    with desk.looking(cast.actor("leader")) as act:
        roots = overview(act, TODAY, TODAY).roots
    listed = [
        (count(desk, cast, root=r.code or UNSORTED, from_on=TODAY, to_on=TODAY),
         count(desk, cast, root=r.code or UNSORTED, statuses=tuple(OPEN)))
        for r in roots
    ]  # fmt: skip
    assert listed == [(r.reported_count, r.open_count) for r in roots]
    assert sum(reported for reported, _ in listed) == 3


def test_the_closings_of_a_period_open_their_list_though_one_was_reopened(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    closed, again = (a_case(desk, cast, Status.CLOSED) for _ in "12")
    a_case(desk, cast, Status.HANDLED)
    a_case(desk, cast, Status.DECLINED)
    clock.forward(days=1)
    reporter = Actor(track=again.track)
    do(desk, reporter, Deed.RATE, satisfaction="dissatisfied")
    do(desk, reporter, Deed.REOPEN, again.no, words="又坏了")
    a_case(desk, cast, Status.CLOSED)
    with desk.looking(cast.actor("leader")) as act:
        told = overview(act, TODAY, TODAY).closed_count
    assert count(desk, cast, closed=True, from_on=TODAY, to_on=TODAY) == told == 2
    assert count(desk, cast, closed=True, from_on=TODAY) == 3
    assert closed.no != again.no


def test_days_are_beijing_days_of_the_report(desk: Desk, cast: Cast, clock: Clock) -> None:
    report(desk, cast)
    clock.forward(hours=13)
    report(desk, cast)
    days = date(2026, 6, 10), date(2026, 6, 11)
    assert [count(desk, cast, from_on=day, to_on=day) for day in days] == [1, 1]
    assert count(desk, cast, from_on=days[0]) == 2


@pytest.mark.parametrize(
    "asked",
    [{"root": "sky"}, {"source": "bird"}, {"from_on": date.min}, {"to_on": date.max}],
)
def test_what_cannot_be_asked_for_is_told(desk: Desk, cast: Cast, asked: dict[str, Any]) -> None:
    with pytest.raises(FactsError):
        count(desk, cast, **asked)


def test_the_tabs_count_what_the_list_is_narrowed_to(desk: Desk, cast: Cast, clock: Clock) -> None:
    for at in (cast.code1, cast.code2):
        a_case(desk, cast, Status.TAKEN, category="water", at=at)
    find = {"at": cast.code1, "text": "井盖松动", "source": Source.PATROL, "category": "noise"}
    report(desk, cast, cast.actor("li"), **find)
    clock.forward(days=2)
    asked = (
        CaseFilter(grid="310107022001001"), CaseFilter(due="late"), CaseFilter(q="井盖"),
        CaseFilter(source="patrol"), CaseFilter(root=Root.SERVICE.value),
    )  # fmt: skip
    with desk.looking(cast.actor("wang")) as act:
        tabs = [tally_open(act, one) for one in asked]
        for one, tab in zip(asked, tabs, strict=True):
            assert sum(tab.values()) == list_cases(act, one).total
    assert tabs[0] == {Status.TAKEN: 1, Status.REPORTED: 1}
    assert tabs[1] == {Status.TAKEN: 2}


def test_a_total_that_is_capped_says_so(
    desk: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(desk, cast)
    report(desk, cast)
    with desk.looking(cast.actor("wang")) as act:
        assert not list_cases(act, CaseFilter()).total_is_capped
        monkeypatch.setattr(lists, "TOTAL_MAX_COUNT", 2)
        assert list_cases(act, CaseFilter()).total_is_capped


def test_a_figure_s_link_is_an_address_of_the_inbox() -> None:
    links = CaseLists("310107022001", "2026-06-01", "2026-06-30", "service")
    assert links.open() == "/desk?tab=open&due=&grid=310107022001&root=service"
    assert links.reported().startswith("/desk?tab=all&from=2026-06-01&to=2026-06-30&due=")
    assert "due=late" in links.overdue()


def test_what_a_patrol_found_is_listed_by_its_source(desk: Desk, cast: Cast) -> None:
    report(desk, cast)
    no = report(desk, cast, cast.actor("li"), source=Source.PATROL).no
    do(desk, cast.actor("wang"), Deed.ACCEPT, no)
    assert count(desk, cast, source="patrol", from_on=TODAY, to_on=TODAY) == 1

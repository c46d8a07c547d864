"""A visit is recorded once, whenever it arrives, and moves the list on but never back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from gridapp.domain.errors import (
    ConflictError,
    FactsError,
    NotThereError,
    OtherContentError,
    PhotosMissingError,
)
from gridapp.domain.vocabulary import Deed, Source, VisitOutcome
from gridapp.services.deeds import do_deed
from gridapp.services.desk import Desk
from gridapp.services.orders import Order
from gridapp.tables import Case
from tests.cast import Cast
from tests.makers import do
from tests.services.visits.homes import TODAY, a_household, day, see, visit, visits

LI = "li"


def test_a_visit_moves_the_next_day_by_the_interval(desk: Desk, cast: Cast) -> None:
    household = a_household(desk, cast)
    said = visit(desk, cast, household, text="一切都好")
    card = see(desk, cast, household).card
    assert said["next_on"] == day(30)
    assert (card.next_on, card.last_words) == (TODAY + timedelta(days=30), "今天")


def test_nothing_but_what_came_of_it_has_to_be_said(desk: Desk, cast: Cast) -> None:
    visit(desk, cast, a_household(desk, cast))
    [row] = visits(desk)
    assert (row.text, row.outcome, row.visited_on) == ("", VisitOutcome.MET, TODAY)


@pytest.mark.parametrize("outcome", ["not_home", "declined"])
def test_a_closed_door_is_no_contact_and_is_tried_again_soon(
    desk: Desk, cast: Cast, outcome: str
) -> None:
    household = a_household(desk, cast)
    visit(desk, cast, household, outcome=outcome)
    card = see(desk, cast, household).card
    assert (card.next_on, card.last_words) == (TODAY + timedelta(days=3), "")


def test_the_visitor_may_name_the_next_day(desk: Desk, cast: Cast) -> None:
    household = a_household(desk, cast)
    visit(desk, cast, household, next_on=day(12))
    assert see(desk, cast, household).card.next_on == TODAY + timedelta(days=12)


def test_a_visit_out_of_a_basement_does_not_bring_the_list_back(desk: Desk, cast: Cast) -> None:
    household = a_household(desk, cast)
    visit(desk, cast, household, by="chen")
    visit(desk, cast, household, on=day(-4))
    card = see(desk, cast, household).card
    assert (card.next_on, card.last_words) == (TODAY + timedelta(days=30), "今天")
    assert len(see(desk, cast, household).visits) == 2


def test_a_late_contact_is_the_last_one_though_a_closed_door_came_after(
    desk: Desk, cast: Cast
) -> None:
    household = a_household(desk, cast)
    visit(desk, cast, household, outcome="not_home")
    visit(desk, cast, household, on=day(-1))
    card = see(desk, cast, household).card
    assert (card.next_on, card.last_words) == (TODAY + timedelta(days=3), "昨天")


def test_the_same_visit_twice_is_one(desk: Desk, cast: Cast) -> None:
    household, uid = a_household(desk, cast), uuid4()
    told: Any = {"household": household, "outcome": "met"}
    first, again = (do(desk, cast.actor(LI), Deed.RECORD_VISIT, uid=uid, **told) for _ in "12")
    assert (first.reply, len(visits(desk))) == (again.reply, 1)
    with pytest.raises(OtherContentError):
        do(
            desk,
            cast.actor(LI),
            Deed.RECORD_VISIT,
            uid=uid,
            household=household,
            outcome="declined",
        )


def test_eight_at_once_record_one_visit(own_desk: Desk, cast: Cast) -> None:
    household, uid = a_household(own_desk, cast), uuid4()
    order = Order(Deed.RECORD_VISIT, facts={"household": household, "outcome": "met"}, uid=uid)

    def send(_: int) -> Any:
        with own_desk.acting(cast.actor(LI)) as act:
            return do_deed(act, order).reply

    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(send, range(8)))
    assert len(visits(own_desk)) == 1
    assert all(reply == replies[0] for reply in replies)


@pytest.mark.parametrize(
    ("behind", "expected"), [(0, 0), (1, -1), (-4000, 0), (4000, 0)],
    ids=["now", "yesterday", "a clock in the future", "a clock in the past"],
)  # fmt: skip
def test_the_day_is_the_phones_when_its_clock_can_be_believed(
    desk: Desk, cast: Cast, behind: int, expected: int
) -> None:
    household = a_household(desk, cast)
    desk.clock.forward(days=2)  # type: ignore[attr-defined]  # the tests' clock
    now = desk.clock()
    facts = {"household": household, "outcome": "met"}
    order = Order(Deed.RECORD_VISIT, facts=facts, done_at=now - timedelta(days=behind))
    with desk.acting(cast.actor(LI)) as act:
        do_deed(act, order)
    assert visits(desk)[0].visited_on == TODAY + timedelta(days=2 + expected)


@pytest.mark.parametrize(
    "facts",
    [{"on": day(1)}, {"next_on": day(-1)}, {"outcome": "asleep"}, {"kind": "friend"},
     {"report": True}, {"report": True, "text": "  "}],
)  # fmt: skip
def test_what_cannot_be_is_refused(desk: Desk, cast: Cast, facts: dict[str, Any]) -> None:
    household = a_household(desk, cast)
    with pytest.raises(FactsError):
        visit(desk, cast, household, **facts)
    assert visits(desk) == []


def test_a_photo_that_has_not_arrived_is_asked_for(desk: Desk, cast: Cast) -> None:
    household = a_household(desk, cast)
    with pytest.raises(PhotosMissingError):
        visit(desk, cast, household, photos=("0" * 64,))


@pytest.mark.parametrize("household", ["", "nonsense", "0" * 32])
def test_a_household_that_is_not_there_cannot_be_visited(
    desk: Desk, cast: Cast, household: str
) -> None:
    with pytest.raises(NotThereError):
        visit(desk, cast, household)


def test_a_visit_before_the_end_counts_and_one_after_it_does_not(desk: Desk, cast: Cast) -> None:
    household = a_household(desk, cast)
    do(desk, cast.actor(LI), Deed.END_HOUSEHOLD, household, words="搬走了")
    visit(desk, cast, household, on=day(-1))
    desk.clock.forward(days=1)  # type: ignore[attr-defined]  # the tests' clock
    with pytest.raises(ConflictError):
        visit(desk, cast, household)
    assert len(visits(desk)) == 1


def test_what_was_found_becomes_a_case_in_the_same_deed(desk: Desk, cast: Cast) -> None:
    household = a_household(desk, cast)
    said = visit(desk, cast, household, text="楼道灯不亮", report=True, category="lamp")
    with desk.looking(cast.actor(LI)) as act:
        case = act.session.execute(select(Case)).scalar_one()
    assert (case.text, case.source, case.place) == ("楼道灯不亮", Source.VISIT, "1号楼")
    assert (case.reporter_name, case.reporter_phone) == ("", "")
    assert see(desk, cast, household).visits[0].case_no == said["no"] != ""

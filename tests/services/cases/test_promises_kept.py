"""The clock of a case: promises, pauses, extensions, returns and reopening."""

from datetime import UTC, datetime

import pytest

from gridapp.domain.errors import FactsError, TooLateError
from gridapp.domain.vocabulary import Deed, Status, Supervision
from gridapp.services.calendar.town import copy_published
from gridapp.services.case_access import open_case
from gridapp.services.cases.read import see_case
from gridapp.services.desk import RESIDENT, Actor, Desk
from gridapp.tables import Case
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import LATER, a_case, do, report

pytestmark = pytest.mark.both_databases

FRIDAY_19_JUNE_CLOSE = datetime(2026, 6, 19, 9, 30, tzinfo=UTC)
MONDAY_22_JUNE_CLOSE = datetime(2026, 6, 22, 9, 30, tzinfo=UTC)


def row_of(desk: Desk, cast: Cast, no: str) -> Case:
    with desk.looking(cast.actor("wang")) as act:
        return open_case(act, no).row


def test_seven_work_days_end_at_the_close_of_work(desk: Desk, cast: Cast) -> None:
    row = row_of(desk, cast, report(desk, cast).no)
    assert (row.due_limit, row.due_at) == ("7wd", FRIDAY_19_JUNE_CLOSE)
    assert row.due_provisional


def test_a_holiday_is_not_a_work_day(desk: Desk, cast: Cast) -> None:
    with desk.acting(RESIDENT) as act:
        copy_published(act)
    row = row_of(desk, cast, report(desk, cast).no)
    assert row.due_at == MONDAY_22_JUNE_CLOSE  # 19 June is 端午
    assert not row.due_provisional


def test_a_raised_urgency_makes_a_new_promise_and_keeps_the_first_in_sight(
    desk: Desk, cast: Cast
) -> None:
    case = report(desk, cast)
    do(desk, cast.actor("wang"), Deed.ACCEPT, case.no, urgency="critical")
    with desk.looking(cast.actor("wang")) as act:
        assert see_case(act, case.no).promise_words == "今天 14:00 前（原定 6月19日 17:30 前）"


def test_a_pause_moves_the_promise_by_the_work_days_paused(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    case = a_case(desk, cast, Status.PAUSED)
    clock.forward(days=5)  # Wednesday to Monday: three work days began
    do(desk, cast.actor("wang"), Deed.RESUME, case.no)
    row = row_of(desk, cast, case.no)
    assert (row.status, row.paused_from) == (Status.TAKEN, None)
    assert row.due_at == datetime(2026, 6, 24, 9, 30, tzinfo=UTC)
    assert row.first_due_at == FRIDAY_19_JUNE_CLOSE


def test_an_extension_is_asked_by_the_handler_and_granted_by_the_centre(
    desk: Desk, cast: Cast
) -> None:
    case = a_case(desk, cast, Status.TAKEN)
    do(desk, cast.actor("dept"), Deed.ASK_EXTENSION, case.no, words="等配件", to=LATER)
    assert row_of(desk, cast, case.no).due_at == FRIDAY_19_JUNE_CLOSE
    do(desk, cast.actor("wang"), Deed.EXTEND, case.no)
    assert row_of(desk, cast, case.no).due_at == datetime(2026, 7, 20, 1, tzinfo=UTC)


def test_an_extension_cannot_shorten_a_promise(desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast, Status.TAKEN)
    with pytest.raises(FactsError):
        do(desk, cast.actor("wang"), Deed.EXTEND, case.no, to="2026-06-11T00:00:00Z")


def test_the_second_return_goes_to_supervision(desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast, Status.DISPATCHED)
    do(desk, cast.actor("dept"), Deed.RETURN, case.no, words="不归我们")
    assert row_of(desk, cast, case.no).supervision is Supervision.NONE
    do(desk, cast.actor("wang"), Deed.DISPATCH, case.no, unit="szs")
    do(desk, cast.actor("dept"), Deed.RETURN, case.no, words="仍不归我们", unit="szs")
    assert row_of(desk, cast, case.no).supervision is Supervision.YELLOW_CARD


def test_a_case_is_reopened_into_the_inbox_with_a_new_promise(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    case = a_case(desk, cast, Status.CLOSED)
    clock.forward(days=15)
    do(desk, Actor(track=case.track), Deed.REOPEN, case.no, words="又坏了")
    row = row_of(desk, cast, case.no)
    assert (row.status, row.unit_id, row.holder_id) == (Status.REPORTED, None, None)
    assert row.due_at > clock.moment


def test_after_fifteen_days_a_case_stays_closed(desk: Desk, cast: Cast, clock: Clock) -> None:
    case = a_case(desk, cast, Status.CLOSED)
    clock.forward(days=15, seconds=1)
    with pytest.raises(TooLateError):
        do(desk, Actor(track=case.track), Deed.REOPEN, case.no, words="又坏了")


def test_a_category_that_may_not_be_settled_is_refused(desk: Desk, cast: Cast) -> None:
    with pytest.raises(FactsError):
        do(
            desk, cast.actor("li"), Deed.SETTLE,
            at=cast.code1, text="漏水", category="water", words="已关阀",
        )  # fmt: skip


def test_what_is_settled_on_the_spot_is_closed_with_two_steps(desk: Desk, cast: Cast) -> None:
    settled = do(
        desk, cast.actor("li"), Deed.SETTLE, at=cast.code1, text="楼道堆物", words="已清走"
    )
    with desk.looking(cast.actor("li")) as act:
        view = see_case(act, str(settled.reply["no"]))
    assert [step.label for step in view.steps] == ["上报", "随手清"]
    assert (view.card.colour_label, view.card.status_label) == ("随手清", "已结案")


def test_nothing_is_settled_in_another_ones_grid(own_desk: Desk, cast: Cast) -> None:
    with pytest.raises(Exception, match="没有找到"):
        do(own_desk, cast.actor("li"), Deed.SETTLE, at=cast.code2, text="堆物", words="已清走")
    with own_desk.looking(RESIDENT) as act:
        assert act.session.get(Case, 1) is None

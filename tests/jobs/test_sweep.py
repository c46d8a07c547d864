"""What the deadlines do by themselves: each once, and never in a person's way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from gridapp.domain.vocabulary import Deed, Status, Supervision
from gridapp.jobs.sweep import sweep
from gridapp.services.calendar.town import copy_published
from gridapp.services.cases.read import see_case
from gridapp.services.cases.report import Reported
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.tables import Case, CaseStep, OutboxMessage
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import TOLD, a_case, do, report

pytestmark = pytest.mark.both_databases


def row_of(desk: Desk, case: Reported) -> Case:
    with desk.looking(SYSTEM) as act:
        found: Case = act.session.execute(
            select(Case).where(Case.uid == case.receipt)  # type: ignore[arg-type]
        ).scalar_one()
        act.session.expunge(found)
    return found


def test_a_case_is_warned_about_once_when_three_quarters_have_passed(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    case = a_case(desk, cast, Status.TAKEN, category="water")  # 24 hours by the clock
    clock.forward(hours=17, minutes=59)
    assert sweep(desk) == 0
    clock.forward(minutes=1)
    assert (sweep(desk), sweep(desk)) == (1, 0)
    assert row_of(desk, case).warned_at == clock()


def test_a_warning_tells_whoever_holds_the_case(desk: Desk, cast: Cast, clock: Clock) -> None:
    a_case(desk, cast, Status.TAKEN, category="water")
    clock.forward(hours=18)
    sweep(desk)
    with desk.looking(SYSTEM) as act:
        message = act.session.execute(select(OutboxMessage)).scalar_one()
    assert message.address == "021-52730106"
    assert "即将到期" in message.body


def test_a_late_case_turns_yellow_then_red_and_each_once(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    case = a_case(desk, cast, Status.TAKEN, category="water")
    version = row_of(desk, case).version
    cards = []
    for hours in (24.5, 0, 24, 0):
        clock.forward(hours=hours)
        sweep(desk)
        cards.append(row_of(desk, case).supervision)
    yellow, red = Supervision.YELLOW_CARD, Supervision.RED_CARD
    assert cards == [yellow, yellow, red, red]
    assert row_of(desk, case).version == version
    with desk.looking(cast.actor("wang")) as act:
        steps = [s for s in see_case(act, case.no).steps if s.deed == Deed.SUPERVISE]
    assert [step.actor for step in steps] == ["系统", "系统"]


def test_what_the_centre_has_lifted_stays_lifted(desk: Desk, cast: Cast, clock: Clock) -> None:
    case = a_case(desk, cast, Status.TAKEN, category="water")
    clock.forward(hours=25)
    sweep(desk)
    do(desk, cast.actor("wang"), Deed.SUPERVISE, case.no, words="已协调", level="none")
    sweep(desk)
    assert row_of(desk, case).supervision is Supervision.NONE


@pytest.mark.parametrize("status", [Status.HANDLED, Status.VERIFIED, Status.CLOSED])
def test_a_case_whose_work_is_done_is_left_alone(
    desk: Desk, cast: Cast, clock: Clock, status: Status
) -> None:
    a_case(desk, cast, status, category="water")
    clock.forward(days=3)
    assert sweep(desk) == 0


def test_a_paused_case_goes_on_as_of_the_date_promised(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    case = a_case(desk, cast, Status.TAKEN, category="water")
    due_at, told = row_of(desk, case).due_at, TOLD[Deed.PAUSE]
    resume_at = clock() + timedelta(hours=48)
    do(desk, cast.actor("wang"), Deed.PAUSE, case.no, **told | {"resume_at": resume_at.isoformat()})
    clock.forward(hours=47)
    assert sweep(desk) == 0
    clock.forward(hours=3)
    sweep(desk)
    row = row_of(desk, case)
    assert (row.status, row.due_at) == (Status.TAKEN, due_at + timedelta(hours=48))
    assert sweep(desk) == 0


def test_a_provisional_promise_becomes_firm_when_the_calendar_comes(desk: Desk, cast: Cast) -> None:
    case = report(desk, cast)  # 7 work days over the Dragon Boat festival, not yet known
    before = row_of(desk, case)
    assert before.due_provisional
    assert sweep(desk) == 0
    with desk.acting(SYSTEM) as act:
        copy_published(act, [2026])
    assert (sweep(desk), sweep(desk)) == (1, 0)
    after = row_of(desk, case)
    assert (after.due_provisional, after.due_at) == (False, before.due_at)


def test_a_promise_made_again_may_come_earlier(desk: Desk, cast: Cast, clock: Clock) -> None:
    case = report(desk, cast)
    with desk.acting(SYSTEM) as act:
        copy_published(act, [2026])
        row = act.session.get_one(Case, row_of(desk, case).id)
        row.due_at = clock() + timedelta(days=60)
    sweep(desk)
    assert row_of(desk, case).due_at == datetime(2026, 6, 22, 9, 30, tzinfo=UTC)


def test_an_extension_outlives_the_new_calendar(desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast, Status.TAKEN)
    do(desk, cast.actor("wang"), Deed.EXTEND, case.no, **TOLD[Deed.EXTEND])
    due_at = row_of(desk, case).due_at
    with desk.acting(SYSTEM) as act:
        copy_published(act, [2026])
    sweep(desk)
    row = row_of(desk, case)
    assert (row.due_at, row.due_provisional) == (due_at, False)


def test_two_workers_that_sweep_after_each_other_mark_once(
    own_desk: Desk, cast: Cast, clock: Clock
) -> None:
    a_case(own_desk, cast, Status.TAKEN, category="water")
    clock.forward(hours=60)
    sweep(own_desk)
    sweep(replace(own_desk))
    with own_desk.looking(SYSTEM) as act:
        marks = select(func.count()).where(CaseStep.deed == Deed.SUPERVISE)  # type: ignore[arg-type]
        assert act.session.execute(marks).scalar_one() == 1

"""The overview against a slow recount that knows nothing but the steps of each case."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import fmean, median
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.deadlines import parse_limit
from gridapp.domain.promising import Begun, CaseEvent, Extended, Paused, promise_of
from gridapp.domain.vocabulary import Deed, Status
from gridapp.domain.workcalendar import WorkCalendar, beijing_date
from gridapp.services.calendar.town import copy_published, town_calendar
from gridapp.services.desk import RESIDENT, Actor, Desk
from gridapp.services.stats.overview import OverviewView, overview
from gridapp.tables import Case, CaseStep
from tests.cast import Cast
from tests.clock import NOON, Clock
from tests.makers import TOLD, a_case, do

DAY = timedelta(days=1)
JUNE = (date(2026, 6, 1), date(2026, 6, 30))

pytestmark = pytest.mark.both_databases


@dataclass
class Life:
    """A life as the steps tell it."""

    start_at: datetime
    case: Case
    events: list[CaseEvent] = field(default_factory=list)
    done: dict[Deed, datetime] = field(default_factory=dict)
    status: Status = Status.REPORTED
    late_extension: bool = False

    @property
    def is_settled(self) -> bool:
        return Deed.SETTLE in self.done


def lives_of(case: Case, steps: list[CaseStep]) -> Iterator[Life]:
    """Tell the lives of a case from its steps; every deed here has its true moment."""
    limit = parse_limit(steps[0].facts.get("limit", "") or case.due_limit)
    assert limit
    life = Life(case.reported_at, case, [Begun(case.reported_at, limit)])
    for step in steps[1:]:
        at = step.done_at or step.at
        if step.deed is Deed.REOPEN:
            yield life
            life = Life(at, case, [Begun(at, limit)])
            continue
        life.status = step.status_to
        if step.deed is Deed.REDO:
            life.done.pop(Deed.HANDLE, None)
        if step.deed is Deed.RESUME:
            life.events.append(Paused(life.done.pop(Deed.PAUSE), at))
        if step.deed is Deed.EXTEND:
            life.late_extension |= datetime.fromisoformat(step.facts["from"]) < at
            life.events.append(Extended(at, datetime.fromisoformat(step.facts["to"])))
        life.done[step.deed] = at
    yield life


def recount(desk: Desk, first: date, last: date) -> Counter[str]:
    """Count again, life by life; nothing is asked of the database but what happened."""
    counts: Counter[str] = Counter()
    with desk.looking(RESIDENT) as act:
        calendar = town_calendar(act)
        for case in act.session.execute(select(Case)).scalars():
            found = select(CaseStep).where(col(CaseStep.case_id) == case.id)
            steps = list(act.session.execute(found.order_by(col(CaseStep.id))).scalars())
            for life in lives_of(case, steps):
                counts.update(counted(life, calendar, act.now, first, last))
    return counts


def counted(
    life: Life, calendar: WorkCalendar, now: datetime, first: date, last: date
) -> Iterator[str]:
    def within(moment: datetime) -> bool:
        return first <= beijing_date(moment) <= last

    done = life.done
    handled_at = done.get(Deed.SETTLE) or done.get(Deed.HANDLE)
    closed_at = done.get(Deed.SETTLE) or done.get(Deed.CLOSE)
    if closed_at and within(closed_at):
        yield "closed"
    due_at = promise_of(life.events, calendar).judged_at
    stopped = life.status is Status.PAUSED and due_at >= done[Deed.PAUSE]
    never = life.status in {Status.DECLINED, Status.MERGED}
    if never or stopped or not within(due_at) or due_at > now:
        return
    yield "due"
    yield from ["in_time"] if handled_at and handled_at <= due_at else []
    yield from ["due_closed"] if life.status is Status.CLOSED else []
    yield from ["reworked"] if Deed.REDO in done else []
    yield from ["extended"] if Deed.EXTEND in done else []
    yield from ["extended_late"] if life.late_extension else []
    yield from ["due_settled"] if life.is_settled else []


@pytest.fixture
def lived(desk: Desk, cast: Cast, clock: Clock) -> None:
    """A month of a small street, with everything that bends a promise in it."""
    with desk.acting(RESIDENT) as act:
        copy_published(act, [2026])
    wang, dept, zhao = (cast.actor(name) for name in ("wang", "dept", "zhao"))
    closed = [a_case(desk, cast, Status.CLOSED) for _ in range(3)]
    paused = a_case(desk, cast, Status.PAUSED)
    late, extended, redone, lost = (
        a_case(desk, cast, Status.TAKEN, category="water") for _ in range(4)
    )
    a_case(desk, cast, Status.DECLINED)
    a_case(desk, cast, Status.MERGED)
    do(desk, wang, Deed.EXTEND, extended.no, to=(NOON + 2 * DAY).isoformat())
    do(desk, dept, Deed.HANDLE, redone.no, **TOLD[Deed.HANDLE])
    do(desk, cast.actor("li"), Deed.SETTLE, at=cast.code1, text="楼道堆物", words="已清走")
    clock.forward(days=1, hours=3)
    do(desk, zhao, Deed.REDO, redone.no, words="还在漏")
    do(desk, wang, Deed.EXTEND, late.no, to=(clock.moment + DAY).isoformat())
    do(desk, wang, Deed.PAUSE, lost.no, **TOLD[Deed.PAUSE])
    for case in (late, extended):
        do(desk, dept, Deed.HANDLE, case.no, done_at=clock.moment, **TOLD[Deed.HANDLE])
    reporter = Actor(track=closed[0].track)
    do(desk, reporter, Deed.RATE, satisfaction="dissatisfied", contacted=True, solved=False)
    do(desk, reporter, Deed.REOPEN, closed[0].no, words="又不亮了")
    clock.forward(days=3)
    do(desk, wang, Deed.RESUME, paused.no)
    do(desk, wang, Deed.ACCEPT, closed[0].no)
    do(desk, wang, Deed.DISPATCH, closed[0].no, unit="szs")
    clock.forward(days=19)


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize("days", [JUNE, (NOON.date(), NOON.date()), (date(2026, 6, 11),) * 2])
def test_every_figure_is_what_the_steps_tell(
    desk: Desk, cast: Cast, days: tuple[date, date]
) -> None:
    with desk.looking(cast.actor("leader")) as act:
        view = overview(act, *days)
    told = recount(desk, *days)
    rates = {rate.key: (int(rate.numerator), rate.denominator) for rate in view.rates}
    assert view.closed_count == told["closed"]
    assert {key: rates[key] for key in SAME} == {
        key: (told[n], told["due"]) for key, n in SAME.items()
    }
    assert [part.rates[0].denominator for part in view.parts] == [
        told["due_settled"], told["due"] - told["due_settled"],
    ]  # fmt: skip


SAME = {
    "handled_in_time": "in_time", "closed": "due_closed", "reworked": "reworked",
    "extended": "extended", "extended_late": "extended_late",
}  # fmt: skip


@pytest.mark.usefixtures("lived")
def test_the_recount_has_something_to_count(desk: Desk) -> None:
    told = recount(desk, *JUNE)
    assert all(told[name] for name in ("closed", "due", "due_settled", *SAME.values()))
    assert told["due"] > told["in_time"] + 2


def shown(view: OverviewView, key: str) -> tuple[float, int]:
    rate = next(rate for rate in view.rates if rate.key == key)
    return rate.numerator, rate.denominator


def see(desk: Desk, cast: Cast, first: date, last: date) -> OverviewView:
    with desk.looking(cast.actor("leader")) as act:
        return overview(act, first, last)


def reopened(desk: Desk, cast: Cast, clock: Clock) -> Actor:
    """Close a lamp on the 10th, have it rated, and reopen it on the 11th."""
    case = a_case(desk, cast, Status.CLOSED)
    reporter = Actor(track=case.track)
    do(desk, reporter, Deed.RATE, satisfaction="dissatisfied", solved=False)
    clock.forward(days=1)
    do(desk, reporter, Deed.REOPEN, case.no, words="又不亮了")
    return reporter


def test_a_closing_stays_in_its_day_and_is_said_to_be_reopened(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    reopened(desk, cast, clock)
    view = see(desk, cast, NOON.date(), NOON.date())
    assert (view.closed_count, view.closed_reopened_count, view.open_count) == (1, 1, 1)
    assert [bucket.closed_count for bucket in view.buckets] == [1]
    assert shown(view, "outcome_solved") == (1, 1)
    assert shown(view, "solved") == (0, 1)


def test_a_rating_of_a_second_life_takes_the_first_out_of_no_day(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    reporter = reopened(desk, cast, clock)
    no = shown_no(desk)
    for deed in (Deed.ACCEPT, Deed.DISPATCH, Deed.TAKE, Deed.HANDLE, Deed.VERIFY, Deed.CLOSE):
        do(desk, cast.actor(BY.get(deed, "wang")), deed, no, **TOLD[deed])
    do(desk, reporter, Deed.RATE, satisfaction="satisfied", solved=True)
    assert shown(see(desk, cast, *JUNE), "solved") == (1, 2)


BY = {Deed.TAKE: "dept", Deed.HANDLE: "dept", Deed.VERIFY: "zhao"}


def shown_no(desk: Desk) -> str:
    with desk.looking(RESIDENT) as act:
        row = act.session.execute(select(Case)).scalar_one()
        return f"{beijing_date(row.reported_at):%y%m%d}{row.id:05d}"


def test_what_was_settled_first_stays_settled(desk: Desk, cast: Cast, clock: Clock) -> None:
    facts: dict[str, Any] = {"at": cast.code1, "text": "楼道堆物", "words": "已清走"}
    settled = do(desk, cast.actor("li"), Deed.SETTLE, **facts)
    clock.forward(days=1)
    with desk.looking(RESIDENT) as act:
        track = act.session.execute(select(col(Case.track))).scalar_one()
    do(desk, Actor(track=track), Deed.REOPEN, str(settled.reply["no"]), words="又堆上了")
    view = see(desk, cast, *JUNE)
    assert (view.settled_count, [part.closed_count for part in view.parts]) == (1, [1, 0])


def test_a_dispatch_after_a_reopening_is_no_second_try(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    reopened(desk, cast, clock)
    for deed in (Deed.ACCEPT, Deed.DISPATCH):
        do(desk, cast.actor("wang"), deed, shown_no(desk), **TOLD[deed])
    assert shown(see(desk, cast, *JUNE), "dispatched_once") == (1, 1)


def test_time_to_close_is_of_each_life_and_of_each_part(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    hours = [6.0, 2.0, 4.0]
    for span in hours:
        case = a_case(desk, cast, Status.VERIFIED)
        clock.forward(hours=span)
        do(desk, cast.actor("wang"), Deed.CLOSE, case.no)
    do(desk, Actor(track=case.track), Deed.REOPEN, case.no, words="又不亮了")
    do(desk, cast.actor("li"), Deed.SETTLE, at=cast.code1, text="楼道堆物", words="已清走")
    view = see(desk, cast, *JUNE)
    assert view.mean_hours == pytest.approx(fmean([*hours, 0]))
    assert view.median_hours == pytest.approx(median([*hours, 0]))
    assert [part.median_hours for part in view.parts] == pytest.approx([0, 4])


def test_over_a_year_s_end_every_month_is_called_otherwise(desk: Desk, cast: Cast) -> None:
    labels = [b.label for b in see(desk, cast, date(2025, 11, 1), date(2026, 12, 31)).buckets]
    assert (labels[0], labels[-1], len(set(labels))) == ("25年11月", "26年12月", 14)

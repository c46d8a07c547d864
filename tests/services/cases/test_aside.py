"""What is set aside stands nowhere until it is let in; sorted in bulk, once, and taken back."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select

from gridapp.domain.errors import (
    FactsError,
    GridappError,
    MoveRefusedError,
    NotAllowedError,
    NotThereError,
    TooLateError,
)
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.areas.map import see_map
from gridapp.services.areas.places import see_place
from gridapp.services.cases.heap import HeapPlace, count_heap, heap_numbers, list_heap_places
from gridapp.services.cases.late import mark_late
from gridapp.services.cases.lists import CaseFilter, list_cases
from gridapp.services.cases.read import see_case, track_case
from gridapp.services.cases.report import Reported, ReportFacts
from gridapp.services.cases.tally import tally_open
from gridapp.services.cases.warn import warn_cases
from gridapp.services.desk import RESIDENT, Actor, Desk
from gridapp.services.limits import Limits, Sent, take_reports
from gridapp.services.stats.overview import overview
from gridapp.tables import AuditRow, Case, OutboxMessage
from tests.cast import Cast
from tests.clock import NOON, Clock
from tests.makers import a_case, do, report

# Whatever comes from here is too much.
FULL = Limits(place_calm_count=0, place_full_count=0)
PHONE = "13812345678"


def flood(desk: Desk, cast: Cast, count: int = 1, at: str = "", **more: Any) -> list[Reported]:
    """Let so many reports come in that are one too many each."""
    told = {"at": at or cast.code1, "text": "又是路灯", "category": "lamp"} | more
    with desk.acting(RESIDENT) as act:
        sent = [Sent(RESIDENT, uuid4(), ReportFacts(**told)) for _ in range(count)]
        return take_reports(act, sent, FULL)


def sort(
    desk: Desk, cast: Cast, choice: str, *nos: str, uid: UUID | None = None, **more: Any
) -> Any:
    facts: dict[str, Any] = {"choice": choice, "nos": list(nos), **more}
    return do(desk, cast.actor("wang"), Deed.SORT_ASIDE, uid=uid, **facts).reply


def undo(desk: Desk, cast: Cast, uid: UUID, who: str = "wang") -> Any:
    return do(desk, cast.actor(who), Deed.UNDO_SORT, str(uid)).reply


def statuses(desk: Desk, cast: Cast, asked: CaseFilter) -> dict[str, str]:
    with desk.looking(cast.actor("wang")) as act:
        return {card.no: card.status for card in list_cases(act, asked).items}


def everywhere(desk: Desk, cast: Cast) -> list[object]:
    """Tell what lists, tabs, figures, the map, the building's page and the sweep make of it all."""
    with desk.acting(cast.actor("wang")) as act:
        figures = overview(act, NOON.date(), (NOON + timedelta(days=40)).date())
        return [
            list_cases(act, CaseFilter()).total,
            list_cases(act, CaseFilter(due="late")).total,
            sum(tally_open(act).values()),
            figures,
            see_map(act),
            see_place(act, cast.code1).open_count,
            (warn_cases(act), mark_late(act)),
        ]


def test_it_has_its_number_token_and_promise_and_its_reporter_reads_why(
    desk: Desk, cast: Cast
) -> None:
    usual, [kept] = report(desk, cast), flood(desk, cast)
    with desk.looking(Actor(track=kept.track)) as act:
        shown = track_case(act)
    assert (shown.no, shown.due_at, shown.is_aside) == (kept.no, usual.due_at, True)
    assert "challenge" not in kept.body()


def test_it_stands_in_no_list_no_figure_and_no_warning(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    clock.forward(days=40)
    before = everywhere(desk, cast)
    clock.forward(days=-40)
    flood(desk, cast, 3)
    clock.forward(days=40)
    assert everywhere(desk, cast) == before
    with desk.looking(cast.actor("wang")) as act:
        assert count_heap(act) == 3


def test_let_in_it_is_a_report_like_any_other_and_its_reporter_is_told_once(
    desk: Desk, cast: Cast
) -> None:
    [kept] = flood(desk, cast, phone=PHONE)
    with desk.looking(RESIDENT) as act:
        assert act.session.exec(select(OutboxMessage)).all() == []
    uid = uuid4()
    for _ in range(2):
        sort(desk, cast, "let_in", kept.no, uid=uid)
        undo(desk, cast, uid)
        uid = uuid4()
    do(desk, cast.actor("wang"), Deed.LET_IN, kept.no)
    assert statuses(desk, cast, CaseFilter()) == {kept.no: "reported"}
    with desk.looking(RESIDENT) as act:
        assert len(act.session.exec(select(OutboxMessage)).all()) == 1


def test_the_heap_is_seen_by_place_and_searched(desk: Desk, cast: Cast, clock: Clock) -> None:
    first = flood(desk, cast, 2)
    clock.forward(minutes=20)
    [other] = flood(desk, cast, at=cast.code2, text="垃圾没人清")
    with desk.looking(cast.actor("wang")) as act:
        assert list_heap_places(act) == (
            HeapPlace(cast.code1, "1号楼", 2, "今天 12:00"),
            HeapPlace(cast.code2, "2号楼", 1, "刚刚"),
        )
        assert set(heap_numbers(act, CaseFilter(at=cast.code1))) == {one.no for one in first}
        assert heap_numbers(act, CaseFilter(q="垃圾")) == (other.no,)
        assert heap_numbers(act, CaseFilter(since=act.now)) == (other.no,)
        assert len(heap_numbers(act, CaseFilter(until=act.now))) == 2


def test_many_are_declined_at_once_with_a_reason_and_only_once(desk: Desk, cast: Cast) -> None:
    kept, uid = [one.no for one in flood(desk, cast, 3)], uuid4()
    first = sort(desk, cast, "decline", *kept, uid=uid, words="重复刷屏")
    assert (first["done"], first["left_count"]) == (kept, 0)
    assert sort(desk, cast, "decline", *kept, uid=uid, words="重复刷屏") == first
    assert sort(desk, cast, "decline", *kept, words="重复刷屏")["left_count"] == 3
    assert statuses(desk, cast, CaseFilter()) == {}
    assert set(statuses(desk, cast, CaseFilter(aside=True)).values()) == {"declined"}
    with desk.looking(cast.actor("wang")) as act:
        assert see_case(act, kept[0]).reply == "重复刷屏"


def test_many_are_merged_into_one_that_goes_on(desk: Desk, cast: Cast) -> None:
    real, kept = report(desk, cast).no, [one.no for one in flood(desk, cast, 2)]
    assert sort(desk, cast, "merge", *kept, into=real)["done"] == kept
    with desk.looking(cast.actor("wang")) as act:
        assert see_case(act, kept[1]).merged_into_no == real


@pytest.mark.parametrize("choice", ["let_in", "decline", "merge"])
def test_a_sorting_is_taken_back_but_not_what_was_done_since(
    desk: Desk, cast: Cast, choice: str
) -> None:
    more: dict[str, Any] = {
        "let_in": {},
        "decline": {"words": "刷屏"},
        "merge": {"into": report(desk, cast).no},
    }
    stays, gone = (one.no for one in flood(desk, cast, 2))
    uid = uuid4()
    sort(desk, cast, choice, stays, gone, uid=uid, **more[choice])
    since = {"let_in": Deed.ACCEPT, "decline": Deed.REOPEN}.get(choice)
    if since:
        do(desk, cast.actor("wang"), since, gone, words="看过了")
    taken_back = undo(desk, cast, uid)["done"]
    assert taken_back == ([stays] if since else [stays, gone])
    assert statuses(desk, cast, CaseFilter(aside=True))[stays] == "reported"
    assert statuses(desk, cast, CaseFilter(aside=True)).get(gone) != "declined"


def test_taken_back_a_report_stands_as_it_came(desk: Desk, cast: Cast) -> None:
    [kept], uid = flood(desk, cast), uuid4()

    def row() -> dict[str, Any]:
        with desk.looking(RESIDENT) as act:
            # What was said of it stays in its history, and finds it.
            return act.session.exec(select(Case)).one().model_dump(exclude={"version", "grams"})

    before = row()
    sort(desk, cast, "decline", kept.no, uid=uid, words="刷屏")
    assert row() != before
    undo(desk, cast, uid)
    assert row() == before


def test_undoing_is_for_oneself_and_for_ten_minutes(desk: Desk, cast: Cast, clock: Clock) -> None:
    [kept], uid = flood(desk, cast), uuid4()
    sort(desk, cast, "let_in", kept.no, uid=uid)
    for subject in (uuid4(), kept.receipt):
        with pytest.raises(NotThereError):
            undo(desk, cast, subject)
    clock.forward(minutes=11)
    with pytest.raises(TooLateError):
        undo(desk, cast, uid)


def test_only_the_centre_of_the_street_sorts_and_out_of_reach_is_not_there(
    desk: Desk, cast: Cast
) -> None:
    [kept] = flood(desk, cast)
    for name in ("li", "chen", "zhao", "leader", "sun", "admin", "audit"):
        with pytest.raises(NotAllowedError):
            do(desk, cast.actor(name), Deed.SORT_ASIDE, choice="let_in", nos=[kept.no])
        with desk.looking(cast.actor(name)) as act, pytest.raises(NotAllowedError):
            count_heap(act)
    assert sort(desk, cast, "let_in", "2606100000099", "x")["left_count"] == 2


@pytest.mark.parametrize(
    ("choice", "more", "refusal"),
    [("decline", {}, FactsError), ("merge", {}, NotThereError), ("burn", {}, FactsError)],
)
@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_a_sorting_without_its_reason_or_target_does_nothing(
    desk: Desk, cast: Cast, choice: str, more: dict[str, Any], refusal: type[GridappError]
) -> None:
    [kept] = flood(desk, cast)
    with pytest.raises(refusal):
        sort(desk, cast, choice, kept.no, **more)
    assert statuses(desk, cast, CaseFilter(aside=True)) == {kept.no: "reported"}


@pytest.mark.parametrize("status", [Status.REPORTED, Status.ACCEPTED, Status.CLOSED])
@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_what_is_not_aside_cannot_be_let_in(desk: Desk, cast: Cast, status: Status) -> None:
    no = a_case(desk, cast, status).no
    with pytest.raises(MoveRefusedError):
        do(desk, cast.actor("wang"), Deed.LET_IN, no)
    assert sort(desk, cast, "let_in", no)["left_count"] == 1


def test_accepting_or_settling_one_lets_it_in(desk: Desk, cast: Cast) -> None:
    accepted, settled = flood(desk, cast, 2)
    do(desk, cast.actor("wang"), Deed.ACCEPT, accepted.no)
    do(desk, cast.actor("li"), Deed.SETTLE, settled.no, words="换好了")
    assert statuses(desk, cast, CaseFilter()) == {accepted.no: "accepted", settled.no: "closed"}
    with desk.looking(RESIDENT) as act:
        rows = act.session.exec(select(Case).order_by(col(Case.id))).all()
        assert [(row.is_held, row.aside_for) for row in rows] == [(False, None)] * 2


def test_each_sorting_and_its_undoing_are_on_record(desk: Desk, cast: Cast) -> None:
    kept, uid = [one.no for one in flood(desk, cast, 2)], uuid4()
    sort(desk, cast, "decline", *kept, uid=uid, words="刷屏")
    undo(desk, cast, uid)
    with desk.looking(RESIDENT) as act:
        rows = act.session.exec(select(AuditRow).order_by(col(AuditRow.id))).all()
    assert [(row.deed, row.subject, row.facts["count"]) for row in rows] == [
        ("case.sort_aside", str(uid), 2), ("case.undo_sort", str(uid), 2),
    ]  # fmt: skip

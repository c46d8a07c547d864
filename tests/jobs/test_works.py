"""Long work is done in the asker's name, ends with a file or a sentence, and stops when told."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import col, select, update

from gridapp.domain.errors import NotThereError
from gridapp.domain.vocabulary import Deed, WorkKind
from gridapp.jobs import works
from gridapp.jobs.forget import forget
from gridapp.jobs.hand import Hand, Made
from gridapp.jobs.kinds import WORKS
from gridapp.jobs.works import run_works
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.works.files import works_in
from gridapp.services.works.kinds import MAY
from gridapp.services.works.refusals import FileGoneError
from gridapp.services.works.views import open_work_file
from gridapp.tables import AuditRow, Person, PrintRecord
from tests.cast import Cast
from tests.clock import Clock
from tests.jobs.works_at import a_file, bench_of, public
from tests.makers import do
from tests.printing.sheets import page_count
from tests.services.works.orders import order, seen, take

pytestmark = pytest.mark.both_databases


@pytest.fixture
def town_desk(own_desk: Desk) -> Iterator[Desk]:
    """A street with real commits that phones can reach."""
    with public(own_desk) as desk:
        yield desk


@pytest.fixture(autouse=True)
def quick_heart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(works, "_BEAT_S", 0.01)


def until(hand: Hand) -> None:
    """Work until told to stop."""
    while not hand.ending.wait(0.005):
        hand.demand_going_on()
    hand.demand_going_on()


def file_of(desk: Desk, cast: Cast, uid: UUID) -> Path:
    with desk.looking(cast.actor("wang")) as act:
        return open_work_file(act, str(uid), works_in(desk.settings.data_dir)).path


def test_every_kind_has_somebody_who_does_it_and_a_rule_who_may() -> None:
    assert set(WORKS) == set(MAY) == set(WorkKind)


def test_an_order_becomes_a_file_that_is_recorded_as_printed(town_desk: Desk, cast: Cast) -> None:
    uid = order(town_desk, cast)
    assert bench_of(town_desk).do_next()
    view = seen(town_desk, cast, uid)
    assert (view.state, view.done_count, view.result["page_count"]) == ("done", 3, 3)
    assert view.file_name.startswith("楼栋海报-全部-3页-2026-06-10")
    assert page_count(file_of(town_desk, cast, uid)) == 3
    with town_desk.looking(SYSTEM) as act:
        assert len(act.session.exec(select(PrintRecord)).all()) == 3
        told = act.session.exec(select(AuditRow).where(AuditRow.deed == "print.make")).one()
    assert told.actor_id == cast.wang
    assert works_in(town_desk.settings.data_dir).benches() == set()


def test_a_trial_is_recorded_nowhere(town_desk: Desk, cast: Cast) -> None:
    order(town_desk, cast, at=cast.code1, is_trial=True)
    assert bench_of(town_desk).do_next()
    with town_desk.looking(SYSTEM) as act:
        assert act.session.exec(select(PrintRecord)).all() == []


def test_it_is_done_within_the_reach_that_the_asker_has_by_then(
    town_desk: Desk, cast: Cast
) -> None:
    uid = order(town_desk, cast, "chen")
    assert bench_of(town_desk).do_next()
    assert seen(town_desk, cast, uid, "chen").result["page_count"] == 2


def test_nothing_is_done_for_somebody_who_was_shut_out(town_desk: Desk, cast: Cast) -> None:
    uid = order(town_desk, cast)
    with town_desk.acting(SYSTEM) as act:
        shut = update(Person).where(col(Person.id) == cast.wang)
        act.session.execute(shut.values(disabled_at=act.now))
    assert bench_of(town_desk).do_next()
    assert "不能登录" in seen(town_desk, cast, uid).fault


def test_a_refusal_is_told_as_the_sentence_it_is(town_desk: Desk, cast: Cast) -> None:
    order(town_desk, cast)
    bench_of(town_desk).do_next()
    uid = order(town_desk, cast, changed_only=True)
    bench_of(town_desk).do_next()
    view = seen(town_desk, cast, uid)
    assert (view.state, view.may_resume) == ("failed", True)
    assert view.fault.startswith("没有可打印的内容")


def test_a_fault_of_ours_is_told_without_its_inner_words(town_desk: Desk, cast: Cast) -> None:
    def broken(_: Desk, __: Hand) -> Made:
        raise RuntimeError("secret")

    uid = order(town_desk, cast)
    bench_of(town_desk, broken).do_next()
    view = seen(town_desk, cast, uid)
    assert (view.state, "secret" in view.fault) == ("failed", False)


def test_while_it_runs_it_tells_how_far_and_stops_when_wished(town_desk: Desk, cast: Cast) -> None:
    uid, told = order(town_desk, cast), threading.Event()

    def endless(_: Desk, hand: Hand) -> Made:
        hand.tell("排版", 2, 9)
        told.set()
        until(hand)
        raise AssertionError

    working = threading.Thread(target=bench_of(town_desk, endless).do_next)
    working.start()
    told.wait()
    do(town_desk, cast.actor("wang"), Deed.CANCEL_WORK, str(uid))
    working.join()
    view = seen(town_desk, cast, uid)
    assert (view.state, view.doing, view.done_count, view.total_count) == (
        "cancelled",
        "排版",
        2,
        9,
    )


def test_a_process_that_ends_gives_it_back_and_the_next_goes_on(
    town_desk: Desk, cast: Cast
) -> None:
    def half(_: Desk, hand: Hand) -> Made:
        a_file(hand, "half")
        until(hand)
        raise AssertionError

    uid, first = order(town_desk, cast), bench_of(town_desk, half)
    first.ending.set()
    first.do_next()
    assert seen(town_desk, cast, uid).state == "waiting"

    def go_on(_: Desk, hand: Hand) -> Made:
        kept = (hand.bench / "made.txt").read_text(encoding="utf-8")
        return Made(a_file(hand, kept + " and half"), "made.txt", "text/plain")

    assert bench_of(town_desk, go_on).do_next()
    assert file_of(town_desk, cast, uid).read_text(encoding="utf-8") == "half and half"


def test_what_another_took_meanwhile_is_thrown_away(
    town_desk: Desk, cast: Cast, clock: Clock
) -> None:
    uid, also = order(town_desk, cast), []

    def slow(desk: Desk, hand: Hand) -> Made:
        clock.forward(minutes=2)
        assert take(desk) is not None
        return Made(a_file(hand), "made.txt", "text/plain", also=lambda _: also.append(1))

    bench_of(town_desk, slow).do_next()
    assert (seen(town_desk, cast, uid).state, also) == ("running", [])


def test_one_piece_at_a_time_on_a_machine(town_desk: Desk, cast: Cast) -> None:
    for name in ("wang", "admin"):
        order(town_desk, cast, name)
    seen_by_other: list[bool] = []

    def look_round(desk: Desk, hand: Hand) -> Made:
        seen_by_other.append(bench_of(desk, lambda _, __: Made()).do_next())
        return Made(a_file(hand), "made.txt", "text/plain")

    assert bench_of(town_desk, look_round).do_next()
    assert seen_by_other == [False]


def test_the_file_is_forgotten_in_time_and_the_work_is_not(
    town_desk: Desk, cast: Cast, clock: Clock
) -> None:
    uid = order(town_desk, cast)
    bench_of(town_desk, lambda _, hand: Made(a_file(hand), "m.txt", "text/plain")).do_next()
    path = file_of(town_desk, cast, uid)
    clock.forward(days=13)
    forget(town_desk)
    assert path.exists()
    clock.forward(days=2)
    forget(town_desk)
    assert not path.exists()
    with pytest.raises(FileGoneError):
        file_of(town_desk, cast, uid)
    assert not seen(town_desk, cast, uid).has_file


def test_a_bench_is_cleared_when_nobody_goes_on(town_desk: Desk, cast: Cast, clock: Clock) -> None:
    order(town_desk, cast)
    bench_of(town_desk, lambda _, hand: (a_file(hand), 1 / 0)[0]).do_next()  # type: ignore[arg-type,return-value]
    files = works_in(town_desk.settings.data_dir)
    forget(town_desk)
    assert len(files.benches()) == 1
    clock.forward(days=4)
    forget(town_desk)
    assert files.benches() == set()


def test_the_server_does_it_and_ends_with_it(
    town_desk: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid, begun = order(town_desk, cast), threading.Event()

    def quick(_: Desk, hand: Hand) -> Made:
        begun.set()
        return Made(a_file(hand), "m.txt", "text/plain")

    monkeypatch.setattr(works, "WORKS", {WorkKind.PRINT: quick})

    async def serve() -> None:
        async with run_works(town_desk):
            assert await asyncio.to_thread(begun.wait, 60)

    asyncio.run(serve())
    assert seen(town_desk, cast, uid).state == "done"
    assert "works" not in {thread.name for thread in threading.enumerate()}


def test_before_it_is_done_there_is_no_file(town_desk: Desk, cast: Cast) -> None:
    uid = order(town_desk, cast)
    with pytest.raises(FileGoneError):
        file_of(town_desk, cast, uid)


def test_nobody_else_gets_the_file(town_desk: Desk, cast: Cast) -> None:
    uid = order(town_desk, cast)
    bench_of(town_desk, lambda _, hand: Made(a_file(hand), "m.txt", "text/plain")).do_next()
    files = works_in(town_desk.settings.data_dir)
    with town_desk.looking(cast.actor("admin")) as act, pytest.raises(NotThereError):
        open_work_file(act, str(uid), files)

"""Deeds that come at once go in one transaction; each has its own outcome, and none is lost."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Sequence
from uuid import uuid4

import pytest
from sqlalchemy import event, func, select

from gridapp.domain.errors import GridappError, PhotosMissingError
from gridapp.services.cases.report import ReportFacts, report_case
from gridapp.services.database.engine import open_engine
from gridapp.services.desk import RESIDENT, Act, Desk
from gridapp.services.file_store import FileStore
from gridapp.services.together import Asked, Together
from gridapp.settings import Settings
from gridapp.tables import Case
from tests.cast import Cast

pytestmark = pytest.mark.both_databases

Deed = Callable[[Act], object]


def each(act: Act, asked: Sequence[Asked[Deed]]) -> list[object]:
    return [one.what(act) for one in asked]


class Room(deque[object]):
    """A waiting room that tells when it is full."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.full_at, self.is_full = count, threading.Event()

    def append(self, job: object) -> None:
        super().append(job)
        if len(self) == self.full_at:
            self.is_full.set()


def reporting(cast: Cast, *photos: str) -> Deed:
    facts, uid = ReportFacts(at=cast.code1, text="路灯不亮", photos=photos), uuid4()
    return lambda act: report_case(act, uid, facts).no


def do_at_once(desk: Desk, deeds: list[Deed]) -> list[object]:
    """Keep one deed under way until all others wait; give what came of each of the others."""
    together, room, begun = Together(each), Room(len(deeds)), threading.Event()
    came: list[object] = [None] * len(deeds)

    def lead(act: Act) -> None:
        act.session.connection()
        together._waiting = room  # type: ignore[assignment]  # jobs are objects
        begun.set()
        room.is_full.wait()

    def one(place: int) -> None:
        try:
            came[place] = together.do(desk, RESIDENT, deeds[place])
        except GridappError as refusal:
            came[place] = refusal

    people = [threading.Thread(target=together.do, args=(desk, RESIDENT, lead))]
    people[0].start()
    begun.wait()
    people += [threading.Thread(target=one, args=(place,)) for place in range(len(deeds))]
    for person in people[1:]:
        person.start()
    for person in people:
        person.join()
    return came


def count_cases(desk: Desk) -> int:
    with desk.looking(RESIDENT) as act:
        count: int = act.session.execute(select(func.count()).select_from(Case)).scalar_one()
    return count


def test_what_comes_at_once_goes_in_one_transaction(own_desk: Desk, cast: Cast) -> None:
    commits: list[object] = []
    event.listen(own_desk.engine, "commit", commits.append)
    came = do_at_once(own_desk, [reporting(cast) for _ in range(5)])
    assert len(commits) == 2  # the one under way, and the five together
    assert len(set(came)) == count_cases(own_desk) == 5


def test_one_that_is_refused_costs_the_others_nothing(own_desk: Desk, cast: Cast) -> None:
    came = do_at_once(own_desk, [reporting(cast), reporting(cast, "a" * 64), reporting(cast)])
    assert isinstance(came[1], PhotosMissingError)
    assert [type(came[0]), type(came[2]), count_cases(own_desk)] == [str, str, 2]


def test_whoever_comes_alone_is_told_the_refusal(own_desk: Desk, cast: Cast) -> None:
    together = Together(each)
    with pytest.raises(PhotosMissingError):
        together.do(own_desk, RESIDENT, reporting(cast, "a" * 64))
    together.do(own_desk, RESIDENT, reporting(cast))
    assert count_cases(own_desk) == 1


def _die_in_the_middle(database_url: str, settings: Settings, code: str) -> None:
    desk = Desk(open_engine(database_url), FileStore(settings.files_url), settings)

    def die(act: Act) -> None:
        report_case(act, uuid4(), ReportFacts(at=code, text="路灯不亮"))
        os.kill(os.getpid(), signal.SIGKILL)

    Together(each).do(desk, RESIDENT, die)


def test_of_a_killed_process_nothing_is_half_done(own_desk: Desk, cast: Cast) -> None:
    url = own_desk.engine.url.render_as_string(hide_password=False)
    made = multiprocessing.get_context("spawn")
    told = (url, own_desk.settings, cast.code1)
    process = made.Process(target=_die_in_the_middle, args=told)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert count_cases(own_desk) == 0
    Together(each).do(own_desk, RESIDENT, reporting(cast))
    assert count_cases(own_desk) == 1

"""Handovers begin once, whoever of two workers comes first and whatever dies in between."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from gridapp.domain.vocabulary import Deed
from gridapp.jobs import handovers
from gridapp.jobs.handovers import begin_handovers
from gridapp.jobs.rounds import ROUNDS
from gridapp.services.desk import Act, Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.people.handovers import begin_handover, due_handovers
from gridapp.tables import AuditRow, Case, CaseStep, OutboxMessage
from tests.cast import Cast
from tests.clock import Clock
from tests.jobs.test_killed import settings_of
from tests.served import ROOT
from tests.services.people.test_hand_over import hand_over, taken_case
from tests.services.people.test_handovers import AHEAD
from tests.services.people.test_leaves import post_of

pytestmark = pytest.mark.both_databases

# Dies when the cases are moved and both are told, before anything is kept.
_JOB = """
import os, signal
from datetime import datetime
from gridapp.jobs.handovers import begin_handovers
from gridapp.services.desk import Desk, open_desk
from gridapp.services.people import handovers
from gridapp.settings import Settings
handovers.write_audit = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
desk = open_desk(Settings(_env_file=None))
at = datetime.fromisoformat("{at}")
begin_handovers(Desk(desk.engine, desk.files, desk.settings, lambda: at))
"""


def agreed(desk: Desk, cast: Cast, clock: Clock) -> None:
    """Let Li hand over to Gu, and the day come."""
    taken_case(desk, cast)
    hand_over(desk, cast, first_on=AHEAD)
    clock.forward(days=3)


def count_of(desk: Desk) -> tuple[int, int, int]:
    """Count the moves in the cases' history, the audit's rows of it, and the messages."""
    moved = select(func.count()).where(col(CaseStep.deed) == Deed.HAND_OVER)
    audited = select(func.count()).where(
        col(AuditRow.deed) == Deed.HAND_OVER, col(AuditRow.actor_id).is_(None)
    )
    told = select(func.count()).where(col(OutboxMessage.case_id).is_(None))
    with desk.looking(SYSTEM) as act:
        steps, rows, messages = (act.session.scalar(one) or 0 for one in (moved, audited, told))
    return steps, rows, messages


def test_two_workers_at_once_move_it_once(own_desk: Desk, cast: Cast, clock: Clock) -> None:
    agreed(own_desk, cast, clock)
    start = Barrier(2)

    def work(desk: Desk) -> int:
        start.wait()
        return begin_handovers(desk)

    with ThreadPoolExecutor(2) as pool:
        counts = sorted(pool.map(work, [own_desk, replace(own_desk)]))
    assert counts == [0, 1]
    assert count_of(own_desk) == (1, 1, 2)


def test_two_workers_that_both_saw_it_due_move_it_once(
    own_desk: Desk, cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed(own_desk, cast, clock)
    with own_desk.looking(SYSTEM) as act:
        due = due_handovers(act)
    begin_handovers(own_desk)
    monkeypatch.setattr(handovers, "due_handovers", lambda _: due)  # read before the other began
    assert begin_handovers(own_desk) == 0
    assert count_of(own_desk) == (1, 1, 2)


def test_killed_in_between_it_begins_again_whole(
    own_desk: Desk, cast: Cast, clock: Clock, tmp_path: Path
) -> None:
    agreed(own_desk, cast, clock)
    program = _JOB.format(at=clock().isoformat())
    told = settings_of(own_desk, tmp_path, "")
    killed = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=os.environ | told, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert count_of(own_desk) == (0, 0, 0)
    assert begin_handovers(own_desk) == 1
    assert count_of(own_desk) == (1, 1, 2)


def test_one_that_fails_stops_no_other(
    desk: Desk, cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed(desk, cast, clock)
    hand_over(desk, cast, post=post_of(desk, cast.qian), first_on="2026-06-14")
    clock.forward(days=1)
    with desk.looking(SYSTEM) as act:
        first, _ = due_handovers(act)

    def stumble(act: Act, handover_id: int) -> bool:
        if handover_id == first:
            raise RuntimeError("the ceiling fell down")
        return begin_handover(act, handover_id)

    monkeypatch.setattr(handovers, "begin_handover", stumble)
    assert begin_handovers(desk) == 1
    monkeypatch.undo()
    assert begin_handovers(desk) == 1
    with desk.looking(SYSTEM) as act:
        assert act.session.scalar(select(col(Case.holder_id))) == cast.gu


def test_it_is_a_round_of_every_minute() -> None:
    [one] = [each for each in ROUNDS if each.do is begin_handovers]
    assert one.every.total_seconds() == 60

"""Reads the history of a case's present life as the events that its promise is computed from."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.deadlines import Limit, parse_limit
from gridapp.domain.offline import counted_at
from gridapp.domain.promising import Amended, Begun, CaseEvent, Extended, Paused
from gridapp.domain.vocabulary import Deed
from gridapp.services.calendar.promises import limit_of_row, started_at
from gridapp.services.desk import Act
from gridapp.tables import Case, CaseStep

LIMIT: Final = "limit"
LIMIT_WAS: Final = "limit_was"
RESUMED_AT: Final = "resumed_at"


class _Counted(NamedTuple):
    """A step and the moment at which it counts."""

    step: CaseStep
    at: datetime


def events_of(act: Act, row: Case) -> list[CaseEvent]:
    """Give what has happened to a case's promise since its report or its last reopening.

    A pause that goes on has moved nothing yet.
    """
    steps = list(_since_begun(act, row))
    amended = [s for s in steps if s.step.deed is Deed.ACCEPT and LIMIT in s.step.facts]
    was = parse_limit(amended[0].step.facts[LIMIT_WAS]) if amended else None
    events: list[CaseEvent] = [Begun(started_at(row), was or limit_of_row(row))]
    for place, (step, at) in enumerate(steps):
        if step.deed is Deed.ACCEPT and LIMIT in step.facts:
            events.append(Amended(at, _limit(step, row)))
        elif step.deed is Deed.EXTEND:
            events.append(Extended(at, datetime.fromisoformat(step.facts["to"])))
        elif step.deed is Deed.RESUME:
            events.append(_pause(steps[:place], step, at))
    return events


def _limit(step: CaseStep, row: Case) -> Limit:
    return parse_limit(step.facts[LIMIT]) or limit_of_row(row)


def _pause(before: Sequence[_Counted], step: CaseStep, at: datetime) -> Paused:
    paused = next(s for s in reversed(before) if s.step.deed is Deed.PAUSE)
    promised = step.facts.get(RESUMED_AT)
    return Paused(paused.at, datetime.fromisoformat(promised) if promised else at)


def _since_begun(act: Act, row: Case) -> Iterator[_Counted]:
    """Give the steps of the present life, each with the moment at which it counts."""
    steps = list(
        act.session.execute(
            select(CaseStep).where(col(CaseStep.case_id) == row.id).order_by(col(CaseStep.id))
        ).scalars()
    )
    begun = [place for place, step in enumerate(steps) if step.deed is Deed.REOPEN]
    moved_at = started_at(row)
    for step in steps[begun[-1] + 1 if begun else 1 :]:
        done_at = step.done_at if step.actor_id is not None else None
        at = counted_at(done_at, step.at, moved_at)
        if step.status_from is not step.status_to:
            moved_at = at
        yield _Counted(step, at)

"""When a case is late: one definition for lists, map, figures, handovers and cards.

A case is late when its due moment had passed by its clock: by now while somebody is to act, by the
moment of the pause while it is paused. What is handled, or finished, is late no more; whether its
promise was kept is another question, which the figures answer.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from gridapp.domain.vocabulary import Status
from gridapp.domain.workflow import OPEN

# Whose clock runs: a paused case waits, a handled one waits for others.
RUNNING: Final = OPEN - {Status.PAUSED, Status.HANDLED, Status.VERIFIED}


class CaseClock(StrEnum):
    """By which moment a case is late or not."""

    NOW = "now"
    PAUSED_AT = "paused_at"


# What is not written here is never late; services/lateness.py makes its SQL of the same table.
CLOCK_OF: Final[Mapping[Status, CaseClock]] = {
    **dict.fromkeys(RUNNING, CaseClock.NOW),
    Status.PAUSED: CaseClock.PAUSED_AT,
}


def is_late(status: Status, due_at: datetime, *, paused_at: datetime | None, now: datetime) -> bool:
    """Tell whether a case is late; what is done on the stroke of the due moment is in time."""
    by = {CaseClock.NOW: now, CaseClock.PAUSED_AT: paused_at, None: None}[CLOCK_OF.get(status)]
    return by is not None and due_at < by

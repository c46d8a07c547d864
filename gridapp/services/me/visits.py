"""Which contact households go along offline: those due soon, masked, without phone and door."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlmodel import col

from gridapp.domain.permissions import may_at_all
from gridapp.domain.privacy import mask_name
from gridapp.domain.visiting import TAKEN_ALONG_DAYS
from gridapp.domain.vocabulary import Deed
from gridapp.services.bad_rows import readable
from gridapp.services.desk import Act
from gridapp.services.visits.access import buildings_within
from gridapp.services.visits.lists import due_within, households
from gridapp.tables import ContactHousehold

_MOST: Final = 200


@dataclass(frozen=True)
class DueVisitView:
    """A household to be visited: a family name, a building, why, when, and how often.

    Args:
        id: The household's id, as ``visit.record`` asks for it.
        at: The code that hangs on its building, or empty.
        interval_days: 0 where it is visited when there is a reason.
    """

    id: str
    name_masked: str
    building: str
    at: str
    kind: str
    interval_days: int
    next_on: date
    last_on: date | None


def due_visits(act: Act) -> tuple[DueVisitView, ...]:
    """List the households of the own grids that are due within two weeks, the most urgent first."""
    if not may_at_all(Deed.SEE_VISIT, act.actor.roles):
        return ()
    due = households().where(
        buildings_within(act.actor),
        col(ContactHousehold.ended_at).is_(None),
        due_within(act, TAKEN_ALONG_DAYS),
    )
    ordered = due.order_by(col(ContactHousehold.next_on), col(ContactHousehold.id)).limit(_MOST)

    def view(one: Any) -> DueVisitView:
        row, building, code, _grid, kind = one
        return DueVisitView(
            str(row.uid), mask_name(row.name), building, code or "", kind,
            row.interval_days, row.next_on, row.last_on,
        )  # fmt: skip

    return tuple(readable("due visits", act.session.execute(ordered).all(), view))

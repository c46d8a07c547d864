"""Sweeps over rules and open cases: in force, moved, resumed, promised again, warned, late."""

import logging
from collections.abc import Callable
from typing import Final

from gridapp.services.areas.follow import follow_buildings
from gridapp.services.cases.late import mark_late
from gridapp.services.cases.repromise import promise_cases_again
from gridapp.services.cases.resume import resume_due
from gridapp.services.cases.warn import warn_cases
from gridapp.services.desk import Act, Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.rules.put import put_in_force

logger = logging.getLogger(__name__)

# In this order: a case that goes on, or whose promise moves, is judged by its new due moment.
_DEEDS: Final[tuple[Callable[[Act], int], ...]] = (
    follow_buildings,
    put_in_force,
    resume_due,
    promise_cases_again,
    warn_cases,
    mark_late,
)


def sweep(desk: Desk) -> int:
    """Do each in a transaction of its own; gives how many cases were touched.

    One that fails stops none of the others: without a resumption there are warnings all the same.
    """
    count = 0
    for deed in _DEEDS:
        try:
            with desk.acting(SYSTEM) as act:
                count += deed(act)
        except Exception:
            logger.exception("%s failed; it is done again in the next round", deed.__name__)
    return count

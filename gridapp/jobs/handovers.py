"""Begins the handovers whose day has come: what is open then goes to the successor."""

import logging

from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.people.handovers import begin_handover, due_handovers

logger = logging.getLogger(__name__)


def begin_handovers(desk: Desk) -> int:
    """Begin each in a transaction of its own; gives how many. One that fails stops no other."""
    with desk.looking(SYSTEM) as act:
        due = due_handovers(act)
    count = 0
    for handover_id in due:
        try:
            with desk.acting(SYSTEM) as act:
                count += begin_handover(act, handover_id)
        except Exception:
            logger.exception("handover %d could not begin; it is tried again", handover_id)
    return count

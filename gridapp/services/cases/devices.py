"""Tells a neighbour's device from an id that was made up for one press."""

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.vocabulary import Status
from gridapp.services.case_access import is_let_in
from gridapp.services.desk import Act
from gridapp.tables import Case


def is_known_device(act: Act) -> bool:
    """Tell whether the actor's device has sent a report before that the centre has accepted."""
    if not act.actor.device:
        return False
    earlier = select(col(Case.id)).where(
        col(Case.device) == act.actor.device,
        col(Case.status).not_in([Status.REPORTED, Status.DECLINED]),
        is_let_in(),
    )
    return act.session.execute(earlier.limit(1)).first() is not None

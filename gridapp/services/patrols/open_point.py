"""Opens a patrol point for a deed: in reach, or not there."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.errors import NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.permit import demand, grids_within
from gridapp.tables import Grid, PatrolPoint


def uuid_of(subject: str) -> UUID:
    """Read the id of what a deed is about.

    Raises:
        NotThereError: It is none, so nothing has it.
    """
    try:
        return UUID(subject)
    except ValueError as error:
        raise NotThereError from error


def open_point(act: Act, uid: UUID, deed: Deed, *, is_retired: bool = False) -> PatrolPoint:
    """Open a point in use (or a retired one) in a grid in which the actor may do the deed.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor may do it anywhere.
        NotThereError: No such point, retired (or in use), or out of reach.
    """
    demand(act, deed)
    point: PatrolPoint | None = act.session.execute(
        select(PatrolPoint)
        .join(Grid, col(Grid.id) == col(PatrolPoint.grid_id))
        .where(
            col(PatrolPoint.uid) == uid,
            col(PatrolPoint.retired_at).is_not(None)
            if is_retired
            else col(PatrolPoint.retired_at).is_(None),
            grids_within(act.actor, deed),
        )
    ).scalar_one_or_none()
    if point is None:
        raise NotThereError
    return point

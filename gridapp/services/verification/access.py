"""The one door to verifications: those that touch a grid in reach, or not there."""

from sqlalchemy import ColumnElement, exists, or_, select
from sqlmodel import col

from gridapp.domain.errors import ConflictError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act, Actor
from gridapp.services.permit import demand, grids_within
from gridapp.services.register.access import record_uid
from gridapp.tables import Grid, Verification, VerificationGrid


def touches(actor: Actor, deed: Deed) -> ColumnElement[bool]:
    """Tell in SQL whether a verification goes through a grid in reach, or through one above it."""
    above = {int(part) for post in actor.posts for part in post.grid_path.split("/") if part}
    near = or_(grids_within(actor, deed), col(Grid.id).in_(above))
    return (
        exists()
        .where(
            col(VerificationGrid.verification_id) == col(Verification.id),
            col(Grid.id) == col(VerificationGrid.grid_id),
            near,
        )
        .correlate(Verification)
    )


def goes_through(grid: Grid) -> ColumnElement[bool]:
    """Tell in SQL whether a verification goes through a grid, because of it or of one above it."""
    above = [int(part) for part in grid.path.split("/") if part]
    return (
        exists()
        .where(
            col(VerificationGrid.verification_id) == col(Verification.id),
            col(VerificationGrid.grid_id).in_(above),
        )
        .correlate(Verification)
    )


def open_verification(act: Act, subject: str, deed: Deed, *, running: bool = False) -> Verification:
    """Open a verification that touches the actor's reach for a deed.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor may do it anywhere.
        NotThereError: No such verification, or out of reach.
        ConflictError: It has to run for this, and has been ended.
    """
    demand(act, deed)
    row: Verification | None = act.session.execute(
        select(Verification).where(
            col(Verification.uid) == record_uid(subject), touches(act.actor, deed)
        )
    ).scalar_one_or_none()
    if row is None:
        raise NotThereError
    if running and row.ended_at is not None:
        raise ConflictError("这次核查已经结束。", current={"version": row.version})
    return row

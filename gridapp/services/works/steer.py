"""Cancels long work, and goes on with what was cancelled or failed: deeds of who asked for it."""

from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, select, update
from sqlmodel import col

from gridapp.domain.errors import NotThereError
from gridapp.domain.vocabulary import Deed, WorkState
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import demand
from gridapp.services.verbs import verb
from gridapp.services.works.alive import is_late
from gridapp.services.works.kinds import MAY
from gridapp.services.works.refusals import WorkEndedError
from gridapp.tables import Work


class SteerFacts(Facts):
    """Nothing else is asked."""


@verb(Deed.CANCEL_WORK, SteerFacts)
def cancel_work(act: Act, order: Order, _facts: SteerFacts) -> dict[str, Any]:
    """Wish that a piece of own work ends; one that runs ends within a moment.

    One that has fallen silent ends at once: nobody is there to hear the wish. Should it live after
    all, it finds itself ended at its next sign of life and writes nothing.

    Raises:
        NotThereError: No such work, or somebody else's.
        WorkEndedError: It is over already.
    """
    demand(act, Deed.CANCEL_WORK)
    row = own_work(act, order.subject)
    if row.state is WorkState.WAITING or is_late(act, row):
        _steer(act, row, state=WorkState.CANCELLED, ended_at=act.now)
    elif row.state is WorkState.RUNNING:
        _steer(act, row, cancel_asked_at=act.now)
    else:
        raise WorkEndedError
    return {"receipt": str(order.uid), "work": str(row.uid)}


@verb(Deed.RESUME_WORK, SteerFacts)
def resume_work(act: Act, order: Order, _facts: SteerFacts) -> dict[str, Any]:
    """Go on with a piece of own work that was cancelled or failed, or has fallen silent.

    Raises:
        NotThereError: No such work, or somebody else's.
        NotAllowedError: It may no longer be asked for.
        WorkEndedError: It is done, or goes on already.
    """
    demand(act, Deed.RESUME_WORK)
    row = own_work(act, order.subject)
    MAY[row.kind](act, row.facts)
    late = is_late(act, row)
    if not late and row.state not in {WorkState.CANCELLED, WorkState.FAILED}:
        raise WorkEndedError
    # What breaks off again and again is ended in the end, however often one goes on.
    broken_count = row.broken_count + 1 if late else 0
    _steer(
        act, row, state=WorkState.WAITING, fault="", ended_at=None, cancel_asked_at=None,
        broken_count=broken_count,
    )  # fmt: skip
    return {"receipt": str(order.uid), "work": str(row.uid)}


def own_work(act: Act, subject: str) -> Work:
    """Open a piece of work that the actor has asked for.

    Raises:
        NotThereError: No such work, or somebody else's.
    """
    try:
        uid = UUID(subject)
    except ValueError as error:
        raise NotThereError from error
    row: Work | None = act.session.execute(
        select(Work).where(col(Work.uid) == uid, col(Work.person_id) == act.actor.person_id)
    ).scalar_one_or_none()
    if row is None:
        raise NotThereError
    return row


def _steer(act: Act, row: Work, **values: Any) -> None:
    """Change it unless it has moved on meanwhile."""
    done = act.session.execute(
        update(Work)
        .where(col(Work.id) == row.id, col(Work.state) == row.state)
        .where(col(Work.attempt_count) == row.attempt_count)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    if done.rowcount != 1:
        raise WorkEndedError

"""Forgets who reported, once a case has long been closed: the matter stays, the person goes."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import CursorResult, Select, delete, or_, select, update
from sqlmodel import col

from gridapp.services.desk import Act
from gridapp.tables import Block, Case, OutboxMessage, PushSubscription

KEPT_FOR: Final = timedelta(days=365)


def forget_reporters(act: Act, kept_for: timedelta = KEPT_FOR) -> int:
    """Forget phone, name and device of cases closed longer ago; gives how many cases.

    Messages about them go too, for each holds the phone as its address, and so do the browsers that
    were told and blocks that have long ended.
    """
    cutoff = act.now - kept_for
    old = select(col(Case.id)).where(col(Case.closed_at) < cutoff)
    act.session.execute(
        delete(OutboxMessage)
        .where(or_(col(OutboxMessage.case_id).in_(old), col(OutboxMessage.made_at) < cutoff))
        .execution_options(synchronize_session=False)
    )
    _forget_beside(act, old, cutoff)
    done = act.session.execute(
        update(Case)
        .where(col(Case.closed_at) < cutoff)
        .where(or_(col(Case.reporter_phone) != "", col(Case.reporter_name) != ""))
        .values(reporter_phone="", reporter_name="", device="")
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    return done.rowcount


def _forget_beside(act: Act, old: Select[int | None], cutoff: datetime) -> None:
    for gone in (
        delete(PushSubscription).where(col(PushSubscription.case_id).in_(old)),
        delete(Block).where(col(Block.ends_at) < cutoff),
    ):
        act.session.execute(gone.execution_options(synchronize_session=False))

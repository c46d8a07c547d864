"""Tells whether the house stands: the database, its migrations, what waits to be delivered."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col

from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.photos.state import DecoderState
from gridapp.services.store.migrate import is_current
from gridapp.tables import OutboxMessage

# A message that waits longer than this is late: the jobs do not run, or the other side is away.
OUTBOX_LATE_S: Final = 900


@dataclass(frozen=True)
class HealthView:
    """How the house stands.

    Args:
        status: ``ok``, or ``down`` when nothing can be served.
        database: Whether it answers.
        migrations_current: Whether its tables are those of this version.
        outbox_waiting_count: Messages promised and not yet delivered.
        outbox_lag_s: For how long the oldest due one has waited.
        disk_low: Photos and files wait until there is more.
        decoders: How photos are decoded; for staff only, since it names what is not mended.
    """

    status: str
    version: str
    database: bool
    migrations_current: bool
    outbox_waiting_count: int = 0
    outbox_lag_s: float = 0
    outbox_late: bool = False
    disk_low: bool = False
    decoders: DecoderState | None = None


def check_health(desk: Desk, version: str) -> HealthView:
    """Look at everything once; a database that is away is told, not raised."""
    try:
        current = is_current(desk.engine)
        with desk.looking(RESIDENT) as act:
            waiting = col(OutboxMessage.status).in_(["waiting", "taken"])
            found = select(func.count(), func.min(OutboxMessage.due_at)).where(waiting)
            count, oldest = act.session.execute(found).one()
            lag_s = max(0.0, (act.now - oldest).total_seconds()) if oldest else 0.0
    except SQLAlchemyError:
        return HealthView("down", version, database=False, migrations_current=False)
    return HealthView(
        "ok" if current else "down",
        version,
        database=True,
        migrations_current=current,
        outbox_waiting_count=count,
        outbox_lag_s=lag_s,
        outbox_late=lag_s > OUTBOX_LATE_S,
        disk_low=desk.files.is_low,
    )

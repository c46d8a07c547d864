"""Forgets who lived in a household once the contact has long ended; the visits' dates stay."""

from datetime import timedelta
from typing import Final

from sqlalchemy import CursorResult, update
from sqlmodel import col

from gridapp.services.desk import Act
from gridapp.tables import ContactHousehold

KEPT_FOR: Final = timedelta(days=365)
FORGOTTEN: Final = "*"


def forget_households(act: Act, kept_for: timedelta = KEPT_FOR) -> int:
    """Forget name, phone and door of households whose contact ended longer ago; tell how many."""
    done = act.session.execute(
        update(ContactHousehold)
        .where(
            col(ContactHousehold.ended_at) < act.now - kept_for,
            col(ContactHousehold.name) != FORGOTTEN,
        )
        .values(name=FORGOTTEN, phone="", door="")
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    return done.rowcount

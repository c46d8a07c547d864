"""Tells whether a photo has arrived already, and keeps it from being swept meanwhile."""

from datetime import timedelta
from typing import Final

from sqlalchemy import CursorResult, select, update
from sqlmodel import col

from gridapp.services.desk import Act
from gridapp.services.photos.senders import note_bringing
from gridapp.tables import Photo

# Far below the 24 hours of the sweep. A younger one is left as it is, so that sending photos
# again does not make them count as sent just now.
_RENEWED_AFTER: Final = timedelta(hours=1)


def renew_photo(act: Act, sha256: str, place_code: str = "") -> bool:
    """Tell whether a photo is there, and let the day within which it must be named begin anew.

    To be asked only by who has just sent its bytes: from now on they may name it.
    """
    is_here = _renew(act, sha256)
    if is_here:
        note_bringing(act, sha256, place_code)
    return is_here


def _renew(act: Act, sha256: str) -> bool:
    mine = col(Photo.sha256) == sha256
    received_at = act.session.execute(select(col(Photo.received_at)).where(mine)).scalar()
    if received_at is None:
        return False
    if act.now - received_at < _RENEWED_AFTER:
        return True
    renewal = update(Photo).where(mine).values(received_at=act.now)
    # The sweep may have been faster by a hair: then it is not there.
    done = act.session.execute(renewal.execution_options(synchronize_session=False))
    assert isinstance(done, CursorResult)
    return done.rowcount == 1

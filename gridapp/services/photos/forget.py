"""Forget what nobody refers to: photos that no case, note or visit took up within a day."""

from datetime import timedelta

from sqlalchemy import CursorResult, delete, exists, or_
from sqlmodel import col, select

from gridapp.services.desk import Act
from gridapp.tables.cases import CasePhoto
from gridapp.tables.notes import NotePhoto
from gridapp.tables.photos import Photo
from gridapp.tables.visits import VisitPhoto

UNREFERENCED_FOR = timedelta(hours=24)


def forget_photos(act: Act) -> int:
    """Forget photos received over 24 hours ago that nothing refers to; tell how many.

    Only the rows: their files go with ``forget_files`` once this deed is committed, so that a
    deed undone never leaves a row without its file.
    """
    stale = delete(Photo).where(
        col(Photo.received_at) < act.now - UNREFERENCED_FOR,
        ~exists().where(col(CasePhoto.photo_id) == Photo.id),
        ~exists().where(col(NotePhoto.photo_id) == Photo.id),
        ~exists().where(col(VisitPhoto.photo_id) == Photo.id),
    )
    done = act.session.execute(stale.execution_options(synchronize_session=False))
    assert isinstance(done, CursorResult)
    return done.rowcount


def forget_files(act: Act) -> int:
    """Remove files that no photo names and nobody kept for 24 hours; tell how many.

    Also what a process that died in the middle of a deed has left. Goes through the store a
    sixteenth at a time, so that a million names never stand in memory together.
    """
    cutoff = act.now - UNREFERENCED_FOR
    gone = act.files.remove_halves(cutoff)
    for digit in "0123456789abcdef":
        named = _names_from(act, digit)
        stale = [name for name in act.files.kept_before(cutoff, digit) if name not in named]
        gone += sum(act.files.remove(name, cutoff) for name in stale)
    return gone


def _names_from(act: Act, digit: str) -> set[str]:
    """List the files that photos name, of those that begin with this digit."""
    stored, thumb = col(Photo.stored_name), col(Photo.thumb_name)
    either = or_(stored.startswith(digit), thumb.startswith(digit))
    rows = act.session.exec(select(Photo.stored_name, Photo.thumb_name).where(either))
    return {name for names in rows for name in names}

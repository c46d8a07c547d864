"""Forgets brought files when their time is over, and how to undo what was imported long ago."""

from datetime import timedelta
from typing import Final

from sqlalchemy import CursorResult, delete, select, update
from sqlmodel import col

from gridapp.services.desk import Act
from gridapp.services.imports.apply import UNDO_KEPT_FOR
from gridapp.services.imports.files import ImportFiles
from gridapp.tables import ImportChange, ImportFile

FILE_KEPT_FOR: Final = timedelta(days=7)


def forget_imports(act: Act) -> int:
    """Mark files whose time is over, and forget how to undo old imports; gives how many files."""
    over = update(ImportFile).where(
        col(ImportFile.brought_at) < act.now - FILE_KEPT_FOR,
        col(ImportFile.is_forgotten).is_(False),
    )
    gone = act.session.execute(
        over.values(is_forgotten=True).execution_options(synchronize_session=False)
    )
    old = select(col(ImportFile.id)).where(col(ImportFile.applied_at) < act.now - UNDO_KEPT_FOR)
    act.session.execute(
        delete(ImportChange)
        .where(col(ImportChange.import_id).in_(old))
        .execution_options(synchronize_session=False)
    )
    assert isinstance(gone, CursorResult)
    return gone.rowcount


def clear_imports(act: Act, files: ImportFiles) -> int:
    """Remove the files that no row wants kept; gives how many.

    At once where a row says so; where there is none, it may be on its way for an hour.
    """
    rows = act.session.execute(select(col(ImportFile.uid), col(ImportFile.is_forgotten))).all()
    known, given_up = {uid for uid, _ in rows}, {uid for uid, is_over in rows if is_over}
    unknown = files.kept_before(act.now - timedelta(hours=1)) - known
    over = unknown | (files.kept_before(act.now + timedelta(days=1)) & given_up)
    for uid in over:
        files.remove(uid)
    return len(over)

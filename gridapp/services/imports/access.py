"""Opens a brought file for whoever brought it, and for its kind's keepers what was imported."""

from uuid import UUID

from sqlalchemy import CursorResult, select, update
from sqlmodel import col

from gridapp.domain.errors import ConflictError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.permit import demand
from gridapp.tables import ImportFile


def open_import(act: Act, uid: UUID | str, deed: Deed, *, own: bool = True) -> ImportFile:
    """Open a brought file.

    Args:
        act: The transaction.
        uid: Its id.
        deed: What is to be done with it.
        own: Whether only whoever brought it may; its rows are theirs to look at.

    Raises:
        NotThereError: No such file, or somebody else's.
        NotAllowedError: No role of the actor may do the deed.
    """
    demand(act, deed)
    try:
        wanted = select(ImportFile).where(col(ImportFile.uid) == UUID(str(uid)))
    except ValueError as error:
        raise NotThereError from error
    if own:
        wanted = wanted.where(col(ImportFile.person_id) == act.actor.person_id)
    row: ImportFile | None = act.session.execute(wanted).scalar_one_or_none()
    if row is None:
        raise NotThereError
    return row


def change_import(act: Act, row: ImportFile, version: int, **values: object) -> None:
    """Change a brought file under the version that the doer looked at.

    Raises:
        ConflictError: It has changed meanwhile.
    """
    done = act.session.execute(
        update(ImportFile)
        .where(col(ImportFile.id) == row.id, col(ImportFile.version) == version)
        .values(version=version + 1, **values)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    if done.rowcount != 1:
        raise ConflictError
    act.session.expire(row)

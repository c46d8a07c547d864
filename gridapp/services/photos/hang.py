"""Hangs received photos on a step of a case."""

from collections.abc import Sequence

from sqlalchemy import Select, bindparam, exists, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from gridapp.domain.errors import PhotosMissingError
from gridapp.domain.vocabulary import PhotoKind
from gridapp.services.desk import Act
from gridapp.services.photos.senders import sender_keys, use_up
from gridapp.tables import Case, CasePhoto, CaseStep, Photo, PhotoSender

_BROUGHT = exists().where(
    col(PhotoSender.photo_id) == col(Photo.id),
    col(PhotoSender.sender).in_(bindparam("senders", expanding=True)),
)


def find_photos(
    act: Act, hashes: Sequence[str], hanging: Select[int] | None = None
) -> dict[str, int]:
    """Give the row ids of photos that the actor brought, by the hash they were sent under.

    Each bringing is used up (``senders``). Renewing the rows locks them until the deed is done:
    ``forget_photos`` at the same moment waits for it and then lets them be.

    Args:
        act: The transaction; its actor is who must have brought them.
        hashes: What the deed names.
        hanging: The ids of photos that hang already where these are to hang; they may stay.

    Raises:
        PhotosMissingError: Some have not arrived, or not from this actor; it lists them.
    """
    wanted = list(dict.fromkeys(hashes))
    if not wanted:
        return {}
    may = _BROUGHT if hanging is None else or_(_BROUGHT, col(Photo.id).in_(hanging))
    renew = (
        update(Photo)
        .where(col(Photo.sha256).in_(wanted), may)
        .values(received_at=act.now)
        .returning(col(Photo.sha256), col(Photo.id))
    )
    keys = sender_keys(act.actor)
    rows = act.session.connection().execute(renew, {"senders": list(keys)}).all()
    found = {sha256: photo_id for sha256, photo_id in rows if photo_id is not None}
    missing = [sha256 for sha256 in wanted if sha256 not in found]
    if missing:
        raise PhotosMissingError(missing=missing)
    use_up(act, found.values(), keys)
    return {sha256: found[sha256] for sha256 in wanted}


def hang_photos(
    act: Act, case: Case, step: CaseStep, photos: Sequence[tuple[PhotoKind, str]]
) -> None:
    """Hang photos, given as kind and hash, on a step; one that hangs on the case stays where it is.

    Also across steps: work that is done again and shown by the photo of the first time has it
    where it hung before.

    Raises:
        PhotosMissingError: Some have not arrived, or not from this actor; it lists them.
    """
    if not photos:
        return
    hanging = select(col(CasePhoto.photo_id)).where(col(CasePhoto.case_id) == case.id)
    ids = find_photos(act, [sha256 for _, sha256 in photos], hanging)
    assert case.id is not None
    assert step.id is not None
    is_postgres = act.session.get_bind().dialect.name == "postgresql"
    insert = (postgresql.insert if is_postgres else sqlite.insert)(CasePhoto)
    once = insert.on_conflict_do_nothing(index_elements=["case_id", "photo_id", "kind"])
    rows = [
        {
            "case_id": case.id,
            "step_id": step.id,
            "photo_id": ids[sha256],
            "kind": kind,
            "is_public": False,
        }
        for kind, sha256 in dict.fromkeys(photos)
    ]
    act.session.connection().execute(once, rows)

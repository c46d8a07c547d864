"""Hangs received photos on a step of a case."""

from collections.abc import Sequence

from sqlalchemy import bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from gridapp.domain.errors import PhotosMissingError
from gridapp.domain.vocabulary import PhotoKind
from gridapp.services.desk import Act
from gridapp.tables import Case, CasePhoto, CaseStep, Photo

_RENEW = (
    update(Photo)
    .where(col(Photo.sha256).in_(bindparam("wanted", expanding=True)))
    .values(received_at=bindparam("now"))
    .returning(col(Photo.sha256), col(Photo.id))
)


def find_photos(act: Act, hashes: Sequence[str]) -> dict[str, int]:
    """Give the row ids of received photos by the hash they were sent under.

    Renewing the rows locks them until the deed is done: ``forget_photos`` at the same moment
    waits for it and then lets them be.

    Raises:
        PhotosMissingError: Some have not arrived; it lists them.
    """
    wanted = list(dict.fromkeys(hashes))
    if not wanted:
        return {}
    asked = {"wanted": wanted, "now": act.now}
    rows = act.session.connection().execute(_RENEW, asked).all()
    found = {sha256: photo_id for sha256, photo_id in rows if photo_id is not None}
    missing = [sha256 for sha256 in wanted if sha256 not in found]
    if missing:
        raise PhotosMissingError(missing=missing)
    return {sha256: found[sha256] for sha256 in wanted}


def hang_photos(
    act: Act, case: Case, step: CaseStep, photos: Sequence[tuple[PhotoKind, str]]
) -> None:
    """Hang photos, given as kind and hash, on a step; one that hangs on the case stays where it is.

    Also across steps: work that is done again and shown by the photo of the first time has it
    where it hung before.

    Raises:
        PhotosMissingError: Some have not arrived; it lists them.
    """
    if not photos:
        return
    ids = find_photos(act, [sha256 for _, sha256 in photos])
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

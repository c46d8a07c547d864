"""Hangs received photos on a step of a case."""

from collections.abc import Sequence

from sqlalchemy import bindparam, update
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
    """Hang photos, given as kind and hash, on a step; the same one twice is hung once.

    Raises:
        PhotosMissingError: Some have not arrived; it lists them.
    """
    if not photos:
        return
    ids = find_photos(act, [sha256 for _, sha256 in photos])
    assert case.id is not None
    assert step.id is not None
    for kind, sha256 in dict.fromkeys(photos):
        act.session.add(
            CasePhoto(case_id=case.id, step_id=step.id, photo_id=ids[sha256], kind=kind)
        )

"""Take a photo in: once per content, cleaned before anything of it is kept."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from gridapp.domain.errors import HashMismatchError, PhotosMissingError
from gridapp.services.desk import Act
from gridapp.services.photos.imaging import CleanPhoto, clean_photo
from gridapp.tables.photos import Photo


@dataclass(frozen=True)
class KeptPhoto:
    """The receipt for a photo.

    Args:
        sha256: Of the bytes that were sent; a report names the photo by it.
        is_new: It had not been received before.
    """

    sha256: str
    is_new: bool


def keep_photo(act: Act, sha256: str, body: bytes, place_code: str = "") -> KeptPhoto:
    """Keep a photo sent from a place or by staff; sending it again changes nothing.

    The database is touched last, after the slow work: a transaction that has looked something up
    before would keep SQLite's other writers waiting while a picture is decoded.

    Raises:
        HashMismatchError: The bytes are not those announced.
        PhotoTooLargeError: More than 12 MB or 50 million pixels.
        NotAPhotoError: Not JPEG, PNG, WebP or HEIC by content, or broken.
    """
    if hashlib.sha256(body).hexdigest() != sha256:
        raise HashMismatchError
    clean = clean_photo(body)
    stored_name = act.files.keep(clean.jpeg, act.now)
    thumb_name = act.files.keep(clean.thumbnail, act.now)
    facts = {
        "sha256": sha256,
        "stored_name": stored_name,
        "thumb_name": thumb_name,
        "person_id": act.actor.person_id,
        "device": act.actor.device,
        "place_code": place_code,
        "received_at": act.now,
        **_facts_of(clean),
    }
    return KeptPhoto(sha256, is_new=_insert_once(act, facts))


def claim_photos(act: Act, hashes: list[str]) -> list[int]:
    """Give the ids of the photos that a report names, in its order, and hold them against sweeping.

    To be called in the transaction that hangs them on a case or a note: renewing the row locks it,
    so that ``forget_photos`` at the same moment waits and then lets it be.

    Raises:
        PhotosMissingError: Some have not arrived; ``missing`` lists their hashes.
    """
    renew = update(Photo).where(col(Photo.sha256).in_(hashes)).values(received_at=act.now)
    act.session.execute(renew.execution_options(synchronize_session=False))
    found = select(Photo.sha256, Photo.id).where(col(Photo.sha256).in_(hashes))
    ids = {sha256: photo_id for sha256, photo_id in act.session.exec(found) if photo_id}
    missing = [sha256 for sha256 in hashes if sha256 not in ids]
    if missing:
        raise PhotosMissingError(missing=missing)
    return [ids[sha256] for sha256 in dict.fromkeys(hashes)]


def _facts_of(clean: CleanPhoto) -> dict[str, object]:
    lng, lat = clean.position or (None, None)
    return {
        "width": clean.width,
        "height": clean.height,
        "byte_count": len(clean.jpeg),
        "taken_at": clean.taken_at,
        "lng_wgs84": lng,
        "lat_wgs84": lat,
    }


def _insert_once(act: Act, facts: dict[str, object]) -> bool:
    """Insert the row, or renew the one that is there, whoever came first; tell which."""
    is_postgres = act.session.get_bind().dialect.name == "postgresql"
    insert = (postgresql.insert if is_postgres else sqlite.insert)(Photo).values(facts)
    first = insert.on_conflict_do_nothing(index_elements=["sha256"]).returning(col(Photo.id))
    if act.session.execute(first).first() is not None:
        return True
    # Renewed, it is not swept before a report can name it; the files too may have new names.
    renewed = {key: facts[key] for key in ("received_at", "stored_name", "thumb_name")}
    again = insert.on_conflict_do_update(index_elements=["sha256"], set_=renewed)
    act.session.execute(again)
    return False

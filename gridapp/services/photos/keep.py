"""Take a photo in: once per content, cleaned before anything of it is kept."""

import hashlib
from dataclasses import dataclass

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from gridapp.domain.errors import HashMismatchError
from gridapp.services.desk import Act
from gridapp.services.pauses import pause_at
from gridapp.services.photos.clean import CleanPhoto, clean_photo
from gridapp.services.photos.senders import note_bringing
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
        StorageFullError: The disk has too little left for photos.
        NotAPhotoError: Not JPEG, PNG, WebP or HEIC by content, or broken.
        BusyError: Too many photos wait to be decoded.
    """
    if hashlib.sha256(body).hexdigest() != sha256:
        raise HashMismatchError
    act.files.demand_room()
    clean = clean_photo(body)
    stored_name = act.files.keep(clean.jpeg, act.now)
    thumb_name = act.files.keep(clean.thumbnail, act.now)
    pause_at("after_file")
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
    is_new = _insert_once(act, facts)
    note_bringing(act, sha256, place_code)
    return KeptPhoto(sha256, is_new=is_new)


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

"""Keeps the photos that came in a form, and remembers those that came before."""

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from gridapp.contact.filled import Filled
from gridapp.contact.words import shared
from gridapp.domain.errors import (
    BusyError,
    GridappError,
    NotAPhotoError,
    PhotosMissingError,
    PhotoTooLargeError,
    StorageFullError,
    TooManyError,
)
from gridapp.services.cases.report import PHOTOS_MAX_COUNT
from gridapp.services.desk import Actor, acting
from gridapp.services.limits import hold_photo
from gridapp.services.photos.keep import keep_photo

# Six show any matter from all sides; a worker's before and after may need more.
RESIDENT_PHOTOS_MAX_COUNT: Final = 6
_REFUSALS: Final = (NotAPhotoError, PhotoTooLargeError, StorageFullError, TooManyError)
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class SentPhotos:
    """Photos of one picker: the hashes received, and the first refusal in words."""

    hashes: tuple[str, ...] = ()
    error: str = ""


def keep_sent_photos(
    filled: Filled,
    name: str,
    actor: Actor,
    place_code: str = "",
    most: int = PHOTOS_MAX_COUNT,
) -> SentPhotos:
    """Keep each photo of a picker by itself, so that a bad one costs no other.

    A hash that came back in ``<name>_kept`` is one received before, when the form had a mistake.
    """
    hashes = [sha for sha in filled.every(f"{name}_kept") if _SHA256.fullmatch(sha)]
    error = ""
    for body in filled.files.get(name, []):
        if len(set(hashes)) >= most:
            error = error or shared.photos_at_most(most)
            break
        try:
            hashes.append(_keep(body, actor, place_code))
        except _REFUSALS as refusal:
            error = error or refusal.sentence
        except BusyError:
            error = error or shared.PHOTO_LATER
    return SentPhotos(tuple(dict.fromkeys(hashes))[:most], error)


def _keep(body: bytes, actor: Actor, place_code: str) -> str:
    sha256 = hashlib.sha256(body).hexdigest()
    with acting(actor) as act:
        kept = keep_photo(act, sha256, body, place_code)
        if kept.is_new:
            hold_photo(act, place_code, is_kept=True)
    return sha256


def sentences_of(refusal: GridappError) -> dict[str, str]:
    """Give a refusal's sentences by field; ``form`` when it names none."""
    fields: dict[str, str] = refusal.facts.get("fields") or {}
    return fields or {"form": refusal.sentence}


def without_missing(hashes: tuple[str, ...], refusal: PhotosMissingError) -> tuple[str, ...]:
    """Leave out the photos that the server has let go."""
    missing = set(refusal.facts.get("missing", ()))
    return tuple(sha for sha in hashes if sha not in missing)

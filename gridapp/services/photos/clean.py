"""Has hostile bytes made into a clean photo, by a process that can hurt nobody."""

import threading
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Annotated, Final

from pydantic import AwareDatetime, BaseModel, Field

from gridapp.domain.errors import (
    BusyError,
    GridappError,
    HeicRefusedError,
    NotAPhotoError,
    PhotoCutError,
    PhotoTooLargeError,
)
from gridapp.services.decoding.frames import RefusedError
from gridapp.services.decoding.pool import RETRY_AFTER_S, Kind, Pool, one_on_this_machine

MOST_BYTES: Final = 12_000_000
# The first libheif without the holes known today (CVE-2026-84383 and those found after it).
MENDED_LIBHEIF: Final = (1, 23, 4)

_SMALL_BYTES: Final = 120_000_000
# A picture of 50 million pixels; of those only one at a time is decoded on this machine.
_LARGE_BYTES: Final = 460_000_000
_LARGE_WAIT_S: Final = 3.0
_large_queue: Final = threading.BoundedSemaphore(3)

_KIND: Final = Kind(
    module="gridapp.services.photos.decoder",
    at_once=2,
    waiting=8,
    wait_s=10,
    memory_bytes=_SMALL_BYTES,
    seconds=10,
)
_REFUSALS: Final[dict[str, type[GridappError]]] = {
    one.code: one for one in (HeicRefusedError, NotAPhotoError, PhotoCutError, PhotoTooLargeError)
}
_JPEG_START: Final = b"\xff\xd8\xff"

_Side = Annotated[int, Field(ge=1, le=1600)]
_Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
_Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]


@dataclass(frozen=True)
class CleanPhoto:
    """A photo of our own making: upright, sRGB, JPEG, nothing in it but pixels.

    Args:
        jpeg: Long side at most 1600 pixels.
        thumbnail: The same as a JPEG of at most 320 pixels.
        width: Pixels of ``jpeg``.
        height: Pixels of ``jpeg``.
        taken_at: What the camera said before it was wiped, UTC; not to be trusted.
        position: Longitude and latitude (WGS-84) the camera said; for staff only.
    """

    jpeg: bytes
    thumbnail: bytes
    width: int
    height: int
    taken_at: datetime | None
    position: tuple[float, float] | None


class _Facts(BaseModel):
    """What a decoder says of a photo."""

    size: tuple[_Side, _Side]
    taken_at: AwareDatetime | None
    position: tuple[_Longitude, _Latitude] | None


@cache
def photo_pool() -> Pool:
    """Give this process's decoders of photos."""
    return Pool(_KIND)


def clean_photo(body: bytes, least_libheif: tuple[int, ...] = MENDED_LIBHEIF) -> CleanPhoto:
    """Make a clean photo of hostile bytes; the same bytes always give the same photo.

    Args:
        body: The file, as it was sent.
        least_libheif: A HEIC is read by this version of its library or a later one only.

    Raises:
        PhotoTooLargeError: More than 12 MB or 50 million pixels, or it costs too much to decode.
        NotAPhotoError: Not JPEG, PNG, WebP or HEIC by content, or broken.
        PhotoCutError: It has no end.
        HeicRefusedError: A HEIC, and its library is too old.
        BusyError: Too many wait.
    """
    pieces = _decoded(body, least_libheif, face=False)
    try:
        facts, jpeg, thumbnail = pieces
        return _checked(_Facts.model_validate_json(facts), jpeg, thumbnail)
    except ValueError as error:  # a decoder that was taken over may say anything
        raise NotAPhotoError from error


def small_face(body: bytes) -> bytes:
    """Make a small square WebP of a photo; the errors are those of ``clean_photo``."""
    pieces = _decoded(body, MENDED_LIBHEIF, face=True)
    return b"".join(pieces)


def _decoded(body: bytes, least_libheif: tuple[int, ...], *, face: bool) -> list[bytes]:
    if len(body) > MOST_BYTES:
        raise PhotoTooLargeError
    try:
        return _ask(body, least_libheif, _SMALL_BYTES, face=face)
    except RefusedError as refusal:
        if refusal.code != "large":
            raise _refusal(refusal) from refusal
    if not _large_queue.acquire(blocking=False):
        raise BusyError(retry_after_s=RETRY_AFTER_S)
    try:
        with one_on_this_machine(_LARGE_WAIT_S):
            return _ask(body, least_libheif, _LARGE_BYTES, face=face)
    except RefusedError as refusal:
        raise _refusal(refusal) from refusal
    finally:
        _large_queue.release()


def _ask(
    body: bytes, least_libheif: tuple[int, ...], memory_bytes: int, *, face: bool
) -> list[bytes]:
    wish = {"least_libheif": list(least_libheif), "face": face, "threads": _is_heic(body)}
    return list(photo_pool().stream(body, memory_bytes, **wish))


def _is_heic(body: bytes) -> bool:
    """Tell whether it may be one: its decoder, alone of all, wants a thread."""
    return body[4:8] == b"ftyp"


def _refusal(refusal: RefusedError) -> GridappError:
    """Make the refusal that a person reads of what the decoder, or its end, has said."""
    if refusal.code in {"large", "memory"}:
        return PhotoTooLargeError()
    if refusal.code == "killed":
        return BusyError(retry_after_s=RETRY_AFTER_S)
    return _REFUSALS.get(refusal.code, NotAPhotoError)()


def _checked(facts: _Facts, jpeg: bytes, thumbnail: bytes) -> CleanPhoto:
    """Believe the decoder no more than it can be believed: what it says may be a stranger's.

    Raises:
        ValueError: It is no answer of ours.
    """
    if not (jpeg.startswith(_JPEG_START) and thumbnail.startswith(_JPEG_START)):
        raise ValueError("not a photo of our own making")
    width, height = facts.size
    return CleanPhoto(jpeg, thumbnail, width, height, facts.taken_at, facts.position)

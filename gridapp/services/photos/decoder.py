"""The decoder of photos: what the forkserver loads, and what each of its children does once."""

import json
from io import BytesIO
from typing import Any, Final
from zoneinfo import ZoneInfo

from PIL import Image, ImageCms

from gridapp.domain.errors import GridappError
from gridapp.services.decoding.frames import RefusedError, Say, read_all
from gridapp.services.photos.heic import libheif_version
from gridapp.services.photos.imaging import draw, face_of, memory_needed, photo_of, thumbnail_of

LARGE: Final = "large"
_MOST_BYTES: Final = 12_000_000
_DATE_TAG: Final = 0x0132
_ANY_WISH: Final = {"memory_bytes": 1 << 20}


def preload() -> None:
    """Clean a picture of each format once: what is read from files at first use is there then."""
    ZoneInfo("Asia/Shanghai")
    exif = Image.Exif()
    exif[_DATE_TAG] = "2026:03:05 09:30:00"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind in ("JPEG", "PNG", "WEBP"):
        out = BytesIO()
        Image.new("RGB", (8, 8)).save(out, kind, exif=exif, icc_profile=profile)
        _decode(_ANY_WISH, out.getvalue(), (), lambda _: None)
        _decode({**_ANY_WISH, "face": True}, out.getvalue(), (), lambda _: None)


def decode(wish: dict[str, Any], body: int, say: Say) -> None:
    """Clean a photo: say its facts, then the pictures that are wished for.

    Raises:
        RefusedError: With the code of the error that the caller shall raise, or ``large`` when it
            needs more memory than this process has.
    """
    if wish.get("about"):
        say(json.dumps({"libheif": libheif_version()}).encode())
        return
    try:
        _decode(wish, read_all(body, _MOST_BYTES), tuple(wish["least_libheif"]), say)
    except GridappError as error:
        raise RefusedError(error.code) from error
    except Image.DecompressionBombError as error:
        raise RefusedError("photo.too_large") from error


def _decode(wish: dict[str, Any], body: bytes, least: tuple[int, ...], say: Say) -> None:
    if memory_needed(body, least) > wish["memory_bytes"]:
        raise RefusedError(LARGE)
    drawn = draw(body, least)
    image, facts = drawn.image, drawn.facts
    if wish.get("face"):
        say(face_of(image))
        return
    taken_at = facts.taken_at.isoformat() if facts.taken_at else None
    told = {"size": image.size, "taken_at": taken_at, "position": facts.position}
    say(json.dumps(told).encode())
    say(photo_of(image))
    say(thumbnail_of(image))

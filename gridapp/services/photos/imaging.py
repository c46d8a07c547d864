"""From what a stranger sent to a photo that is safe to keep and to show."""

import threading
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from PIL import Image, ImageCms

from gridapp.domain.errors import GridappError, NotAPhotoError, PhotoTooLargeError
from gridapp.services.photos.exif import read_exif
from gridapp.services.photos.opening import LONG_SIDE_PX, MOST_PIXELS, Picture, open_picture

MOST_BYTES = 12_000_000
THUMBNAIL_SIDE_PX = 320

# A picture of 50 million pixels takes 200 MB while it is decoded: few at a time, the rest wait.
_DECODING = threading.BoundedSemaphore(2)
_LARGE_PIXELS = 16_000_000
_LARGE = threading.Lock()  # of the large ones, which few phones send, only one

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


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


def clean_photo(body: bytes) -> CleanPhoto:
    """Make a clean photo of hostile bytes; the same bytes always give the same photo.

    Raises:
        PhotoTooLargeError: More than 12 MB, or its header promises more than 50 million pixels.
        NotAPhotoError: Not JPEG, PNG, WebP or HEIC by content, or broken, or cut off.
    """
    if len(body) > MOST_BYTES:
        raise PhotoTooLargeError
    with _DECODING:
        try:
            return _clean(body)
        except GridappError:
            raise
        except Image.DecompressionBombError as error:
            raise PhotoTooLargeError from error
        except Exception as error:  # broken bytes make decoders raise anything; all mean the same
            raise NotAPhotoError from error


def _clean(body: bytes) -> CleanPhoto:
    picture = open_picture(body)
    _check_size(picture.image)
    facts = read_exif(picture.exif)
    is_large = picture.image.width * picture.image.height > _LARGE_PIXELS
    with _LARGE if is_large else nullcontext():
        image = _shrunk(picture.image, LONG_SIDE_PX)
    if not picture.upright and facts.orientation in _TURNS:
        image = image.transpose(_TURNS[facts.orientation])
    image = _in_srgb(image, picture)
    return CleanPhoto(
        jpeg=_jpeg(image, quality=82),
        thumbnail=_jpeg(_shrunk(image, THUMBNAIL_SIDE_PX), quality=75),
        width=image.width,
        height=image.height,
        taken_at=facts.taken_at,
        position=facts.position,
    )


def _check_size(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise PhotoTooLargeError


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    """Give the picture in a mode that can be blended, with no side longer than ``side``."""
    scale = min(1.0, side / max(image.size))
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    image.draft(None, size)  # a JPEG is decoded at an eighth, quarter or half where that is enough
    image.load()
    if image.mode.startswith("I"):  # 16-bit grey: Pillow would cut off, not scale
        image = image.convert("I").point(lambda level: level * (1 / 257)).convert("L")
    elif image.mode in {"1", "P", "PA"}:
        image = image.convert("RGBA" if image.mode != "1" else "L")
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _in_srgb(image: Image.Image, picture: Picture) -> Image.Image:
    """Give 8-bit sRGB on white, through the picture's own profile where it has a sound one."""
    if image.mode in {"RGBA", "LA", "RGBa", "La"}:
        layer = image.convert("RGBA")
        image = Image.new("RGB", layer.size, "white")
        image.paste(layer, mask=layer.getchannel("A"))
    if picture.profile:
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(picture.profile))
            srgb = ImageCms.createProfile("sRGB")
            seen = ImageCms.profileToProfile(image, own, srgb, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            seen = None  # a broken or foreign profile: the bare pixels are the best guess
        image = seen or image
    return image if image.mode == "RGB" else image.convert("RGB")


def _jpeg(image: Image.Image, quality: int) -> bytes:
    image.info.clear()  # Pillow would copy comment, profile and density from here
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, progressive=True, optimize=True, subsampling="4:2:0")
    return out.getvalue()

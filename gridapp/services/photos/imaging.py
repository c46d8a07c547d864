"""From what a stranger sent to a photo that is safe to keep and to show: run by the decoder alone.

Copies are dear: fresh memory for eight megabytes of pixels costs more than decoding them. So a
picture is only resized, turned or converted where that changes something.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageCms, ImageOps

from gridapp.domain.errors import PhotoTooLargeError
from gridapp.services.photos.exif import ExifFacts, read_exif
from gridapp.services.photos.opening import LONG_SIDE_PX, MOST_PIXELS, Picture, open_picture

THUMBNAIL_SIDE_PX: Final = 320
# Shown at 56 px, on screens of two pixels a point.
FACE_SIDE_PX: Final = 112
_FACE_QUALITY: Final = 70

# Bytes a pixel that a decoder takes in all, as measured; a JPEG is decoded at less than its size.
_BYTES_PER_PIXEL: Final = {"PNG": 5, "WEBP": 17, "HEIF": 9}
_WIDE_BYTES_PER_PIXEL: Final = 10  # 16-bit grey, which becomes 32-bit on its way to 8
_COEFFICIENTS_PER_PIXEL: Final = 6  # a progressive JPEG is held whole, two bytes a coefficient

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class _Written(BytesIO):
    """Bytes with a path: Pillow compares it with that of what is read (``draw``)."""

    name = "/written"


@dataclass(frozen=True)
class Drawn:
    """A picture of our own making, and what the camera said before that was wiped."""

    image: Image.Image
    facts: ExifFacts


def draw(body: bytes, least_libheif: tuple[int, ...]) -> Drawn:
    """Decode a picture: upright, sRGB, no side above 1600 pixels.

    Raises:
        PhotoTooLargeError: Its header promises more than 50 million pixels.
        NotAPhotoError: Not JPEG, PNG, WebP or HEIC by content, or cut off.
        Exception: Whatever Pillow raises on broken bytes.
    """
    picture = open_picture(body, least_libheif)
    picture.image.filename = "/read"  # a whole one: Pillow else asks for a folder; there is none
    _check_size(picture.image)
    facts = read_exif(picture.exif)
    image = _shrunk(picture.image, LONG_SIDE_PX, 2.0)
    if not picture.upright and facts.orientation in _TURNS:
        image = image.transpose(_TURNS[facts.orientation])
    return Drawn(_in_srgb(image, picture), facts)


def memory_needed(body: bytes, least_libheif: tuple[int, ...]) -> int:
    """Tell from its header how many bytes of memory a picture takes; errors as ``draw``."""
    image = open_picture(body, least_libheif).image
    _check_size(image)
    pixels = image.width * image.height
    if image.format == "JPEG":
        held = _COEFFICIENTS_PER_PIXEL * pixels if image.info.get("progressive") else 0
        image.draft(None, _fitting(image, LONG_SIDE_PX))
        return held + 8 * image.width * image.height
    if image.mode.startswith("I"):
        return _WIDE_BYTES_PER_PIXEL * pixels
    return _BYTES_PER_PIXEL.get(image.format or "", 9) * pixels


def photo_of(image: Image.Image) -> bytes:
    """Write the photo that is kept.

    Neither progressive nor with tables of its own: that makes it a tenth smaller and costs four
    times as much as all else together.
    """
    return _jpeg(image, quality=82)


def thumbnail_of(image: Image.Image) -> bytes:
    """Write the small picture of lists."""
    return _jpeg(_shrunk(image, THUMBNAIL_SIDE_PX, 1.0), quality=75)


def face_of(image: Image.Image) -> bytes:
    """Write the square middle of a portrait as a small WebP."""
    square = ImageOps.fit(image, (FACE_SIDE_PX, FACE_SIDE_PX), Image.Resampling.LANCZOS)
    out = _Written()
    square.save(out, "WEBP", quality=_FACE_QUALITY)
    return out.getvalue()


def _check_size(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise PhotoTooLargeError


def _fitting(image: Image.Image, side: int) -> tuple[int, int]:
    scale = min(1.0, side / max(image.size))
    return max(1, round(image.width * scale)), max(1, round(image.height * scale))


def _shrunk(image: Image.Image, side: int, gap: float) -> Image.Image:
    """Give the picture in a mode that can be blended, with no side longer than ``side``.

    Args:
        image: The picture, loaded or not.
        side: The longest side allowed, in pixels.
        gap: Down to so many times the size by plain averaging, the rest by a better filter.
    """
    size = _fitting(image, side)
    image.draft(None, size)  # a JPEG is decoded at an eighth, quarter or half where that is enough
    image.load()
    if image.mode.startswith("I"):  # 16-bit grey: Pillow would cut off, not scale
        image = image.convert("I").point(lambda level: level * (1 / 257)).convert("L")
    elif image.mode in {"1", "P", "PA"}:
        image = image.convert("RGBA" if image.mode != "1" else "L")
    if image.size == size:
        return image
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=gap)


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
    out = _Written()
    image.save(out, "JPEG", quality=quality, subsampling="4:2:0")
    return out.getvalue()

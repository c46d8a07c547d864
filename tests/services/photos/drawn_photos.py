"""Photos drawn for the tests: red top left, green top right, so that every turn shows."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

RED, GREEN, BLUE, GREY = (217, 48, 37), (24, 128, 56), (59, 130, 196), (138, 143, 152)
# Drawn like ``a_picture`` with EXIF, then: heif-enc -q 40 -o street.heic street.jpg (libheif 1.15).
ANY_LIBHEIF = (0,)  # as if the library on this machine were known to be mended
HEIC = Path(__file__).parent / "fixtures" / "street.heic"


def a_picture(mode: str = "RGB", size: tuple[int, int] = (320, 240)) -> Image.Image:
    wide, high = size
    image = Image.new("RGB", size, BLUE)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, high * 2 // 3, wide, high), fill=GREY)
    pen.rectangle((0, 0, wide // 3, high // 3), fill=RED)
    pen.rectangle((wide * 2 // 3, 0, wide, high // 3), fill=GREEN)
    return image.convert(mode)


def saved(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def an_exif(orientation: int = 1, **overrides: str) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SECRET-CAMERA"
    exif.get_ifd(0x8769)[0x9003] = overrides.get("taken", "2026:03:05 09:30:00")
    if "zone" in overrides:
        exif.get_ifd(0x8769)[0x9011] = overrides["zone"]
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = overrides.get("lat_side", "N"), (34.0, 45.0, 30.0)
    gps[3], gps[4] = overrides.get("lng_side", "E"), (113.0, 39.0, 0.0)
    return exif


def a_png_header(width: int, height: int) -> bytes:
    """Give a PNG of which only the header promises pixels: a decompression bomb."""
    facts = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = b"IDAT" + zlib.compress(b"\0" * 1000)
    parts = [
        struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part))
        for part in (facts, pixels, b"IEND")
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def opened(jpeg: bytes) -> Image.Image:
    image = Image.open(BytesIO(jpeg))
    image.load()
    return image


def looks_like(image: Image.Image, at: tuple[float, float], colour: tuple[int, int, int]) -> bool:
    """Tell whether the picture shows about this colour at a place given as fractions."""
    seen = image.getpixel((int(at[0] * image.width), int(at[1] * image.height)))
    assert isinstance(seen, tuple)
    return all(abs(a - b) < 24 for a, b in zip(seen, colour, strict=True))

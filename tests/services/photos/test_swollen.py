"""Files that swell or repeat when they are read: refused in words, or read without what swells."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from gridapp.domain.errors import NotAPhotoError
from gridapp.services.photos import clean
from gridapp.services.photos.opening import open_picture
from tests.services.photos.drawn_photos import ANY_LIBHEIF, a_picture, saved

FRAMES, TEXT_BYTES = 10_000, 64_000_000
IHDR_END = 33  # the signature's 8 bytes, and the first chunk's 25


def a_long_gif() -> bytes:
    """Repeat the one frame of a GIF until it has 10,000 of them."""
    body = saved(Image.new("P", (16, 16)), "GIF")
    frame = body.index(b",\0\0\0\0")
    return body[:frame] + body[frame:-1] * FRAMES + body[-1:]


def with_a_huge_text(png: bytes) -> bytes:
    """Put a packed text of 64 MB between a PNG's header and its pixels."""
    text = b"iTXtComment\0\1\0\0\0" + zlib.compress(b"A" * TEXT_BYTES, 9)
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    return png[:IHDR_END] + chunk + png[IHDR_END:]


def test_a_gif_of_ten_thousand_frames_is_refused_in_words() -> None:
    body = a_long_gif()
    assert Image.open(BytesIO(body)).n_frames == FRAMES  # type: ignore[attr-defined]
    with pytest.raises(NotAPhotoError) as refusal:
        clean.clean_photo(body, ANY_LIBHEIF)
    assert refusal.value.sentence


def test_a_huge_text_in_a_png_is_never_unpacked() -> None:
    plain = saved(a_picture(), "PNG")
    body = with_a_huge_text(plain)
    assert not open_picture(body, ANY_LIBHEIF).image.info
    assert clean.clean_photo(body, ANY_LIBHEIF).jpeg == clean.clean_photo(plain, ANY_LIBHEIF).jpeg

"""Opens a HEIC, if the library that reads it is known to be mended; run by the decoder alone.

libheif before 1.23.4 writes out of bounds on pictures made for it (CVE-2026-84383 and kin); a
program that uses the hole is published. The version is looked at where the bytes would be read, so
that no other setting, cache or caller can forget it.
"""

import re
from io import BytesIO

import pi_heif
from PIL import ImageFile

from gridapp.domain.errors import HeicRefusedError


def libheif_version() -> tuple[int, ...]:
    """Tell the version of the library that is really loaded, whatever the package is called."""
    told = str(pi_heif.libheif_info()["libheif"])
    return tuple(int(part) for part in re.findall(r"\d+", told)[:3])


def open_heic(body: bytes, least: tuple[int, ...]) -> ImageFile.ImageFile:
    """Open the primary picture of a HEIC.

    Raises:
        HeicRefusedError: The library is older than ``least``; not one byte was looked at.
    """
    if libheif_version() < least:
        raise HeicRefusedError
    pi_heif.options.THUMBNAILS = pi_heif.options.DEPTH_IMAGES = pi_heif.options.AUX_IMAGES = False
    pi_heif.options.DECODE_THREADS = 1  # the process may have no other
    image: ImageFile.ImageFile = pi_heif.HeifImageFile(BytesIO(body))
    return image

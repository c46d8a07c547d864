"""From hostile bytes to a picture that may be decoded: the format is told by content alone.

Each format gets its own decoder directly, never Pillow's guessing: so no GIF, TIFF, SVG or any of
its forty other readers can be reached, and no file is two things at once. Of a JPEG and a PNG only
the parts that make pixels are handed on; whatever was appended, hidden between or written about
the picture (a second picture, a film, a ZIP, a page, an animation) is never looked at.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import ImageFile, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from gridapp.domain.errors import NotAPhotoError, PhotoCutError
from gridapp.services.photos.heic import open_heic

MOST_PIXELS = 50_000_000
LONG_SIDE_PX = 1600

_MARKER = re.compile(rb"\xff\xff*([^\x00\x01\xd0-\xd7\xff])", re.DOTALL)
# Above: no stuffing, no restart; written so that the search for its first byte is a fast one.
_END, _SCAN, _EXIF, _ICC = 0xD9, 0xDA, 0xE1, 0xE2
# What tells how pixels are coded; of the application segments only JFIF's and Adobe's do.
_PIXEL_MARKERS = {*range(0xC0, 0xD0), *range(0xDA, 0xE0), 0xE0, 0xEE}
_MOST_SCANS = 64  # a progressive camera picture has ten; thousands keep a decoder busy for minutes

_EXIF_NAMES = re.compile(rb"\A(?:Exif\x00\x00)+")  # some programs write the name twice

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PIXEL_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT"}
_LARGEST_PROFILE_BYTES = 1 << 20

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


@dataclass(frozen=True)
class Picture:
    """A picture whose header is read; its pixels are decoded when they are asked for.

    Args:
        image: Pillow's lazy image; its size comes from the header.
        exif: The raw EXIF block, or nothing.
        profile: The raw ICC colour profile, or nothing.
        upright: The decoder turns the picture itself (HEIC); EXIF's orientation no longer holds.
    """

    image: ImageFile.ImageFile
    exif: bytes
    profile: bytes
    upright: bool = False


def open_picture(body: bytes, least_libheif: tuple[int, ...]) -> Picture:
    """Open a picture by its content.

    Raises:
        NotAPhotoError: Not JPEG, PNG, WebP or HEIC.
        PhotoCutError: It begins as it should and has no end.
        HeicRefusedError: A HEIC, and the library that reads it is older than ``least_libheif``.
        Exception: Whatever Pillow raises on broken bytes; the caller makes one refusal of it.
    """
    if body.startswith(b"\xff\xd8\xff"):
        return _open_jpeg(body)
    if body.startswith(_PNG_SIGNATURE):
        return _open_png(body)
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return _open_webp(body)
    if body[4:8] == b"ftyp" and body[8:12] in _HEIC_BRANDS:
        return _open_heic(body, least_libheif)
    raise NotAPhotoError


def _open_jpeg(body: bytes) -> Picture:
    exif, profile, scans = b"", {}, 0
    kept = [b"\xff\xd8"]
    for marker, facts, raw in _segments(body):
        if marker in _PIXEL_MARKERS:
            kept.append(raw)
            scans += marker == _SCAN
        elif marker == _EXIF and facts.startswith(b"Exif\x00\x00"):
            exif = exif or _EXIF_NAMES.sub(b"", facts)
        elif marker == _ICC and facts.startswith(b"ICC_PROFILE\x00"):
            profile[facts[12:13]] = facts[14:]  # 12: its place in the row of parts
    if not 0 < scans <= _MOST_SCANS:
        raise NotAPhotoError
    image = JpegImagePlugin.JpegImageFile(BytesIO(b"".join([*kept, b"\xff\xd9"])))
    return Picture(image, exif, b"".join(profile[part] for part in sorted(profile)))


def _segments(body: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Give each segment of the first picture up to its end: marker, content, raw bytes.

    Raises:
        PhotoCutError: The picture has no end: it was cut off on the way.
    """
    at = 2
    while found := _MARKER.search(body, at):
        marker, start = found[1][0], found.end()
        if marker == _END:
            return
        at = start + int.from_bytes(body[start : start + 2], "big")
        if marker == _SCAN:  # the coded pixels follow it without a length
            follower = _MARKER.search(body, at)
            at = follower.start() if follower else len(body)
        yield marker, body[start + 2 : at], body[found.start() : at]
    raise PhotoCutError


def _open_png(body: bytes) -> Picture:
    exif, profile = b"", b""
    kept = [_PNG_SIGNATURE]
    for name, facts, raw in _chunks(body):
        if name in _PIXEL_CHUNKS:
            kept.append(raw)
        elif name == b"eXIf":
            exif = facts
        elif name == b"iCCP":
            # A name, a zero, the method, then the packed profile; a bomb stops at the limit.
            packed = facts.partition(b"\x00")[2][1:]
            profile = zlib.decompressobj().decompress(packed, _LARGEST_PROFILE_BYTES)
    kept.append(b"\x00\x00\x00\x00IEND\xaeB`\x82")
    return Picture(PngImagePlugin.PngImageFile(BytesIO(b"".join(kept))), exif, profile)


def _chunks(body: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Give each chunk up to the end mark: name, content, raw bytes.

    Raises:
        PhotoCutError: There is no end mark: it was cut off on the way.
    """
    at = len(_PNG_SIGNATURE)
    while at + 12 <= len(body):
        size = int.from_bytes(body[at : at + 4], "big")
        name, end = body[at + 4 : at + 8], at + 12 + size
        if name == b"IEND":
            return
        yield name, body[at + 8 : end - 4], body[at:end]
        at = end
    raise PhotoCutError


def _open_webp(body: bytes) -> Picture:
    """Open the first picture; of an animation no other frame is ever decoded."""
    if int.from_bytes(body[4:8], "little") + 8 > len(body):
        raise PhotoCutError
    image = WebPImagePlugin.WebPImageFile(BytesIO(body))
    return Picture(image, image.info.get("exif", b""), image.info.get("icc_profile", b""))


def _open_heic(body: bytes, least_libheif: tuple[int, ...]) -> Picture:
    """Open the primary picture, which its decoder turns as its container says."""
    image = open_heic(body, least_libheif)
    exif, profile = image.info.get("exif") or b"", image.info.get("icc_profile") or b""
    return Picture(image, exif, profile, upright=True)

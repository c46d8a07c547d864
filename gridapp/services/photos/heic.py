"""Decode a HEIC in a process of its own: this file is also the program that the process runs.

The HEIC decoder dies on some broken files (one wrong byte in the name of a metadata item is
enough), and every request of the server would die with it. A child dies alone, may use only so
much memory and time, and hands back bare pixels. It imports nothing of gridapp, so that it starts
in a tenth of a second.
"""

import struct
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

_HEADER = ">BIIII"  # the kind of pixels, width, height, bytes of EXIF, bytes of the profile
_KINDS = ("RGB", "RGBA", "L", "LA")
_TOO_LARGE = 9
_MOST_MEMORY_BYTES = 1_500_000_000
_MOST_SECONDS = 20


@dataclass(frozen=True)
class DecodedHeic:
    """The primary picture, turned as its container says and already shrunk."""

    image: Image.Image
    exif: bytes
    profile: bytes


class HeicTooLargeError(Exception):
    """The picture has more pixels than allowed, by its header or when decoded."""


def decode_heic(body: bytes, side: int, most_pixels: int) -> DecodedHeic:
    """Decode the primary picture of a HEIC, no side longer than ``side`` pixels.

    Raises:
        HeicTooLargeError: It has more than ``most_pixels``.
        ValueError: It is broken, or costs too much memory or time.
    """
    command = [sys.executable, "-I", __file__, str(side), str(most_pixels)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program with two numbers
            command, input=body, capture_output=True, check=False, timeout=2 * _MOST_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise ValueError("decoding takes too long") from error
    if done.returncode == _TOO_LARGE:
        raise HeicTooLargeError
    if done.returncode != 0:
        raise ValueError(f"the decoder ended with {done.returncode}")
    kind, width, height, exif_bytes, profile_bytes = struct.unpack_from(_HEADER, done.stdout)
    exif_from = struct.calcsize(_HEADER)
    profile_from = exif_from + exif_bytes
    pixels_from = profile_from + profile_bytes
    pixels = done.stdout[pixels_from:]
    return DecodedHeic(
        image=Image.frombytes(_KINDS[kind], (width, height), pixels),
        exif=done.stdout[exif_from:profile_from],
        profile=done.stdout[profile_from:pixels_from],
    )


def _decode_here(body: bytes, side: int, most_pixels: int) -> bytes:
    """Decode in this very process, which may die of it: only ever called in the child."""
    import pi_heif  # noqa: PLC0415 - the server itself never loads it

    pi_heif.options.THUMBNAILS = pi_heif.options.DEPTH_IMAGES = pi_heif.options.AUX_IMAGES = False
    image = pi_heif.HeifImageFile(BytesIO(body))
    for step in (lambda: None, image.load):  # the true size may show only when it is decoded
        step()
        if image.width * image.height > most_pixels:
            raise HeicTooLargeError
    exif, profile = image.info.get("exif") or b"", image.info.get("icc_profile") or b""
    flat = image if image.mode in _KINDS else image.convert("RGB")
    scale = min(1.0, side / max(flat.size))
    size = max(1, round(flat.width * scale)), max(1, round(flat.height * scale))
    small = flat.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    header = struct.pack(_HEADER, _KINDS.index(small.mode), *size, len(exif), len(profile))
    return bytes(header + exif + profile + small.tobytes())


def _bounded() -> None:
    """Bound what this process may use, and leave no core file behind when it dies."""
    import resource  # noqa: PLC0415 - only the child bounds itself

    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY_BYTES, _MOST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _bounded()
    try:
        answer = _decode_here(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2]))
    except HeicTooLargeError:
        sys.exit(_TOO_LARGE)
    sys.stdout.buffer.write(answer)

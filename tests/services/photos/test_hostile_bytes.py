"""What is not a photo is refused by its content; what hides in one does not come through."""

import signal
from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from gridapp.domain.errors import GridappError, NotAPhotoError, PhotoTooLargeError
from gridapp.services.photos import clean
from gridapp.services.photos.clean import MOST_BYTES, CleanPhoto
from tests.services.photos.drawn_photos import (
    ANY_LIBHEIF,
    HEIC,
    a_picture,
    a_png_header,
    an_exif,
    saved,
)

SMALL = a_picture(size=(48, 32))
VALID = {
    "JPEG": saved(SMALL, exif=an_exif(6)),
    "progressive": saved(SMALL, progressive=True),
    "PNG": saved(SMALL, "PNG", exif=an_exif(3)),
    "WEBP": saved(SMALL, "WEBP", exif=an_exif(8)),
    "HEIC": HEIC.read_bytes(),
}


def clean_photo(body: bytes) -> CleanPhoto:
    return clean.clean_photo(body, ANY_LIBHEIF)


def a_zip() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        # Its own moment, or two test processes would collect two different tests.
        archive.writestr(ZipInfo("payload.exe"), b"MZ-SECRET-PAYLOAD")
    return out.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xd8\xff",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><body>photo.jpg</body></html>",
        b"RIFF\x24\x00\x00\x00WAVEfmt ",
        b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 64,
        b"\x00\x00\x00\x18ftypheic" + b"\x00" * 64,
        a_zip(),
        saved(a_picture(), "GIF"),
        saved(a_picture(), "TIFF"),
        saved(a_picture(), "BMP"),
        saved(a_picture(), "AVIF"),
        saved(a_picture(), "ICO"),
    ],
    ids=lambda body: repr(body[:12]),
)
def test_what_is_no_photo_is_refused_by_its_content(body: bytes) -> None:
    with pytest.raises(NotAPhotoError):
        clean_photo(body)


@pytest.mark.parametrize("kind", VALID)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_photo_cut_off_on_the_way_is_refused(kind: str, share: float) -> None:
    body = VALID[kind]
    with pytest.raises(NotAPhotoError) as refusal:
        clean_photo(body[: int(len(body) * share)])
    if kind != "HEIC":  # its decoder does not tell
        assert "照片没有传完整" in refusal.value.sentence


def test_more_than_12_megabytes_are_refused_unread() -> None:
    with pytest.raises(PhotoTooLargeError):
        clean_photo(VALID["JPEG"] + b"\0" * MOST_BYTES)


@pytest.mark.parametrize("size", [(7072, 7072), (50_000_001, 1), (2**31 - 1, 2**31 - 1)])
def test_more_than_50_million_pixels_are_refused_from_the_header(size: tuple[int, int]) -> None:
    with pytest.raises(PhotoTooLargeError):
        clean_photo(a_png_header(*size))


def test_a_jpeg_header_that_promises_4_gigapixels_is_refused() -> None:
    body = bytearray(VALID["JPEG"])
    frame = body.index(b"\xff\xc0")
    body[frame + 5 : frame + 9] = b"\xff\xff\xff\xff"
    with pytest.raises(PhotoTooLargeError):
        clean_photo(bytes(body))


def test_a_jpeg_of_a_thousand_scans_is_refused_before_it_keeps_the_decoder_busy() -> None:
    body = VALID["progressive"]
    last = body.rindex(b"\xff\xda")
    with pytest.raises(NotAPhotoError):
        clean_photo(body[:last] + body[last:-2] * 1000 + b"\xff\xd9")


def test_a_heic_that_kills_its_decoder_is_refused_and_we_live_on() -> None:
    body = VALID["HEIC"].replace(b"Exif", b"Ex\xf5f", 1)
    with pytest.raises(NotAPhotoError, match="不是可以识别的照片") as refusal:
        clean_photo(body)
    assert str(refusal.value.__cause__) == f"the decoder ended with {-signal.SIGSEGV}"


def test_a_heic_of_more_pixels_than_allowed_is_refused_from_its_header() -> None:
    size = (320).to_bytes(4, "big") + (240).to_bytes(4, "big")
    body = VALID["HEIC"].replace(size, (8000).to_bytes(4, "big") * 2)
    with pytest.raises(PhotoTooLargeError):
        clean_photo(body)


@pytest.mark.parametrize("kind", VALID)
@pytest.mark.parametrize("rider", [a_zip(), b"<html>SECRET", b"%PDF-1.7 SECRET", VALID["JPEG"]])
def test_what_rides_behind_a_photo_stays_behind(kind: str, rider: bytes) -> None:
    with suppress(NotAPhotoError):  # a container may also refuse the whole: that is as good
        photo = clean_photo(VALID[kind] + rider)
        assert photo.jpeg == clean_photo(VALID[kind]).jpeg


def test_of_several_pictures_in_one_file_only_the_first_is_kept() -> None:
    other = a_picture(size=(48, 32)).transpose(Image.Transpose.ROTATE_180)
    film = {"save_all": True, "append_images": [other]}
    apng = saved(SMALL, "PNG", default_image=True, **film)
    assert clean_photo(apng).jpeg == clean_photo(VALID["PNG"].replace(b"eXIf", b"noIf")).jpeg
    assert clean_photo(saved(SMALL, "MPO", **film)).jpeg == clean_photo(saved(SMALL)).jpeg
    assert clean_photo(saved(SMALL, "WEBP", lossless=True, **film)).width == 48


@st.composite
def mutilated(draw: st.DrawFn, *kinds: str) -> bytes:
    """Give a valid file with bytes changed, cut out or put in."""
    body = bytearray(VALID[draw(st.sampled_from(kinds))])
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(body) - 1))
        length = draw(st.integers(0, 40))
        body[at : at + length] = draw(st.binary(max_size=40))
        body = body or bytearray(b"\0")
    return bytes(body)


@given(mutilated("JPEG", "progressive", "PNG", "WEBP"))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_mutilated_photos_are_cleaned_or_refused_and_nothing_else(body: bytes) -> None:
    with suppress(GridappError):
        assert clean_photo(body).jpeg.startswith(b"\xff\xd8\xff\xe0")


@given(mutilated("HEIC"))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_mutilated_heics_are_cleaned_or_refused_and_nothing_else(body: bytes) -> None:
    with suppress(GridappError):
        assert clean_photo(body).jpeg.startswith(b"\xff\xd8\xff\xe0")


@given(st.binary(max_size=300), st.sampled_from(["JPEG", "progressive", "PNG", "WEBP"]))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_a_right_magic_before_garbage_is_refused_quietly(garbage: bytes, kind: str) -> None:
    with suppress(GridappError):
        clean_photo(VALID[kind][:16] + garbage)

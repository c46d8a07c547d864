"""What comes out of a stranger's file is a photo of our own making."""

import struct
import zlib
from datetime import UTC, datetime

import pytest
from PIL import Image, ImageCms

from gridapp.services.photos.clean import clean_photo
from tests.services.photos.drawn_photos import (
    ANY_LIBHEIF,
    BLUE,
    GREEN,
    GREY,
    HEIC,
    RED,
    a_picture,
    an_exif,
    looks_like,
    opened,
    saved,
)

TOP_LEFT, TOP_RIGHT, BOTTOM = (0.1, 0.1), (0.9, 0.1), (0.5, 0.9)
# EXIF's eight values, drawn a second time: how the camera laid its pixels down.
TURNED_BACK = {
    1: lambda image: image,
    2: lambda image: image.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    3: lambda image: image.rotate(180),
    4: lambda image: image.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
    5: lambda image: image.rotate(90, expand=True).transpose(Image.Transpose.FLIP_TOP_BOTTOM),
    6: lambda image: image.rotate(90, expand=True),
    7: lambda image: image.rotate(-90, expand=True).transpose(Image.Transpose.FLIP_TOP_BOTTOM),
    8: lambda image: image.rotate(-90, expand=True),
}


def shows_the_street(jpeg: bytes) -> bool:
    image = opened(jpeg)
    places = [(TOP_LEFT, RED), (TOP_RIGHT, GREEN), (BOTTOM, GREY), ((0.5, 0.5), BLUE)]
    return all(looks_like(image, at, colour) for at, colour in places)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_accepted_format_becomes_the_same_street(kind: str) -> None:
    photo = clean_photo(saved(a_picture(), kind))
    assert shows_the_street(photo.jpeg)
    assert (photo.width, photo.height) == (320, 240)


def test_a_heic_is_shown_as_its_container_says_whatever_exif_claims() -> None:
    photo = clean_photo(HEIC.read_bytes(), ANY_LIBHEIF)
    assert (photo.width, photo.height) == (320, 240)
    assert looks_like(opened(photo.jpeg), (0.15, 0.2), RED)
    assert photo.taken_at == datetime(2026, 3, 5, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("orientation", TURNED_BACK)
def test_each_of_the_eight_orientations_comes_out_upright(orientation: int) -> None:
    laid_down = TURNED_BACK[orientation](a_picture())
    photo = clean_photo(saved(laid_down, exif=an_exif(orientation), quality=95))
    assert (photo.width, photo.height) == (320, 240)
    assert shows_the_street(photo.jpeg)
    assert shows_the_street(photo.thumbnail)


def test_a_name_written_twice_before_the_camera_s_facts_costs_none_of_them() -> None:
    body = saved(TURNED_BACK[6](a_picture()), exif=an_exif(6), quality=95)
    at = body.index(b"\xff\xe1") + 2
    size = int.from_bytes(body[at : at + 2], "big") + 6
    twice = body[:at] + size.to_bytes(2, "big") + b"Exif\0\0" + body[at + 2 :]
    photo = clean_photo(twice)
    assert shows_the_street(photo.jpeg)
    assert photo == clean_photo(body)
    assert photo.position


@pytest.mark.parametrize("mode", ["L", "1", "CMYK", "RGBA", "P", "LA", "I;16"])
def test_every_mode_of_pixels_becomes_eight_bit_rgb(mode: str) -> None:
    image = a_picture("L").convert("I;16") if mode == "I;16" else a_picture(mode)
    photo = clean_photo(saved(image, "JPEG" if mode == "CMYK" else "PNG"))
    assert opened(photo.jpeg).mode == "RGB"
    assert opened(photo.jpeg).size == (320, 240)


def test_sixteen_bit_grey_keeps_its_shades() -> None:
    photo = clean_photo(saved(Image.new("I;16", (64, 64), 0x8000), "PNG"))
    assert looks_like(opened(photo.jpeg), (0.5, 0.5), (128, 128, 128))


def test_what_was_transparent_is_white() -> None:
    photo = clean_photo(saved(Image.new("RGBA", (64, 64), (0, 0, 0, 0)), "PNG"))
    assert looks_like(opened(photo.jpeg), (0.5, 0.5), (255, 255, 255))


@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000), (9000, 100), (1601, 3)])
def test_the_long_side_shrinks_to_1600_and_the_shape_stays(size: tuple[int, int]) -> None:
    photo = clean_photo(saved(a_picture(size=size)))
    assert max(photo.width, photo.height) == 1600
    assert photo.width / photo.height == pytest.approx(size[0] / size[1], rel=0.4)
    assert max(opened(photo.thumbnail).size) == 320


def test_a_small_photo_is_not_blown_up() -> None:
    photo = clean_photo(saved(a_picture(size=(200, 100))))
    assert (photo.width, photo.height) == (200, 100)
    assert opened(photo.thumbnail).size == (200, 100)


def test_the_kept_jpeg_is_small() -> None:
    photo = clean_photo(saved(a_picture(size=(4000, 3000))))
    assert len(photo.jpeg) < 100_000


def a_profile_with_red_and_green_swapped() -> bytes:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return srgb.replace(b"rXYZ", b"tmp!").replace(b"gXYZ", b"rXYZ").replace(b"tmp!", b"gXYZ")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_colour_profile_is_applied_before_it_is_dropped(kind: str) -> None:
    pure = Image.new("RGB", (64, 64), (255, 0, 0))
    photo = clean_photo(saved(pure, kind, icc_profile=a_profile_with_red_and_green_swapped()))
    assert looks_like(opened(photo.jpeg), (0.5, 0.5), (0, 255, 0))


def test_a_profile_that_is_broken_or_of_another_kind_is_passed_over() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (b"not a profile", lab):
        assert shows_the_street(clean_photo(saved(a_picture(), icc_profile=profile)).jpeg)


def test_the_same_bytes_give_the_same_photo() -> None:
    body = saved(a_picture(), "PNG")
    assert clean_photo(body) == clean_photo(body)


def segments(jpeg: bytes) -> set[int]:
    """List the markers before the pixels, walked by hand on the real bytes."""
    at, found = 2, set()
    while jpeg[at + 1] != 0xDA:
        found.add(jpeg[at + 1])
        at += 2 + struct.unpack_from(">H", jpeg, at + 2)[0]
    return found


def laden(kind: str) -> bytes:
    """Give a picture full of everything a camera or an editor may write about it."""
    notes = {"JPEG": {"comment": b"SECRET-COMMENT"}}.get(kind, {})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    packet = b"<x:xmpmeta>SECRET-XMP</x:xmpmeta>"
    return saved(a_picture(), kind, exif=an_exif(), icc_profile=profile, xmp=packet, **notes)


@pytest.mark.parametrize("body", [laden("JPEG"), laden("PNG"), laden("WEBP"), HEIC.read_bytes()])
def test_nothing_but_pixels_is_left_in_the_bytes(body: bytes) -> None:
    photo = clean_photo(body, ANY_LIBHEIF)
    for jpeg in (photo.jpeg, photo.thumbnail):
        assert segments(jpeg) <= {0xE0, 0xDB, 0xC0, 0xC4}
        assert all(word not in jpeg for word in (b"SECRET", b"Exif", b"GPS", b"ICC_", b"xmp"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_time_and_place_are_read_before_they_are_wiped(kind: str) -> None:
    photo = clean_photo(saved(a_picture(), kind, exif=an_exif()))
    assert photo.taken_at == datetime(2026, 3, 5, 1, 30, tzinfo=UTC)
    assert photo.position == pytest.approx((113.65, 34.758333), abs=1e-6)


def test_a_camera_that_names_its_zone_is_believed() -> None:
    photo = clean_photo(saved(a_picture(), exif=an_exif(zone="+09:00")))
    assert photo.taken_at == datetime(2026, 3, 5, 0, 30, tzinfo=UTC)


def test_west_and_south_are_negative() -> None:
    photo = clean_photo(saved(a_picture(), exif=an_exif(lat_side="S", lng_side="W")))
    assert photo.position == pytest.approx((-113.65, -34.758333), abs=1e-6)


@pytest.mark.parametrize(
    "taken", ["", "0000:00:00 00:00:00", "yesterday", "0001:01:01 00:00:00", "9999:12:31 23:00:00"]
)
def test_a_senseless_time_is_no_time_and_the_photo_stays(taken: str) -> None:
    photo = clean_photo(saved(a_picture(), exif=an_exif(taken=taken)))
    assert photo.taken_at is None
    assert shows_the_street(photo.jpeg)


def test_a_broken_exif_block_costs_its_facts_not_the_photo() -> None:
    whole = an_exif(6).tobytes()
    for cut in range(0, len(whole), 3):
        assert clean_photo(saved(a_picture(size=(32, 24)), exif=whole[:cut] or b"x")).jpeg


def test_a_text_chunk_that_unpacks_to_gigabytes_is_never_unpacked() -> None:
    text = b"zTXtnote\x00\x00" + zlib.compress(b"A" * 50_000_000)
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    body = saved(a_picture(), "PNG")
    assert shows_the_street(clean_photo(body[:33] + chunk + body[33:]).jpeg)

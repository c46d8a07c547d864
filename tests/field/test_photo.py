"""Photos as phones take them, made ready by the real module in a real browser."""

import base64
import hashlib
from io import BytesIO
from random import Random
from typing import Any, Final

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.services.photos.drawn_photos import GREEN, HEIC, RED, a_picture, an_exif, opened, saved

MOST_BYTES: Final = 400_000
# How a camera held in each way stores an upright picture.
STORED: Final = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
PREPARE: Final = """async ({ name, type, padding }) => {
  const { prepare } = await import("/field/photo.js");
  const body = await (await fetch("/taken")).arrayBuffer();
  try {
    const photo = await prepare(new File([body, new Uint8Array(padding)], name, { type }));
    const letters = Array.from(new Uint8Array(photo.bytes), (byte) => String.fromCharCode(byte));
    return { sha: photo.sha, type: photo.type, base64: btoa(letters.join("")) };
  } catch (error) {
    return { reason: error.reason ?? String(error) };
  }
}"""


@pytest.fixture
def html(page: Page, assets: str) -> Page:
    """An empty HTML page: only there a canvas is one."""
    page.route("**/empty", lambda route: route.fulfill(content_type="text/html", body=""))
    page.goto(f"{assets}/empty")
    return page


def prepare(
    page: Page, body: bytes, name: str = "a.jpg", type_: str = "image/jpeg", padding: int = 0
) -> dict[str, Any]:
    """Let the module prepare a file; ``bytes`` are what would be sent."""
    page.route("**/taken", lambda route: route.fulfill(body=body))
    told: dict[str, Any] = page.evaluate(PREPARE, {"name": name, "type": type_, "padding": padding})
    if "base64" in told:
        told["bytes"] = base64.b64decode(told.pop("base64"))
    return told


def camera_photo(wide: int, high: int, grain: int) -> bytes:
    """Draw a photo full of detail; the smaller the grain, the less a JPEG can save."""
    size = (wide // grain, high // grain)
    noise = Random(1).randbytes(size[0] * size[1])  # noqa: S311 - no secret, the same each time
    drawn = Image.frombytes("L", size, noise).resize((wide, high), Image.Resampling.BILINEAR)
    out = BytesIO()
    drawn.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def near(colour: Any, wanted: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 30 for one, other in zip(colour, wanted, strict=True))


@pytest.mark.parametrize("orientation", STORED)
def test_however_the_phone_was_held_the_photo_is_upright(html: Page, orientation: int) -> None:
    turn = STORED[orientation]
    stored = a_picture() if turn is None else a_picture().transpose(turn)
    ready = opened(prepare(html, saved(stored, exif=an_exif(orientation)))["bytes"])
    assert ready.size == (320, 240)
    assert near(ready.getpixel((20, 20)), RED)
    assert near(ready.getpixel((300, 20)), GREEN)


def test_nothing_that_the_camera_wrote_down_goes_up(html: Page) -> None:
    ready = prepare(html, saved(a_picture(), exif=an_exif()))
    assert dict(opened(ready["bytes"]).getexif()) == {}
    assert b"SECRET-CAMERA" not in ready["bytes"]


@pytest.mark.parametrize(
    ("wide", "high", "grain"),
    [(4000, 3000, 2), (4000, 3000, 4), (3000, 4000, 8), (8000, 6000, 4)],
    ids=["12 MP of gravel", "12 MP of leaves", "12 MP upright", "48 MP"],
)
def test_a_large_photo_is_at_most_400_kb_and_keeps_its_shape(
    html: Page, wide: int, high: int, grain: int
) -> None:
    ready = prepare(html, camera_photo(wide, high, grain))
    size = opened(ready["bytes"]).size
    assert len(ready["bytes"]) <= MOST_BYTES
    assert 960 <= max(size) <= 1600
    assert abs(size[0] / size[1] - wide / high) < 0.01


def test_a_photo_is_known_by_the_hash_of_what_is_sent(html: Page) -> None:
    ready = prepare(html, saved(a_picture()))
    assert ready["sha"] == hashlib.sha256(ready["bytes"]).hexdigest()


@pytest.mark.parametrize(
    ("name", "type_"), [("IMG_1.HEIC", ""), ("IMG_1.heif", ""), ("image", "image/heic")]
)
def test_what_only_the_server_can_open_goes_up_as_it_is(html: Page, name: str, type_: str) -> None:
    html.evaluate("document.documentElement.dataset.heic = ''")
    ready = prepare(html, HEIC.read_bytes(), name, type_)
    assert (ready["bytes"], ready["type"]) == (HEIC.read_bytes(), "image/heic")


@pytest.mark.parametrize(
    ("name", "type_"), [("IMG_1.HEIC", ""), ("IMG_1.heif", ""), ("image", "image/heic")]
)
def test_a_heic_that_nobody_can_open_is_refused_here(html: Page, name: str, type_: str) -> None:
    assert prepare(html, HEIC.read_bytes(), name, type_) == {"reason": "photo_heic"}


def test_what_a_browser_shows_but_makes_no_bitmap_of_is_drawn_all_the_same(html: Page) -> None:
    html.evaluate("void (globalThis.createImageBitmap = async () => { throw new Error(); })")
    body = saved(a_picture(size=(40, 20)), exif=an_exif(6))
    ready = prepare(html, body, "IMG_1.HEIC", "image/jpeg")
    assert (ready["type"], opened(ready["bytes"]).size) == ("image/jpeg", (20, 40))


def test_a_heic_that_is_too_large_for_the_server_is_refused_here(html: Page) -> None:
    html.evaluate("document.documentElement.dataset.heic = ''")
    ready = prepare(html, HEIC.read_bytes(), "IMG_1.HEIC", "image/heic", padding=12_000_000)
    assert ready == {"reason": "photo_too_large"}


@pytest.mark.parametrize("body", [b"", b"no photo", saved(a_picture())[:100]])
def test_a_broken_file_is_refused_with_a_reason(html: Page, body: bytes) -> None:
    assert prepare(html, body) == {"reason": "photo_unreadable"}


def test_what_is_transparent_becomes_white(html: Page) -> None:
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    ready = opened(prepare(html, saved(clear, "PNG"), "a.png", "image/png")["bytes"])
    assert near(ready.getpixel((20, 20)), (255, 255, 255))

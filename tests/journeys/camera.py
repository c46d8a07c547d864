"""A camera that sees what a test draws: a poster's QR code, upright, turned, or something else."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import qrcode
from PIL import Image
from playwright.sync_api import Page, Playwright

from tests.browser import find_chromium

_SIZE = (640, 480)
_FRAMES = 3


def poster_qr(text: str) -> Image.Image:
    """Draw the code as a poster has it: capitals, level H."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_H, box_size=8, border=4)
    code.add_data(text)
    return code.make_image().get_image().convert("RGB")


def film(path: Path, text: str, *, turned: float = 0.0) -> Path:
    """Write what the camera sees as MJPEG: the code on a wall, turned by some degrees."""
    wall = Image.new("RGB", _SIZE, (188, 182, 170))
    code = poster_qr(text).resize((300, 300))
    code = code.rotate(turned, expand=True, fillcolor=(188, 182, 170))
    wall.paste(code, ((_SIZE[0] - code.width) // 2, (_SIZE[1] - code.height) // 2))
    with path.open("wb") as out:
        for _ in range(_FRAMES):
            wall.save(out, "JPEG", quality=85)
    return path


@contextmanager
def phone_with_camera(
    playwright: Playwright, film: Path | None, *, may: bool = True
) -> Iterator[Page]:
    """Open a phone whose camera shows a film; without a film it has no camera at all."""
    fake = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
    browser = playwright.chromium.launch(
        executable_path=find_chromium(is_whole=True), args=["--no-sandbox", *(fake if film else [])]
    )
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        has_touch=True,
        permissions=["camera"] if may else [],
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    browser.close()

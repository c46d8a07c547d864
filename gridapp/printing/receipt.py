"""The receipt as a picture, to be kept in a phone's album: number, promise, and a code to return.

What was reported stays out of it: an album is looked at by others, and pictures are sent on.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

import qrcode
from PIL import Image, ImageDraw

from gridapp.printing.lettering import font, lines

WIDTH_PX: Final = 750
_MARGIN_PX: Final = 56
_MODULE_PX: Final = 9
_GROUND: Final = "#ffffff"
_INK: Final = "#1a2330"
_QUIET: Final = "#525d6c"
_ACTION: Final = "#1c4f91"
_LINE: Final = "#dfe3e9"
_COLOURS: Final = 32


@dataclass(frozen=True)
class ReceiptWords:
    """What stands on a receipt.

    Args:
        brand: Who gives it.
        title: That it was received.
        no: The case's number.
        facts: Name and value of what else stands there, in order.
        hint: What the code is for.
        address: What the code holds.
    """

    brand: str
    title: str
    no: str
    facts: tuple[tuple[str, str], ...]
    hint: str
    address: str


class _Sheet:
    """A sheet that is written from the top; it is cut off where the writing ends."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH_PX, 2 * WIDTH_PX), _GROUND)
        self.pen = ImageDraw.Draw(self.image)
        self.y = _MARGIN_PX

    def write(self, text: str, size_px: int, colour: str, after_px: int = 12) -> None:
        for line in lines(text, size_px, WIDTH_PX - 2 * _MARGIN_PX):
            self.pen.text((_MARGIN_PX, self.y), line, colour, font(size_px))
            self.y += round(size_px * 1.45)
        self.y += after_px

    def rule(self) -> None:
        self.pen.line((_MARGIN_PX, self.y, WIDTH_PX - _MARGIN_PX, self.y), _LINE, 2)
        self.y += 28

    def code(self, address: str) -> None:
        made = qrcode.QRCode(border=0, box_size=_MODULE_PX, error_correction=qrcode.ERROR_CORRECT_M)
        made.add_data(address)
        drawn = made.make_image().get_image().convert("RGB")
        self.image.paste(drawn, ((WIDTH_PX - drawn.width) // 2, self.y))
        self.y += drawn.height + 28


def receipt_png(words: ReceiptWords) -> bytes:
    """Draw a receipt."""
    sheet = _Sheet()
    sheet.write(words.brand, 26, _ACTION)
    sheet.write(words.title, 52, _INK, after_px=20)
    sheet.write(words.no, 60, _ACTION, after_px=20)
    sheet.rule()
    for name, value in words.facts:
        sheet.write(name, 26, _QUIET, after_px=0)
        sheet.write(value, 34, _INK, after_px=16)
    sheet.rule()
    sheet.code(words.address)
    sheet.write(words.hint, 26, _QUIET, after_px=_MARGIN_PX - 12)
    out = BytesIO()
    cut = sheet.image.crop((0, 0, WIDTH_PX, sheet.y))
    # Few colours: a phone on a poor line loads it in a moment.
    cut.quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()

"""Chinese letters for pictures: the font that comes along, and lines that fit their width."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

_FONT: Final = Path(__file__).with_name("fonts") / "NotoSansSC-Regular.ttf"
# No line begins with these, whatever the width.
_NEVER_FIRST = frozenset("，。：；？！）》」』、…％")


@cache
def font(size_px: int) -> ImageFont.FreeTypeFont:
    """Give Noto Sans SC (OFL) in a size."""
    return ImageFont.truetype(str(_FONT), size_px)


def lines(text: str, size_px: int, width_px: int) -> Iterator[str]:
    """Break a text into lines of a width; a sign that may not begin a line stays on the last."""
    line = ""
    for sign in " ".join(text.split()):
        if line and sign not in _NEVER_FIRST and font(size_px).getlength(line + sign) > width_px:
            yield line.rstrip()
            line = sign.strip()
        else:
            line += sign
    if line:
        yield line

"""Draws the app's mark: a grid of nine cells, one of them lit, and somebody at home in it.

``python -m gridapp.ui.icon`` writes ``assets/icon.svg`` and the PNG icons of the manifest from the
same shapes.
"""

from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

ASSETS_DIR: Final = Path(__file__).resolve().parents[2] / "assets"

# On a canvas of 96: three rows of three cells, 18 wide, 5 apart. The lit one is a house.
_CANVAS: Final = 96
_GROUND: Final = "#1c4f91"
_CELL: Final = "#6f95c6"
_LIT: Final = "#ffffff"
_DOOR: Final = "#1c4f91"
_SIDE: Final = 18
_STEP: Final = 23
_FROM: Final = 16
_LIT_CELL: Final = (1, 1)
_HOUSE: Final = ((48, 33), (63, 46), (63, 61), (33, 61), (33, 46))
_DOORWAY: Final = (44, 50, 52, 61)
_ROUND: Final = 4
_CORNER: Final = 20
# A mask may cut a fifth off each edge: the mark shrinks to what is safe.
_MASKABLE_SCALE: Final = 0.8
# Drawn larger and scaled down: Pillow draws hard edges.
_FINENESS: Final = 8

ICONS: Final = {
    "icon-192.png": (192, False),
    "icon-512.png": (512, False),
    "maskable-192.png": (192, True),
    "maskable-512.png": (512, True),
    "apple-touch-icon.png": (180, True),
}


def _cells() -> list[tuple[int, int]]:
    places = [(column, row) for row in range(3) for column in range(3)]
    return [(_FROM + c * _STEP, _FROM + r * _STEP) for c, r in places if (c, r) != _LIT_CELL]


def icon_svg() -> str:
    """Give the mark as SVG, with rounded corners."""
    cells = "".join(
        f'<rect x="{x}" y="{y}" width="{_SIDE}" height="{_SIDE}" rx="{_ROUND}"/>'
        for x, y in _cells()
    )
    house = " ".join(f"{x},{y}" for x, y in _HOUSE)
    left, top, right, bottom = _DOORWAY
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_CANVAS} {_CANVAS}">'
        f'<rect width="{_CANVAS}" height="{_CANVAS}" rx="{_CORNER}" fill="{_GROUND}"/>'
        f'<g fill="{_CELL}">{cells}</g>'
        f'<polygon points="{house}" fill="{_LIT}" stroke="{_LIT}" stroke-width="3"'
        f' stroke-linejoin="round"/>'
        f'<rect x="{left}" y="{top}" width="{right - left}" height="{bottom - top + 2}"'
        f' fill="{_DOOR}"/></svg>\n'
    )


def draw_icon(size: int, *, maskable: bool) -> Image.Image:
    """Draw the mark in pixels; a maskable one fills its square and keeps clear of the edges."""
    side = size * _FINENESS
    scale = side / _CANVAS * (_MASKABLE_SCALE if maskable else 1)
    shift = (side - _CANVAS * scale) / 2
    image = Image.new("RGBA", (side, side), _GROUND if maskable else (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)

    def box(left: float, top: float, right: float, bottom: float) -> list[float]:
        return [shift + scale * length for length in (left, top, right, bottom)]

    if not maskable:
        pen.rounded_rectangle(box(0, 0, _CANVAS, _CANVAS), scale * _CORNER, fill=_GROUND)
    for x, y in _cells():
        pen.rounded_rectangle(box(x, y, x + _SIDE, y + _SIDE), scale * _ROUND, fill=_CELL)
    corners = [(shift + scale * x, shift + scale * y) for x, y in _HOUSE]
    pen.polygon(corners, fill=_LIT)
    pen.line([*corners, corners[0], corners[1]], fill=_LIT, width=round(3 * scale), joint="curve")
    left, top, right, bottom = _DOORWAY
    pen.rectangle(box(left, top, right, bottom + 2), fill=_DOOR)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def _write() -> None:
    (ASSETS_DIR / "icon.svg").write_text(icon_svg(), encoding="utf-8")
    for name, (size, maskable) in ICONS.items():
        draw_icon(size, maskable=maskable).save(ASSETS_DIR / "icons" / name, optimize=True)


if __name__ == "__main__":
    _write()

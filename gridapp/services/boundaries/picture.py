"""Draws boundaries as a picture (SVG) that prints well: for dry runs, checks and reports.

Presentation attributes only, no styles and no scripts: it may be shown under the strictest policy.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gridapp.services.boundaries.metres import plane_of

# No red, yellow or green: those belong to the three colours of a matter.
PALETTE: Final = ("#9db8d9", "#c3b3dc", "#a9cdd6", "#d8b8c9", "#b9c4d0", "#c9bfae")
_INK: Final = "#1a2330"
_FONT: Final = "PingFang SC, Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, sans-serif"
_WIDTH: Final = 1_000.0
_HEIGHT_RANGE: Final = (420.0, 1_400.0)
_MARGIN: Final = 28.0
_FOOT: Final = 62.0
_LABEL: Final = 26.0
_LABELS_MAX_COUNT: Final = 160
_MARK_RADIUS: Final = 20.0
_NICE: Final = (1, 2, 5)


class Look(StrEnum):
    """How a shape is drawn."""

    PLAIN = "plain"
    SCHEMATIC = "schematic"
    FRAME = "frame"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Piece:
    """A shape in degrees, its label and its look."""

    shape: BaseGeometry
    label: str = ""
    look: Look = Look.PLAIN


@dataclass(frozen=True)
class Pin:
    """A numbered mark on a fault: its area is hatched."""

    text: str
    shape: BaseGeometry


def draw_picture(
    title: str, pieces: Sequence[Piece], pins: Sequence[Pin] = (), *, note: str = ""
) -> str:
    """Draw shapes under a title; an empty picture says so."""
    everything = [*(piece.shape for piece in pieces), *(pin.shape for pin in pins)]
    if not everything:
        return _paper(title, 240, [_text(_WIDTH / 2, 130, "还没有边界", _LABEL + 3, "middle")])
    sheet = _Sheet(everything)
    parts = [_HATCH]
    order = sorted(pieces, key=lambda piece: piece.look is Look.FRAME)
    parts += [_outline(sheet, piece, number) for number, piece in enumerate(order)]
    parts += _labels(sheet, pieces)
    for pin in pins:
        parts += _pin(sheet, pin)
    parts += _foot(sheet, note)
    return _paper(title, sheet.height, parts)


class _Sheet:
    """Turns degrees into the picture's units."""

    def __init__(self, shapes: Sequence[BaseGeometry]) -> None:
        bounds = shapely.total_bounds(np.array(list(shapes), dtype=object))
        frame = shapely.box(*bounds)
        self._plane = plane_of(frame)
        self._west, south, east, self._north = self._plane.flat(frame).bounds
        width_m, height_m = max(east - self._west, 1.0), max(self._north - south, 1.0)
        room = _WIDTH - 2 * _MARGIN
        self.scale = min(room / width_m, (_HEIGHT_RANGE[1] - 2 * _MARGIN - _FOOT) / height_m)
        self._left = (_WIDTH - width_m * self.scale) / 2
        drawn = height_m * self.scale
        self.height = max(_HEIGHT_RANGE[0], drawn + 2 * _MARGIN + _FOOT + 44)
        self._top = 44 + _MARGIN + (self.height - drawn - 2 * _MARGIN - _FOOT - 44) / 2

    def place(self, shape: BaseGeometry) -> BaseGeometry:
        """Give a shape where it is drawn."""
        corner = np.array([self._west, self._north])
        turn = np.array([self.scale, -self.scale])
        offset = np.array([self._left, self._top])
        flat = self._plane.flat(shape)
        return shapely.transform(flat, lambda points: (points - corner) * turn + offset)


_HATCH: Final = (
    '<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="7" height="7" fill="#ffffff" fill-opacity="0.55"/>'
    f'<line x1="0" y1="0" x2="0" y2="7" stroke="{_INK}" stroke-width="2.4"/></pattern></defs>'
)


def _path(shape: BaseGeometry) -> str:
    told = []
    for part in shapely.get_parts(shape):
        for ring in (part.exterior, *part.interiors):
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in ring.coords[:-1])
            told.append(f"M{points}Z")
    return "".join(told)


def _outline(sheet: _Sheet, piece: Piece, number: int) -> str:
    fill, line, width, dash = {
        Look.PLAIN: (PALETTE[number % len(PALETTE)], "#ffffff", 1.6, ""),
        Look.SCHEMATIC: (PALETTE[number % len(PALETTE)], "#ffffff", 1.6, "6 4"),
        Look.FRAME: ("none", _INK, 2.2, ""),
        Look.CHANGED: ("#1c4f91", "#ffffff", 1.6, ""),
        Look.UNKNOWN: ("#e3e7ed", "#525d6c", 1.2, "4 3"),
    }[piece.look]
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{_path(sheet.place(piece.shape))}" fill="{fill}" fill-rule="evenodd" '
        f'fill-opacity="{0.85 if piece.look is not Look.CHANGED else 0.55}" stroke="{line}" '
        f'stroke-width="{width}" stroke-linejoin="round"{dashes}/>'
    )


def _labels(sheet: _Sheet, pieces: Sequence[Piece]) -> list[str]:
    """Write names where they fit: the larger shapes first, none over another."""
    placed: list[tuple[float, float, float, float]] = []
    found = []
    shown = [(sheet.place(piece.shape), piece.label) for piece in pieces if piece.label]
    for shape, label in sorted(shown, key=lambda one: -one[0].area)[:_LABELS_MAX_COUNT]:
        width = len(label) * _LABEL * 0.95
        west, _, east, _ = shape.bounds
        spot = shape.representative_point()
        box = (spot.x - width / 2, spot.y - _LABEL, spot.x + width / 2, spot.y + _LABEL * 0.4)
        if width > (east - west) * 1.15 or any(_meet(box, other) for other in placed):
            continue
        placed.append(box)
        found.append(_text(spot.x, spot.y + _LABEL * 0.35, label, _LABEL, "middle", is_haloed=True))
    return found


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return (
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    )  # fmt: skip


def _pin(sheet: _Sheet, pin: Pin) -> list[str]:
    shape = sheet.place(pin.shape)
    spot = shape.representative_point()
    circle = (
        f'<circle cx="{spot.x:.1f}" cy="{spot.y:.1f}" r="{_MARK_RADIUS}" fill="{_INK}" '
        'stroke="#ffffff" stroke-width="2"/>'
    )
    return [
        f'<path d="{_path(shape)}" fill="url(#hatch)" stroke="{_INK}" stroke-width="1.6"/>',
        circle,
        _text(spot.x, spot.y + 7, pin.text, 21, "middle", colour="#ffffff"),
    ]


def _foot(sheet: _Sheet, note: str) -> list[str]:
    metres = _nice_m(180 / sheet.scale)
    length = metres * sheet.scale
    y = sheet.height - _MARGIN
    said = f"{metres:g}米" if metres < 1_000 else f"{metres / 1_000:g}公里"  # noqa: PLR2004
    bar = (
        f'<path d="M{_MARGIN},{y - 5}V{y}H{_MARGIN + length:.1f}V{y - 5}" fill="none" '
        f'stroke="{_INK}" stroke-width="2"/>'
    )
    x = _WIDTH - _MARGIN - 6
    north = f'<path d="M{x},{y - 34}l8,22l-8,-5l-8,5z" fill="{_INK}"/>'
    return [
        bar, _text(_MARGIN + length + 10, y, said, 22), north,
        _text(x, y, "北", 20, "middle"), _text(_WIDTH / 2, y, note, 22, "middle"),
    ]  # fmt: skip


def _nice_m(most: float) -> float:
    power = 10.0 ** math.floor(math.log10(max(most, 1)))
    return max(nice * power for nice in _NICE if nice * power <= max(most, 1))


def _text(  # noqa: PLR0913 - each is a part of a text
    x: float, y: float, text: str, size: float, anchor: str = "start", *,
    colour: str = _INK, is_haloed: bool = False,
) -> str:  # fmt: skip
    halo = ' stroke="#ffffff" stroke-width="3" paint-order="stroke"' if is_haloed else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" font-family="{_FONT}" '
        f'text-anchor="{anchor}" fill="{colour}"{halo}>{escape(text)}</text>'
    )


def _paper(title: str, height: float, parts: Sequence[str]) -> str:
    head = _text(_MARGIN, 36, title, 28)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {height:.0f}" '
        f'width="{_WIDTH:g}" height="{height:.0f}" role="img">'
        f"<title>{escape(title)}</title>"
        f'<rect width="100%" height="100%" fill="#ffffff"/>{head}{"".join(parts)}</svg>'
    )

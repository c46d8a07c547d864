"""Where a position of a map lies on the screen, when the map shows one shape whole."""

import math
from collections.abc import Sequence

from playwright.sync_api import Page

_PADDING_PX = 72  # as grid_editor.js leaves around the grid that is drawn
_WORLD_PX = 512  # of a map at zoom 0
_MOST_ZOOM = 18

Position = tuple[float, float]


class Projection:
    """The map as it lies when it shows a shape whole: from positions to points and back."""

    def __init__(self, page: Page, shape: Sequence[Position]) -> None:
        box = page.locator(".maplibregl-canvas").bounding_box()
        assert box is not None
        flat = [_mercator(*position) for position in shape]
        (left, right), (top, bottom) = ((min(v), max(v)) for v in zip(*flat, strict=True))
        scales = (
            (box["width"] - 2 * _PADDING_PX) / (right - left),
            (box["height"] - 2 * _PADDING_PX) / (bottom - top),
            _WORLD_PX * 2**_MOST_ZOOM,
        )
        self.scale = min(scales)
        self._middle = (left + right) / 2, (top + bottom) / 2
        self._centre = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def point(self, position: Position) -> Position:
        """Give where a position lies in the window, in px."""
        x, y = _mercator(*position)
        return (
            self._centre[0] + (x - self._middle[0]) * self.scale,
            self._centre[1] + (y - self._middle[1]) * self.scale,
        )


def _mercator(lng: float, lat: float) -> Position:
    """Give a position in the square of the world, from 0 to 1."""
    y = math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
    return lng / 360 + 0.5, 0.5 - y / (2 * math.pi)

"""Cuts a rectangle into one tile per weight, as square as can be (squarified treemap).

Source: Bruls, Huizing, van Wijk, "Squarified Treemaps" (2000). The order of the weights is kept
among equals, so that the same weights give the same tiles.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Tile(NamedTuple):
    """A rectangle: its lower left corner and its sides."""

    x: float
    y: float
    width: float
    height: float


def squarify(weights: Sequence[float], frame: Tile) -> list[Tile]:
    """Give a tile for each weight, in the weights' order; all of them fill the frame."""
    order = sorted(range(len(weights)), key=lambda number: -weights[number])
    total = sum(weights) or 1
    scale = frame.width * frame.height / total
    areas = [max(weights[number], 0) * scale for number in order]
    tiles: list[Tile] = []
    left = frame
    while areas:
        count = _best_row(areas, min(left.width, left.height))
        row, left = _lay(areas[:count], left)
        tiles += row
        areas = areas[count:]
    placed = dict(zip(order, tiles, strict=True))
    return [placed[number] for number in range(len(weights))]


def _best_row(areas: Sequence[float], side: float) -> int:
    """Tell how many of the next tiles make the squarest row along a side."""
    count = 1
    while count < len(areas) and _worst(areas[: count + 1], side) <= _worst(areas[:count], side):
        count += 1
    return count


def _worst(row: Sequence[float], side: float) -> float:
    depth = sum(row) / side if side else 0
    if not depth:
        return float("inf")
    lengths = [area / depth for area in row]
    return max(max(length / depth, depth / length) for length in lengths if length)


def _lay(row: Sequence[float], frame: Tile) -> tuple[list[Tile], Tile]:
    """Lay a row along the shorter side; gives its tiles and what is left of the frame."""
    x, y, width, height = frame
    if width >= height:
        depth = sum(row) / height
        tiles, at = [], y
        for area in row:
            tiles.append(Tile(x, at, depth, area / depth))
            at += area / depth
        return tiles, Tile(x + depth, y, max(width - depth, 0), height)
    depth = sum(row) / width
    tiles, at = [], x
    for area in row:
        tiles.append(Tile(at, y, area / depth, depth))
        at += area / depth
    return tiles, Tile(x, y + depth, width, max(height - depth, 0))

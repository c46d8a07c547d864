"""Things that stand about in a neighbourhood, drawn at a place given in metres."""

import math
from collections.abc import Sequence

from gridapp.demo.drawings.canvas import (
    Canvas,
    Colour,
    Place,
    Point,
    darker,
    flat,
    lighter,
    upright,
)

INK: Colour = (30, 34, 44)


def shadow_under(canvas: Canvas, place: Place, wide: float, deep: float, dark: float = 0.4) -> None:
    """Lay the soft shadow of a thing on the ground."""
    x, up, z = place
    corners = flat(x - wide / 2, x + wide / 2 + deep * 0.35, z, z + deep, up)
    canvas.soft(canvas.seen(corners), (10, 12, 24), dark, 26 / z * 3)


def box(canvas: Canvas, place: Place, size: tuple[float, float, float], colour: Colour) -> None:
    """Draw a box: ``place`` is the middle of its front foot, size is width, height, depth."""
    (x, up, z), (wide, high, deep) = place, size
    left, right, top, back = x - wide / 2, x + wide / 2, up + high, z + deep
    if top < canvas.eye_m:
        lid = flat(left, right, z, back, top)
        canvas.patch(lid, lighter(colour, 0.22))
    if left > 0:
        side = [(left, up, z), (left, up, back), (left, top, back), (left, top, z)]
        canvas.patch(side, darker(colour, 0.16))
    if right < 0:
        side = [(right, up, z), (right, up, back), (right, top, back), (right, top, z)]
        canvas.patch(side, darker(colour, 0.32))
    front = canvas.seen(upright(left, up, right, top, z))
    canvas.blend(front, lighter(colour, 0.06), darker(colour, 0.18))


def carton(canvas: Canvas, place: Place, size: tuple[float, float, float]) -> None:
    """Draw a cardboard box with its tape."""
    shadow_under(canvas, place, size[0], size[2])
    shade = canvas.chance.choice([(194, 152, 104), (178, 138, 92), (206, 168, 122)])
    box(canvas, place, size, shade)
    (x, up, z), (_, high, deep) = place, size
    tape = lighter(shade, 0.35)
    canvas.patch(_strip(x, up + high, z, z + deep, 0.03), tape)
    canvas.patch(upright(x - 0.03, up + high, x + 0.03, up + high * 0.7, z), tape)


def _strip(x: float, up: float, z: float, back: float, half: float) -> list[Place]:
    return flat(x - half, x + half, z, back, up)


def rubbish_bag(canvas: Canvas, place: Place, size: float, colour: Colour) -> None:
    """Draw a knotted bag with folds and a gleam."""
    shadow_under(canvas, place, size * 1.1, size * 0.7, 0.5)
    (x, y), scale = canvas.at(place), canvas.focus / place[2] * size
    wobble = [canvas.chance.uniform(0.9, 1.1) for _ in range(14)]
    body = []
    for number, stretch in enumerate(wobble):
        angle = math.tau * number / 14
        pull = 0.5 * stretch
        body.append(
            (
                x + math.cos(angle) * pull * scale * 1.05,
                y - scale * 0.40 + math.sin(angle) * pull * scale * 0.84,
            )
        )
    canvas.blend(smooth(body), lighter(colour, 0.14), darker(colour, 0.45))
    knot = [
        (x - 0.09 * scale, y - 0.76 * scale),
        (x - 0.16 * scale, y - 1.0 * scale),
        (x, y - 0.88 * scale),
        (x + 0.15 * scale, y - 1.02 * scale),
        (x + 0.09 * scale, y - 0.76 * scale),
    ]
    canvas.shape(knot, lighter(colour, 0.1))
    for slant in (-0.22, 0.02, 0.25):
        fold = [(x + slant * 0.3 * scale, y - 0.74 * scale), (x + slant * scale, y - 0.45 * scale)]
        canvas.line(fold, darker(colour, 0.4), scale * 0.018, 0.7)
    canvas.glow(
        (x - 0.2 * scale, y - 0.56 * scale), (0.14 * scale, 0.2 * scale), (255, 255, 255), 0.4
    )


def smooth(points: Sequence[Point], steps: int = 5) -> list[Point]:
    """Round a closed outline off (Catmull-Rom)."""
    found = []
    count = len(points)
    for i in range(count):
        before, one, two, after = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            found.append(
                (
                    _curve(before[0], one[0], two[0], after[0], t),
                    _curve(before[1], one[1], two[1], after[1], t),
                )
            )
    return found


def _curve(before: float, one: float, two: float, after: float, t: float) -> float:
    bend = 2 * before - 5 * one + 4 * two - after
    return 0.5 * (
        2 * one + (two - before) * t + bend * t**2 + (3 * (one - two) + after - before) * t**3
    )


def blob(canvas: Canvas, place: Place, radii: Point, roughness: float) -> list[Place]:
    """Give an uneven outline lying on the ground."""
    (x, up, z), (wide, deep) = place, radii
    outline = []
    for number in range(18):
        pull = 1 + canvas.chance.uniform(-roughness, roughness)
        angle = math.tau * number / 18
        outline.append((x + math.cos(angle) * wide * pull, z + math.sin(angle) * deep * pull))
    return [(across, up, away) for across, away in smooth(outline, 4)]


def wheelie_bin(canvas: Canvas, place: Place, colour: Colour, *, lid_open: bool = False) -> None:
    """Draw a 240-litre bin with wheels, rim and a white sorting mark."""
    shadow_under(canvas, place, 0.6, 0.7)
    x, up, z = place
    box(canvas, (x, up + 0.06, z), (0.52, 0.86, 0.6), colour)
    for side in (-0.2, 0.2):
        spot = canvas.at((x + side, up + 0.07, z - 0.01))
        canvas.oval(spot, (62 / z, 62 / z), INK)
    box(canvas, (x, up + 0.9, z - 0.03), (0.58, 0.07, 0.68), lighter(colour, 0.08))
    if lid_open:
        back = z + 0.62
        lid = [
            (x - 0.29, up + 0.97, back),
            (x + 0.29, up + 0.97, back),
            (x + 0.27, up + 1.5, back + 0.12),
            (x - 0.27, up + 1.5, back + 0.12),
        ]
        canvas.patch(lid, darker(colour, 0.25))
        hole = flat(x - 0.24, x + 0.24, z + 0.04, z + 0.56, up + 0.975)
        canvas.patch(hole, (24, 26, 30))
    sign = canvas.at((x, up + 0.56, z))
    canvas.oval(sign, (100 / z, 100 / z), (255, 255, 255), 0.92)
    canvas.oval(sign, (66 / z, 66 / z), colour)


def cone(canvas: Canvas, place: Place) -> None:
    """Draw a traffic cone."""
    shadow_under(canvas, place, 0.45, 0.4)
    x, up, z = place
    base = upright(x - 0.22, up, x + 0.22, up + 0.04, z)
    canvas.patch(base, (196, 72, 24))
    for low, high, shade in (
        (0.04, 0.26, (240, 98, 36)),
        (0.26, 0.38, (250, 250, 246)),
        (0.38, 0.5, (240, 98, 36)),
        (0.5, 0.58, (250, 250, 246)),
        (0.58, 0.7, (240, 98, 36)),
    ):
        ends = [0.17 * (1 - level / 0.82) for level in (low, high)]
        band = [
            (x - ends[0], up + low, z),
            (x + ends[0], up + low, z),
            (x + ends[1], up + high, z),
            (x - ends[1], up + high, z),
        ]
        canvas.patch(band, shade)
        half = [
            (x + ends[0] * 0.3, up + low, z),
            (x + ends[0], up + low, z),
            (x + ends[1], up + high, z),
            (x + ends[1] * 0.3, up + high, z),
        ]
        canvas.patch(half, (90, 20, 10), 0.18)


# Along and up in metres: tail, seat, footboard, leg shield, and back below.
_BIKE: tuple[Point, ...] = (
    (-0.7, 0.46),
    (-0.62, 0.64),
    (-0.1, 0.66),
    (-0.06, 0.34),
    (0.3, 0.3),
    (0.42, 0.92),
    (0.52, 0.88),
    (0.44, 0.22),
    (-0.3, 0.2),
)


def e_bike(canvas: Canvas, place: Place, colour: Colour, squash: float = 1.0) -> None:
    """Draw an electric bicycle from the side; ``squash`` below 1 turns it away, below 0 round."""
    x, up, z = place
    shadow_under(canvas, (x, up, z), 1.5 * abs(squash), 0.5, 0.45)
    unit = canvas.focus / z

    def spot(along: float, high: float) -> Point:
        foot = canvas.at((x, up, z))
        return foot[0] + along * unit * squash, foot[1] - high * unit

    def outline(*corners: Point) -> list[Point]:
        return [spot(along, high) for along, high in corners]

    for along in (-0.58, 0.58):
        centre, radius = spot(along, 0.25), 0.24 * unit
        radii = (radius * max(0.25, abs(squash)), radius)
        canvas.oval(centre, radii, (34, 36, 42))
        canvas.oval(centre, (radii[0] * 0.66, radii[1] * 0.66), (150, 156, 164))
        canvas.oval(centre, (radii[0] * 0.3, radii[1] * 0.3), (60, 64, 72))
    canvas.line(outline((0.58, 0.25), (0.44, 0.98)), (70, 74, 82), 0.05 * unit)
    canvas.shape(outline(*_BIKE), colour)
    canvas.shape(
        outline((-0.06, 0.34), (0.3, 0.3), (0.3, 0.24), (-0.06, 0.26)), darker(colour, 0.4)
    )
    canvas.shape(
        outline((-0.7, 0.46), (-0.3, 0.2), (-0.1, 0.42), (-0.62, 0.6)), darker(colour, 0.2)
    )
    canvas.shape(outline((-0.68, 0.66), (-0.62, 0.74), (-0.08, 0.72), (-0.06, 0.64)), INK)
    canvas.line(outline((0.44, 0.98), (0.3, 1.06)), INK, 0.05 * unit)
    canvas.oval(spot(0.5, 0.84), (0.05 * unit, 0.06 * unit), (255, 244, 206))
    canvas.shape(outline((0.46, 0.5), (0.78, 0.42), (0.74, 0.54), (0.5, 0.58)), darker(colour, 0.1))
    canvas.oval(spot(-0.72, 0.56), (0.04 * unit, 0.04 * unit), (214, 40, 34))

"""Where a scene plays: a street by day or night, a yard wall, a corridor, a cellar."""

from dataclasses import dataclass

from gridapp.demo.drawings.canvas import (
    HEIGHT,
    WIDTH,
    Canvas,
    Colour,
    darker,
    flat,
    lighter,
    mix,
    upright,
)
from gridapp.demo.drawings.houses import WALLS, skyline, tree

_FAR = 400.0


@dataclass(frozen=True)
class Light:
    """The weather: two colours of the sky, and how strong the sun is."""

    sky: Colour
    haze: Colour
    sun: float


WEATHERS = (
    Light((118, 172, 222), (222, 235, 243), 1.0),
    Light((150, 166, 182), (214, 219, 223), 0.4),
    Light((134, 178, 206), (248, 226, 198), 0.8),
    Light((96, 156, 216), (206, 229, 244), 1.0),
)
NIGHT = Light((14, 20, 46), (48, 56, 92), 0.0)


def ground(canvas: Canvas, left: float, right: float, colour: Colour, up: float = 0) -> None:
    """Lay a strip of ground from our feet to the horizon."""
    near = canvas.focus * canvas.eye_m / (HEIGHT - canvas.horizon + 40)
    edge = canvas.seen(flat(left, right, near, _FAR, up))
    canvas.blend(edge, mix(colour, (206, 212, 218), 0.28), darker(colour, 0.12))


def sky(canvas: Canvas, light: Light) -> None:
    """Fill what is above the horizon, with clouds by day and stars by night."""
    top = [(0, 0), (WIDTH, 0), (WIDTH, canvas.horizon + 4), (0, canvas.horizon + 4)]
    canvas.blend(top, light.sky, light.haze)
    for _ in range(0 if light.sun else 26):
        star = canvas.chance.uniform(0, WIDTH), canvas.chance.uniform(0, 200)
        canvas.oval(star, (1.4, 1.4), (206, 214, 240), 0.6)
    for _ in range(3 if light.sun else 0):
        x, y = canvas.chance.uniform(0, WIDTH), canvas.chance.uniform(20, 170)
        wide = canvas.chance.uniform(110, 240)
        cloud = [
            (x - wide, y + 14),
            (x - wide * 0.4, y - 16),
            (x + wide * 0.5, y - 10),
            (x + wide, y + 14),
        ]
        canvas.soft(cloud, (255, 255, 255), 0.75, 22)


def street(canvas: Canvas, light: Light) -> None:
    """Draw a street looking along it: road, kerb, pavement on the right, flats at the end."""
    night = light is NIGHT
    sky(canvas, light)
    skyline(canvas, night=night)
    road: Colour = (44, 48, 62) if night else (112, 115, 120)
    ground(canvas, -400, 400, darker((92, 116, 84), 0.7 if night else 0.0))
    ground(canvas, -7.5, 3.2, road)
    ground(canvas, 3.35, 8.5, (66, 68, 80) if night else (178, 172, 164))
    ground(canvas, 3.2, 3.35, (84, 86, 96) if night else (206, 204, 198))
    near = canvas.focus * canvas.eye_m / (HEIGHT - canvas.horizon + 40)
    away = near
    while away < 40:
        canvas.patch(
            flat(-2.2, -2.05, away, away + 2), darker((236, 236, 228), 0.5 if night else 0.0), 0.8
        )
        away += 4.5
    for away in (22.0, 15.0, 9.5):
        tree(canvas, 5.6 + canvas.chance.uniform(-0.2, 0.2), away, night=night)
        tree(canvas, -8.6 + canvas.chance.uniform(-0.3, 0.3), away + 3, night=night)
    if not night:
        canvas.grain(canvas.seen(flat(-7.5, 3.2, near, 30)), 0.05)


def paving(canvas: Canvas, colour: Colour, size: float = 0.6, reach: float = 9) -> None:
    """Cover the ground with tiles; the joints run to the vanishing point."""
    ground(canvas, -400, 400, colour)
    near = canvas.focus * canvas.eye_m / (HEIGHT - canvas.horizon + 40)
    joint = darker(colour, 0.2)
    count = int(14 / size)
    for number in range(-count, count + 1):
        ends = canvas.seen([(number * size, 0, near), (number * size, 0, reach)])
        canvas.line(ends, joint, 1.6, 0.55)
    away = near
    while away < reach:
        ends = canvas.seen([(-30, 0, away), (30, 0, away)])
        canvas.line(ends, joint, max(0.6, 3 / away), 0.55)
        away += size


def yard(canvas: Canvas, light: Light, tiles: Colour, wall_at: float = 6.5) -> None:
    """Draw a paved yard before the wall of a building with windows and a plinth."""
    wall = canvas.chance.choice(WALLS)
    sky(canvas, light)
    paving(canvas, tiles, reach=wall_at)
    face = canvas.seen(upright(-12, 0, 12, 5, wall_at))
    canvas.blend(face, lighter(wall, 0.12), darker(wall, 0.06))
    canvas.grain(face, 0.05)
    canvas.patch(
        upright(-12, 0, 12, 0.55, wall_at),
        darker(wall, 0.3),
    )
    for x in (-5.6, -2.2, 1.2, 4.6):
        _pane(canvas, x + canvas.chance.uniform(-0.1, 0.1), wall_at, wall)
    canvas.soft(canvas.seen(flat(-12, 12, wall_at, wall_at - 0.5)), (16, 18, 30), 0.35, 10)


def _pane(canvas: Canvas, x: float, away: float, wall: Colour) -> None:
    """Draw a ground-floor window with its sill, frame and bars."""
    low, high = 1.45, 2.75
    outer = canvas.seen(upright(x - 0.72, low, x + 0.72, high, away))
    canvas.shape(outer, lighter(wall, 0.55))
    glass = canvas.seen(upright(x - 0.64, low + 0.07, x + 0.64, high - 0.07, away))
    canvas.blend(glass, (128, 156, 176), (70, 92, 112))
    canvas.shape(
        [
            glass[3],
            canvas.at((x - 0.1, high - 0.07, away)),
            canvas.at((x - 0.5, low + 0.07, away)),
            glass[0],
        ],
        (255, 255, 255),
        0.16,
    )
    for bar in (-0.42, -0.21, 0.0, 0.21, 0.42):
        canvas.line(
            canvas.seen([(x + bar, low, away), (x + bar, high, away)]), darker(wall, 0.45), 3
        )
    canvas.patch(
        upright(x - 0.82, low - 0.1, x + 0.82, low, away),
        darker(wall, 0.12),
    )


def room(
    canvas: Canvas, half: float, high: float, deep: float, shades: tuple[Colour, Colour, Colour]
) -> None:
    """Draw a room seen along it: two walls, floor, ceiling and the far wall."""
    wall, floor, ceiling = shades
    near = 0.6
    canvas.blend(
        canvas.seen(flat(-half, half, near, deep)),
        darker(floor, 0.25),
        lighter(floor, 0.06),
    )
    canvas.blend(
        canvas.seen(flat(-half, half, near, deep, high)),
        lighter(ceiling, 0.1),
        darker(ceiling, 0.3),
    )
    for side, shade in ((-half, darker(wall, 0.1)), (half, lighter(wall, 0.04))):
        canvas.blend(
            canvas.seen([(side, 0, near), (side, high, near), (side, high, deep), (side, 0, deep)]),
            shade,
            darker(shade, 0.2),
        )
    canvas.blend(
        canvas.seen(upright(-half, 0, half, high, deep)),
        darker(wall, 0.12),
        darker(wall, 0.3),
    )

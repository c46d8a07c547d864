"""What goes wrong in a road: a pothole, a broken manhole cover, a lamp that is out."""

import math

from gridapp.demo.drawings.canvas import Canvas, Colour, Place, darker, flat, lighter, mix
from gridapp.demo.drawings.houses import skyline, tree
from gridapp.demo.drawings.places import (
    NIGHT,
    WEATHERS,
    ground,
    paving,
    sky,
    street,
)
from gridapp.demo.drawings.things import blob, cone, shadow_under


def pothole(seed: int, *, mended: bool) -> Canvas:
    """Draw a hole in the asphalt with standing water; mended, a rolled patch with sealed edges."""
    canvas = Canvas(seed, horizon=300)
    light = canvas.chance.choice(WEATHERS)
    street(canvas, light)
    x, away = canvas.chance.uniform(-0.5, 0.3), canvas.chance.uniform(3.4, 3.9)
    if mended:
        _asphalt_patch(canvas, x, away + 0.5)
        return canvas
    wide, deep = canvas.chance.uniform(0.8, 1.1), canvas.chance.uniform(0.5, 0.7)
    for _ in range(7):
        _crack(canvas, x, away, wide, deep)
    rim = blob(canvas, (x, 0, away), (wide * 1.16, deep * 1.18), 0.1)
    canvas.patch(rim, (142, 142, 140))
    hole = blob(canvas, (x, 0, away), (wide, deep), 0.12)
    canvas.patch(hole, (58, 56, 56))
    canvas.patch([(a, u - 0.04, z - 0.0) for a, u, z in hole], (76, 72, 68))
    pool = blob(canvas, (x, -0.06, away - 0.06), (wide * 0.72, deep * 0.66), 0.1)
    canvas.blend(
        canvas.seen(pool), mix(light.haze, (70, 80, 92), 0.35), mix(light.sky, (60, 70, 84), 0.5)
    )
    gleam = blob(
        canvas, (x - wide * 0.2, -0.06, away + deep * 0.16), (wide * 0.26, deep * 0.12), 0.1
    )
    canvas.patch(gleam, (255, 255, 255), 0.32)
    for _ in range(46):
        angle, pull = canvas.chance.uniform(0, math.tau), canvas.chance.uniform(0.95, 1.75)
        _pebble(
            canvas, (x + math.cos(angle) * wide * pull, 0, away + math.sin(angle) * deep * pull)
        )
    return canvas


def _asphalt_patch(canvas: Canvas, x: float, away: float) -> None:
    half, deep = 1.3, 0.75
    corners: list[Place] = flat(x - half, x + half, away - deep, away + deep)
    canvas.blend(canvas.seen(corners), (74, 76, 80), (56, 58, 62))
    canvas.grain(canvas.seen(corners), 0.1)
    edge = canvas.seen([*corners, corners[0]])
    canvas.line(edge, (34, 35, 38), 7)
    cone(canvas, (x + 1.75, 0, away + 0.5))


def _crack(canvas: Canvas, x: float, away: float, wide: float, deep: float) -> None:
    angle = canvas.chance.uniform(0, math.tau)
    places, pull = [], 0.95
    for _ in range(5):
        places.append(
            (x + math.cos(angle) * wide * pull, 0.0, max(1.7, away + math.sin(angle) * deep * pull))
        )
        angle += canvas.chance.uniform(-0.16, 0.16)
        pull += canvas.chance.uniform(0.12, 0.28)
    for number in range(4):
        canvas.line(canvas.seen(places[number : number + 2]), (62, 62, 64), 5 - number)


def _pebble(canvas: Canvas, place: Place) -> None:
    size = canvas.chance.uniform(0.012, 0.034) * canvas.focus / place[2]
    x, y = canvas.at(place)
    grey = canvas.chance.randint(70, 150)
    canvas.oval((x + size * 0.3, y + size * 0.3), (size * 1.1, size * 0.6), (30, 30, 34), 0.4)
    canvas.oval((x, y), (size, size * 0.62), (grey, grey - 2, grey - 6))


def manhole(seed: int, *, mended: bool) -> Canvas:
    """Draw a manhole whose cover has broken in; mended, a new cover flush with the paving."""
    canvas = Canvas(seed, horizon=150, eye_m=1.55)
    sky(canvas, canvas.chance.choice(WEATHERS))
    skyline(canvas)
    paving(
        canvas, canvas.chance.choice([(188, 180, 170), (172, 174, 176), (196, 178, 160)]), 0.5, 14
    )
    ground(canvas, -9, -2.1, (108, 110, 114))
    ground(canvas, -2.1, -1.9, (204, 202, 196))
    tree(canvas, 4.4, 11)
    x, away = canvas.chance.uniform(-0.25, 0.35), canvas.chance.uniform(2.55, 2.9)
    for size, shade in ((0.74, (128, 124, 118)), (0.64, (92, 92, 94)), (0.6, (58, 60, 64))):
        _disc(canvas, (x, 0, away), size, shade)
    if mended:
        _cover(canvas, x, away)
        return canvas
    _open_shaft(canvas, x, away)
    cone(canvas, (x - 1.0, 0, away + 0.9))
    return canvas


def _disc(canvas: Canvas, place: Place, radius: float, colour: Colour, opacity: float = 1) -> None:
    canvas.patch(_round(place, radius), colour, opacity)


def _round(place: Place, radius: float, start: float = 0, end: float = math.tau) -> list[Place]:
    steps = [start + (end - start) * number / 48 for number in range(49)]
    return [
        (place[0] + math.cos(a) * radius, place[1], place[2] + math.sin(a) * radius) for a in steps
    ]


def _cover(canvas: Canvas, x: float, away: float) -> None:
    """Lay a cast cover with its pattern of studs."""
    canvas.blend(canvas.seen(_round((x, 0, away), 0.57)), (122, 126, 132), (88, 92, 98))
    for radius in (0.52, 0.2):
        canvas.line(canvas.seen(_round((x, 0, away), radius)), (64, 68, 74), 3)
    for row in range(-5, 6):
        for column in range(-5, 6):
            across, deep = column * 0.095 + (row % 2) * 0.047, row * 0.085
            if 0.045 < across**2 + deep**2 < 0.24:
                spot = canvas.at((x + across, 0, away + deep))
                canvas.oval(spot, (9, 5), (150, 154, 160))
                canvas.oval((spot[0], spot[1] + 2), (9, 4), (70, 74, 80), 0.5)


def _open_shaft(canvas: Canvas, x: float, away: float) -> None:
    """Open the shaft: brick wall in shade, black below, half of the cover hanging over it."""
    canvas.blend(canvas.seen(_round((x, 0, away), 0.57)), (84, 70, 60), (8, 9, 12))
    for depth in (0.1, 0.2, 0.3):
        arc = [
            (a, -depth, z) for a, _, z in _round((x, 0, away), 0.57, 0.15 * math.pi, 0.85 * math.pi)
        ]
        canvas.line(canvas.seen(arc), (48, 40, 36), 3, 0.8)
    dark = canvas.seen(flat(x - 0.38, x + 0.38, away - 0.45, away + 0.2))
    canvas.soft(dark, (2, 3, 6), 0.9, 16)
    _half_cover(canvas, x, away)
    _broken_off(canvas, x, away)


def _half_cover(canvas: Canvas, x: float, away: float) -> None:
    left = _round((x, 0, away), 0.57, 0.56 * math.pi, 1.5 * math.pi)
    jag: list[Place] = [
        (x + 0.1, 0, away - 0.42),
        (x - 0.06, 0, away - 0.22),
        (x + 0.08, 0, away - 0.04),
        (x - 0.1, 0, away + 0.16),
        (x + 0.0, 0, away + 0.34),
    ]
    canvas.patch([(a, u - 0.05, z) for a, u, z in [*left, *jag]], (34, 36, 40))
    canvas.blend(canvas.seen([*left, *jag]), (124, 120, 116), (92, 86, 82))
    canvas.line(
        canvas.seen(_round((x, 0, away), 0.5, 0.62 * math.pi, 1.42 * math.pi)), (66, 66, 68), 3
    )
    for row in range(-4, 5):
        for column in range(-5, 0):
            across, deep = column * 0.095 + (row % 2) * 0.047, row * 0.085
            if across < -0.16 and across**2 + deep**2 < 0.2:
                canvas.oval(canvas.at((x + across, 0, away + deep)), (9, 5), (142, 138, 132))


def _broken_off(canvas: Canvas, x: float, away: float) -> None:
    piece: list[Place] = [
        (x + 0.78, 0, away - 0.3),
        (x + 1.05, 0, away - 0.36),
        (x + 1.16, 0, away - 0.1),
        (x + 0.92, 0, away + 0.02),
        (x + 0.8, 0, away - 0.12),
    ]
    shadow_under(canvas, (x + 0.96, 0, away - 0.3), 0.4, 0.3)
    canvas.patch(piece, (52, 54, 58))
    canvas.patch([(a, u + 0.05, z) for a, u, z in piece], (116, 112, 108))


def lamp(seed: int, *, mended: bool) -> Canvas:
    """Draw a street by night whose nearest lamp is out; mended, all of them shine."""
    canvas = Canvas(seed, horizon=470, eye_m=1.55)
    street(canvas, NIGHT)
    for away in (26.0, 18.0, 12.0):
        _lamp_post(canvas, 3.9, away, shines=True)
    _lamp_post(canvas, 2.55, 6.2, shines=mended)
    if not mended:
        canvas.soft([(330, 560), (1200, 520), (1200, 900), (120, 900)], (6, 8, 18), 0.62, 60)
    return canvas


def _lamp_post(canvas: Canvas, x: float, away: float, *, shines: bool) -> None:
    unit = canvas.focus / away
    metal = (96, 102, 120) if shines else (70, 76, 94)
    foot, top = canvas.at((x, 0, away)), canvas.at((x, 4.3, away))
    head = (top[0] - 1.15 * unit, top[1] - 0.16 * unit)
    if shines:
        pool = canvas.at((x - 1.0, 0, away))
        canvas.glow(pool, (3.2 * unit, 0.85 * unit), (255, 214, 140), 0.62)
        beam = [
            (head[0] - 0.2 * unit, head[1]),
            (head[0] + 0.2 * unit, head[1]),
            (pool[0] + 2.1 * unit, pool[1]),
            (pool[0] - 2.1 * unit, pool[1]),
        ]
        canvas.soft(beam, (255, 220, 150), 0.2, 0.22 * unit)
    canvas.shape(
        [
            (foot[0] - 0.09 * unit, foot[1]),
            (foot[0] + 0.09 * unit, foot[1]),
            (top[0] + 0.045 * unit, top[1]),
            (top[0] - 0.045 * unit, top[1]),
        ],
        metal,
    )
    canvas.shape(
        [
            (foot[0] - 0.16 * unit, foot[1]),
            (foot[0] + 0.16 * unit, foot[1]),
            (foot[0] + 0.13 * unit, foot[1] - 0.5 * unit),
            (foot[0] - 0.13 * unit, foot[1] - 0.5 * unit),
        ],
        darker(metal, 0.3),
    )
    canvas.line([top, (top[0] - 0.5 * unit, top[1] - 0.2 * unit), head], metal, 0.07 * unit)
    _lamp_head(canvas, head, unit, metal, shines=shines)


def _lamp_head(
    canvas: Canvas, head: tuple[float, float], unit: float, metal: Colour, *, shines: bool
) -> None:
    x, y = head
    droop = 0.0 if shines else 0.24 * unit
    case = [
        (x + 0.3 * unit, y - 0.06 * unit),
        (x - 0.34 * unit, y - 0.04 * unit + droop),
        (x - 0.36 * unit, y + 0.06 * unit + droop),
        (x + 0.28 * unit, y + 0.08 * unit),
    ]
    canvas.shape(case, lighter(metal, 0.1))
    glass = [
        (x + 0.22 * unit, y + 0.07 * unit),
        (x - 0.3 * unit, y + 0.06 * unit + droop),
        (x - 0.24 * unit, y + 0.13 * unit + droop),
        (x + 0.16 * unit, y + 0.14 * unit),
    ]
    if shines:
        canvas.glow((x, y + 0.08 * unit), (1.5 * unit, 1.5 * unit), (255, 216, 140), 0.75)
        canvas.shape(glass, (255, 246, 214))
    else:
        canvas.shape(glass, (40, 46, 60))
        for slide in (-0.16, 0.02):
            canvas.line(
                [
                    (x + slide * unit, y + 0.08 * unit + droop / 2),
                    (x + (slide + 0.07) * unit, y + 0.14 * unit + droop / 2),
                ],
                (150, 160, 180),
                1.5,
            )

"""A garage under the houses after heavy rain, and when it has been pumped dry."""

from gridapp.demo.drawings.canvas import (
    Canvas,
    Colour,
    Place,
    Point,
    darker,
    flat,
    lighter,
)
from gridapp.demo.drawings.places import room
from gridapp.demo.drawings.things import blob, box, shadow_under

_CAR_AT = 6.4  # metres away


def cellar(seed: int, *, mended: bool) -> Canvas:
    """Draw a garage under water that mirrors its lamps; mended, dry with its lanes."""
    canvas = Canvas(seed, horizon=400, eye_m=1.45)
    half, high, deep = canvas.chance.uniform(4.2, 5.0), 2.75, 17.0
    wall = canvas.chance.choice([(186, 190, 190), (196, 192, 182), (178, 186, 194)])
    room(canvas, half, high, deep, (wall, (126, 130, 130), (150, 152, 154)))
    for side in (-half, half):
        band: list[Place] = [
            (side, 0.3, 0.6),
            (side, 1.1, 0.6),
            (side, 1.1, deep),
            (side, 0.3, deep),
        ]
        canvas.patch(band, (64, 140, 120), 0.55)
    if mended:
        _lanes(canvas, half, deep)
    _garage_lamps(canvas, high, deep)
    _pipes(canvas, half, high, deep)
    car: Colour = canvas.chance.choice(
        [(176, 44, 44), (228, 230, 232), (52, 84, 132), (62, 66, 72)]
    )
    for away in (13.0, 9.0, 5.6):
        _pillar(canvas, (-half + 1.25, 0, away), high)
        if away > _CAR_AT:  # the nearest pillar on the right would hide the car
            _pillar(canvas, (half - 1.25, 0, away), high)
    _car(canvas, (half - 1.45, 0, _CAR_AT), car)
    if not mended:
        _water(canvas, half, deep, car)
    return canvas


def _lanes(canvas: Canvas, half: float, deep: float) -> None:
    canvas.patch(flat(-half, half, 0.6, deep), (72, 120, 112), 0.4)
    for x in (-2.2, 2.2):
        canvas.patch(
            flat(x - 0.05, x + 0.05, 1.6, deep),
            (240, 206, 90),
        )
    for away in (3.4, 7.0, 11.0):
        arrow: list[Place] = [
            (-0.09, 0, away),
            (0.09, 0, away),
            (0.09, 0, away + 0.9),
            (0.28, 0, away + 0.9),
            (0, 0, away + 1.5),
            (-0.28, 0, away + 0.9),
            (-0.09, 0, away + 0.9),
        ]
        canvas.patch(arrow, (240, 242, 240), 0.9)


def _garage_lamps(canvas: Canvas, high: float, deep: float) -> None:
    away = 2.2
    while away < deep:
        tube: list[Place] = flat(-0.75, 0.75, away, away + 0.22, high - 0.12)
        x, y = canvas.at((0, high - 0.1, away))
        canvas.glow((x, y), (1700 / away, 620 / away), (255, 255, 240), 0.5)
        canvas.patch(tube, (255, 255, 246))
        away += 3.1


def _pipes(canvas: Canvas, half: float, high: float, deep: float) -> None:
    for x, colour, thick in (
        (-half + 0.75, (186, 48, 42), 0.1),
        (-half + 1.05, (186, 48, 42), 0.07),
        (half - 0.9, (176, 180, 184), 0.16),
    ):
        up = high - 0.3
        pipe: list[Place] = flat(x - thick, x + thick, 0.8, deep, up)
        canvas.patch(pipe, darker(colour, 0.1))
        lit: list[Place] = flat(x - thick, x - thick * 0.3, 0.8, deep, up)
        canvas.patch(lit, lighter(colour, 0.25))


def _pillar(canvas: Canvas, foot: Place, high: float) -> None:
    """Stand a pillar with a striped guard at its foot."""
    x, _, away = foot
    shadow_under(canvas, (x, 0, away), 0.7, 0.7, 0.35)
    box(canvas, foot, (0.6, high, 0.6), (206, 208, 206))
    for number in range(5):
        low = 0.05 + number * 0.2
        shade: Colour = (238, 190, 44) if number % 2 else (34, 36, 40)
        box(canvas, (x, low, away - 0.01), (0.62, 0.2, 0.6), shade)


def _car(canvas: Canvas, foot: Place, colour: Colour) -> None:
    """Park a car nose out, in the shade at the side."""
    x, _, away = foot
    shadow_under(canvas, foot, 1.9, 1.5, 0.55)

    def spot(across: float, up: float) -> Point:
        return canvas.at((x + across, up, away))

    for side in (-0.66, 0.66):
        canvas.rounded((*spot(side - 0.16, 0.34), *spot(side + 0.14, 0.0)), 8, (24, 26, 30))
    canvas.blend(
        [spot(-0.62, 1.0), spot(-0.5, 1.42), spot(0.5, 1.42), spot(0.62, 1.0)],
        darker(colour, 0.2),
        colour,
    )
    canvas.blend(
        [spot(-0.54, 0.99), spot(-0.45, 1.35), spot(0.45, 1.35), spot(0.54, 0.99)],
        (150, 172, 186),
        (64, 80, 94),
    )
    canvas.blend(
        [
            spot(-0.86, 0.17),
            spot(-0.9, 0.4),
            spot(-0.86, 0.86),
            spot(-0.64, 1.02),
            spot(0.64, 1.02),
            spot(0.86, 0.86),
            spot(0.9, 0.4),
            spot(0.86, 0.17),
        ],
        lighter(colour, 0.2),
        darker(colour, 0.3),
    )
    canvas.rounded((*spot(-0.5, 0.52), *spot(0.5, 0.34)), 4, (34, 36, 42))
    for side in (-0.68, 0.68):
        canvas.oval(spot(side, 0.7), (15, 9), (255, 250, 226))


def _water(canvas: Canvas, half: float, deep: float, car: Colour) -> None:
    """Flood the floor knee-high: the room stands on its head in it."""
    level = 0.32
    corners: list[Place] = flat(-half, half, 0.6, deep, level)
    canvas.blend(canvas.seen(corners), (116, 124, 118), (70, 76, 66))
    _mirrors(canvas, half, level, car)
    for _ in range(60):
        away = canvas.chance.uniform(1.7, 11)
        x, y = canvas.at((canvas.chance.uniform(-half, half) * 0.95, level, away))
        wide = canvas.chance.uniform(60, 240) / away
        canvas.oval(
            (x, y), (wide, max(1, wide * 0.05)), (226, 234, 222), canvas.chance.uniform(0.1, 0.34)
        )
    _drift(canvas, level)
    for side in (-half, half):
        canvas.line(canvas.seen([(side, level, 0.7), (side, level, deep)]), (62, 60, 50), 4)


def _mirrors(canvas: Canvas, half: float, level: float, car: Colour) -> None:
    """Mirror lamps, pillars and the car in the water."""
    lift = 2 * level
    for away in (2.2, 5.3, 8.4, 11.5, 14.6):
        x, y = canvas.at((0, lift - 2.6, away))
        canvas.glow((x, y), (1000 / away, 900 / away), (244, 248, 228), 0.5)
    for away in (13.0, 9.0, 5.6):
        for side in (-half + 1.25, half - 1.25)[: 2 if away > _CAR_AT else 1]:
            mirror = canvas.seen(
                [
                    (side - 0.3, level, away),
                    (side + 0.3, level, away),
                    (side + 0.26, level - 1.6, away),
                    (side - 0.26, level - 1.6, away),
                ]
            )
            canvas.soft(mirror, (196, 198, 190), 0.34, 8)
    nose: list[Place] = [
        (half - 2.3, level, _CAR_AT),
        (half - 0.6, level, _CAR_AT),
        (half - 0.7, level - 0.6, _CAR_AT),
        (half - 2.2, level - 0.6, _CAR_AT),
    ]
    canvas.soft(canvas.seen(nose), car, 0.5, 8)


def _drift(canvas: Canvas, level: float) -> None:
    """Let leaves, cardboard and plastic drift about."""
    for _ in range(7):
        place = (canvas.chance.uniform(-2.4, 2.4), level, canvas.chance.uniform(2.8, 6))
        shade: Colour = canvas.chance.choice(
            [(196, 158, 110), (236, 236, 230), (96, 146, 90), (60, 110, 170)]
        )
        drift = blob(canvas, place, (0.16, 0.1), 0.3)
        canvas.patch(drift, shade)

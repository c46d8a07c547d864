"""A corridor that ends at a fire door: blocked by furniture, and cleared."""

from gridapp.demo.drawings.canvas import Canvas, Colour, Place, Point, darker, upright
from gridapp.demo.drawings.places import room
from gridapp.demo.drawings.things import box, carton, e_bike, shadow_under

_GREEN: Colour = (22, 140, 82)


def fire_exit(seed: int, *, mended: bool) -> Canvas:
    """Draw a corridor whose fire door is blocked by furniture and boxes; mended, it is clear."""
    canvas = Canvas(seed, horizon=370, eye_m=1.5)
    wall = canvas.chance.choice([(226, 222, 208), (214, 222, 222), (230, 216, 200)])
    room(canvas, 1.9, 2.75, 6.4, (wall, (176, 172, 166), (236, 236, 232)))
    _tiles(canvas, 1.9, 6.4)
    for side in (-1.9, 1.9):
        band: list[Place] = [(side, 0, 0.6), (side, 0.95, 0.6), (side, 0.95, 6.4), (side, 0, 6.4)]
        canvas.patch(band, _GREEN, 0.28)
    for away in (1.7, 3.6, 5.4):
        x, y = canvas.at((0, 2.74, away))
        canvas.oval((x, y), (230 / away, 60 / away), (255, 255, 248))
        canvas.glow((x, y), (900 / away, 420 / away), (255, 252, 236), 0.45)
    _fire_door(canvas, 6.38)
    _extinguisher(canvas, (-1.72, 0, 5.2))
    if not mended:
        _clutter(canvas)
    return canvas


def _tiles(canvas: Canvas, half: float, deep: float) -> None:
    for number in range(-3, 4):
        x = number * half / 3
        canvas.line(canvas.seen([(x, 0, 0.7), (x, 0, deep)]), (138, 134, 128), 1.6, 0.7)
    away = 1.4
    while away < deep:
        canvas.line(canvas.seen([(-half, 0, away), (half, 0, away)]), (138, 134, 128), 1.6, 0.7)
        away += half / 3


def _fire_door(canvas: Canvas, away: float) -> None:
    """Hang the double fire door with its bars, windows and the running man above it."""
    frame: list[Place] = upright(-1.02, 0, 1.02, 2.16, away)
    canvas.patch(frame, (120, 124, 126))
    for left, right in ((-0.95, -0.015), (0.015, 0.95)):
        leaf = canvas.seen(upright(left, 0, right, 2.1, away))
        canvas.blend(leaf, (196, 74, 58), (152, 48, 40))
        middle = (left + right) / 2
        pane = canvas.seen(upright(middle - 0.13, 1.3, middle + 0.13, 1.85, away))
        canvas.blend(pane, (206, 224, 230), (120, 146, 158))
        bar = canvas.seen(upright(left + 0.1, 1.02, right - 0.1, 1.1, away))
        canvas.blend(bar, (232, 234, 236), (140, 144, 150))
    sign = canvas.seen(upright(-0.42, 2.62, 0.42, 2.28, away))
    canvas.glow(canvas.at((0, 2.45, away)), (160, 90), (60, 220, 140), 0.6)
    canvas.shape(sign, _GREEN)

    def spot(across: float, up: float) -> Point:
        return canvas.at((across * 0.9, 2.45 + up * 0.9, away))

    white: Colour = (250, 255, 250)
    canvas.oval(spot(-0.02, 0.105), (5, 5), white)
    for limb in (
        ((-0.04, 0.06), (-0.1, -0.02)),
        ((-0.04, 0.06), (0.06, 0.02), (0.1, 0.05)),
        ((-0.1, -0.02), (0.0, -0.06), (-0.02, -0.13)),
        ((-0.1, -0.02), (-0.16, -0.08), (-0.24, -0.08)),
        ((-0.04, 0.06), (-0.14, 0.05), (-0.17, 0.0)),
    ):
        canvas.line([spot(*joint) for joint in limb], white, 4.5)
    canvas.line([spot(0.18, 0), spot(0.38, 0)], white, 4)
    canvas.line([spot(0.3, 0.06), spot(0.38, 0), spot(0.3, -0.06)], white, 4)


def _extinguisher(canvas: Canvas, place: Place) -> None:
    x, y = canvas.at(place)
    unit = canvas.focus / place[2]
    canvas.rounded(
        (x - 0.09 * unit, y - 0.5 * unit, x + 0.09 * unit, y), 0.06 * unit, (204, 40, 36)
    )
    canvas.rounded(
        (x - 0.06 * unit, y - 0.42 * unit, x - 0.02 * unit, y - 0.06 * unit), 3, (238, 110, 100)
    )
    canvas.line(
        [(x, y - 0.5 * unit), (x, y - 0.58 * unit), (x + 0.1 * unit, y - 0.58 * unit)],
        (40, 42, 46),
        0.035 * unit,
    )


def _clutter(canvas: Canvas) -> None:
    """Block the way: a wardrobe, a sofa, boxes, and a bicycle on top of it all."""
    chance = canvas.chance
    shadow_under(canvas, (-0.75, 0, 5.5), 1.1, 0.6, 0.5)
    box(canvas, (-0.8, 0, 5.5), (0.95, 1.65, 0.5), (136, 96, 66))
    canvas.line(canvas.seen([(-0.8, 0.05, 5.5), (-0.8, 1.6, 5.5)]), (86, 58, 40), 3)
    for side in (-0.06, 0.06):
        canvas.oval(canvas.at((-0.8 + side, 0.85, 5.49)), (4, 9), (224, 206, 160))
    carton(canvas, (0.35, 0, 5.3), (0.7, 0.55, 0.5))
    carton(canvas, (1.15, 0, 5.4), (0.6, 0.75, 0.5))
    carton(canvas, (0.4, 0.55, 5.35), (0.55, 0.45, 0.4))
    _sofa(canvas, chance.choice([(70, 98, 140), (148, 74, 70), (96, 112, 84)]))
    carton(canvas, (-1.25, 0, 3.6), (0.55, 0.42, 0.45))
    e_bike(
        canvas, (0.85, 0, 3.5), chance.choice([(44, 104, 168), (66, 148, 128), (232, 170, 56)]), 0.8
    )
    if chance.random() < 0.6:
        carton(canvas, (-0.7, 0, 3.1), (0.42, 0.3, 0.36))


def _sofa(canvas: Canvas, colour: Colour) -> None:
    x, away = -0.25, 4.4
    shadow_under(canvas, (x, 0, away), 1.7, 0.7, 0.5)
    box(canvas, (x, 0.1, away + 0.55), (1.5, 0.78, 0.2), darker(colour, 0.12))
    box(canvas, (x, 0.1, away), (1.5, 0.34, 0.6), colour)
    for side in (-0.8, 0.8):
        box(canvas, (x + side, 0.06, away - 0.02), (0.2, 0.58, 0.7), darker(colour, 0.06))
    canvas.line(canvas.seen([(x, 0.44, away), (x, 0.44, away + 0.5)]), darker(colour, 0.35), 3)

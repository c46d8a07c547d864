"""What goes wrong between the houses: rubbish beside the bins, bicycles across the way."""

from gridapp.demo.drawings.canvas import Canvas, Colour, Place, flat, lighter, upright
from gridapp.demo.drawings.places import WEATHERS, yard
from gridapp.demo.drawings.things import (
    INK,
    carton,
    e_bike,
    rubbish_bag,
    shadow_under,
    wheelie_bin,
)

# The four kinds of sorting: recyclable, kitchen, hazardous, other.
_BINS: tuple[Colour, ...] = ((38, 96, 168), (52, 128, 74), (186, 52, 46), (86, 92, 100))
_BAGS: tuple[Colour, ...] = (
    (40, 42, 48),
    (46, 50, 60),
    (196, 200, 206),
    (178, 46, 52),
    (52, 92, 140),
)
_BIKES: tuple[Colour, ...] = (
    (196, 52, 48),
    (44, 104, 168),
    (238, 238, 234),
    (58, 62, 70),
    (66, 148, 128),
    (232, 170, 56),
)


def rubbish(seed: int, *, mended: bool) -> Canvas:
    """Draw bins that overflow and a heap before them; mended, four closed bins on clean ground."""
    canvas = Canvas(seed, horizon=310, eye_m=1.6)
    yard(canvas, canvas.chance.choice(WEATHERS), (176, 172, 166))
    start = canvas.chance.uniform(-1.9, -1.2)
    _shelter(canvas, start - 0.6)
    for number, colour in enumerate(_BINS):
        open_lid = not mended and number in (1, 3)
        place = (start + number * 0.78, 0.0, 4.9)
        wheelie_bin(canvas, place, colour, lid_open=open_lid)
        if open_lid:
            rubbish_bag(canvas, (place[0] - 0.08, 0.86, 5.0), 0.46, canvas.chance.choice(_BAGS))
            rubbish_bag(canvas, (place[0] + 0.12, 0.88, 4.96), 0.4, canvas.chance.choice(_BAGS))
    if mended:
        return canvas
    stain = [(-1.7, 0.0, 3.1), (1.3, 0.0, 2.9), (2.2, 0.0, 3.7), (1.2, 0.0, 4.5), (-1.6, 0.0, 4.4)]
    canvas.soft(
        canvas.seen([(x + start + 1.3, up, z) for x, up, z in stain]), (60, 52, 40), 0.42, 26
    )
    _heap(canvas, start + 1.2)
    return canvas


def _shelter(canvas: Canvas, left: float) -> None:
    """Put up the board behind the bins, with four coloured fields."""
    right, away = left + 3.5, 6.2
    for post in (left + 0.1, right - 0.1):
        canvas.line(canvas.seen([(post, 0, away), (post, 2.3, away)]), (120, 124, 130), 9)
    board = canvas.seen(upright(left, 1.35, right, 2.25, away))
    canvas.blend(board, (250, 250, 248), (232, 234, 234))
    for number, colour in enumerate(_BINS):
        x = left + 0.12 + number * 0.83
        field: list[Place] = upright(x, 1.45, x + 0.75, 2.15, away)
        canvas.patch(field, colour)
        spot = canvas.at((x + 0.375, 1.9, away))
        canvas.oval(spot, (20, 20), (255, 255, 255), 0.9)
        canvas.patch(
            upright(x + 0.12, 1.55, x + 0.63, 1.61, away),
            (255, 255, 255),
            0.8,
        )


def _heap(canvas: Canvas, middle: float) -> None:
    """Pile cartons and bags up, the far ones first."""
    chance = canvas.chance
    carton(canvas, (middle - 0.9, 0, 4.2), (0.7, 0.55, 0.45))
    carton(canvas, (middle + 0.75, 0, 4.25), (0.62, 0.42, 0.4))
    carton(canvas, (middle - 0.86, 0.55, 4.25), (0.46, 0.34, 0.36))
    spots = [
        (-0.3, 4.2, 0.74),
        (0.25, 4.15, 0.7),
        (1.3, 4.1, 0.62),
        (-1.35, 3.95, 0.6),
        (0.62, 3.8, 0.68),
        (-0.55, 3.75, 0.72),
        (0.02, 3.6, 0.66),
        (1.15, 3.6, 0.5),
        (-1.0, 3.5, 0.48),
    ]
    for across, away, size in spots:
        x = middle + across + chance.uniform(-0.08, 0.08)
        rubbish_bag(canvas, (x, 0, away), size * chance.uniform(0.9, 1.1), chance.choice(_BAGS))
    for _ in range(16):
        x, away = middle + chance.uniform(-1.6, 1.7), chance.uniform(2.9, 3.6)
        litter(canvas, (x, 0, away))


def litter(canvas: Canvas, place: Place) -> None:
    """Drop a scrap of paper, a leaf of cabbage or a bottle."""
    x, y = canvas.at(place)
    unit = canvas.focus / place[2]
    colour = canvas.chance.choice(
        [(244, 244, 238), (236, 214, 120), (120, 164, 92), (206, 88, 70), (150, 190, 210)]
    )
    size, lean = unit * canvas.chance.uniform(0.03, 0.07), canvas.chance.uniform(-0.4, 0.4)
    scrap = [
        (x - size, y + lean * size),
        (x - size * 0.2, y - size * 0.5),
        (x + size, y - lean * size),
        (x + size * 0.3, y + size * 0.45),
    ]
    canvas.shape([(a + 3, b + 3) for a, b in scrap], (20, 22, 28), 0.3)
    canvas.shape(scrap, colour)


def bicycles(seed: int, *, mended: bool) -> Canvas:
    """Draw electric bicycles across the blind people's path; mended, in a row in their bay."""
    canvas = Canvas(seed, horizon=300, eye_m=1.65)
    yard(
        canvas,
        canvas.chance.choice(WEATHERS),
        canvas.chance.choice([(186, 178, 168), (170, 172, 174)]),
        7.5,
    )
    _blind_path(canvas)
    chance = canvas.chance
    colours = [chance.choice(_BIKES) for _ in range(9)]
    if mended:
        _bays(canvas, colours)
        return canvas
    spots = [
        (-2.6, 6.3),
        (1.9, 6.2),
        (-0.1, 5.6),
        (3.1, 5.2),
        (-2.3, 4.9),
        (0.3, 4.5),
        (-1.7, 3.9),
        (1.9, 3.8),
    ]
    for (x, away), colour in zip(spots, colours, strict=False):
        turn = chance.choice([-1, 1]) * chance.uniform(0.62, 1.0)
        e_bike(canvas, (x + chance.uniform(-0.2, 0.2), 0, away), colour, turn)
    _fallen(canvas, (-0.1, 0, 3.15), colours[8])
    return canvas


def _bays(canvas: Canvas, colours: list[Colour]) -> None:
    """Stand the bicycles in two painted bays, left and right of the path."""
    white: Colour = (250, 250, 246)
    for left in (-5.4, 0.9):
        corners: list[Place] = flat(left, left + 4.5, 7.2, 5.5)
        canvas.line(canvas.seen([*corners, corners[0]]), white, 5)
        for number in range(4):
            x = left + 0.56 + number * 1.125
            if number:
                canvas.line(canvas.seen([(x - 0.56, 0, 7.2), (x - 0.56, 0, 5.5)]), white, 4)
            e_bike(canvas, (x, 0, 6.2), colours[number + (4 if left > 0 else 0)], 0.42)


def _blind_path(canvas: Canvas) -> None:
    """Lay the yellow studded path that leads the blind."""
    left, right = -0.45, 0.45
    canvas.patch(flat(left, right, 1.5, 7.5), (224, 178, 62))
    away = 1.8
    while away < 7.4:
        for groove in (-0.33, -0.11, 0.11, 0.33):
            ends = canvas.seen([(groove, 0, away), (groove, 0, away + 0.28)])
            canvas.line(ends, (196, 150, 42), 36 / away)
            canvas.line([(x - 2, y) for x, y in ends], (242, 204, 104), 12 / away)
        canvas.line(
            canvas.seen([(left, 0, away - 0.06), (right, 0, away - 0.06)]), (190, 150, 52), 5 / away
        )
        away += 0.42


def _fallen(canvas: Canvas, place: Place, colour: Colour) -> None:
    """Lay one bicycle on its side, as the wind leaves it."""
    shadow_under(canvas, place, 1.6, 0.5, 0.5)
    (x, y), unit = canvas.at(place), canvas.focus / place[2]
    for across in (-0.55, 0.55):
        centre = (x + across * unit, y - 0.12 * unit)
        canvas.oval(centre, (0.25 * unit, 0.12 * unit), (34, 36, 42))
        canvas.oval(centre, (0.17 * unit, 0.075 * unit), (150, 156, 164))
        canvas.oval(centre, (0.07 * unit, 0.03 * unit), (60, 64, 72))
    body = [
        (-0.7, 0.2),
        (-0.2, 0.36),
        (0.3, 0.22),
        (0.7, 0.42),
        (0.78, 0.34),
        (0.4, 0.08),
        (-0.1, 0.1),
        (-0.5, 0.06),
    ]
    canvas.shape([(x + a * unit, y - b * unit) for a, b in body], colour)
    canvas.shape(
        [
            (x + a * unit, y - b * unit)
            for a, b in ((-0.72, 0.22), (-0.2, 0.4), (-0.14, 0.34), (-0.66, 0.14))
        ],
        INK,
    )
    canvas.line(
        [(x + 0.72 * unit, y - 0.4 * unit), (x + 0.95 * unit, y - 0.34 * unit)],
        lighter(INK, 0.1),
        0.05 * unit,
    )

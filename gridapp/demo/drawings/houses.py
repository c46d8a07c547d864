"""What lines a street: blocks of flats and trees, by day and by night."""

from gridapp.demo.drawings.canvas import Canvas, Colour, darker, lighter, mix, upright

WALLS = ((218, 200, 172), (206, 188, 176), (190, 198, 202), (222, 212, 196), (196, 160, 138))


def block(
    canvas: Canvas, span: tuple[float, float], high: float, away: float, *, night: bool = False
) -> None:
    """Draw a block of flats seen from the front, with windows, balconies and a plinth."""
    left, right = span
    wall = canvas.chance.choice(WALLS)
    haze = min(0.45, away / 70)
    wall = mix(darker(wall, 0.78), (40, 48, 84), 0.3) if night else mix(wall, (216, 224, 230), haze)
    front = canvas.seen(upright(left, 0, right, high, away))
    canvas.blend(front, lighter(wall, 0.02 if night else 0.1), darker(wall, 0.1))
    canvas.patch(upright(left, 0, right, 0.9, away), darker(wall, 0.24))
    floors, columns = int(high // 2.9), max(1, int((right - left) // 2.6))
    step = (right - left) / columns
    for floor in range(floors):
        for column in range(columns):
            _window(
                canvas, (left + step * (column + 0.5), 1.3 + floor * 2.9, away), wall, night=night
            )


def _window(
    canvas: Canvas, place: tuple[float, float, float], wall: Colour, *, night: bool
) -> None:
    x, up, away = place
    corners = upright(x - 0.75, up, x + 0.75, up + 1.35, away)
    lit = night and canvas.chance.random() < 0.42
    glass = (
        canvas.chance.choice([(255, 214, 140), (250, 230, 180), (238, 196, 120)])
        if lit
        else (
            darker(wall, 0.35)
            if night
            else mix((92, 118, 140), (196, 212, 224), canvas.chance.uniform(0, 0.5))
        )
    )
    canvas.patch(corners, glass)
    frame = lighter(wall, 0.05 if night else 0.5)
    canvas.line([canvas.at((x, up, away)), canvas.at((x, up + 1.35, away))], frame, 60 / away)
    if not night and canvas.chance.random() < 0.45:
        rail = upright(x - 0.85, up - 0.2, x + 0.85, up + 0.35, away)
        canvas.patch(rail, darker(wall, 0.12))
    elif not night and canvas.chance.random() < 0.5:
        unit = upright(x + 0.9, up - 0.1, x + 1.5, up + 0.4, away)
        canvas.patch(unit, (228, 230, 230))
        spot = canvas.at((x + 1.2, up + 0.15, away))
        canvas.oval(spot, (150 / away, 150 / away), (150, 156, 160))


def skyline(canvas: Canvas, *, night: bool = False) -> None:
    """Stand blocks of flats along the far side."""
    left = -26.0
    while left < 26:
        wide = canvas.chance.uniform(9, 14)
        block(
            canvas,
            (left, left + wide),
            canvas.chance.choice([15, 18, 18, 24]),
            canvas.chance.uniform(26, 34),
            night=night,
        )
        left += wide + canvas.chance.uniform(0.8, 3)


# Leaves of a crown: across and up in metres, size, how much shade (below 0: light).
_CROWN = (
    (-0.75, 2.8, 0.9, 0.3),
    (0.8, 2.9, 0.9, 0.3),
    (0.0, 3.0, 1.1, 0.22),
    (-0.8, 3.5, 0.85, 0.14),
    (0.75, 3.6, 0.85, 0.1),
    (0.0, 4.0, 1.0, 0.04),
    (-0.4, 3.6, 0.7, 0.0),
    (0.25, 4.1, 0.5, -0.06),
)


def tree(canvas: Canvas, x: float, away: float, *, night: bool = False) -> None:
    """Draw a street tree: a trunk and a crown."""
    green = canvas.chance.choice([(86, 138, 76), (104, 150, 84), (74, 124, 84), (128, 148, 74)])
    green = darker(green, 0.72) if night else mix(green, (206, 216, 214), min(0.35, away / 60))
    foot, unit = canvas.at((x, 0, away)), canvas.focus / away
    canvas.soft(
        [
            (foot[0] - unit, foot[1]),
            (foot[0] + unit * 1.6, foot[1]),
            (foot[0] + unit * 1.4, foot[1] - unit * 0.12),
            (foot[0] - unit * 0.8, foot[1] - unit * 0.1),
        ],
        (10, 14, 24),
        0.3,
        10,
    )
    bark = darker((118, 92, 70), 0.6 if night else 0.1)
    canvas.shape(
        [
            (foot[0] - 0.13 * unit, foot[1]),
            (foot[0] + 0.13 * unit, foot[1]),
            (foot[0] + 0.07 * unit, foot[1] - 2.6 * unit),
            (foot[0] - 0.07 * unit, foot[1] - 2.6 * unit),
        ],
        bark,
    )
    for across, up, size, shade in _CROWN:
        leaf = darker(green, shade) if shade >= 0 else lighter(green, -shade)
        canvas.oval(
            (foot[0] + across * unit, foot[1] - up * unit), (size * unit, size * 0.86 * unit), leaf
        )

"""A pipe on a wall: spraying from its rusty joint, and mended."""

from gridapp.demo.drawings.canvas import (
    Canvas,
    Colour,
    darker,
    flat,
    lighter,
    mix,
    upright,
)
from gridapp.demo.drawings.things import blob, shadow_under


def leak(seed: int, *, mended: bool) -> Canvas:
    """Draw a pipe that sprays from its joint; mended, a new clamp and a dry wall."""
    canvas = Canvas(seed, horizon=300, eye_m=1.35)
    wall = canvas.chance.choice([(220, 214, 200), (206, 214, 216), (222, 206, 190)])
    away = 3.0
    face = canvas.seen(upright(-3, 0, 3, 3, away))
    canvas.blend(face, lighter(wall, 0.14), darker(wall, 0.1))
    canvas.grain(face, 0.05)
    floor = canvas.seen(flat(-6, 6, away, 1.2))
    canvas.blend(floor, (150, 148, 144), (182, 178, 172))
    canvas.patch(upright(-3, 0, 3, 0.12, away), darker(wall, 0.35))
    x, joint = canvas.chance.uniform(-0.35, 0.25), canvas.chance.uniform(1.25, 1.45)
    if not mended:
        _damp(canvas, x, joint, away, wall)
    for across, thick, colour in (
        (-0.42, 0.07, (196, 200, 204)),
        (0.0, 0.09, (226, 228, 228)),
        (0.36, 0.05, (190, 52, 46)),
    ):
        _riser(canvas, x + across, thick, colour, away)
    _clamp(canvas, x, joint, away, mended=mended)
    _meter(canvas, x + 0.95, away)
    (_bucket if mended else _spray)(canvas, x, joint, away)
    return canvas


def _damp(canvas: Canvas, x: float, joint: float, away: float, wall: Colour) -> None:
    stain = [
        (x - 0.4, joint + 0.3),
        (x + 0.5, joint + 0.2),
        (x + 0.9, joint - 0.4),
        (x + 0.7, 0.1),
        (x - 0.9, 0.1),
        (x - 0.7, joint - 0.5),
    ]
    outline = [canvas.at((across, up, away)) for across, up in stain]
    canvas.soft(outline, mix(wall, (96, 84, 62), 0.62), 0.75, 30)
    for _ in range(5):
        across, down = x + canvas.chance.uniform(-0.4, 0.5), canvas.chance.uniform(0.3, 0.9)
        canvas.line(
            canvas.seen([(across, joint, away), (across, joint - down, away)]),
            mix(wall, (90, 80, 60), 0.6),
            5,
            0.4,
        )


def _riser(canvas: Canvas, x: float, thick: float, colour: Colour, away: float) -> None:
    """Stand a pipe before the wall: its shadow, its round, its brackets."""
    front = away - 0.12
    left, top = canvas.at((x - thick, 3, front))
    right, low = canvas.at((x + thick, 0, front))
    wide = right - left
    canvas.soft(
        [
            (left + wide * 0.5, 0),
            (right + wide * 0.7, 0),
            (right + wide * 0.7, low),
            (left + wide * 0.5, low),
        ],
        (20, 22, 30),
        0.4,
        10,
    )
    for share, shade in (
        (1.0, darker(colour, 0.35)),
        (0.86, darker(colour, 0.12)),
        (0.66, colour),
        (0.34, lighter(colour, 0.5)),
        (0.16, lighter(colour, 0.1)),
    ):
        canvas.shape(
            [
                (left, min(0, top)),
                (left + wide * share, min(0, top)),
                (left + wide * share, low),
                (left, low),
            ],
            shade,
        )
    for up in (0.35, 2.0):
        x0, y0 = canvas.at((x - thick - 0.03, up + 0.04, front))
        x1, y1 = canvas.at((x + thick + 0.03, up - 0.04, front))
        canvas.rounded((x0, y0, x1, y1), 4, (112, 116, 122))


def _clamp(canvas: Canvas, x: float, joint: float, away: float, *, mended: bool) -> None:
    front = away - 0.14
    metal: Colour = (188, 194, 202) if mended else (150, 104, 70)
    for up, high, wide in (
        (joint, 0.13, 0.125),
        (joint + 0.12, 0.035, 0.145),
        (joint - 0.12, 0.035, 0.145),
    ):
        x0, y0 = canvas.at((x - wide, up + high, front))
        x1, y1 = canvas.at((x + wide, up - high, front))
        canvas.rounded((x0, y0, x1, y1), 7, darker(metal, 0.25))
        canvas.rounded((x0 + 4, y0 + 2, x0 + (x1 - x0) * 0.6, y1 - 2), 6, lighter(metal, 0.16))
    for up in (joint + 0.07, joint - 0.07):
        canvas.oval(canvas.at((x + 0.06, up, front)), (9, 9), darker(metal, 0.45))
        canvas.oval(canvas.at((x + 0.055, up + 0.005, front)), (6, 6), lighter(metal, 0.4))
    if not mended:
        for _ in range(9):
            rust = canvas.at(
                (
                    x + canvas.chance.uniform(-0.12, 0.12),
                    joint + canvas.chance.uniform(-0.16, 0.14),
                    front,
                )
            )
            canvas.oval(
                rust, (canvas.chance.uniform(3, 9), canvas.chance.uniform(3, 7)), (112, 62, 36), 0.7
            )


def _meter(canvas: Canvas, x: float, away: float) -> None:
    x0, y0 = canvas.at((x - 0.3, 1.75, away - 0.05))
    x1, y1 = canvas.at((x + 0.3, 1.05, away - 0.05))
    canvas.soft(
        [(x0 + 8, y0 + 8), (x1 + 16, y0 + 8), (x1 + 16, y1 + 14), (x0 + 8, y1 + 14)],
        (20, 22, 30),
        0.4,
        10,
    )
    canvas.rounded((x0, y0, x1, y1), 8, (186, 192, 196))
    canvas.rounded((x0 + 8, y0 + 8, x1 - 8, y1 - 8), 6, (206, 212, 214))
    canvas.line([(x1 - 22, (y0 + y1) / 2 - 18), (x1 - 22, (y0 + y1) / 2 + 18)], (90, 96, 102), 7)
    for row in range(3):
        canvas.line(
            [(x0 + 30, y0 + 34 + row * 16), (x0 + 100, y0 + 34 + row * 16)], (150, 156, 160), 4
        )


def _spray(canvas: Canvas, x: float, joint: float, away: float) -> None:
    """Let water shoot from the joint in a bow and stand on the floor."""
    puddle = blob(canvas, (x + 0.35, 0, 2.35), (1.25, 0.42), 0.12)
    canvas.blend(canvas.seen(puddle), (176, 196, 206), (112, 136, 150))
    shine = blob(canvas, (x + 0.1, 0, 2.45), (0.5, 0.1), 0.2)
    canvas.patch(shine, (255, 255, 255), 0.45)
    chance = canvas.chance
    for _ in range(26):
        speed, rise = chance.uniform(0.25, 1.05), chance.uniform(-0.1, 0.5)
        flight = [
            (x + 0.1 + speed * t, joint + rise * t - 1.5 * t * t, away - 0.2 - 0.4 * t)
            for t in (0, 0.12, 0.24, 0.36, 0.5, 0.66, 0.82)
        ]
        path = canvas.seen([place for place in flight if place[1] > 0])
        canvas.line(path, (226, 240, 248), chance.uniform(1.2, 3.2), chance.uniform(0.35, 0.8))
        for place in path[2:]:
            drop = place[0] + chance.uniform(-14, 14), place[1] + chance.uniform(-12, 12)
            size = chance.uniform(1.5, 4.5)
            canvas.oval(drop, (size, size * 1.2), (236, 246, 252), 0.85)
    canvas.glow(canvas.at((x + 0.1, joint, away - 0.2)), (90, 70), (255, 255, 255), 0.75)
    for _ in range(9):
        ring = canvas.at((x + chance.uniform(-0.4, 1.2), 0, chance.uniform(2.15, 2.6)))
        canvas.ring(ring, (chance.uniform(10, 30), chance.uniform(3, 7)), (236, 244, 248), 1.4)


def _bucket(canvas: Canvas, x: float, joint: float, away: float) -> None:
    """Leave the mender's bucket and cloth below the mended joint."""
    del joint
    foot = (x - 0.75, 0.0, away - 0.5)
    shadow_under(canvas, foot, 0.4, 0.3, 0.5)
    left, low = canvas.at((foot[0] - 0.13, 0, foot[2]))
    right, high = canvas.at((foot[0] + 0.13, 0.3, foot[2]))
    canvas.blend(
        [(left - 12, high), (right + 12, high), (right, low), (left, low)],
        (76, 140, 200),
        (40, 92, 150),
    )
    canvas.oval(((left + right) / 2, low), ((right - left) / 2, 10), (40, 92, 150))
    canvas.oval(((left + right) / 2, high), ((right - left) / 2 + 12, 15), (96, 160, 214))
    canvas.oval(((left + right) / 2, high + 2), ((right - left) / 2 + 4, 10), (34, 70, 110))
    cloth = [
        (right - 6, high - 4),
        (right + 22, high + 2),
        (right + 26, high + 60),
        (right + 8, high + 74),
        (right - 2, high + 40),
    ]
    canvas.blend(cloth, (246, 226, 150), (226, 190, 96))

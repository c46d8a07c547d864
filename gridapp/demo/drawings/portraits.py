"""Friendly faces for demo staff: flat, made up, nobody's."""

from dataclasses import dataclass

from gridapp.demo.drawings.canvas import Canvas, Colour, Point, darker, lighter
from gridapp.demo.drawings.things import smooth

PORTRAIT_SIDE_PX = 480

_SKINS: tuple[Colour, ...] = ((250, 220, 194), (244, 208, 178), (234, 194, 160), (222, 178, 142))
_HAIRS: tuple[Colour, ...] = ((34, 30, 32), (48, 40, 38), (62, 46, 40), (40, 40, 46))
_GREY: Colour = (150, 150, 154)
_GROUNDS: tuple[Colour, ...] = (
    (196, 220, 232),
    (214, 226, 206),
    (240, 222, 200),
    (226, 214, 232),
    (206, 226, 222),
    (240, 212, 206),
)
_MIDDLE = 600.0


# The outline of the hair over the brow, in pixels from the middle of the picture.
_CROWNS: dict[str, list[Point]] = {
    "short": [
        (-176, 400),
        (-186, 300),
        (-130, 196),
        (0, 164),
        (130, 196),
        (186, 300),
        (176, 400),
        (160, 330),
        (120, 280),
        (20, 262),
        (-90, 292),
        (-150, 330),
    ],
    "crop": [
        (-172, 380),
        (-180, 296),
        (-120, 206),
        (0, 182),
        (120, 206),
        (180, 296),
        (172, 380),
        (158, 310),
        (90, 266),
        (0, 256),
        (-90, 266),
        (-158, 310),
    ],
    "parted": [
        (-176, 400),
        (-190, 290),
        (-120, 184),
        (20, 156),
        (150, 196),
        (190, 300),
        (176, 400),
        (158, 330),
        (60, 282),
        (-70, 236),
        (-110, 300),
        (-154, 340),
    ],
    "bob": [
        (-186, 520),
        (-210, 380),
        (-170, 220),
        (0, 154),
        (170, 220),
        (210, 380),
        (186, 520),
        (168, 400),
        (140, 316),
        (0, 296),
        (-140, 316),
        (-168, 400),
    ],
    "long": [
        (-190, 560),
        (-212, 380),
        (-160, 214),
        (0, 150),
        (160, 214),
        (212, 380),
        (190, 560),
        (170, 400),
        (110, 290),
        (-30, 222),
        (-120, 310),
        (-172, 400),
    ],
    "tail": [
        (-172, 410),
        (-184, 300),
        (-130, 194),
        (0, 160),
        (130, 194),
        (184, 300),
        (172, 410),
        (162, 330),
        (90, 252),
        (-40, 236),
        (-120, 290),
        (-160, 340),
    ],
    "bun": [
        (-172, 410),
        (-182, 300),
        (-128, 200),
        (0, 170),
        (128, 200),
        (182, 300),
        (172, 410),
        (160, 320),
        (80, 246),
        (0, 232),
        (-80, 246),
        (-160, 320),
    ],
}


@dataclass(frozen=True)
class _Face:
    skin: Colour
    hair: Colour
    style: str
    is_old: bool
    glasses: bool
    wide: float


def portrait(seed: int) -> bytes:
    """Draw one person from the shoulders up, as a square JPEG; the same seed is the same person."""
    canvas = Canvas(seed)
    chance = canvas.chance
    is_old = chance.random() < 0.25
    face = _Face(
        skin=chance.choice(_SKINS),
        hair=_GREY if is_old else chance.choice(_HAIRS),
        style=chance.choice(["short", "parted", "crop", "bob", "tail", "bun", "long"]),
        is_old=is_old,
        glasses=chance.random() < 0.35,
        wide=chance.uniform(0.94, 1.06),
    )
    ground = chance.choice(_GROUNDS)
    canvas.blend(
        [(0, 0), (1200, 0), (1200, 900), (0, 900)], lighter(ground, 0.3), darker(ground, 0.08)
    )
    canvas.glow((_MIDDLE, 420), (520, 520), (255, 255, 255), 0.5)
    _hair_behind(canvas, face)
    _shoulders(canvas, face)
    _head(canvas, face)
    _features(canvas, face)
    _hair_before(canvas, face)
    if face.glasses:
        _glasses(canvas)
    return canvas.portrait_jpeg(PORTRAIT_SIDE_PX)


def _m(*points: Point) -> list[Point]:
    """Give an outline and its mirror image, as one closed curve from top to bottom and back."""
    right = [(_MIDDLE + x, y) for x, y in points]
    left = [(_MIDDLE - x, y) for x, y in reversed(points)]
    return [*right, *left]


def _hair_behind(canvas: Canvas, face: _Face) -> None:
    dark = darker(face.hair, 0.25)
    if face.style == "long":
        canvas.shape(smooth(_m((60, 170), (200, 250), (222, 440), (216, 660), (120, 690))), dark)
    elif face.style == "bob":
        canvas.shape(smooth(_m((60, 170), (206, 260), (222, 420), (204, 560), (110, 580))), dark)
    elif face.style == "tail":
        canvas.shape(
            smooth([(740, 250), (830, 330), (838, 470), (800, 600), (776, 480), (730, 380)]), dark
        )
    elif face.style == "bun":
        canvas.oval((_MIDDLE, 158), (82, 72), face.hair)
        canvas.oval((_MIDDLE + 14, 150), (52, 40), lighter(face.hair, 0.12))


def _shoulders(canvas: Canvas, face: _Face) -> None:
    """Dress the person: red volunteer's vest, blue jacket with a badge, or a polo shirt."""
    chance = canvas.chance
    coat: Colour = chance.choice(
        [(196, 42, 44), (36, 78, 132), (52, 96, 150), (44, 110, 100), (70, 76, 88)]
    )
    shirt: Colour = chance.choice([(248, 248, 246), (214, 226, 238), (236, 230, 218)])
    body = smooth(_m((90, 622), (250, 680), (330, 780), (350, 960)), 6)
    canvas.blend(body, lighter(coat, 0.08), darker(coat, 0.2))
    canvas.shape(_m((92, 618), (120, 650), (0, 800)), shirt)
    neck = smooth(_m((74, 520), (74, 620), (60, 680), (0, 716)), 5)
    canvas.shape(neck, darker(face.skin, 0.12))
    canvas.soft(_m((70, 560), (66, 610), (0, 640)), darker(face.skin, 0.45), 0.5, 12)
    for side in (-1, 1):
        collar = [
            (_MIDDLE + side * 84, 606),
            (_MIDDLE + side * 134, 660),
            (_MIDDLE + side * 66, 762),
            (_MIDDLE + side * 6, 716),
        ]
        canvas.shape(collar, lighter(shirt, 0.3) if coat[0] > coat[2] else lighter(coat, 0.18))
    canvas.line([(_MIDDLE, 790), (_MIDDLE, 900)], darker(coat, 0.35), 4)
    if coat[0] > coat[2]:  # the vest's bright bands
        for side in (-1, 1):
            canvas.shape(
                [
                    (_MIDDLE + side * 216, 676),
                    (_MIDDLE + side * 246, 688),
                    (_MIDDLE + side * 250, 900),
                    (_MIDDLE + side * 214, 900),
                ],
                (244, 226, 150),
            )
    canvas.rounded((_MIDDLE + 96, 786, _MIDDLE + 186, 836), 8, (250, 250, 248))
    canvas.rounded((_MIDDLE + 104, 796, _MIDDLE + 130, 826), 4, (120, 160, 196))
    for row in (803, 819):
        canvas.line([(_MIDDLE + 140, row), (_MIDDLE + 174, row)], (140, 148, 158), 4)


def _head(canvas: Canvas, face: _Face) -> None:
    wide = face.wide
    for side in (-1, 1):
        ear = (_MIDDLE + side * 168 * wide, 420)
        canvas.oval(ear, (28, 42), darker(face.skin, 0.06))
        canvas.oval((ear[0] - side * 4, 422), (14, 26), darker(face.skin, 0.18))
    skull = smooth(
        _m(
            (60, 218), (148 * wide, 280), (170 * wide, 400), (152 * wide, 500), (90, 584), (30, 608)
        ),
        6,
    )
    canvas.blend(skull, lighter(face.skin, 0.12), darker(face.skin, 0.03))
    for side in (-1, 1):
        canvas.glow((_MIDDLE + side * 104, 474), (54, 40), (236, 124, 108), 0.42)


def _features(canvas: Canvas, face: _Face) -> None:
    chance = canvas.chance
    ink: Colour = (48, 38, 38)
    smile, raised = chance.uniform(26, 40), chance.uniform(-6, 4)
    for side in (-1, 1):
        x = _MIDDLE + side * 70
        canvas.oval((x, 412), (17, 20), ink)
        canvas.oval((x + 6, 405), (6, 7), (255, 255, 255))
        brow = [
            (x - side * 34, 362 + raised),
            (x + side * 4, 353 + raised),
            (x + side * 38, 368 + raised),
        ]
        canvas.line(
            brow, darker(face.hair, 0.1), 10 if face.style in {"short", "crop", "parted"} else 7
        )
        if face.is_old:
            canvas.line([(x + side * 50, 418), (x + side * 62, 412)], darker(face.skin, 0.25), 3)
            canvas.line([(x + side * 50, 428), (x + side * 62, 430)], darker(face.skin, 0.25), 3)
    canvas.line(
        [(_MIDDLE - 4, 430), (_MIDDLE + 12, 468), (_MIDDLE - 8, 474)], darker(face.skin, 0.24), 5
    )
    curve = [
        (_MIDDLE + t * 56, 512 + smile * (1 - t * t))
        for t in (-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1)
    ]
    if chance.random() < 0.5:
        canvas.shape([*curve, curve[0]], (150, 54, 52))
        canvas.shape([(x, 512 + (y - 512) * 0.45) for x, y in curve], (255, 255, 255))
    else:
        canvas.line(curve, (168, 74, 66), 7)


def _hair_before(canvas: Canvas, face: _Face) -> None:
    shine, wide = lighter(face.hair, 0.16), face.wide
    crown = _CROWNS[face.style]
    outline = smooth([(_MIDDLE + x * wide, y) for x, y in crown], 6)
    canvas.blend(outline, lighter(face.hair, 0.1), face.hair)
    arc = [(_MIDDLE - 96 + step * 16, 222 - 12 * step + 1.1 * step * step) for step in range(9)]
    canvas.line(arc, shine, 9, 0.6)


def _glasses(canvas: Canvas) -> None:
    frame: Colour = (52, 54, 62)
    for side in (-1, 1):
        canvas.ring((_MIDDLE + side * 70, 414), (52, 46), frame, 6)
        canvas.line([(_MIDDLE + side * 122, 406), (_MIDDLE + side * 164, 398)], frame, 6)
    canvas.line([(_MIDDLE - 19, 406), (_MIDDLE, 400), (_MIDDLE + 19, 406)], frame, 6)

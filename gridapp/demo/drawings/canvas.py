"""A canvas with a camera: what is drawn in metres stands in perspective, lit and shaded."""

import random
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1200, 900
_FINE = 2  # everything is drawn at twice the size and then halved: smooth edges
_BLOCKY = Image.Resampling.NEAREST  # enough where the halving smooths again
_COARSE = 8  # soft things are drawn small and blown up: blur is dear on many pixels

Point = tuple[float, float]
Place = tuple[float, float, float]  # metres: to the right, up from the ground, away from us
Colour = tuple[int, int, int]


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Blend two colours; ``share`` 0 is the first, 1 the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def darker(colour: Colour, share: float) -> Colour:
    """Give the colour in shade."""
    return mix(colour, (16, 20, 34), share)


def lighter(colour: Colour, share: float) -> Colour:
    """Give the colour in light."""
    return mix(colour, (255, 252, 244), share)


def upright(left: float, low: float, right: float, high: float, away: float) -> list[Place]:
    """Give the corners of a rectangle that stands facing us, from its lower left."""
    return [(left, low, away), (right, low, away), (right, high, away), (left, high, away)]


def flat(left: float, right: float, near: float, far: float, up: float = 0) -> list[Place]:
    """Give the corners of a rectangle that lies level, from its near left."""
    return [(left, up, near), (right, up, near), (right, up, far), (left, up, far)]


@lru_cache(maxsize=1)
def _vignette() -> Image.Image:
    """Give a mask that darkens the corners as a phone's lens does."""
    ring = Image.radial_gradient("L").point(lambda value: max(0, value - 120) * 0.42)
    return ring.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)


@lru_cache(maxsize=1)
def _mark() -> Image.Image:
    """Give the words 示意图 as a mask; a kept picture, because not every machine has the font."""
    with Image.open(Path(__file__).with_name("mark.png")) as kept:
        return kept.convert("L")


class Canvas:
    """A picture of 1200 × 900 with a camera at eye height.

    Args:
        seed: Decides every chance; the same seed draws the same picture.
        horizon: Where eye height meets the picture, in pixels from the top.
        eye_m: How high the phone is held.
    """

    def __init__(self, seed: int, horizon: float = 380, eye_m: float = 1.55) -> None:
        self.chance = random.Random(seed)
        self._is_mirrored = self.chance.random() < 0.5  # twice as many places for one drawing
        self.horizon, self.eye_m, self.focus = horizon, eye_m, 900.0
        self.image = Image.new("RGB", (WIDTH * _FINE, HEIGHT * _FINE), (200, 205, 210))
        self._pen = ImageDraw.Draw(self.image, "RGBA")

    def at(self, place: Place) -> Point:
        """Tell where a place in metres stands in the picture."""
        across, up, away = place
        return (
            WIDTH / 2 + self.focus * across / away,
            self.horizon + self.focus * (self.eye_m - up) / away,
        )

    def seen(self, places: Sequence[Place]) -> list[Point]:
        """Tell where several places stand in the picture."""
        return [self.at(place) for place in places]

    def shape(self, points: Sequence[Point], colour: Colour, opacity: float = 1) -> None:
        """Fill a polygon."""
        self._pen.polygon(_fine(points), fill=(*colour, round(255 * opacity)))

    def patch(self, places: Sequence[Place], colour: Colour, opacity: float = 1) -> None:
        """Fill a polygon given in metres."""
        self.shape(self.seen(places), colour, opacity)

    def oval(self, centre: Point, radii: Point, colour: Colour, opacity: float = 1) -> None:
        """Fill an ellipse."""
        (x, y), (wide, high) = centre, radii
        box = _fine([(x - wide, y - high), (x + wide, y + high)])
        self._pen.ellipse(box, fill=(*colour, round(255 * opacity)))

    def ring(self, centre: Point, radii: Point, colour: Colour, width: float) -> None:
        """Draw the line of an ellipse."""
        (x, y), (wide, high) = centre, radii
        box = _fine([(x - wide, y - high), (x + wide, y + high)])
        self._pen.ellipse(box, outline=colour, width=max(1, round(width * _FINE)))

    def line(
        self, points: Sequence[Point], colour: Colour, width: float, opacity: float = 1
    ) -> None:
        """Draw a line with round joints and ends."""
        thick = max(1, round(width * _FINE))
        fill = (*colour, round(255 * opacity))
        self._pen.line(_fine(points), fill=fill, width=thick, joint="curve")
        if thick > 4 and opacity == 1:
            for x, y in (points[0], points[-1]):
                self.oval((x, y), (width / 2, width / 2), colour)

    def rounded(
        self, box: tuple[float, float, float, float], radius: float, colour: Colour
    ) -> None:
        """Fill a rectangle with round corners."""
        corners = _fine([box[:2], box[2:]])
        self._pen.rounded_rectangle(corners, radius * _FINE, fill=colour)

    def blend(self, points: Sequence[Point], top: Colour, bottom: Colour) -> None:
        """Fill a polygon with one colour going over into another, top to bottom."""
        corners = _fine(points)
        left, high, right, low = _bounds(corners, self.image.size)
        if right <= left or low <= high:
            return
        shades = Image.linear_gradient("L").resize((1, low - high))
        column = Image.composite(
            Image.new("RGB", shades.size, bottom), Image.new("RGB", shades.size, top), shades
        )
        mask = Image.new("1", (right - left, low - high))
        ImageDraw.Draw(mask).polygon([(x - left, y - high) for x, y in corners], fill=1)
        self.image.paste(column.resize(mask.size, _BLOCKY), (left, high), mask)

    def soft(self, points: Sequence[Point], colour: Colour, opacity: float, blur: float) -> None:
        """Fill a polygon with soft edges: a shadow, a stain, a cloud, a gleam."""
        edge = blur * 2.5
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, high = max(-edge, min(xs) - edge), max(-edge, min(ys) - edge)
        right, low = min(WIDTH + edge, max(xs) + edge), min(HEIGHT + edge, max(ys) + edge)
        size = max(2, round((right - left) / _COARSE)), max(2, round((low - high) / _COARSE))
        mask = Image.new("L", size)
        small = [((x - left) / _COARSE, (y - high) / _COARSE) for x, y in points]
        ImageDraw.Draw(mask).polygon(small, fill=round(255 * opacity))
        mask = mask.filter(ImageFilter.GaussianBlur(blur / _COARSE))
        self._lay(mask, (left, high), (right - left, low - high), colour)

    def glow(self, centre: Point, radii: Point, colour: Colour, opacity: float) -> None:
        """Lay light around a point, strongest in the middle."""
        fading = [round(255 * opacity * max(0.0, 1 - value / 180) ** 2) for value in range(256)]
        mask = Image.radial_gradient("L").reduce(2).point(fading)
        corner = centre[0] - radii[0], centre[1] - radii[1]
        self._lay(mask, corner, (2 * radii[0], 2 * radii[1]), colour)

    def grain(self, points: Sequence[Point], strength: float) -> None:
        """Roughen an area as asphalt and plaster are."""
        left, high, right, low = _bounds(_fine(points), self.image.size)
        size = (right - left) // _FINE, (low - high) // _FINE
        if min(size) <= 0:
            return
        noise = Image.frombytes("L", (200, 150), self.chance.randbytes(30_000))
        noise = noise.resize(size, Image.Resampling.BILINEAR)
        mask = Image.new("L", size)
        inside = [(x - left / _FINE, y - high / _FINE) for x, y in points]
        ImageDraw.Draw(mask).polygon(inside, fill=round(255 * strength))
        mask = ImageChops.multiply(mask, noise)
        self._paste((0, 0, 0), mask, (left, high))

    def jpeg(self) -> bytes:
        """Give the finished picture with its mark 示意图, as a JPEG of at most 120 KB."""
        picture = self.image.reduce(_FINE)
        if self._is_mirrored:
            picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        picture.paste((8, 10, 20), mask=_vignette())
        mark = _mark()
        _stamp(picture, mark, (WIDTH - mark.width - 28, HEIGHT - mark.height - 24))
        return _encoded(picture)

    def portrait_jpeg(self, side: int) -> bytes:
        """Give the middle square with its mark low in the middle, where a round frame keeps it."""
        middle = (WIDTH - HEIGHT) * _FINE // 2
        square = self.image.crop((middle, 0, middle + HEIGHT * _FINE, HEIGHT * _FINE))
        picture = square.resize((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
        mark = _mark().reduce(2)
        _stamp(picture, mark, ((side - mark.width) // 2, side - mark.height - 12))
        return _encoded(picture)

    def _lay(self, mask: Image.Image, corner: Point, size: Point, colour: Colour) -> None:
        """Lay colour through a small mask blown up to its place."""
        whole = round(size[0]), round(size[1])
        if min(whole) > 0:
            big = mask.resize(whole, Image.Resampling.BILINEAR)
            self._paste(colour, big, (round(corner[0] * _FINE), round(corner[1] * _FINE)))

    def _paste(self, colour: Colour, mask: Image.Image, corner: tuple[int, int]) -> None:
        """Lay colour through a mask of single size; only what lies in the picture is touched."""
        left, high = max(0, -corner[0] // _FINE), max(0, -corner[1] // _FINE)
        right = min(mask.width, WIDTH - corner[0] // _FINE)
        low = min(mask.height, HEIGHT - corner[1] // _FINE)
        if right > left and low > high:
            mask = mask.crop((left, high, right, low))
            big = mask.resize((mask.width * _FINE, mask.height * _FINE), _BLOCKY)
            self.image.paste(colour, (corner[0] + left * _FINE, corner[1] + high * _FINE), big)


def _stamp(picture: Image.Image, mark: Image.Image, corner: tuple[int, int]) -> None:
    """Write 示意图 on a dim plate."""
    (left, top), (wide, high) = corner, mark.size
    plate = (left - wide // 6, top - high // 3, left + wide + wide // 6, top + high + high // 3)
    ImageDraw.Draw(picture, "RGBA").rounded_rectangle(plate, high // 3, fill=(16, 20, 30, 120))
    picture.paste((255, 255, 255), corner, mark)


def _encoded(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=80, progressive=True)
    return out.getvalue()


def _fine(points: Sequence[Point]) -> list[Point]:
    return [(x * _FINE, y * _FINE) for x, y in points]


def _bounds(points: Sequence[Point], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Give the box around points, cut to the picture."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (
        max(0, int(min(xs))),
        max(0, int(min(ys))),
        min(size[0], int(max(xs)) + 1),
        min(size[1], int(max(ys)) + 1),
    )

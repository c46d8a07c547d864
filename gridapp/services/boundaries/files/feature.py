"""One shape of a file as it stands there: numbers and words, nothing looked up yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from shapely.geometry.base import BaseGeometry

from gridapp.domain.errors import GridappError
from gridapp.services.boundaries.shapes import ShapeError, shape_of
from gridapp.services.orders import clean_text

FEATURES_MAX_COUNT: Final = 10_000
POINTS_MAX_COUNT: Final = 1_000_000
_PROPERTIES_MAX_COUNT: Final = 60
_VALUE_MAX_CHARACTERS: Final = 120


class BoundaryFileError(GridappError):
    """The file cannot be read as boundaries; the sentence names the place and the mend."""

    code = "boundary.file"
    sentence = "这个文件读不出边界。请使用 GeoJSON、Shapefile（打成 zip）或 KML。"
    status = 422


@dataclass(frozen=True)
class Feature:
    """A shape of a file.

    Args:
        number: Its place in the file, from 1: by it people find it again.
        properties: What the file tells of it, as text.
        shape: In the file's own datum; None when there is a problem.
        problem: Why there is no shape, in Chinese.
        is_broken: It is an area, but a broken one, and not just something else than an area.
    """

    number: int
    properties: Mapping[str, str]
    shape: BaseGeometry | None
    problem: str = ""
    is_broken: bool = False


@dataclass(frozen=True)
class Content:
    """What a file holds.

    Args:
        features: Its shapes.
        notes: What a person should know of how it was read.
        format: The name of the format.
    """

    features: tuple[Feature, ...]
    format: str
    notes: tuple[str, ...] = field(default=())


class Gathering:
    """Gathers the shapes of a file, and stops where it grows beyond all grids."""

    def __init__(self) -> None:
        self.features: list[Feature] = []
        self._point_count = 0

    def add(self, properties: Mapping[str, Any], rings: list[list[Any]] | None) -> None:
        """Take one shape: the coordinates of a MultiPolygon, or None for what is no area.

        Raises:
            BoundaryFileError: There are too many shapes or points.
        """
        number = len(self.features) + 1
        if number > FEATURES_MAX_COUNT:
            raise BoundaryFileError(f"文件里的图形超过{FEATURES_MAX_COUNT}个，请分社区导入。")
        told = plain_properties(properties)
        if rings is None:
            self.features.append(Feature(number, told, None, "不是面，只能导入多边形"))
            return
        try:
            self._count(rings)
            self.features.append(Feature(number, told, shape_of(rings)))
        except ShapeError as error:
            self.features.append(Feature(number, told, None, str(error), is_broken=True))

    def _count(self, rings: list[list[Any]]) -> None:
        for polygon in rings:
            for ring in polygon if isinstance(polygon, list) else ():
                self._point_count += len(ring) if isinstance(ring, (list, tuple)) else 0
        if self._point_count > POINTS_MAX_COUNT:
            raise BoundaryFileError("文件里的点超过100万个，请先用制图软件简化，再导入。")


def plain_properties(properties: Mapping[str, Any]) -> dict[str, str]:
    """Write what a file tells of a shape as short texts; a whole number has no decimal point."""
    told = {}
    for name, value in list(properties.items())[:_PROPERTIES_MAX_COUNT]:
        if isinstance(value, float) and value.is_integer():
            text = str(int(value))
        elif isinstance(value, (str, int, float)) and not isinstance(value, bool):
            text = str(value)
        else:
            continue
        told[clean_text(str(name))[:40]] = clean_text(text).strip()[:_VALUE_MAX_CHARACTERS]
    return told

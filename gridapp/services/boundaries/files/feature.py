"""One shape of a file as it stands there: numbers and words, nothing looked up yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gridapp.domain.errors import GridappError
from gridapp.domain.projection import Chart
from gridapp.services.boundaries.shapes import ShapeError, enclosed_by, shape_of
from gridapp.services.orders import clean_text

FEATURES_MAX_COUNT: Final = 10_000
POINTS_MAX_COUNT: Final = 1_000_000
PROPERTIES_MAX_COUNT: Final = 60
_VALUE_MAX_CHARACTERS: Final = 120
NO_AREA: Final = "不是面，只能导入多边形"
NO_SHAPE: Final = "没有图形，只有一行文字"
OPEN_LINE: Final = "是线，而且没有首尾相接，不是面"
CLOSED_LINE: Final = "是首尾相接的线，不是面"


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
        enclosed: What its lines enclose, when it is drawn as lines that end where they begin.
        is_line: It is drawn as lines.
    """

    number: int
    properties: Mapping[str, str]
    shape: BaseGeometry | None
    problem: str = ""
    is_broken: bool = False
    enclosed: BaseGeometry | None = None
    is_line: bool = False


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


@dataclass(frozen=True)
class Drawing:
    """The coordinates of one shape as a file has them.

    Args:
        rings: As of a MultiPolygon.
        lines: As of a MultiLineString.
        is_empty: The file says that there is no shape, and not that there is another one.
    """

    rings: Sequence[Any] = ()
    lines: Sequence[Any] = ()
    is_empty: bool = False


class Gathering:
    """Gathers the shapes of a file, and stops where it grows beyond all grids.

    Args:
        chart: The map on which positions are told in metres; None for degrees.
    """

    def __init__(self, chart: Chart | None = None) -> None:
        self.features: list[Feature] = []
        self._chart = chart
        self._read_count = 0
        self._point_count = 0

    def skip(self) -> None:
        """Leave a shape of the file out; those behind it keep their numbers."""
        self._read_count += 1

    def add(self, properties: Mapping[str, Any], drawing: Drawing) -> None:
        """Take one shape, whatever it is.

        Raises:
            BoundaryFileError: There are too many shapes or points.
        """
        self._read_count += 1
        if self._read_count > FEATURES_MAX_COUNT:
            raise BoundaryFileError(f"文件里的图形超过{FEATURES_MAX_COUNT}个，请分社区导入。")
        self._count(drawing)
        told = plain_properties(properties)
        self.features.append(self._feature(told, drawing))

    def _feature(self, told: dict[str, str], drawing: Drawing) -> Feature:
        number = self._read_count
        rings = [one for one in drawing.rings if not _is_empty(one)]
        try:
            if rings:
                return Feature(number, told, self._moved(shape_of(rings)))
            if any(drawing.lines):
                return self._line(told, drawing.lines)
        except ShapeError as error:
            return Feature(number, told, None, str(error), is_broken=True)
        is_empty = drawing.is_empty or bool(drawing.rings)
        return Feature(number, told, None, NO_SHAPE if is_empty else NO_AREA)

    def _line(self, told: dict[str, str], lines: Sequence[Any]) -> Feature:
        enclosed = enclosed_by(lines)
        if enclosed is None:
            return Feature(self._read_count, told, None, OPEN_LINE, is_line=True)
        enclosed = self._moved(enclosed)
        return Feature(
            self._read_count, told, None, CLOSED_LINE, enclosed=enclosed, is_line=True
        )  # fmt: skip

    def _moved(self, shape: BaseGeometry) -> BaseGeometry:
        chart = self._chart
        if chart is None:
            return shape
        try:
            return shapely.transform(
                shape, lambda points: np.array([chart.degrees(*one) for one in points.tolist()])
            )
        except (ArithmeticError, ValueError) as error:
            raise ShapeError("坐标超出了投影的范围") from error

    def _count(self, drawing: Drawing) -> None:
        rings = [ring for one in drawing.rings if isinstance(one, list) for ring in one]
        for ring in [*rings, *drawing.lines]:
            self._point_count += len(ring) if isinstance(ring, (list, tuple)) else 0
        if self._point_count > POINTS_MAX_COUNT:
            raise BoundaryFileError("文件里的点超过100万个，请先用制图软件简化，再导入。")


def _is_empty(polygon: Any) -> bool:
    """Tell whether a polygon has no coordinates at all, which is no fault."""
    return isinstance(polygon, (list, tuple)) and (not polygon or polygon[0] in ([], ()))


def plain_properties(properties: Mapping[str, Any]) -> dict[str, str]:
    """Write what a file tells of a shape as short texts; a whole number has no decimal point."""
    told = {}
    for name, value in list(properties.items())[:PROPERTIES_MAX_COUNT]:
        if isinstance(value, float) and value.is_integer():
            text = str(int(value))
        elif isinstance(value, (str, int, float)) and not isinstance(value, bool):
            text = str(value)
        else:
            continue
        told[clean_text(str(name))[:40]] = clean_text(text).strip()[:_VALUE_MAX_CHARACTERS]
    return told

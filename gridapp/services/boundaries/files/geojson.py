"""Reads GeoJSON (RFC 7946), and what people call so."""

import json
from collections.abc import Iterator
from typing import Any, Final

from gridapp.services.boundaries.files.feature import (
    BoundaryFileError,
    Content,
    Drawing,
    Gathering,
)
from gridapp.services.boundaries.files.reference import reference_of_crs

_DEEPEST: Final = 8
_FARTHEST_M: Final = 1e9
_LINES: Final = {"LineString", "MultiLineString"}
_AREAS: Final = {"Polygon", "MultiPolygon"}
_OTHERS: Final = {"Topology": "TopoJSON"}
_NO_AREA: Final = Drawing()


def read_geojson(text: str) -> Content:
    """Read the features of a GeoJSON text; not-a-number is left for the shape's own check.

    Raises:
        BoundaryFileError: It is no GeoJSON, or drawn on a map that we cannot undo.
    """
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BoundaryFileError(f"GeoJSON 文件不完整或格式有误：{_place(error)}。") from error
    features = _features(content)
    drawings = [_drawing(feature.get("geometry"), 0) for feature in features]
    reference = reference_of_crs(_crs(content, features), _first_position(drawings))
    gathering = Gathering(reference.chart)
    for feature, drawing in zip(features, drawings, strict=True):
        properties = feature.get("properties")
        told = properties if isinstance(properties, dict) else {}
        if isinstance(feature.get("id"), (str, int)):
            told = {"id": feature["id"], **told}
        gathering.add(told, drawing)
    notes = (reference.note,) if reference.note else ()
    return Content(tuple(gathering.features), "GeoJSON", notes)


def _place(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"第{error.lineno}行第{error.colno}个字符处读不下去"
    return "嵌套太深" if isinstance(error, RecursionError) else "有的数字太长"


def _features(content: Any) -> list[dict[str, Any]]:
    kind = content.get("type") if isinstance(content, dict) else None
    if kind == "FeatureCollection" and isinstance(content.get("features"), list):
        return [one if isinstance(one, dict) else {} for one in content["features"]]
    if kind == "Feature":
        return [content]
    if kind in _AREAS | _LINES | {"GeometryCollection"}:
        return [{"geometry": content}]
    raise BoundaryFileError(f"这不是 GeoJSON{_other(content, kind)}：没有 FeatureCollection。")


def _other(content: Any, kind: Any) -> str:
    if isinstance(content, dict) and "geometryType" in content:
        return "，是 Esri JSON，请导出成 GeoJSON"
    named = _OTHERS.get(kind) if isinstance(kind, str) else None
    return f"，是 {named}，请导出成 GeoJSON" if named else ""


def _crs(content: Any, features: list[dict[str, Any]]) -> Any:
    """Find where the file names its map: above, or at its shapes as databases write it."""
    told = [content.get("crs") if isinstance(content, dict) else None]
    for feature in features:
        geometry = feature.get("geometry")
        told += [feature.get("crs"), geometry.get("crs") if isinstance(geometry, dict) else None]
    named = [one for one in told if one]
    if any(one != named[0] for one in named):
        raise BoundaryFileError("文件里写了几种坐标系，请先统一成一种，再导入。")
    return named[0] if named else None


def _drawing(geometry: Any, depth: int) -> Drawing:
    if geometry is None:
        return Drawing(is_empty=True)
    if not isinstance(geometry, dict) or depth > _DEEPEST:
        return _NO_AREA
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "GeometryCollection":
        return _together(geometry.get("geometries"), depth)
    if isinstance(coordinates, list) and isinstance(kind, str):
        return _of_kind(kind, coordinates)
    return _NO_AREA


def _of_kind(kind: str, coordinates: list[Any]) -> Drawing:
    if kind in _AREAS:
        return Drawing(rings=[coordinates] if kind == "Polygon" else coordinates)
    if kind in _LINES:
        return Drawing(lines=[coordinates] if kind == "LineString" else coordinates)
    return _NO_AREA


def _together(parts: Any, depth: int) -> Drawing:
    inside = [_drawing(part, depth + 1) for part in parts] if isinstance(parts, list) else []
    rings = [polygon for one in inside for polygon in one.rings]
    return Drawing(rings, [line for one in inside for line in one.lines], is_empty=not inside)


def _first_position(drawings: list[Drawing]) -> tuple[float, float]:
    """Give the first two numbers; what is none is told by the shape's own check."""
    for drawing in drawings:
        for place in _numbers([*drawing.rings, *drawing.lines], 0):
            return place
    return 0.0, 0.0


def _numbers(coordinates: Any, depth: int) -> Iterator[tuple[float, float]]:
    if not isinstance(coordinates, list) or depth > _DEEPEST:
        return
    pair = coordinates[:2]
    if len(pair) > 1 and all(isinstance(one, (int, float)) for one in pair):
        # What is no place at all, such as NaN, tells nothing of the map.
        if all(abs(one) < _FARTHEST_M for one in pair):
            yield pair[0], pair[1]
        return
    for inner in coordinates:
        yield from _numbers(inner, depth + 1)

"""Reads GeoJSON (RFC 7946), and what people call so."""

import json
from typing import Any, Final

from gridapp.services.boundaries.files.feature import BoundaryFileError, Content, Gathering

_DEEPEST: Final = 8


def read_geojson(text: str) -> Content:
    """Read the features of a GeoJSON text; not-a-number is left for the shape's own check.

    Raises:
        BoundaryFileError: It is no GeoJSON.
    """
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BoundaryFileError(f"GeoJSON 文件不完整或格式有误：{_place(error)}。") from error
    gathering = Gathering()
    for feature in _features(content):
        properties = feature.get("properties")
        told = properties if isinstance(properties, dict) else {}
        if isinstance(feature.get("id"), (str, int)):
            told = {"id": feature["id"], **told}
        gathering.add(told, _rings(feature.get("geometry"), 0))
    return Content(tuple(gathering.features), "GeoJSON")


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
    if kind in {"Polygon", "MultiPolygon", "GeometryCollection"}:
        return [{"geometry": content}]
    raise BoundaryFileError("这不是 GeoJSON：没有 FeatureCollection。")


def _rings(geometry: Any, depth: int) -> list[list[Any]] | None:
    """Give a geometry as the coordinates of a MultiPolygon; None when it is no area."""
    if not isinstance(geometry, dict) or depth > _DEEPEST:
        return None
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "GeometryCollection":
        parts = geometry.get("geometries")
        inside = [_rings(part, depth + 1) for part in parts] if isinstance(parts, list) else []
        return [polygon for rings in inside for polygon in rings or ()] or None
    if not isinstance(coordinates, list):
        return None
    if kind == "Polygon":
        return [coordinates]
    return coordinates if kind == "MultiPolygon" else None

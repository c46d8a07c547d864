"""Reads a Shapefile: its polygons, the words of its table, and the map it was drawn on."""

import codecs
import re
from io import BytesIO
from typing import Any, Final

import shapefile

from gridapp.domain.projection import GaussKruger, map_of_easting
from gridapp.services.boundaries.files.feature import BoundaryFileError, Content, Gathering

_POLYGONS: Final = frozenset({shapefile.POLYGON, shapefile.POLYGONZ, shapefile.POLYGONM})
_CHINESE: Final = "gb18030"
_PARAMETER: Final = r'PARAMETER\["{name}",\s*([-\d.eE+]+)\]'
_OLD_DATUMS: Final = {"XIAN": "西安80", "BEIJING": "北京54", "KRASOVSKY": "北京54"}
_DEGREES_MOST: Final = 360


def read_shapefile(parts: dict[str, bytes]) -> Content:
    """Read the layer whose files are given by their endings (``shp``, ``dbf``, ``cpg``, ``prj``).

    Raises:
        BoundaryFileError: A file is missing or damaged, or the map is one that we cannot undo.
    """
    if "dbf" not in parts:
        raise BoundaryFileError("压缩包里缺少 .dbf 文件，没有名称和编码。请把几个文件一起打包。")
    encoding, notes = _encoding(parts)
    try:
        with _reader(parts, encoding) as reader:
            kind = reader.shapeType
            found = [
                (one.record.as_dict(), one.shape.__geo_interface__)
                for one in reader.iterShapeRecords()
            ]
    except Exception as error:  # a damaged file may break the reader in any way
        raise BoundaryFileError("Shapefile 已损坏，读不下去。请重新导出后再打包。") from error
    if kind not in _POLYGONS:
        raise BoundaryFileError("这个图层不是面。请导出网格范围的面图层。")
    chart = _chart(parts.get("prj", b"").decode("utf-8", "replace"), found)
    gathering = Gathering()
    for properties, geometry in found:
        gathering.add(properties, _degrees(_rings(geometry), chart))
    if chart is not None:
        notes = (*notes, f"坐标是米制投影（中央经线{chart.meridian:g}度），已换算成经纬度")
    return Content(tuple(gathering.features), "Shapefile", notes)


def _reader(parts: dict[str, bytes], encoding: str, errors: str = "strict") -> shapefile.Reader:
    return shapefile.Reader(
        shp=BytesIO(parts["shp"]), dbf=BytesIO(parts["dbf"]),
        encoding=encoding, encodingErrors=errors,
    )  # fmt: skip


def _encoding(parts: dict[str, bytes]) -> tuple[str, tuple[str, ...]]:
    """Tell the encoding: what the .cpg says, else UTF-8 if all words are, else Chinese."""
    said = parts.get("cpg", b"").decode("ascii", "replace").strip()
    known = _codec(said)
    for name in (known, "utf-8", _CHINESE):
        if name and _is_readable(parts["dbf"], name):
            wrong = said and name != known
            return name, ((f"文件说编码是{said[:20]}，实际按{name}读取",) if wrong else ())
    raise BoundaryFileError(
        "属性表（.dbf）已损坏，或者文字既不是 UTF-8 也不是 GBK。请用 UTF-8 重新导出后再打包。"
    )


def _codec(said: str) -> str:
    for name in (said, f"cp{said}", said.replace("ANSI ", "cp")):
        try:
            return codecs.lookup(name).name if said else ""
        except (LookupError, ValueError):
            continue
    return ""


def _is_readable(dbf: bytes, encoding: str) -> bool:
    try:
        with shapefile.Reader(
            dbf=BytesIO(dbf), encoding=encoding, encodingErrors="strict"
        ) as table:
            for _record in table.iterRecords():
                pass
    except Exception:  # noqa: BLE001 - words in another encoding break the reader in many ways
        return False
    return True


def _rings(geometry: dict[str, Any]) -> list[list[Any]] | None:
    coordinates = geometry.get("coordinates")
    if geometry.get("type") == "Polygon" and coordinates:
        return [list(coordinates)]
    if geometry.get("type") == "MultiPolygon" and coordinates:
        return [list(polygon) for polygon in coordinates]
    return None


def _chart(prj: str, found: list[tuple[dict[str, Any], dict[str, Any]]]) -> GaussKruger | None:
    """Tell the map by its .prj, or by eastings that begin with a zone's number."""
    upper = prj.upper()
    for word, name in _OLD_DATUMS.items():
        if word in upper:
            raise BoundaryFileError(
                f"坐标是{name}坐标系，与现行坐标差几十到上百米，换算要用当地参数。"
                "请测绘部门转成 CGCS2000 再导入。"
            )
    if "PROJCS" in upper:
        return _projected(prj)
    east, north = _first_position(found)
    if abs(east) <= _DEGREES_MOST and abs(north) <= _DEGREES_MOST:
        return None
    chart = map_of_easting(east)
    if chart is None:
        raise BoundaryFileError(
            "坐标以米为单位，但没有 .prj 文件，不知道中央经线。请连同 .prj 一起打包，或转成经纬度。"
        )
    return chart


def _projected(prj: str) -> GaussKruger:
    upper = prj.upper()
    if "TRANSVERSE_MERCATOR" not in upper and "GAUSS_KRUGER" not in upper:
        raise BoundaryFileError("坐标是其他地图投影，请先转成经纬度（CGCS2000 或 WGS-84）。")

    def parameter(name: str, otherwise: float) -> float:
        found = re.search(_PARAMETER.format(name=name), prj, re.IGNORECASE)
        return float(found[1]) if found else otherwise

    return GaussKruger(
        parameter("Central_Meridian", 0),
        parameter("False_Easting", 500_000),
        parameter("Scale_Factor", 1),
        parameter("False_Northing", 0),
    )


def _first_position(found: list[tuple[dict[str, Any], dict[str, Any]]]) -> tuple[float, float]:
    for _properties, geometry in found:
        for polygon in _rings(geometry) or ():
            for ring in polygon:
                for position in ring:
                    return float(position[0]), float(position[1])
    return 0.0, 0.0


def _degrees(rings: list[list[Any]] | None, chart: GaussKruger | None) -> list[list[Any]] | None:
    if rings is None or chart is None:
        return rings
    return [
        [[chart.degrees(position[0], position[1]) for position in ring] for ring in polygon]
        for polygon in rings
    ]

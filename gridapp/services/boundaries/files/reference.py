"""Tells the map on which a file was drawn: by its .prj, its ``crs``, or its numbers.

Source: the EPSG register for the codes; Esri's and OGC's names for the words of a .prj.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

from gridapp.domain.projection import Chart, GaussKruger, WebMercator, map_of_easting
from gridapp.services.boundaries.files.feature import BoundaryFileError

_PARAMETER: Final = r'PARAMETER\["{name}",\s*([-\d.eE+]+)\]'
_GEOGRAPHIC: Final = re.compile(r'GEOG(?:CS|CRS)\["([^"]*)"', re.IGNORECASE)
_OLD_DATUMS: Final = {"XIAN": "西安80", "BEIJING": "北京54", "KRASOVSKY": "北京54"}
_OURS: Final = ("WGS", "CGCS", "CHINA_2000", "CHINA_GEODETIC", "CHINA GEODETIC", "ITRF")
_WEB_MERCATOR_WORDS: Final = ("AUXILIARY_SPHERE", "PSEUDO-MERCATOR", "WEB_MERCATOR")
_DEGREES_MOST: Final = 1_000  # far beyond any longitude, far below any metre
_CODE: Final = re.compile(r"(\d{3,6})\s*$")

_DEGREES_CODES: Final = {4326, 4490, 4979, 4480, 84}
_WEB_MERCATOR_CODES: Final = {3857, 3785, 900913, 102100, 102113}
_OLD_CODES: Final = (
    ("西安80", (4610, *range(2327, 2391))),
    ("北京54", (4214, *range(2401, 2443), *range(21413, 21464))),
)
# CGCS2000 in metres: first code, meridian of it, degrees between zones, zone number of it or 0.
_SERIES: Final = (
    (range(4491, 4502), 75, 6, 13),
    (range(4502, 4513), 75, 6, 0),
    (range(4513, 4534), 75, 3, 25),
    (range(4534, 4555), 75, 3, 0),
)
_UTM_NORTH: Final = range(32601, 32661)


@dataclass(frozen=True)
class Reference:
    """How positions are told: on a map in metres, or in degrees; ``note`` is for a person."""

    chart: Chart | None = None
    note: str = ""


def reference_of_prj(prj: str, first: tuple[float, float]) -> Reference:
    """Tell the map by the text of a .prj, else by the first position.

    Raises:
        BoundaryFileError: It is one that we cannot undo.
    """
    upper = prj.upper()
    _demand_present_datum(upper)
    if "PROJCS" in upper or "PROJCRS" in upper:
        return _projected(prj)
    if not upper:
        return reference_of_numbers(first, "没有 .prj 文件", "请连同 .prj 一起打包，或转成经纬度。")
    known = _GEOGRAPHIC.search(prj)
    if known is None or any(word in upper for word in _OURS):
        return Reference()
    return Reference(note=f"文件的坐标系是{known[1][:40]}，没有换算，请对照图样核对位置")


def reference_of_crs(crs: Any, first: tuple[float, float]) -> Reference:
    """Tell the map by the ``crs`` of a GeoJSON, else by the first position.

    Raises:
        BoundaryFileError: It is one that we cannot undo.
    """
    name = _crs_name(crs)
    _demand_present_datum(name.upper())
    found = _CODE.search(name)
    if found is None:
        return reference_of_numbers(first, "没有写明坐标系", "请转成经纬度再导入。")
    code = int(found[1])
    for datum, codes in _OLD_CODES:
        if code in codes:
            raise _old(datum)
    if code in _DEGREES_CODES:
        return Reference()
    if code in _WEB_MERCATOR_CODES:
        return _web_mercator()
    chart = _series_chart(code)
    if chart is None:
        raise BoundaryFileError(
            f"文件的坐标系是{name[:40]}，系统不会换算。请先转成经纬度（CGCS2000 或 WGS-84）。"
        )
    return _metres(chart)


def reference_of_numbers(first: tuple[float, float], lack: str, mend: str) -> Reference:
    """Tell the map by eastings that begin with a zone's number, as Chinese files do."""
    east, north = first
    if abs(east) <= _DEGREES_MOST and abs(north) <= _DEGREES_MOST:
        return Reference()
    chart = map_of_easting(east)
    if chart is None:
        raise BoundaryFileError(f"坐标以米为单位，但{lack}，不知道中央经线。{mend}")
    return _metres(chart)


def _crs_name(crs: Any) -> str:
    properties = crs.get("properties") if isinstance(crs, dict) else None
    told = properties if isinstance(properties, dict) else {}
    return str(told.get("name") or told.get("code") or "")[:200]


def _demand_present_datum(upper: str) -> None:
    for word, name in _OLD_DATUMS.items():
        if word in upper:
            raise _old(name)


def _old(name: str) -> BoundaryFileError:
    return BoundaryFileError(
        f"坐标是{name}坐标系，与现行坐标差几十到上百米，换算要用当地参数。"
        "请测绘部门转成 CGCS2000 再导入。"
    )


def _metres(chart: GaussKruger) -> Reference:
    return Reference(chart, f"坐标是米制投影（中央经线{chart.meridian:g}度），已换算成经纬度")


def _web_mercator() -> Reference:
    return Reference(WebMercator(), "坐标是网络墨卡托投影（EPSG:3857），已换算成经纬度")


def _series_chart(code: int) -> GaussKruger | None:
    if code in _UTM_NORTH:
        return GaussKruger((code - _UTM_NORTH.start) * 6.0 - 177, scale=0.9996)
    for codes, meridian, step, zone in _SERIES:
        if code in codes:
            place = code - codes.start
            prefix = (zone + place) * 1_000_000 if zone else 0
            return GaussKruger(meridian + place * float(step), prefix + 500_000.0)
    return None


def _projected(prj: str) -> Reference:
    upper = prj.upper()
    if any(word in upper for word in _WEB_MERCATOR_WORDS):
        return _web_mercator()
    if "TRANSVERSE_MERCATOR" not in upper and "GAUSS_KRUGER" not in upper:
        raise BoundaryFileError("坐标是其他地图投影，请先转成经纬度（CGCS2000 或 WGS-84）。")

    def parameter(name: str, otherwise: float) -> float:
        found = re.search(_PARAMETER.format(name=name), prj, re.IGNORECASE)
        return float(found[1]) if found else otherwise

    chart = GaussKruger(
        parameter("Central_Meridian", 0),
        parameter("False_Easting", 500_000),
        parameter("Scale_Factor", 1),
        parameter("False_Northing", 0),
    )
    return _metres(chart)

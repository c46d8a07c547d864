"""The words of boundaries: in which datum they are told, where they came from."""

from enum import StrEnum
from typing import Final


class Datum(StrEnum):
    """In which datum positions are told; CGCS2000 is WGS-84 within a metre."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"


class BoundarySource(StrEnum):
    """Where a boundary came from; both kinds of sketch are schematic (示意图).

    A ``sketch`` was cut around the positions of buildings, a ``figure`` had none to go by.
    """

    IMPORTED = "imported"
    DRAWN = "drawn"
    SKETCH = "sketch"
    FIGURE = "figure"


DATUM: Final = {
    Datum.WGS84: "WGS-84（手机定位、国际通用）",
    Datum.CGCS2000: "CGCS2000（规划、测绘部门）",
    Datum.GCJ02: "GCJ-02（高德、腾讯地图）",
    Datum.BD09: "BD-09（百度地图）",
}

BOUNDARY_SOURCE: Final = {
    BoundarySource.IMPORTED: "导入",
    BoundarySource.DRAWN: "手绘",
    BoundarySource.SKETCH: "示意",
    BoundarySource.FIGURE: "示意",
}

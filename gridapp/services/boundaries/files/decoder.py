"""Reads files of boundaries in a process that can hurt nobody: what their forkserver loads."""

import base64
import json
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

import shapefile
import shapely
from shapely.geometry.base import BaseGeometry

from gridapp.services.boundaries.files.feature import BoundaryFileError, Feature
from gridapp.services.boundaries.files.opened import FILE_MAX_BYTES, read_boundaries
from gridapp.services.decoding.frames import RefusedError, Say, read_all
from gridapp.services.decoding.preloading import load_encodings

_RING: Final = [[120.0, 30.0], [120.0, 30.1], [120.1, 30.1], [120.0, 30.0]]
_KML: Final = (
    "<kml><Placemark><name>a</name><Polygon><outerBoundaryIs><LinearRing><coordinates>"
    "120,30 120,31 121,31 120,30</coordinates></LinearRing></outerBoundaryIs></Polygon>"
    "</Placemark></kml>"
)


def preload() -> None:
    """Read a file of each format once: what is loaded at first use is there then."""
    load_encodings()
    area = {"type": "Polygon", "coordinates": [_RING]}
    line = {"type": "LineString", "coordinates": _RING}
    for body in (*(json.dumps(one).encode() for one in (area, line)), _KML.encode(), _shape_zip()):
        for feature in read_boundaries(body).features:
            _told(feature)


def _shape_zip() -> bytes:
    parts = {ending: BytesIO() for ending in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, shapeType=shapefile.POLYGON) as writer:
        writer.field("name", "C")
        writer.poly([_RING])
        writer.record("a")
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for ending, part in parts.items():
            archive.writestr(f"a.{ending}", part.getvalue())
    return out.getvalue()


def decode(_wish: dict[str, Any], body: int, say: Say) -> None:
    """Say what the file is and, a line of JSON each, what shapes it holds.

    Raises:
        RefusedError: With the sentence of the refusal.
    """
    try:
        content = read_boundaries(read_all(body, FILE_MAX_BYTES))
    except BoundaryFileError as error:
        raise RefusedError(error.code, error.sentence) from error
    say(_line({"format": content.format, "notes": content.notes}))
    for feature in content.features:
        say(_line(_told(feature)))


def _told(feature: Feature) -> dict[str, Any]:
    return {
        "number": feature.number,
        "properties": dict(feature.properties),
        "wkb": _written(feature.shape),
        "problem": feature.problem,
        "is_broken": feature.is_broken,
        "enclosed": _written(feature.enclosed),
        "is_line": feature.is_line,
    }


def _written(shape: BaseGeometry | None) -> str:
    return base64.b64encode(shapely.to_wkb(shape)).decode() if shape is not None else ""


def _line(told: dict[str, Any]) -> bytes:
    return json.dumps(told).encode() + b"\n"

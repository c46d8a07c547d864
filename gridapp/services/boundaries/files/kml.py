"""Reads KML: the polygons of its placemarks. Entities and document types are refused unread."""

from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError  # for types; defusedxml parses

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from gridapp.services.boundaries.files.feature import BoundaryFileError, Content, Gathering

_WORDS: Final = frozenset({"name", "description"})


def read_kml(body: bytes) -> Content:
    """Read the placemarks of a KML document.

    Raises:
        BoundaryFileError: It is no XML, or holds what a map needs not hold.
    """
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except DefusedXmlException as error:
        raise BoundaryFileError("KML 文件里有实体定义，可能是恶意文件，已拒绝。") from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        place = getattr(error, "position", None)
        where = f"第{place[0]}行处读不下去" if place else "编码无法识别"
        raise BoundaryFileError(f"KML 文件不完整或格式有误：{where}。") from error
    gathering = Gathering()
    for placemark in _named(root, "Placemark"):
        gathering.add(dict(_properties(placemark)), _polygons(placemark) or None)
    return Content(tuple(gathering.features), "KML")


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _named(element: Element, name: str) -> Iterator[Element]:
    return (one for one in element.iter() if _local(one) == name)


def _properties(placemark: Element) -> Iterator[tuple[str, str]]:
    for child in placemark:
        if _local(child) in _WORDS:
            yield _local(child), child.text or ""
    for data in _named(placemark, "Data"):
        value = next(_named(data, "value"), None)
        yield data.get("name", ""), (value.text or "") if value is not None else ""
    for data in _named(placemark, "SimpleData"):
        yield data.get("name", ""), data.text or ""


def _polygons(placemark: Element) -> list[list[Any]]:
    return [
        [*_ring(polygon, "outerBoundaryIs"), *_ring(polygon, "innerBoundaryIs")]
        for polygon in _named(placemark, "Polygon")
    ]


def _ring(polygon: Element, side: str) -> Iterator[list[list[str]]]:
    """Give the rings of a side; what is no number stays text and is named by the shape's check."""
    for boundary in _named(polygon, side):
        for coordinates in _named(boundary, "coordinates"):
            yield [position.split(",") for position in (coordinates.text or "").split()]

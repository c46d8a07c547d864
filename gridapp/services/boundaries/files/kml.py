"""Reads KML: the polygons of its placemarks. Entities and document types are refused unread."""

import re
from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError  # for types; defusedxml parses

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from gridapp.services.boundaries.files.feature import (
    BoundaryFileError,
    Content,
    Drawing,
    Gathering,
)

FOLDER: Final = "文件夹"
_WORDS: Final = frozenset({"name", "description"})
# The text is decoded already, so what it declares is wrong at best.
_DECLARATION: Final = re.compile(r"^<\?xml[^>]*\?>\s*")
_ROOT: Final = re.compile(r"<([A-Za-z][\w:.-]*)")
_PREFIX: Final = re.compile(r"[<\s/]([A-Za-z_][\w-]*):[A-Za-z_][\w.-]*(?=[\s=/>])")
# People write 121.4, 31.2 although a blank ends a position.
_COMMA: Final = re.compile(r"\s*,\s*")
_POSITION_MOST: Final = 3


def read_kml(text: str) -> Content:
    """Read the placemarks of a KML document.

    Raises:
        BoundaryFileError: It is no XML, or holds what a map needs not hold.
    """
    # A blank before the declaration is a common slip, and no harm.
    plain = _DECLARATION.sub("", text.lstrip("\ufeff \t\r\n"))
    try:
        root: Element = fromstring(_declared(plain), forbid_dtd=True)
    except DefusedXmlException as error:
        raise BoundaryFileError("KML 文件里有实体定义，可能是恶意文件，已拒绝。") from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        place = getattr(error, "position", None)
        where = _where(place[0], text, plain) if place else "文字读不下去"
        raise BoundaryFileError(f"KML 文件不完整或格式有误：{where}。") from error
    gathering = Gathering()
    for placemark, folder in _placemarks(root):
        told = dict(_properties(placemark))
        if folder:
            told.setdefault(FOLDER, folder)
        gathering.add(told, _drawing(placemark))
    return Content(tuple(gathering.features), "KML")


def _where(line: int, text: str, plain: str) -> str:
    """Tell a line of the file that was sent, not of what is left of it."""
    before = text.count("\n") - plain.count("\n")
    return f"第{line + before}行处读不下去"


def _declared(text: str) -> str:
    """Declare the prefixes that a program used and forgot to declare."""
    root = _ROOT.search(text)
    if root is None:
        return text
    lacking = sorted({one for one in _PREFIX.findall(text) if f"xmlns:{one}" not in text})
    told = "".join(f' xmlns:{one}="urn:{one}"' for one in lacking if one not in {"xml", "xmlns"})
    return f"{text[: root.end()]}{told}{text[root.end() :]}"


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _named(element: Element, name: str) -> Iterator[Element]:
    return (one for one in element.iter() if _local(one) == name)


def _placemarks(root: Element) -> Iterator[tuple[Element, str]]:
    """Give each placemark with the name of the folder right above it."""
    waiting = [(root, "")]
    while waiting:
        element, folder = waiting.pop()
        if _local(element) == "Placemark":
            yield element, folder
            continue
        if _local(element) == "Folder":
            folder = next((one.text or "" for one in element if _local(one) == "name"), folder)
        waiting += [(one, folder) for one in reversed(element)]


def _properties(placemark: Element) -> Iterator[tuple[str, str]]:
    for child in placemark:
        if _local(child) in _WORDS:
            yield _local(child), child.text or ""
    for data in _named(placemark, "Data"):
        value = next(_named(data, "value"), None)
        yield data.get("name", ""), (value.text or "") if value is not None else ""
    for data in _named(placemark, "SimpleData"):
        yield data.get("name", ""), data.text or ""


def _drawing(placemark: Element) -> Drawing:
    polygons = list(_named(placemark, "Polygon"))
    rings = [_polygon(one) for one in polygons]
    lines = [line for one in _named(placemark, "LineString") for line in _positions(one)]
    return Drawing(rings, lines, is_empty=not any(_named(placemark, "coordinates")))


def _polygon(polygon: Element) -> list[Any]:
    shell = [ring for one in _named(polygon, "outerBoundaryIs") for ring in _positions(one)]
    holes = [ring for one in _named(polygon, "innerBoundaryIs") for ring in _positions(one)]
    return [*shell, *holes] if shell else []


def _positions(element: Element) -> Iterator[list[list[str]]]:
    """Give rows of positions; what is no number stays text and is named by the shape's check."""
    for coordinates in _named(element, "coordinates"):
        told = _COMMA.sub(",", (coordinates.text or "").strip())
        yield [_position(position) for position in told.split()]


def _position(told: str) -> list[str]:
    """Split a position; more than three numbers are decimal commas, and never guessed."""
    parts = told.split(",")
    return parts if len(parts) <= _POSITION_MOST else [told]

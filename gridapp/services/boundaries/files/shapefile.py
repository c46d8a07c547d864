"""Reads a Shapefile: its shapes, the words of its table, and the map it was drawn on."""

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import shapefile

from gridapp.services.boundaries.files.dbf import DbfTable, read_dbf
from gridapp.services.boundaries.files.feature import (
    BoundaryFileError,
    Content,
    Drawing,
    Gathering,
)
from gridapp.services.boundaries.files.reference import reference_of_prj
from gridapp.services.boundaries.files.words import WordsError, decode_text

_POLYGONS: Final = frozenset({shapefile.POLYGON, shapefile.POLYGONZ, shapefile.POLYGONM})
_LINES: Final = frozenset({shapefile.POLYLINE, shapefile.POLYLINEZ, shapefile.POLYLINEM})
_HEADER_BYTES: Final = 100
_RECORD_HEADER_BYTES: Final = 8
_A_WORD_BYTES: Final = 2
_SHOWN_MAX_COUNT: Final = 5
_DAMAGED: Final = "Shapefile 已损坏，读不下去。请重新导出后再打包。"


def read_shapefile(parts: dict[str, bytes]) -> Content:
    """Read the layer whose files are given by their endings (``shp``, ``shx``, ``dbf``, ``prj``).

    Shapes and rows belong together by the number of their record, never by the order in which
    they are found.

    Raises:
        BoundaryFileError: A file is missing or damaged, or the map is one that we cannot undo.
    """
    if "dbf" not in parts:
        raise BoundaryFileError("压缩包里缺少 .dbf 文件，没有名称和编码。请把几个文件一起打包。")
    said = parts.get("cpg", b"").decode("ascii", "replace").strip()
    try:
        drawings, first = _drawings(parts)
        table = read_dbf(parts["dbf"], said)
    except WordsError as error:
        raise BoundaryFileError(
            "属性表（.dbf）已损坏，或者文字既不是 UTF-8 也不是 GBK。请用 UTF-8 重新导出后再打包。"
        ) from error
    except BoundaryFileError:
        raise
    except Exception as error:  # a damaged file may break the reader in any way
        raise BoundaryFileError(_DAMAGED) from error
    _demand_pairs(len(table.rows), len(drawings))
    reference = reference_of_prj(_prj(parts), first)
    gathering = Gathering(reference.chart)
    for row, drawing in zip(table.rows, drawings, strict=True):
        if row is None:
            gathering.skip()
        else:
            gathering.add(row, drawing)
    told = [reference.note, *_table_notes(table, said)]
    return Content(tuple(gathering.features), "Shapefile", tuple(one for one in told if one))


def _prj(parts: dict[str, bytes]) -> str:
    try:
        return decode_text(parts.get("prj", b""))
    except WordsError:
        return parts["prj"].decode("latin-1")


def _demand_pairs(row_count: int, shape_count: int) -> None:
    if row_count != shape_count:
        raise BoundaryFileError(
            f"属性表有{row_count}行，图形有{shape_count}个，对不上，"
            "不知道哪个图形是哪个网格。请重新导出后再打包。"
        )


def _table_notes(table: DbfTable, said: str) -> Iterator[str]:
    if said and not _is_said(said, table.encoding):
        yield f"文件说编码是{said[:20]}，实际按{table.encoding}读取"
    deleted = [number for number, row in enumerate(table.rows, start=1) if row is None]
    if deleted:
        yield f"{_numbers(deleted)}在属性表里已标为删除，连同图形都没有读取"
    if table.unread:
        places = "、".join(f"第{row}行「{name}」" for row, name in table.unread[:_SHOWN_MAX_COUNT])
        yield f"{places}里有读不出来的字，当作空白，请核对"


def _is_said(said: str, encoding: str) -> bool:
    plain = said.casefold().replace("-", "").replace("_", "")
    if encoding == "gb18030":
        return plain.startswith(("gb", "936", "cp936", "ansi 936", "oem 936"))
    return plain in {encoding.replace("-", ""), "65001", "950", "cp950"}


def _numbers(numbers: list[int]) -> str:
    more = f"等{len(numbers)}行" if len(numbers) > _SHOWN_MAX_COUNT else ""
    return f"第{'、'.join(map(str, numbers[:_SHOWN_MAX_COUNT]))}行{more}"


def _drawings(parts: dict[str, bytes]) -> tuple[list[Drawing], tuple[float, float]]:
    """Read the shapes in the order of their record numbers, and their first position."""
    contents = _contents(parts["shp"], parts.get("shx", b""))
    with shapefile.Reader(shp=BytesIO(_sequential(parts["shp"], contents))) as reader:
        if reader.shapeType not in _POLYGONS | _LINES:
            raise BoundaryFileError("这个图层不是面。请导出网格范围的面图层。")
        shapes = list(reader.iterShapes())
    first = next((one.points[0] for one in shapes if one.shapeType and one.points), (0.0, 0.0))
    return [_drawing(one) for one in shapes], (float(first[0]), float(first[1]))


def _contents(shp: bytes, shx: bytes) -> list[bytes]:
    """Give the contents of the records by their numbers.

    An edited shape may stand behind all others, with its old self left where it was: the .shx
    tells, or else the number in front of the record, of which the last one counts.
    """
    if len(shx) > _HEADER_BYTES:
        places = struct.iter_unpack(">ii", shx[_HEADER_BYTES:])
        return [_content(shp, offset * _A_WORD_BYTES, length) for offset, length in places]
    found, order, at = dict[int, bytes](), list[bytes](), _HEADER_BYTES
    while at < len(shp):
        number, length = struct.unpack_from(">ii", shp, at)
        found[number] = _content(shp, at, length)
        order.append(found[number])
        at += _RECORD_HEADER_BYTES + len(found[number])
    numbers = range(1, len(found) + 1)
    return [found[one] for one in numbers] if set(found) == set(numbers) else order


def _content(shp: bytes, at: int, length_words: int) -> bytes:
    start = at + _RECORD_HEADER_BYTES
    content = shp[start : start + length_words * _A_WORD_BYTES]
    if length_words <= 0 or len(content) != length_words * _A_WORD_BYTES:
        raise ValueError("a record lies beyond the end")
    return content


def _sequential(shp: bytes, contents: list[bytes]) -> bytes:
    """Write the records one after the other: the library reads them so, whatever the .shx says."""
    records = b"".join(
        struct.pack(">ii", number, len(content) // _A_WORD_BYTES) + content
        for number, content in enumerate(contents, start=1)
    )
    length = (_HEADER_BYTES + len(records)) // _A_WORD_BYTES
    return shp[:24] + struct.pack(">i", length) + shp[28:_HEADER_BYTES] + records


def _drawing(shape: Any) -> Drawing:
    if not shape.shapeType or not shape.points:
        return Drawing(is_empty=True)
    geometry: dict[str, Any] = shape.__geo_interface__
    coordinates = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        return Drawing(rings=[list(coordinates)])
    if geometry["type"] == "MultiPolygon":
        return Drawing(rings=[list(polygon) for polygon in coordinates])
    return Drawing(lines=[coordinates] if geometry["type"] == "LineString" else coordinates)

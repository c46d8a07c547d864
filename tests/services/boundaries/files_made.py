"""Files of boundaries as faulty programs write them, made byte by byte."""

import struct
import zipfile
from io import BytesIO

import shapefile

from tests.services.boundaries.drawn import Ring

_HEADER = 100


def layer(
    *rows: tuple[str, Ring | None], encoding: str = "gbk", width: int = 60
) -> dict[str, bytes]:
    """A layer of named shapes as its files; no ring makes an empty shape."""
    shp, shx, dbf = BytesIO(), BytesIO(), BytesIO()
    writer = shapefile.Writer(shp=shp, shx=shx, dbf=dbf, shapeType=5, encoding=encoding)
    writer.field("名称", "C", width)
    for name, ring in rows:
        writer.poly([ring]) if ring else writer.null()
        writer.record(name)
    writer.close()
    return {"shp": shp.getvalue(), "shx": shx.getvalue(), "dbf": dbf.getvalue()}


def packed(
    parts: dict[str, bytes],
    shp_name: str = "网格",
    name: str = "网格",
    more: dict[str, bytes] | None = None,
) -> bytes:
    body = BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for ending, content in parts.items():
            archive.writestr(f"{shp_name if ending == 'shp' else name}.{ending}", content)
        for whole, content in (more or {}).items():
            archive.writestr(whole, content)
    return body.getvalue()


def with_deleted(parts: dict[str, bytes], place: int) -> dict[str, bytes]:
    """Mark a row (from 0) of the table as deleted, as an edit without repacking does."""
    head, width = struct.unpack_from("<HH", parts["dbf"], 8)
    dbf = bytearray(parts["dbf"])
    dbf[head + place * width] = ord("*")
    return {**parts, "dbf": bytes(dbf)}


def with_first_rewritten(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Put the first shape behind all others, as an edit that made it larger does."""
    offset, length = struct.unpack_from(">ii", parts["shx"], _HEADER)
    record = parts["shp"][offset * 2 : offset * 2 + 8 + length * 2]
    shx = bytearray(parts["shx"])
    struct.pack_into(">i", shx, _HEADER, len(parts["shp"]) // 2)
    return {**parts, "shp": parts["shp"] + record, "shx": bytes(shx)}

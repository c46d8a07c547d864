"""What a camera wrote beside the picture: which way is up, when and where it was taken.

Read by hand, not by Pillow: Pillow warns and raises in many ways on the broken tags that real
phones and editors leave behind, and four facts are all that is wanted from a stranger's file.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from gridapp.domain.timebounds import clock_moment

ORIENTATION, TAKEN, TAKEN_ZONE, WRITTEN = 0x0112, 0x9003, 0x9011, 0x0132
EXIF_TABLE, GPS_TABLE = 0x8769, 0x8825
LAT_SIDE, LAT, LNG_SIDE, LNG = 1, 2, 3, 4

_ASCII, _RATIONAL = 2, 5
_SIZES = {1: 1, _ASCII: 1, 3: 2, 4: 4, _RATIONAL: 8}
_UNSIGNED = {1: "B", 3: "H", 4: "I"}
_MOST_ENTRIES = 512  # a camera writes some sixty; more is an attack or garbage
_LONGEST_BYTES = 256  # every fact read here is far shorter

_Tables = dict[int, object]
_Fact = TypeVar("_Fact")


@dataclass(frozen=True)
class ExifFacts:
    """The four facts wanted from a photo's metadata; each may be missing.

    Args:
        orientation: EXIF's 1 to 8; 1 is upright.
        taken_at: When the shutter was released, UTC; a camera without a zone is on Beijing time.
        position: Longitude and latitude, WGS-84 degrees as EXIF defines them.
    """

    orientation: int = 1
    taken_at: datetime | None = None
    position: tuple[float, float] | None = None


def read_exif(raw: bytes) -> ExifFacts:
    """Tell the four facts of an EXIF block; a broken fact is a missing one, never an error."""
    tiff = raw.removeprefix(b"Exif\x00\x00")
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(tiff[:4])
    if order is None:
        return ExifFacts()
    first = _table(tiff, order, _number(tiff, order, 4))
    exif = _table(tiff, order, first.get(EXIF_TABLE))
    gps = _table(tiff, order, first.get(GPS_TABLE))
    turned = first.get(ORIENTATION)
    return ExifFacts(
        orientation=turned if isinstance(turned, int) and 1 <= turned <= 8 else 1,  # noqa: PLR2004 - EXIF's range
        taken_at=_unless_broken(_taken_at, first | exif),
        position=_unless_broken(_position, gps),
    )


def _number(tiff: bytes, order: str, at: int) -> int | None:
    return int(struct.unpack_from(order + "I", tiff, at)[0]) if len(tiff) >= at + 4 else None


def _table(tiff: bytes, order: str, at: object) -> _Tables:
    """Tell one directory's entries by tag, as far as they can be read."""
    if not isinstance(at, int) or not 0 < at <= len(tiff) - 2:
        return {}
    count = min(struct.unpack_from(order + "H", tiff, at)[0], _MOST_ENTRIES)
    found: _Tables = {}
    for entry in range(at + 2, min(at + 2 + 12 * count, len(tiff) - 11), 12):
        tag, kind, length = struct.unpack_from(order + "HHI", tiff, entry)
        size = _SIZES.get(kind, 0) * length
        if 0 < size <= _LONGEST_BYTES:
            place = entry + 8 if size <= 4 else _number(tiff, order, entry + 8)  # noqa: PLR2004 - TIFF's inline size
            raw = tiff[place : place + size] if place is not None else b""
            if len(raw) == size:
                found.setdefault(tag, _value(raw, order, kind))
    return found


def _value(raw: bytes, order: str, kind: int) -> object:
    if kind == _ASCII:
        return raw.split(b"\x00")[0].decode("ascii", "replace").strip()
    if kind == _RATIONAL:
        return struct.unpack(f"{order}{len(raw) // 4}I", raw)
    return struct.unpack_from(order + _UNSIGNED[kind], raw)[0]


def _unless_broken(read: Callable[[_Tables], _Fact], table: _Tables) -> _Fact | None:
    try:
        return read(table)
    except (KeyError, ValueError, TypeError, IndexError, ArithmeticError):
        return None  # a tag that is missing or makes no sense: that fact is not known


def _taken_at(table: _Tables) -> datetime:
    text = table[TAKEN] if TAKEN in table else table[WRITTEN]
    naive = datetime.strptime(str(text), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - EXIF has no zone here; it is given below
    zone = str(table.get(TAKEN_ZONE, ""))
    if zone:
        taken = datetime.fromisoformat(naive.isoformat() + zone)
    else:
        taken = naive.replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    within = clock_moment(taken)
    if within is None:
        raise ValueError("the camera's clock was never set")
    return within


def _position(table: _Tables) -> tuple[float, float] | None:
    lng = _degrees(table[LNG]) * (-1 if table.get(LNG_SIDE) == "W" else 1)
    lat = _degrees(table[LAT]) * (-1 if table.get(LAT_SIDE) == "S" else 1)
    # (0, 0) is what a phone writes when it has no fix, not a place in the Gulf of Guinea.
    known = (lng, lat) != (0, 0) and abs(lng) <= 180 and abs(lat) <= 90  # noqa: PLR2004 - the globe
    return (lng, lat) if known else None


def _degrees(value: object) -> float:
    """Tell degrees from degrees, minutes and seconds, each a fraction."""
    if not isinstance(value, tuple):
        raise TypeError("not a list of fractions")
    parts = [value[i] / value[i + 1] for i in (0, 2, 4)]
    return float(parts[0] + parts[1] / 60 + parts[2] / 3600)

"""Reads the table of a Shapefile (dBASE) row by row, with the rows that are marked as deleted.

The library leaves deleted rows out without their shapes, so that every later shape got another
row's name; and it decodes before anybody knows the encoding.
Source: dBASE III table file, as Esri's Shapefile description uses it.
"""

import struct
from dataclasses import dataclass
from typing import Final

from gridapp.services.boundaries.files.words import decode_table

_HEADER_BYTES: Final = 32
_FIELD_BYTES: Final = 32
_NAME_BYTES: Final = 11
_END_OF_FIELDS: Final = 0x0D
_DELETED: Final = b"*"
_A_BYTE: Final = 256
_FIELDS_MAX_COUNT: Final = 60
# The byte in which a table may declare its code page, for the two that we know.
_LANGUAGE_AT: Final = 29
_LANGUAGES: Final = {0x4D: "936", 0x4F: "950"}
_TEXT: Final = "C"


@dataclass(frozen=True)
class DbfTable:
    """The rows of a table, one a shape.

    Args:
        rows: None for a row that is marked as deleted.
        encoding: In which its words were read.
        unread: Rows, from 1, and the fields whose words could not be read.
    """

    rows: list[dict[str, str] | None]
    encoding: str
    unread: list[tuple[int, str]]


@dataclass(frozen=True)
class _Field:
    name: bytes
    kind: str
    start: int
    length: int


def read_dbf(body: bytes, declared: str) -> DbfTable:
    """Read a table whose .cpg says ``declared``.

    Raises:
        WordsError: Its words can be read in no encoding.
        ValueError: The table is damaged.
    """
    count, head, width = struct.unpack_from("<IHH", body, 4)
    fields = _fields(body, head, width)
    if len(body) < head + count * width:
        raise ValueError("the table ends early")
    rows = [body[head + n * width : head + (n + 1) * width] for n in range(count)]
    spoken = declared or _LANGUAGES.get(body[_LANGUAGE_AT], "")
    values = [row[one.start : one.start + one.length] for row in rows for one in fields]
    told = [one.name for one in fields] + [value.strip(b" \0\t\r\n") for value in values]
    table = decode_table(told, spoken)
    return _arranged(rows, fields, table.texts, table.encoding)


def _fields(body: bytes, head: int, width: int) -> list[_Field]:
    found: list[tuple[bytes, str, int, int]] = []
    for at in range(_HEADER_BYTES, head - 1, _FIELD_BYTES):
        if body[at] == _END_OF_FIELDS:
            break
        one = body[at : at + _FIELD_BYTES]
        name = one[:_NAME_BYTES].partition(b"\0")[0]
        found.append((name, chr(one[_NAME_BYTES]), one[16], one[17]))
    if 1 + sum(length for _name, _kind, length, _high in found) != width:
        # Wide texts keep the rest of their length where numbers keep their decimals.
        found = [(n, k, w + h * _A_BYTE * (k == _TEXT), h) for n, k, w, h in found]
    fields, start = [], 1
    for name, kind, length, _high in found:
        fields.append(_Field(name, kind, start, length))
        start += length
    if start != width:
        raise ValueError("the fields do not fill a row")
    return fields[:_FIELDS_MAX_COUNT]


def _arranged(
    rows: list[bytes], fields: list[_Field], texts: list[str | None], encoding: str
) -> DbfTable:
    names = [text or f"字段{n}" for n, text in enumerate(texts[: len(fields)], start=1)]
    arranged: list[dict[str, str] | None] = []
    unread: list[tuple[int, str]] = []
    for place, row in enumerate(rows):
        if row.startswith(_DELETED):
            arranged.append(None)
            continue
        first = (place + 1) * len(fields)
        told = dict(zip(names, texts[first : first + len(fields)], strict=True))
        unread += [(place + 1, name) for name, text in told.items() if text is None]
        kinds = {name: one.kind for name, one in zip(names, fields, strict=True)}
        arranged.append({name: _plain(text or "", kinds[name]) for name, text in told.items()})
    return DbfTable(arranged, encoding, unread)


def _plain(text: str, kind: str) -> str:
    """Write a number as people do: 12.000000 is 12."""
    if kind in "NF" and "." in text and "e" not in text.casefold():
        return text.rstrip("0").rstrip(".")
    return text

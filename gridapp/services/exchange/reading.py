"""Reads the rows of a CSV or XLSX file, one after the other, whatever their number."""

import csv
import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, Final, TextIO

from gridapp.domain.errors import GridappError
from gridapp.services.decoding.frames import ENDED, RefusedError
from gridapp.services.decoding.pool import Kind, Pool
from gridapp.services.exchange.columns import TableRefusedError
from gridapp.services.exchange.encoding import encoding_of
from gridapp.services.exchange.packed import BROKEN, Merge
from gridapp.services.exchange.sniffing import FileKind, kind_of_file

_BLOCK_BYTES: Final = 1 << 20
_MOST_COLUMNS: Final = 100  # of a CSV; of a spreadsheet likewise
_MOST_ROWS: Final = 1_000_000
_LOOKED_AT_LINES: Final = 10
_DELIMITERS: Final = (",\t;", "，；｜|")
_FORMULA_SIGNS: Final = "=+-@\t\r"
_SPOOLED_BYTES: Final = 4 << 20
_MOST_TEXT_BYTES: Final = 400_000_000
_TOO_MUCH: Final = "这个XLSX展开后太大，请改用CSV或分成几个文件。"
_KIND: Final = Kind(
    module="gridapp.services.exchange.sheets",
    at_once=1,
    waiting=6,
    wait_s=60,
    memory_bytes=600_000_000,
    seconds=90,
)

# The line on which a row begins, and its cells.
Numbered = tuple[int, list[str]]


def read_rows(path: Path, sheet: str = "", most: int = 0) -> Iterator[Numbered]:
    """Give the rows of a file that are not empty; its content tells how it is read.

    Args:
        path: The file.
        sheet: A sheet's name; empty for the first.
        most: So many rows are enough; 0 for all.

    Raises:
        BusyError: Too many spreadsheets are being read.
        TableRefusedError: It is no CSV or XLSX, broken, too large, or in an unknown encoding.
    """
    is_book = kind_of_file(path) is FileKind.XLSX
    rows = _xlsx_rows(path, sheet, most) if is_book else _csv_rows(path)
    for count, (line, cells) in enumerate(rows):
        if count > _MOST_ROWS:
            raise TableRefusedError(f"超过{_MOST_ROWS}行，请分成几个文件。")
        yield line, cells


def sheets_of(path: Path) -> list[str]:
    """List the names of a spreadsheet's sheets that hold tables; a CSV has none.

    Raises:
        TableRefusedError: It cannot be read.
    """
    if kind_of_file(path) is FileKind.CSV:
        encoding_of(path)
        return []
    return [str(title) for title in _told(path, "sheets")]


def merged_in(path: Path, sheet: str = "") -> list[Merge]:
    """List the merged cells of a sheet, from top to bottom; a CSV has none."""
    if kind_of_file(path) is FileKind.CSV:
        return []
    return [Merge(*told) for told in _told(path, "merges", sheet)]


def xlsx_row_count(path: Path, sheet: str) -> int:
    """Tell how many rows a sheet has, about."""
    return int(next(_told(path, "count", sheet)))


def unguarded(cell: str) -> str:
    """Take away the apostrophe that keeps a text from being taken for a formula."""
    bare = cell.lstrip("'")
    return cell[1:] if cell != bare and bare[:1] and bare[0] in _FORMULA_SIGNS else cell


def _csv_rows(path: Path) -> Iterator[Numbered]:
    with path.open(encoding=encoding_of(path), newline="") as file:
        first = [file.readline(_BLOCK_BYTES) for _ in range(_LOOKED_AT_LINES)]
        file.seek(0)
        reader = csv.reader(_lines(file), delimiter=_delimiter(first), strict=True)
        line = 1
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield line, [unguarded(cell) for cell in cells[:_MOST_COLUMNS]]
                line = reader.line_num + 1
        except (csv.Error, UnicodeError) as error:
            raise TableRefusedError(f"第{line}行读不下去，请检查引号是否成对。") from error


def _delimiter(lines: Sequence[str]) -> str:
    """Give the sign that parts the first line that has one; a title above has none."""
    for signs in _DELIMITERS:
        for line in lines:
            if any(sign in line for sign in signs):
                return max(signs, key=line.count)
    return ","


def _lines(file: TextIO) -> Iterator[str]:
    """Give the lines, none of which may be as long as a file."""
    while line := file.readline(_BLOCK_BYTES):
        if len(line) == _BLOCK_BYTES:
            raise TableRefusedError("有一行长得不像表格，请另存为UTF-8的CSV或XLSX。")
        yield line


def _xlsx_rows(path: Path, name: str, most: int) -> Iterator[Numbered]:
    for line, cells in _told(path, "rows", name, most):
        yield int(line), list(cells)


def _told(path: Path, what: str, sheet: str = "", most: int = 0) -> Iterator[Any]:
    """Have a spreadsheet read by a process of its own, and give its lines one after the other.

    They are written down before the first is given: whoever takes them slowly would else keep the
    process, and the next file, waiting.
    """
    with path.open("rb") as file, SpooledTemporaryFile(_SPOOLED_BYTES) as lines:
        try:
            size = 0
            for piece in table_pool().stream(file.fileno(), what=what, sheet=sheet, most=most):
                size += lines.write(piece)
                if size > _MOST_TEXT_BYTES:
                    raise TableRefusedError(_TOO_MUCH)
        except RefusedError as refusal:
            raise _refusal(refusal) from refusal
        lines.seek(0)
        for line in lines:
            yield json.loads(line)


def _refusal(refusal: RefusedError) -> GridappError:
    if refusal.code == TableRefusedError.code:
        return TableRefusedError(refusal.sentence)
    broken = refusal.code == "broken" and not refusal.sentence.startswith(ENDED)
    return TableRefusedError(BROKEN if broken else _TOO_MUCH)


@cache
def table_pool() -> Pool:
    """Give this process's readers of spreadsheets."""
    return Pool(_KIND)

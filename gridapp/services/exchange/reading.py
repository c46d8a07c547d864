"""Reads the rows of a CSV or XLSX file, one after the other, whatever their number."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final, TextIO

from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from gridapp.services.exchange.columns import TableRefusedError
from gridapp.services.exchange.encoding import encoding_of
from gridapp.services.exchange.opening import opened_book
from gridapp.services.exchange.packed import Merge, merges_of
from gridapp.services.exchange.sniffing import FileKind, kind_of_file

_BLOCK_BYTES: Final = 1 << 20
_MOST_COLUMNS: Final = 100
_MOST_ROWS: Final = 1_000_000
_MOST_CHARACTERS: Final = 32_767  # of a cell, as spreadsheets have it
_LOOKED_AT_LINES: Final = 10
_DELIMITERS: Final = (",\t;", "，")
_FORMULA_SIGNS: Final = "=+-@\t\r"
# A spreadsheet keeps fifteen digits of a number; what is longer has lost its end.
_EXACT_BELOW: Final = 1e15
# What stands for a formula that no program has worked out; a text may be empty all the same.
UNCOMPUTED: Final = "#公式没有结果"

# The line on which a row begins, and its cells.
Numbered = tuple[int, list[str]]


def read_rows(path: Path, sheet: str = "") -> Iterator[Numbered]:
    """Give the rows of a file that are not empty; its content tells how it is read.

    Args:
        path: The file.
        sheet: A sheet's name; empty for the first.

    Raises:
        TableRefusedError: It is no CSV or XLSX, broken, too large, or in an unknown encoding.
    """
    is_book = kind_of_file(path) is FileKind.XLSX
    rows = _xlsx_rows(path, sheet) if is_book else _csv_rows(path)
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
    with opened_book(path) as book:
        return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def merged_in(path: Path, sheet: str = "") -> list[Merge]:
    """List the merged cells of a sheet, from top to bottom; a CSV has none."""
    if kind_of_file(path) is FileKind.CSV:
        return []
    return merges_of(path, part_of(path, sheet))


def part_of(path: Path, sheet: str) -> str:
    """Give the name of the part of an XLSX that holds a sheet."""
    with opened_book(path) as book:
        part: str = _sheet(book, sheet)._worksheet_path  # noqa: SLF001 - no public way to its part
    return part


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


class _Parser(WorkSheetParser):
    """Reads a sheet's cells, and tells formulas without a result from empty cells."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """Give a cell."""
        cell: dict[str, Any] = super().parse_cell(element)
        is_bare = cell["value"] is None and element.get("t") != "str"
        if is_bare and element.find(FORMULA_TAG) is not None:
            cell["value"] = UNCOMPUTED
        return cell


def _xlsx_rows(path: Path, name: str) -> Iterator[Numbered]:
    with opened_book(path) as book:
        for line, row in _parsed(book, _sheet(book, name)):
            cells = _texts(row)
            if cells:
                yield line, cells


def _parsed(book: Any, sheet: Any) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Give the rows of a sheet that has any, as the reader of openpyxl parses them."""
    with sheet._get_source() as source:  # noqa: SLF001 - its own rows tell no formula
        parser = _Parser(
            source, sheet._shared_strings, data_only=True, epoch=book.epoch,  # noqa: SLF001 - likewise
            date_formats=book._date_formats, timedelta_formats=book._timedelta_formats,  # noqa: SLF001 - likewise
        )  # fmt: skip
        yield from parser.parse()


def _sheet(book: Any, name: str) -> Any:
    """Give a sheet by its name, or the first that is shown."""
    for sheet in book.worksheets:
        if name == sheet.title or (not name and sheet.sheet_state == "visible"):
            return sheet
    raise TableRefusedError(f"没有名为「{name}」的工作表。" if name else "这个表格里没有工作表。")


def _texts(row: Sequence[dict[str, Any]]) -> list[str]:
    """Give the texts of a row, each in its place, up to its last that is not empty."""
    texts: list[str] = []
    for cell in row:
        place = cell["column"] - 1
        if place < _MOST_COLUMNS and (text := _text(cell["value"])).strip():
            texts += [""] * (place + 1 - len(texts))
            texts[place] = text
    return texts


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)[:_MOST_CHARACTERS]


def _number(value: float) -> str:
    """Give a number's digits; one that has lost its end stays written with an exponent."""
    if abs(value) >= _EXACT_BELOW:
        return f"{value:E}"
    return str(int(value)) if value.is_integer() else repr(value)

"""Reads the rows of a CSV or XLSX file, one after the other, whatever their number."""

import codecs
import csv
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook

from gridapp.services.exchange.columns import TableRefusedError

_BLOCK_BYTES: Final = 1 << 20
_XLSX_MOST_BYTES: Final = 300_000_000
_XLSX_MOST_PARTS: Final = 2_000
_MOST_COLUMNS: Final = 100
_MOST_ROWS: Final = 1_000_000
_DELIMITERS: Final = ",\t;，"
_FORMULA_SIGNS: Final = "=+-@\t\r"

# The line on which a row begins, and its cells.
Numbered = tuple[int, list[str]]


def read_rows(path: Path) -> Iterator[Numbered]:
    """Give the rows of a file, the headings first; the ending tells how it is read.

    Raises:
        TableRefusedError: It is no CSV or XLSX, broken, too large, or in an unknown encoding.
    """
    ending = path.suffix.lower()
    if ending == ".csv":
        rows = _csv_rows(path)
    elif ending == ".xlsx":
        rows = _xlsx_rows(path)
    else:
        raise TableRefusedError("请用.csv或.xlsx文件。")
    for count, (line, cells) in enumerate(rows):
        if count > _MOST_ROWS:
            raise TableRefusedError(f"超过{_MOST_ROWS}行，请分成几个文件。")
        yield line, cells


def unguarded(cell: str) -> str:
    """Take away the apostrophe that keeps a text from being taken for a formula."""
    bare = cell.lstrip("'")
    return cell[1:] if cell != bare and bare[:1] and bare[0] in _FORMULA_SIGNS else cell


def encoding_of(path: Path) -> str:
    """Tell a file's encoding: UTF-8, UTF-16 with its mark, or GB18030 with GBK in it.

    Raises:
        TableRefusedError: It is none of them from end to end.
    """
    with path.open("rb") as file:
        start = file.read(2)
    if start in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        if _decodes(path, encoding):
            return encoding
    raise TableRefusedError("看不出文件的编码，请另存为UTF-8的CSV或XLSX。")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with path.open("rb") as file:
        try:
            while block := file.read(_BLOCK_BYTES):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _csv_rows(path: Path) -> Iterator[Numbered]:
    with path.open(encoding=encoding_of(path), newline="") as file:
        headings = file.readline(_BLOCK_BYTES)
        file.seek(0)
        delimiter = max(_DELIMITERS, key=headings.count)
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        line = 1
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield line, [unguarded(cell) for cell in cells]
                line = reader.line_num + 1
        except (csv.Error, UnicodeError) as error:
            raise TableRefusedError(f"第{line}行读不下去，请检查引号是否成对。") from error


def _xlsx_rows(path: Path) -> Iterator[Numbered]:
    _refuse_bomb(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
                cells = _texts(values[:_MOST_COLUMNS])
                if cells:
                    yield line, cells
        finally:
            book.close()
    except TableRefusedError:
        raise
    except Exception as error:  # a broken file makes the reader raise anything; all mean the same
        raise TableRefusedError("这个XLSX文件是坏的，请重新保存。") from error


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise TableRefusedError("这不是XLSX文件。") from error
    size = sum(part.file_size for part in parts)
    if len(parts) > _XLSX_MOST_PARTS or size > _XLSX_MOST_BYTES:
        raise TableRefusedError("这个XLSX展开后太大，请改用CSV或分成几个文件。")


def _texts(values: Sequence[Any]) -> list[str]:
    """Give the texts of a row up to its last that is not empty."""
    texts = [_text(value) for value in values]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)

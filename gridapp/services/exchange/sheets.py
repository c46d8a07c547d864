"""Reads spreadsheets, in a process that can hurt nobody: what the forkserver of tables loads.

A package of 300 KB may unfold to 300 MB of rows, and two cells a million lines apart cost a reader
that fills the gap twelve seconds. So what is read is bounded in time and memory, gaps are passed
over, and only the texts of cells come out.
"""

import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from functools import partial
from tempfile import TemporaryFile
from typing import IO, Any, Final

from openpyxl import Workbook
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from gridapp.services.decoding.frames import RefusedError, Say
from gridapp.services.decoding.preloading import load_encodings
from gridapp.services.exchange.columns import TableRefusedError
from gridapp.services.exchange.opening import opened_book
from gridapp.services.exchange.packed import UNCOMPUTED, merges_of

MOST_COLUMNS: Final = 100
_MOST_CHARACTERS: Final = 32_767  # of a cell, as spreadsheets have it
_FRAME_BYTES: Final = 1 << 16
_BLOCK_BYTES: Final = 1 << 20
_ROW_END: Final = b"</row>"
# A spreadsheet keeps fifteen digits of a number; what is longer has lost its end.
_EXACT_BELOW: Final = 1e15


def preload() -> None:
    """Write and read a table once: what is read from files at first use is there then."""
    load_encodings()
    with TemporaryFile() as file:
        book = Workbook()
        book.create_sheet("样表").append(["名称", 1.5, datetime(2026, 1, 1, 12)])  # noqa: DTZ001 - as cells are
        book.save(file)
        for what in ("rows", "sheets", "merges", "count"):
            file.seek(0)
            _decode({"what": what, "sheet": "", "most": 0}, file, lambda _: None)


def decode(wish: dict[str, Any], body: int, say: Say) -> None:
    """Say a line of JSON for each row, or what else of the file is wished for.

    Raises:
        RefusedError: With the sentence of the refusal.
    """
    try:
        with os.fdopen(body, "rb", buffering=_BLOCK_BYTES, closefd=False) as file:
            _decode(wish, file, say)
    except TableRefusedError as error:
        raise RefusedError(error.code, error.sentence) from error


def _decode(wish: dict[str, Any], file: IO[bytes], say: Say) -> None:
    sheet = str(wish["sheet"])
    answers: dict[str, Callable[[], Iterable[object]]] = {
        "rows": partial(_rows, file, sheet, int(wish["most"])),
        "sheets": partial(_sheets, file),
        "merges": lambda: merges_of(file, _part_of(file, sheet)),
        "count": lambda: [_row_count(file, _part_of(file, sheet))],
    }
    waiting: list[bytes] = []
    size = 0
    for told in answers[wish["what"]]():
        waiting.append(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        size += len(waiting[-1])
        if size > _FRAME_BYTES:
            say(b"".join(waiting))
            waiting, size = [], 0
    say(b"".join(waiting))


class _Parser(WorkSheetParser):
    """Reads a sheet's cells, and tells formulas without a result from empty cells."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """Give a cell."""
        cell: dict[str, Any] = super().parse_cell(element)
        is_bare = cell["value"] is None and element.get("t") != "str"
        if is_bare and element.find(FORMULA_TAG) is not None:
            cell["value"] = UNCOMPUTED
        return cell


def _rows(file: IO[bytes], name: str, most: int) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that hold anything; what lies between them is never made up."""
    count = 0
    with opened_book(file) as book:
        for line, row in _parsed(book, _sheet(book, name)):
            if texts := _texts(row):
                yield line, texts
                count += 1
            if most and count >= most:
                return


def _parsed(book: Any, sheet: Any) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Give the rows of a sheet that has any, as the reader of openpyxl parses them."""
    with sheet._get_source() as source:  # noqa: SLF001 - its own rows tell no formula
        parser = _Parser(
            source, sheet._shared_strings, data_only=True, epoch=book.epoch,  # noqa: SLF001 - likewise
            date_formats=book._date_formats, timedelta_formats=book._timedelta_formats,  # noqa: SLF001 - likewise
        )  # fmt: skip
        yield from parser.parse()


def _sheets(file: IO[bytes]) -> list[str]:
    with opened_book(file) as book:
        return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _row_count(file: IO[bytes], part: str) -> int:
    """Count the ends of a sheet's rows, without reading what they say."""
    count, kept = 0, b""
    with zipfile.ZipFile(file) as archive, archive.open(part) as opened:
        for block in iter(partial(opened.read, _BLOCK_BYTES), b""):
            text = kept + block
            count += text.count(_ROW_END)
            kept = text[len(text) - len(_ROW_END) + 1 :]
    return count


def _part_of(file: IO[bytes], sheet: str) -> str:
    """Give the name of the part of an XLSX that holds a sheet."""
    with opened_book(file) as book:
        part: str = _sheet(book, sheet)._worksheet_path  # noqa: SLF001 - no public way to its part
    return part


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
        if place < MOST_COLUMNS and (text := _text(cell["value"])).strip():
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

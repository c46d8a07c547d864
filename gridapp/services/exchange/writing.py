"""Writes tables as CSV or XLSX, row by row, so that no table is too long for memory."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from gridapp.domain.workcalendar import BEIJING
from gridapp.services.exchange.columns import TableRefusedError

Value = str | int | float | bool | date | datetime | None

_FORMULA_SIGNS: Final = "=+-@\t\r"


def guarded(text: str) -> str:
    """Keep a spreadsheet from taking a CSV's text for a formula: an apostrophe goes before it."""
    bare = text.lstrip("'")
    return f"'{text}" if bare[:1] and bare[0] in _FORMULA_SIGNS else text


def shown(value: Value) -> str | int | float:
    """Give what stands in a cell: moments in Beijing time, 是 and 否, texts and numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.astimezone(BEIJING).isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return value


def write_table(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    """Write a table by the file's ending and tell how many rows it has.

    Raises:
        TableRefusedError: The ending is neither .csv nor .xlsx.
    """
    ending = path.suffix.lower()
    if ending not in {".csv", ".xlsx"}:
        raise TableRefusedError("文件名请以.csv或.xlsx结尾。")
    write = _write_csv if ending == ".csv" else _write_xlsx
    return write(path, headings, rows)


def _write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    count = 0
    # With a byte order mark, or spreadsheets take the Chinese for something else.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        for row in rows:
            texts = (shown(value) for value in row)
            writer.writerow([guarded(t) if isinstance(t, str) else t for t in texts])
            count += 1
    return count


def _write_xlsx(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("数据")
    sheet.freeze_panes = "A2"
    heads: list[Any] = [WriteOnlyCell(sheet, heading) for heading in headings]
    for cell in heads:
        cell.font = Font(bold=True)
    sheet.append(heads)
    count = 0
    for row in rows:
        sheet.append([_cell(sheet, shown(value)) for value in row])
        count += 1
    book.save(path)
    return count


def _cell(sheet: Any, value: str | float) -> Any:
    """Give a cell; a text that looks like a formula is marked as a text."""
    if not isinstance(value, str) or not value.startswith("="):
        return value
    cell: Any = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell

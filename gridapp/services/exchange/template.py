"""A template of each kind: headings, two rows as they may look, and what each column means."""

from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from gridapp.services.exchange.columns import Column
from gridapp.services.exchange.imports import kind_of

_DATA: Final = "数据"
_HELP: Final = "填写说明"
_HELP_HEADINGS: Final = ("列名", "必填", "怎么填", "举例", "这些列名也认得")
_HELP_WIDTHS: Final = (14, 8, 52, 24, 40)
_FIRST: Final = (
    "在「数据」表里填写；前两行是例子，填好后请删去。"
    "列的顺序可以变，不用的列可以删，多出的列不影响。"
)
_NARROWEST: Final = 12
_GROUND: Final = PatternFill("solid", fgColor="E6EEF8")


def write_template(kind: str, path: Path) -> None:
    """Write the template of a kind as XLSX.

    Raises:
        TableRefusedError: There is no such kind.
    """
    columns = kind_of(kind).columns
    book = Workbook(write_only=True)
    data = book.create_sheet(_DATA)
    data.freeze_panes = "A2"
    _widen(data, [max(_NARROWEST, 2 * len(column.header) + 6) for column in columns])
    data.append([_heading(data, column) for column in columns])
    # As texts, so that no phone loses its first zero and no code its last digits.
    data.append([_text(data, column.example) for column in columns])
    data.append([_text(data, column.second or column.example) for column in columns])
    _write_help(book.create_sheet(_HELP), columns)
    book.save(path)


def _write_help(sheet: Any, columns: Any) -> None:
    _widen(sheet, _HELP_WIDTHS)
    sheet.append([_FIRST])
    sheet.append([])
    sheet.append([_bold(sheet, heading) for heading in _HELP_HEADINGS])
    for column in columns:
        told = (
            column.header, _need(column), column.hint, column.example,
            "、".join(column.others),
        )  # fmt: skip
        sheet.append([_wrapped(sheet, text) for text in told])


def _need(column: Column) -> str:
    if not column.needed:
        return ""
    return "必填其一" if column.instead else "必填"


def _widen(sheet: Any, widths: Any) -> None:
    for place, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + place)].width = width


def _heading(sheet: Any, column: Column) -> Any:
    cell = _bold(
        sheet, f"{column.header}*" if column.needed and not column.instead else column.header
    )
    cell.fill = _GROUND
    return cell


def _bold(sheet: Any, text: str) -> Any:
    cell: Any = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _text(sheet: Any, text: str) -> Any:
    cell: Any = WriteOnlyCell(sheet, text)
    cell.number_format = "@"
    return cell


def _wrapped(sheet: Any, text: str) -> Any:
    cell: Any = WriteOnlyCell(sheet, text)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell

"""Writes small tables for a test and imports them."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from gridapp.services.desk import Actor, Desk
from gridapp.services.exchange.imports import ImportReport, import_table
from gridapp.services.exchange.kind import Wishes
from gridapp.services.people.actor import SYSTEM


def a_csv(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    """Write lines as they are."""
    path = folder / "table.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def an_xlsx(folder: Path, *rows: Sequence[object]) -> Path:
    """Write rows as a spreadsheet program would."""
    path = folder / "table.xlsx"
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(path)
    return path


def imported(
    desk: Desk,
    kind: str,
    path: Path,
    *,
    actor: Actor = SYSTEM,
    dry_run: bool = False,
    grid: str = "",
) -> ImportReport:
    """Import a table in a transaction of its own."""
    with desk.acting(actor) as act:
        return import_table(act, kind, path, Wishes(grid=grid), dry_run=dry_run)


def reasons(report: ImportReport) -> list[tuple[int, str]]:
    """Give where it is wrong, and in which column."""
    assert not report.applied
    return [(bad.line, bad.column) for bad in report.bad_rows]

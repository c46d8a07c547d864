"""A small file that costs a reader dearly is bounded: gaps are passed over, work is stopped."""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from gridapp.services.decoding.pool import Pool
from gridapp.services.exchange import reading
from gridapp.services.exchange.columns import TableRefusedError
from gridapp.services.exchange.reading import read_rows, sheets_of, table_pool

SHEET = "xl/worksheets/sheet1.xml"
Bounded = Callable[[int], None]


@pytest.fixture
def bounded(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bounded]:
    """Give the readers of tables only so many seconds of processor time."""
    pools: list[Pool] = []

    def bound(seconds: int) -> None:
        pools.append(Pool(replace(table_pool().kind, seconds=seconds)))
        monkeypatch.setattr(reading, "table_pool", lambda: pools[-1])

    yield bound
    for pool in pools:
        with closing(pool):
            pass


def a_book(path: Path, rows: str = "") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A1048576"] = "名称", "1号楼"
    book.save(path)
    if rows:
        with (
            zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
            pytest.warns(UserWarning, match="Duplicate name"),
        ):
            archive.writestr(SHEET, f"<worksheet><sheetData>{rows}</sheetData></worksheet>")
    return path


def test_what_lies_between_two_rows_a_million_apart_is_not_made_up(
    tmp_path: Path, bounded: Bounded
) -> None:
    bounded(2)  # filled up, the gap alone takes ten
    rows = list(read_rows(a_book(tmp_path / "a.xlsx")))
    assert rows == [(1, ["名称"]), (1_048_576, ["1号楼"])]


def test_a_file_that_unfolds_to_endless_work_is_stopped(tmp_path: Path, bounded: Bounded) -> None:
    path = a_book(tmp_path / "a.xlsx", "<row><c/><c/><c/></row>" * 600_000)
    assert path.stat().st_size < 200_000
    bounded(1)
    with pytest.raises(TableRefusedError, match="展开后太大"):
        list(read_rows(path))
    assert sheets_of(a_book(tmp_path / "b.xlsx")) == ["Sheet"]

"""Spreadsheets as streets have them: titles, two rows of headings, merged cells, and worse."""

import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from gridapp.services.exchange.cells import CellError, Cells
from gridapp.services.exchange.columns import Column, TableRefusedError, known_headings
from gridapp.services.exchange.headings import guess_columns
from gridapp.services.exchange.layout import Layout, arranged, find_layout
from gridapp.services.exchange.reading import merged_in, read_rows, sheets_of
from gridapp.services.exchange.unrolled import unroll
from tests.services.exchange.tables import a_csv, an_xlsx

COLUMNS = (
    Column("name", "名称", ("楼栋名称",), needed=True),
    Column("grid_code", "网格编码", ("所属网格",), is_plain=True),
    Column("household_count", "户数"),
    Column("phone", "电话", ("联系电话",), is_plain=True),
    Column("on", "日期"),
)
BY_NAME = {column.name: column for column in COLUMNS}


def a_book(folder: Path, *rows: Sequence[object], merged: tuple[str, ...] = ()) -> Path:
    book = Workbook()
    book.worksheets[0].title = "说明"
    sheet = book.create_sheet("楼栋表")
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    path = folder / "messy.xlsx"
    book.save(path)
    return path


def test_headings_are_found_below_a_title(tmp_path: Path) -> None:
    path = a_csv(tmp_path, "真如镇街道楼栋一览表，2026年", "名称,网格编码,户数", "1号楼,31,12")

    layout = find_layout(path, COLUMNS)

    assert layout == Layout("", 2)
    assert list(arranged(path, layout))[1] == (3, ["1号楼", "31", "12"])


def test_two_rows_of_headings_are_read_as_one(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["楼栋", None, "住户"],
        ["名称", "网格编码", "户数", "电话"],
        ["1号楼", "31", 12, "1"],
    ]
    path = a_book(tmp_path, ["全表"], *rows, merged=("A2:B2", "C2:D2"))

    layout = Layout("楼栋表", 2, 2)

    (line, headings), row = arranged(path, layout)
    assert (line, headings) == (2, ["楼栋名称", "楼栋网格编码", "住户户数", "住户电话"])
    assert row == (4, ["1号楼", "31", "12", "1"])


def test_two_rows_are_chosen_only_when_they_name_more(tmp_path: Path) -> None:
    two = a_csv(tmp_path, "楼栋,所属,户数", "名称,网格,", "1号楼,31,12")
    assert find_layout(two, COLUMNS) == Layout("", 1, 2)

    one = a_csv(tmp_path, "楼栋,,", "名称,网格编码,户数", "1号楼,31,12")
    assert find_layout(one, COLUMNS) == Layout("", 2)


def test_merged_cells_are_filled_down_only_when_it_is_said(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["所属网格", "名称"],
        ["31", "1号楼"],
        [None, "2号楼"],
        [None, "3号楼"],
    ]
    path = a_book(tmp_path, *rows, merged=("A2:A3",))

    def grids(*, fill: bool) -> list[str]:
        return [cells[0] for _, cells in arranged(path, Layout("楼栋表", 1, 1, fill))][1:]

    assert grids(fill=False) == ["31", "", ""]
    assert grids(fill=True) == ["31", "31", ""]
    assert [tuple(merge) for merge in merged_in(path, "楼栋表")] == [(0, 2, 0, 3)]


def test_headings_that_come_again_on_each_page_are_passed_over(tmp_path: Path) -> None:
    path = a_csv(tmp_path, "名称,户数", "1号楼,1", "名称,户数", "2号楼,2")

    assert [line for line, _ in arranged(path, find_layout(path, COLUMNS))] == [1, 2, 4]


def test_rows_that_lie_ready_are_those_of_the_file(tmp_path: Path) -> None:
    rows: list[list[object]] = [["楼栋", None], ["名称", "户数"], ["1号楼\n东", "𠮷"], [None, '"5']]
    path = a_book(tmp_path, *rows, merged=("A1:B1", "A3:A4"))
    layout = Layout("楼栋表", 1, 2, fill_merged=True)
    told = list(arranged(path, layout))
    assert len(told) == 3
    assert list(arranged(unroll(iter(told), tmp_path), Layout("", 9))) == told


def test_a_sheet_is_chosen_by_its_name(tmp_path: Path) -> None:
    path = a_book(tmp_path, ["名称"], ["1号楼"])

    assert sheets_of(path) == ["说明", "楼栋表"]
    assert list(read_rows(path, "楼栋表")) == [(1, ["名称"]), (2, ["1号楼"])]
    with pytest.raises(TableRefusedError, match="没有名为「别的」"):
        list(read_rows(path, "别的"))


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("45818", datetime(2025, 6, 9, 16, tzinfo=UTC)),
        ("45818.5", datetime(2025, 6, 10, 4, tzinfo=UTC)),
        ("２０２５年６月１０日", datetime(2025, 6, 9, 16, tzinfo=UTC)),
    ],
)
def test_days_counted_by_a_spreadsheet_are_days(typed: str, moment: datetime) -> None:
    read = Cells({"on": typed}, BY_NAME).moment("on")

    assert read is not None
    assert read.astimezone(UTC) == moment


def test_wide_digits_and_stray_spaces_are_read() -> None:
    cells = Cells(
        {"phone": "\u3000１３８ 0000\u200b8000\u00a0", "household_count": " １２ "}, BY_NAME
    )

    assert (cells.text("phone", 32), cells.whole("household_count", 0, 99)) == ("13800008000", 12)


@pytest.mark.parametrize("typed", ["1.38E+10", "4.10102E+17", "1E+11"])
def test_a_number_that_lost_its_end_is_told(typed: str) -> None:
    with pytest.raises(CellError, match="丢了"):
        Cells({"phone": typed}, BY_NAME).text("phone", 32)


def test_a_number_too_long_for_a_spreadsheet_is_told_and_a_phone_is_whole(tmp_path: Path) -> None:
    path = an_xlsx(tmp_path, ["名称", "电话"], [13800008000.0, 4.1010119900101123e17])

    name, card = list(read_rows(path))[1][1]

    assert name == "13800008000"
    with pytest.raises(CellError, match="丢了"):
        Cells({"phone": card}, BY_NAME).text("phone", 32)


@pytest.mark.parametrize("fault", ["#N/A", "#REF!", "#NAME?"])
def test_a_formula_that_failed_is_no_name(fault: str) -> None:
    with pytest.raises(CellError, match="公式出错"):
        Cells({"name": fault}, BY_NAME).text("name", 32)


def _zip(path: Path, **parts: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", body)
    return path


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (OLE, "另存为.xlsx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "图片"),
        (b"<html><table><tr><td>1", "网页"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook>', "XML"),
        (b"", "空的"),
    ],
)
def test_what_is_no_table_is_told_with_the_mend(tmp_path: Path, body: bytes, why: str) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(body)

    with pytest.raises(TableRefusedError, match=why):
        list(read_rows(path))


def test_a_document_that_declares_entities_is_not_read(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    path = _zip(tmp_path / "x.xlsx", xl__workbook=bomb)

    with pytest.raises(TableRefusedError, match="坏的"):
        list(read_rows(path))


def test_a_spreadsheet_is_known_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    path = an_xlsx(tmp_path, ["名称"], ["1号楼"]).rename(tmp_path / "5f2c")

    assert list(read_rows(path)) == [(1, ["名称"]), (2, ["1号楼"])]


def test_too_many_shared_texts_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "shared.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(65):
            part.write(b" " * 1_000_000)

    with pytest.raises(TableRefusedError, match="太大"):
        list(read_rows(path))


def test_a_line_as_long_as_a_file_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"x" * (2 << 20))

    with pytest.raises(TableRefusedError, match="长得不像"):
        list(read_rows(path))


def test_a_cell_far_to_the_right_costs_nothing(tmp_path: Path) -> None:
    path = a_book(tmp_path, ["名称"], ["1号楼", *[None] * 200, "远处"])

    assert list(read_rows(path, "楼栋表"))[1] == (2, ["1号楼"])


@pytest.mark.parametrize(
    ("headings", "row", "guessed"),
    [
        (["楼栋名称", "网格编码"], [], {0: "name", 1: "grid_code"}),
        (["本楼名称（必填）", "总户数"], [], {0: "name", 1: "household_count"}),
        (["甲", "乙"], ["138 0000 8000", "310107022001001"], {0: "phone", 1: "grid_code"}),
        (["电话", "联系电话"], [], {0: "phone"}),
        (["备注"], ["随便"], {}),
    ],
)
def test_a_streets_own_headings_are_guessed(
    headings: list[str], row: list[str], guessed: dict[int, str]
) -> None:
    assert guess_columns(COLUMNS, headings, [row]) == guessed


def test_a_columns_own_heading_counts_more_than_anothers_byname() -> None:
    columns = (Column("a", "编码"), Column("b", "代号", ("编码",)))

    assert known_headings(columns)["编码"] == "a"

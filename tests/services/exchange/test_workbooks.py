"""Spreadsheets of other programs: read whatever their looks, or named with the mend."""

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlmodel import col, select

from gridapp.services.desk import Desk
from gridapp.services.exchange.columns import TableRefusedError
from gridapp.services.exchange.imports import import_table
from gridapp.services.exchange.kind import Wishes
from gridapp.services.exchange.layout import find_tables
from gridapp.services.exchange.packed import UNCOMPUTED
from gridapp.services.exchange.reading import read_rows
from gridapp.services.imports.bring import guessed_plan
from gridapp.services.people.actor import SYSTEM
from gridapp.tables import Building
from tests.services.exchange.tables import an_xlsx

DAY = date(2026, 1, 2)
ROWS = (["名称", "户数", "门牌"], ["1号楼", 12, DAY])
READ = [["名称", "户数", "门牌"], ["1号楼", "12", "2026-01-02"]]


def changed(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Change one part of a spreadsheet, as no program of ours would write it."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w") as new:
        for name, body in parts.items():
            new.writestr(name, body)
    return path


def cells_of(path: Path) -> list[list[str]]:
    return [cells for _, cells in read_rows(path)]


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/styles.xml", b"<fill><patternFill/></fill>", b"<fill/>"),
        ("xl/styles.xml", b'<sz val="11"/>', b'<sz val="big"/>'),
        ("docProps/core.xml", b'W3CDTF">20', b'W3CDTF">20xx-20'),
    ],
)
def test_broken_looks_and_properties_do_not_matter(
    tmp_path: Path, part: str, old: bytes, new: bytes
) -> None:
    path = an_xlsx(tmp_path, *ROWS)
    changed(path, part, lambda body: body.replace(old, new))
    with pytest.raises((TypeError, ValueError)):  # or this test shows nothing
        load_workbook(path, read_only=True)
    assert cells_of(path) == READ


def test_a_strict_spreadsheet_is_named_with_the_mend(tmp_path: Path) -> None:
    old, new = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    path = changed(an_xlsx(tmp_path, *ROWS), "xl/workbook.xml", lambda b: b.replace(old, new))
    with pytest.raises(TableRefusedError, match=r"Strict.*另存为"):
        cells_of(path)


def test_an_open_document_is_named_with_the_mend(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    with pytest.raises(TableRefusedError, match=r"OpenDocument.*另存为"):
        cells_of(path)


def test_a_web_archive_is_named_with_the_mend(tmp_path: Path) -> None:
    path = tmp_path / "table.xls"
    path.write_bytes(b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>")
    with pytest.raises(TableRefusedError, match=r"MHT.*另存为"):
        cells_of(path)


def test_a_formula_without_a_result_is_no_empty_cell(tmp_path: Path) -> None:
    path = an_xlsx(tmp_path, ["名称", "户数", "备注"], ["=CONCATENATE(1)", "=6*2", None])
    assert cells_of(path)[1] == [UNCOMPUTED, UNCOMPUTED]


def test_a_formula_whose_result_is_an_empty_text_is_empty(tmp_path: Path) -> None:
    path = an_xlsx(tmp_path, ["名称", "户数"], ["1号楼", '=IF(A1="","","")'])

    def as_text(body: bytes) -> bytes:
        return body.replace(b'<c r="B2">', b'<c r="B2" t="str">')

    assert as_text(zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")).count(b't="str"')
    assert cells_of(changed(path, "xl/worksheets/sheet1.xml", as_text))[1] == ["1号楼"]


def test_a_sheet_that_is_asked_for_and_empty_is_named(tmp_path: Path) -> None:
    book, body = Workbook(), BytesIO()
    book.create_sheet("Sheet3")
    book.save(body)
    path = tmp_path / "table.xlsx"
    path.write_bytes(body.getvalue())
    with pytest.raises(TableRefusedError, match="工作表「Sheet3」是空的"):
        list(find_tables(path, (), "Sheet3"))
    with pytest.raises(TableRefusedError, match="文件是空的"):
        list(find_tables(path, ()))


def a_book(folder: Path, *names: str) -> Path:
    """Write a workbook: notes first, then one building in each sheet."""
    book = Workbook()
    book.worksheets[0].append(["请按说明填写"])
    for number, name in enumerate(names):
        sheet = book.create_sheet(name)
        sheet.append(["名称", "网格编码"])
        sheet.append([f"新{number}楼", "310107022001001"])
    book.save(folder / "book.xlsx")
    return folder / "book.xlsx"


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("sheet", "name"), [("", "新0楼"), ("乙", "新1楼")])
def test_the_table_behind_a_sheet_of_notes_is_found_or_named(
    desk: Desk, tmp_path: Path, sheet: str, name: str
) -> None:
    path = a_book(tmp_path, "甲", "乙")
    with desk.acting(SYSTEM) as act:
        assert import_table(act, "buildings", path, Wishes(), sheet=sheet).new_count == 1
        names = act.session.exec(select(col(Building.name)).order_by(col(Building.id))).all()
    assert names[-1] == name


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_an_empty_first_sheet_hides_no_table(desk: Desk, tmp_path: Path) -> None:
    book = load_workbook(a_book(tmp_path, "甲"))
    book.worksheets[0].delete_rows(1)
    book.save(tmp_path / "book.xlsx")
    with desk.acting(SYSTEM) as act:
        plan = guessed_plan(act, "buildings", tmp_path / "book.xlsx", "")
        report = import_table(act, "buildings", tmp_path / "book.xlsx", Wishes())
    assert (plan.sheet, report.new_count) == ("甲", 1)

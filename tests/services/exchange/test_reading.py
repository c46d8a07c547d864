"""Files as people have them: any encoding in use, any quoting, and some that are none at all."""

import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.services.exchange.columns import Column, TableRefusedError, find_columns
from gridapp.services.exchange.encoding import encoding_of
from gridapp.services.exchange.headings import guess_columns
from gridapp.services.exchange.reading import read_rows, unguarded
from gridapp.services.exchange.writing import guarded, write_table
from tests.services.exchange.tables import a_csv, an_xlsx

HEADS = ["编码", "名称"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_table_is_read_in_every_encoding_in_use(tmp_path: Path, encoding: str) -> None:
    path = a_csv(tmp_path, "编码,名称", "1,真如镇", encoding=encoding)

    assert list(read_rows(path)) == [(1, HEADS), (2, ["1", "真如镇"])]


def test_rare_characters_come_through_gb18030(tmp_path: Path) -> None:
    path = a_csv(tmp_path, "编码,名称", "1,䶮𠮷", encoding="gb18030")

    assert list(read_rows(path))[1] == (2, ["1", "䶮𠮷"])


def test_bytes_of_no_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"\xff\x00\xfe\x81")

    with pytest.raises(TableRefusedError, match="编码"):
        encoding_of(path)


@pytest.mark.parametrize("sign", [",", ";", "\t", "，", "；", "｜", "|"])
def test_the_delimiter_is_seen_from_the_headings(tmp_path: Path, sign: str) -> None:
    path = a_csv(tmp_path, f"编码{sign}名称", f"1{sign}真如镇")

    assert list(read_rows(path))[1] == (2, ["1", "真如镇"])


def test_a_row_is_known_by_the_line_on_which_it_begins(tmp_path: Path) -> None:
    path = a_csv(tmp_path, "编码,名称", '1,"两\r\n行"', "", "2,后面")

    assert [line for line, _ in read_rows(path)] == [1, 2, 5]


def test_an_open_quote_is_told_with_its_line(tmp_path: Path) -> None:
    path = a_csv(tmp_path, "编码,名称", '1,"没有关上', "2,后面")

    with pytest.raises(TableRefusedError, match="第2行"):
        list(read_rows(path))


def test_a_spreadsheet_gives_numbers_and_moments_as_texts(tmp_path: Path) -> None:
    path = an_xlsx(tmp_path, HEADS, [12.0, datetime(2026, 6, 10, 12)], [None, True])  # noqa: DTZ001 - a spreadsheet knows no zones

    assert list(read_rows(path))[1:] == [(2, ["12", "2026-06-10T12:00:00"]), (3, ["", "是"])]


def test_a_spreadsheet_that_unfolds_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(301):
            part.write(bytes(1_000_000))
    assert path.stat().st_size < 1_000_000

    with pytest.raises(TableRefusedError, match="太大"):
        list(read_rows(path))


@pytest.mark.parametrize(
    ("name", "body"),
    [("a.xlsx", b"PK not"), ("a.xlsx", b""), ("a.pdf", b"%PDF"), ("a.csv", b"1\0,2")],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, body: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(body)

    with pytest.raises(TableRefusedError):
        list(read_rows(path))


def test_a_hollow_spreadsheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hollow.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("nothing.txt", "")

    with pytest.raises(TableRefusedError, match="坏的"):
        list(read_rows(path))


@given(st.text(alphabet="'=+-@\t1真", max_size=6))
def test_a_guarded_text_comes_back_as_it_was_and_is_no_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in {"=", "+", "-", "@", "\t"}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_formula_is_written_as_a_text(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    write_table(path, HEADS, [["=1+1", "'-2"]])

    assert list(read_rows(path))[1] == (2, ["=1+1", "'-2"])
    assert b"<f>" not in _body(path)


def _body(path: Path) -> bytes:
    if path.suffix == ".csv":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


COLUMNS = (Column("code", "网格编码", ("编码",), needed=True), Column("name", "名称"))


@pytest.mark.parametrize("heads", [["code", "name"], ["网格编码", "名称"], [" 编 码* ", "NAME"]])
def test_columns_are_known_by_any_of_their_headings(heads: list[str]) -> None:
    assert find_columns(COLUMNS, heads) == {0: "code", 1: "name"}


def test_a_missing_column_and_a_double_one_are_refused() -> None:
    with pytest.raises(TableRefusedError, match="缺少「网格编码」"):
        find_columns(COLUMNS, ["名称"])
    with pytest.raises(TableRefusedError, match="两次"):
        find_columns(COLUMNS, ["网格编码", "code"])
    with pytest.raises(TableRefusedError, match="「编码」、「编码」"):
        find_columns(COLUMNS, ["编码", "编码"])


def test_a_columns_own_heading_beats_another_by_which_it_is_known() -> None:
    assert find_columns(COLUMNS, ["编码", "名称", "网格编码"]) == {1: "name", 2: "code"}
    assert guess_columns(COLUMNS, ["编码", "名称", "网格编码"], []) == {1: "name", 2: "code"}

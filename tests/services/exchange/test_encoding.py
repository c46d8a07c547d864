"""A CSV is read in the encoding that it is in, or refused with the line: never as other signs."""

from pathlib import Path

import pytest

from gridapp.services.exchange.columns import TableRefusedError
from gridapp.services.exchange.encoding import encoding_of
from gridapp.services.exchange.reading import read_rows
from tests.services.exchange.tables import a_csv

HEAD = "name,address,grid_code"
ROW = "试验楼栋,试验路号,310107022001001"
TRADITIONAL = "真華小區,蘭溪路一百號,310107022001001"
ROWS = [HEAD, *[ROW] * 20]


def a_file(folder: Path, body: bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(body)
    return path


def broken(encoding: str, at: int, *, lines: tuple[str, ...] = (HEAD, ROW, ROW)) -> bytes:
    """Write lines with a byte that fits no encoding, put in at a place of the last one."""
    *first, last = (line.encode(encoding) for line in lines)
    return b"\r\n".join([*first, last[:at] + b"\xa0" + last[at:]])


@pytest.mark.parametrize("body", [broken("utf-8", 0), broken("utf-8", 6), ROW.encode()[:4]])
def test_what_is_utf8_but_for_a_byte_is_refused_with_its_line(tmp_path: Path, body: bytes) -> None:
    line = body.count(b"\n") + 1
    with pytest.raises(TableRefusedError, match=f"第{line}行有读不出来的字"):
        encoding_of(a_file(tmp_path, body))


def test_a_line_of_gbk_in_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    body = b"\n".join([HEAD.encode(), *[ROW.encode()] * 3, ROW.encode("gbk"), ROW.encode()])
    with pytest.raises(TableRefusedError, match="第5行"):
        encoding_of(a_file(tmp_path, body))


def test_a_mark_of_utf8_before_something_else_is_no_proof(tmp_path: Path) -> None:
    with pytest.raises(TableRefusedError, match="第2行"):
        encoding_of(a_file(tmp_path, b"\xef\xbb\xbf" + "a\n真如镇\n".encode("gbk")))


def test_a_mark_of_utf16_before_something_else_is_told(tmp_path: Path) -> None:
    with pytest.raises(TableRefusedError, match="UTF-16"):
        encoding_of(a_file(tmp_path, b"\xff\xfe" + "真如镇".encode("utf-16-le") + b"\x00"))


def test_half_a_sign_in_gbk_is_refused_with_its_line(tmp_path: Path) -> None:
    body = "\n".join(ROWS).encode("gbk") + "\n真如镇".encode("gbk")[:-1] + b",1\n"
    with pytest.raises(TableRefusedError, match="第22行有一个字不完整"):
        encoding_of(a_file(tmp_path, body))


@pytest.mark.parametrize("row", [TRADITIONAL, "試驗樓棟,,1"])
def test_a_traditional_table_in_big5_is_never_read_as_other_signs(tmp_path: Path, row: str) -> None:
    with pytest.raises(TableRefusedError, match="Big5"):
        encoding_of(a_csv(tmp_path, HEAD, row, encoding="big5"))


@pytest.mark.parametrize(
    ("encoding", "row"),
    [
        ("shift_jis", "あいうえお,かきくけこ"),
        ("cp1252", "Müller,Straße"),
        ("euc_kr", "안녕하세요,서울특별시"),
    ],
)
def test_what_nobody_can_read_is_refused(tmp_path: Path, encoding: str, row: str) -> None:
    with pytest.raises(TableRefusedError, match="编码"):
        encoding_of(a_csv(tmp_path, HEAD, row, encoding=encoding))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    "row", [ROW, "龚鑫璟,濮家弄,1", "前期其去,请青清情,1", "①号楼—２＃,，。,1"]
)
def test_a_table_of_rare_names_is_read_in_every_encoding(
    tmp_path: Path, encoding: str, row: str
) -> None:
    path = a_csv(tmp_path, HEAD, row, encoding=encoding)
    assert [cells for _, cells in read_rows(path)][1] == row.split(",")

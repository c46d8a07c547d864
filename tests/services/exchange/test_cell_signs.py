"""One reading of cells for all tables: what programs make of texts is undone, or refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gridapp.services.desk import Desk
from gridapp.services.exchange.cells import CellError, Cells
from gridapp.services.exchange.columns import Column
from gridapp.services.exchange.imports import KINDS
from gridapp.services.exchange.packed import UNCOMPUTED
from tests.cast import Cast
from tests.services.exchange.tables import a_csv, an_xlsx, imported

COLUMNS = {
    "x": Column("x", "某列"),
    "plain": Column("plain", "码", is_plain=True),
    "prose": Column("prose", "备注", is_prose=True),
}


def a_cell(text: str, name: str = "x") -> Cells:
    return Cells({name: text}, COLUMNS)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("101.0", "101"), ("13812345678.00", "13812345678"), ("1.50", "1.50"), ("'138", "138"),
        ("试验\r\n1号楼", "试验1号楼"), ("试验1号楼_x000D_\n(南)", "试验1号楼(南)"),
        ("Block\nA", "Block A"), ("真如\n \n镇", "真如镇"), ("1-2", "1-2"), ("'甲'", "'甲'"),
    ],
)  # fmt: skip
def test_what_programs_make_of_a_text_is_undone(text: str, read: str) -> None:
    assert a_cell(text).text("x", 20) == read


def test_prose_keeps_its_lines_its_days_and_its_numbers() -> None:
    assert a_cell("一_x000D_\n二", "prose").text("prose", 20) == "一\n二"
    assert [a_cell(text, "prose").text("prose", 20) for text in ("2026-01-02", "5.0")] == [
        "2026-01-02", "5.0",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["2026-01-02", "2026-01-02T00:00:00", "1月2日", "2026年1月2日", "2026/1/2", "2-Jan", "Jan-02"],
)
def test_a_day_where_a_number_was_typed_is_refused(text: str) -> None:
    with pytest.raises(CellError, match="变成了日期"):
        a_cell(text).text("x", 40)


@pytest.mark.parametrize(
    ("text", "why"),
    [(UNCOMPUTED, "没有算出结果"), ("\ue21a栋", "E21A"), ("\U000f0000", "F0000"),
     ("试验\ufffd", "FFFD"), ("#REF!", "公式出错")],
)  # fmt: skip
def test_what_is_lost_or_nobodys_is_refused_in_every_kind_of_cell(text: str, why: str) -> None:
    cells = a_cell(text)
    readers: tuple[Callable[[], Any], ...] = (
        lambda: cells.text("x", 40), lambda: cells.whole("x", 0, 9), lambda: cells.moment("x"),
        lambda: cells.yes("x"), lambda: cells.phone("x"), lambda: cells.number("x", 0, 9),
    )  # fmt: skip
    for read in readers:
        with pytest.raises(CellError, match=why):
            read()


def test_a_whole_number_with_a_nought_behind_the_point_is_whole() -> None:
    assert (a_cell("12.0").whole("x", 0, 100), a_cell("１２.0").whole("x", 0, 100)) == (12, 12)


@pytest.mark.parametrize(("text", "read"), [("138 1234 5678", "13812345678"), ("", "")])
def test_a_phone_is_read_as_digits(text: str, read: str) -> None:
    assert a_cell(text).phone("x") == read


@pytest.mark.parametrize(
    ("text", "why"), [("2155500001", "区号前面的0.*2155500001"), ("12345", "不对.*「12345」")]
)
def test_a_wrong_phone_is_told_with_what_stands_there(text: str, why: str) -> None:
    with pytest.raises(CellError, match=why):
        a_cell(text).phone("x")


def test_an_identity_number_in_a_wrong_cell_is_told_masked() -> None:
    with pytest.raises(CellError) as refused:
        a_cell("310107199001011234").phone("x")
    assert "199001" not in refused.value.reason
    assert "310***********1234" in refused.value.reason


def test_a_long_wrong_cell_is_cut() -> None:
    with pytest.raises(CellError, match=f"「{'长' * 20}…」"):
        a_cell("长" * 50).whole("x", 0, 9)


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", list(KINDS))
def test_every_table_names_the_column_and_the_value_of_a_strange_sign(
    desk: Desk, cast: Cast, tmp_path: Path, kind: str
) -> None:
    assert cast.street
    headers = [column.header for column in KINDS[kind].columns]
    path = an_xlsx(tmp_path, headers, [f"甲\ue21a{n}" for n in range(len(headers))])
    [bad] = imported(desk, kind, path).bad_rows
    assert bad.column in headers
    assert "\ue21a" in bad.reason


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_a_door_that_became_a_day_or_got_a_point_is_seen(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    head = "楼栋码,门牌,户主"
    row = f"{cast.code1},101,张三"
    assert imported(desk, "households", a_csv(tmp_path, head, row)).new_count == 1
    again = imported(desk, "households", a_csv(tmp_path, head, row.replace("101", "101.0")))
    assert again.same_count == 1
    [bad] = imported(desk, "households", a_csv(tmp_path, head, f"{cast.code1},1月1日,王")).bad_rows
    assert (bad.column, "1月1日" in bad.reason) == ("门牌", True)


@pytest.mark.parametrize(
    "text", ["无", "没有", " 不 详 ", "（无）", "暂无", "/", "—", "－", "未留"]
)
def test_a_phone_that_nobody_has_is_none(text: str) -> None:
    assert a_cell(text).phone("x") == ""


@pytest.mark.parametrize("text", ["无锡", "见上", "不详1", "同上"])
def test_other_words_are_no_phone(text: str) -> None:
    with pytest.raises(CellError, match="电话号码不对"):
        a_cell(text).phone("x")

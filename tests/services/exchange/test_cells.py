"""What people type into cells, and what is refused with the column's name."""

from datetime import UTC, datetime

import pytest

from gridapp.domain.labels import GRID_LEVEL, SOURCE
from gridapp.domain.vocabulary import GridLevel, Source
from gridapp.services.exchange.cells import CellError, Cells
from gridapp.services.exchange.columns import Column

COLUMNS = {"x": Column("x", "某列")}


def a_cell(text: str) -> Cells:
    return Cells({"x": text}, COLUMNS)


@pytest.mark.parametrize(
    "text",
    [
        "2026-06-10 12:00",
        "2026-06-10T12:00:00",
        "2026/6/10 12:00",
        "2026.6.10 12:00:00.000",
        "2026年6月10日 12时0分",
        "2026-06-10T04:00:00Z",
    ],
)
def test_a_moment_is_beijing_time_unless_it_says_otherwise(text: str) -> None:
    moment = a_cell(text).moment("x")

    assert moment is not None
    assert moment.astimezone(UTC) == datetime(2026, 6, 10, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["0001-01-01", "1999-12-31", "2100-01-02", "9999-12-31T23:59:59-14:00"]
)
def test_a_moment_out_of_bounds_is_refused(text: str) -> None:
    with pytest.raises(CellError, match="2000年到2099年"):
        a_cell(text).moment("x")


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00+14:00", "1949-12-31", "2100-01-01", "9999-12-31T23:59:59-14:00"]
)
def test_a_day_out_of_bounds_is_refused(text: str) -> None:
    with pytest.raises(CellError, match="1950年到2099年"):
        a_cell(text).day("x")


@pytest.mark.parametrize("text", ["昨天", "2026-13-01", "2026/2/30 9:00", "10:30", "450000"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(CellError, match="时间看不懂"):
        a_cell(text).moment("x")


@pytest.mark.parametrize("text", ["nan", "inf", "181", "东经121度"])
def test_what_is_no_degree_is_refused(text: str) -> None:
    with pytest.raises(CellError, match="-180到180"):
        a_cell(text).number("x", -180, 180)


@pytest.mark.parametrize("text", ["1.5", "-1", "1001", "三", "1_0"])
def test_what_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(CellError, match="0到1000"):
        a_cell(text).whole("x", 0, 1000)


@pytest.mark.parametrize("text", ["街道", "street", " 街 道 "])
def test_a_word_is_known_by_label_and_by_code(text: str) -> None:
    assert a_cell(text).word("x", GRID_LEVEL) is GridLevel.STREET


def test_spaces_inside_a_label_do_not_matter() -> None:
    assert a_cell("12345热线").word("x", SOURCE) is Source.HOTLINE


@pytest.mark.parametrize(("text", "yes"), [("是", True), ("1", True), ("", False), ("否", False)])
def test_yes_and_no_are_read(text: str, yes: bool) -> None:
    assert a_cell(text).yes("x") is yes


def test_a_refusal_names_the_column() -> None:
    with pytest.raises(CellError) as refused:
        a_cell("也许").yes("x")
    assert refused.value.column == "某列"


def test_control_characters_are_taken_out_of_a_text() -> None:
    assert a_cell("真\x00如\x1b镇 ").text("x", 10) == "真如镇"


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(CellError, match="超过2个字"):
        a_cell("真如镇").text("x", 2)

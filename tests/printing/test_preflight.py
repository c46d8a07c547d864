"""Before anything is set it is told what would stop it, and what its readers would miss."""

from dataclasses import replace

import pytest

from gridapp.printing.preflight import look_over
from gridapp.services.prints.views import Batch, Face, Layout, Printable, Sheet
from tests.printing.sheets import CHEN, LI, a_page

SEEN = replace(LI, photo=b"RIFF")


def told(*pages: Printable, sheet: Sheet = Sheet.POSTER, layout: Layout = Layout.STANDARD) -> str:
    return "\n".join(one.words for one in look_over(Batch(sheet, pages, layout=layout)))


def test_a_good_batch_raises_no_concern() -> None:
    assert told(a_page(1), a_page(2)) == ""


def test_a_character_that_our_fonts_lack_stops_it() -> None:
    (concern,) = look_over(Batch(Sheet.POSTER, (a_page(name="幸福\U00030000苑"),)))
    assert (concern.stops, "幸福\U00030000苑" in concern.words) == (True, True)


def test_a_place_without_people_is_named() -> None:
    assert told(a_page(1, faces=())) == "兰溪新村1号楼还没有网格员和网格长，这一栏会空着。"


def test_of_many_the_first_are_named_and_all_are_counted() -> None:
    words = told(*(a_page(number, faces=()) for number in range(1, 8)))
    assert words.startswith("兰溪新村1号楼、兰溪新村2号楼、兰溪新村3号楼等 7 处还没有")


def test_somebody_without_a_phone_is_named_once() -> None:
    silent = replace(LI, phone=" ")
    words = told(a_page(1, faces=(silent,)), a_page(2, faces=(silent, CHEN)))
    assert words == "李建国（南大街第一网格）没有值班电话，这一栏会空着。"


@pytest.mark.parametrize(
    ("sheet", "is_told"), [(Sheet.BOARD, True), (Sheet.BADGE, True), (Sheet.POSTER, False)]
)
def test_a_missing_photo_matters_where_photos_are_shown(sheet: Sheet, is_told: bool) -> None:
    words = told(a_page(faces=(SEEN, CHEN)), sheet=sheet)
    assert ("陈志强（南大街社区）没有登记本人同意公示的照片" in words) is is_told
    assert "李建国" not in words


@pytest.mark.parametrize(("layout", "most"), [(Layout.STANDARD, 6), (Layout.ELDER, 4)])
def test_a_board_with_more_people_than_it_holds_is_named(layout: Layout, most: int) -> None:
    faces = tuple(Face(f"赵{n}", "网格员", "1", "一格", photo=b"RIFF") for n in range(most + 1))
    assert f"只印前{most}位" in told(a_page(faces=faces), sheet=Sheet.BOARD, layout=layout)
    assert told(a_page(faces=faces[:most]), sheet=Sheet.BOARD, layout=layout) == ""

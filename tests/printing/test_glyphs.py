"""A character that no font has is found before printing, with the name it stands in."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from gridapp.printing.pages import cleaned
from gridapp.printing.shop import print_pdf
from gridapp.printing.words import URGENT, words_for
from gridapp.services.prints.glyphs import (
    FILES,
    FONTS,
    GlyphsMissingError,
    characters_of,
    covered,
    demand_glyphs,
)
from gridapp.services.prints.views import Batch, Layout, Sheet
from tests.printing.sheets import a_page


@pytest.mark.parametrize("name", FILES)
def test_the_fonts_are_read_as_a_font_library_reads_them(name: str) -> None:
    assert characters_of(FONTS / name) == set(TTFont(FONTS / name).getBestCmap())


def test_a_missing_glyph_is_refused_with_its_name_and_place(tmp_path: Path) -> None:
    batch = Batch(Sheet.POSTER, (a_page(1), a_page(name="幸福\U00030000苑")))
    with pytest.raises(GlyphsMissingError) as refused:
        print_pdf(batch, tmp_path / "out.pdf")
    assert "“幸福\U00030000苑”" in refused.value.sentence
    assert batch.pages[1].code in refused.value.sentence
    assert "U+30000" in refused.value.sentence
    assert list(tmp_path.iterdir()) == []


def test_many_missing_glyphs_are_counted_and_the_first_told() -> None:
    with pytest.raises(GlyphsMissingError, match="等12处") as refused:
        demand_glyphs((f"\U00030000{number}", "名称") for number in range(12))
    assert len(refused.value.facts["missing"]) == 12


def test_an_emoji_is_refused_rather_than_printed_as_a_box() -> None:
    with pytest.raises(GlyphsMissingError):
        demand_glyphs([("幸福苑🏠", "名称")])


def test_every_word_of_ours_can_be_printed() -> None:
    told = "".join(str(words_for(sheet, layout)) for sheet in Sheet for layout in Layout)
    assert {ord(sign) for sign in told + str(URGENT) + "…\u200b"} - {10} - covered() <= {0x200B}


def test_unseen_signs_are_not_printed() -> None:
    assert cleaned("\u202e倒\u0000写\u200f") == "倒 写"

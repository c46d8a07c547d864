"""The code is what the design says: version 3, level H, read by a decoder that is not ours."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from gridapp.printing.proof import codes_in
from gridapp.printing.qr import QUIET_MODULES, path_of, svg_of
from gridapp.printing.shop import print_png
from gridapp.services.prints.views import Batch, Sheet
from tests.printing.sheets import a_page


def test_a_capital_address_of_35_characters_fits_version_3() -> None:
    address = "HTTPS://GRID.EXAMPL.CN/Q/ABCD2345".ljust(35, "X")
    side, _ = path_of(address)
    assert side == 29 + 2 * QUIET_MODULES


def test_a_longer_address_gets_a_larger_version() -> None:
    side, _ = path_of("https://" + "a" * 60)
    assert side > 29 + 2 * QUIET_MODULES


def test_the_code_is_one_path() -> None:
    assert svg_of("HTTPS://A.CN/Q/ABCD2345").count("<path") == 1


@pytest.mark.parametrize("stain", [0.03, 0.05])
def test_a_stained_poster_still_reads(stain: float) -> None:
    page = a_page()
    picture = Image.open(BytesIO(print_png(Batch(Sheet.POSTER, (page,)), 150))).convert("L")
    side = int((stain * 96 * 96) ** 0.5 * 150 / 25.4)
    middle = (int(61 * 150 / 25.4), int(165 * 150 / 25.4))
    box = (middle[0], middle[1], middle[0] + side, middle[1] + side)
    ImageDraw.Draw(picture).ellipse(box, fill=90)
    assert codes_in(picture) == [page.url]

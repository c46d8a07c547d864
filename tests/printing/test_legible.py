"""Nothing on a poster or board is smaller than what is read: 9 pt on A4, 12 pt for the elderly.

Sizes and words are read from the PDF by PDFium, which is not the hand that set them.
"""

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest

from gridapp.domain.printed_words import BETWEEN, ROOM, Wording, joined, wording_fault
from gridapp.printing.shop import print_pdf
from gridapp.services.prints.views import Batch, Face, Layout, Paper, Printable, Sheet
from tests.printing.sheets import CHEN, LI, a_page, text_of
from tests.printing.test_sheets import HOSTILE

LEAST_PT = {Layout.STANDARD: 9.0, Layout.ELDER: 12.0}
LONG = replace(
    LI, title="街道综合治理办公室派驻兰溪新村第二居民区专职网格员兼消防安全联络员", grid="格" * 80
)
LONGEST = Face("赵" * 64, "员" * 40, "1" * 32, "格" * 80)
# The widest letters there are: Chinese, rare ones from other fonts, Latin and Cyrillic without a
# place to break, and marks that may not begin a line.
FILLS = ["责", "𠮷䶮鿼𬭸", "W", "Ю", "办，", "（办）"]


def least_sizes(pdf: Path) -> list[float]:
    """Give the size of the smallest sign of each page, in points."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [_least_size(document[number]) for number in range(len(document))]
    finally:
        document.close()


def _least_size(page: pdfium.PdfPage) -> float:
    text = page.get_textpage()
    signs = {at: chr(pdfium_c.FPDFText_GetUnicode(text, at)) for at in range(text.count_chars())}
    return min(
        float(pdfium_c.FPDFText_GetFontSize(text, at))
        for at, sign in signs.items()
        if sign.strip("\u200b\ufffe\x00 \r\n")
    )


def printed(tmp_path: Path, batch: Batch) -> tuple[float, list[str]]:
    """Print a batch; gives the size of its smallest sign, and the text of each page."""
    out = tmp_path / "out.pdf"
    print_pdf(batch, out)
    texts = [text_of(out, number).replace("\u200b", "") for number in range(len(batch.pages))]
    return min(least_sizes(out)), texts


def longest(wording: Wording, fill: str) -> tuple[str, ...]:
    """Write the most words that are taken, in as many lines as there may be."""
    room = ROOM[wording]
    share = (room.all_signs - len(BETWEEN) * (room.line_count - 1)) // room.line_count
    line = (fill * room.line_signs)[: min(share, room.line_signs)]
    lines = (line,) * room.line_count
    assert wording_fault(wording, lines) == ""
    assert wording_fault(wording, (*lines[:-1], line + "字" * 5)) != ""
    return lines


def a_board(count: int, fill: str) -> Printable:
    duties = joined(longest(Wording.WORKER_DUTIES, fill))
    promises = longest(Wording.BOARD_PROMISES, fill)
    return a_page(code="", faces=(replace(LI, duties=duties),) * count, promises=promises)


@pytest.mark.parametrize(
    ("sheet", "layout"), list(product((Sheet.POSTER, Sheet.STAIRWELL), Layout))
)
def test_no_post_is_too_long_for_a_poster(tmp_path: Path, sheet: Sheet, layout: Layout) -> None:
    words: dict[str, Any] = {"name": "楼" * 80, "address": "路" * 200, "place": "区" * 246}
    crews = [(LONG, CHEN, LONG)[:count] for count in (1, 2, 3)]
    pages = tuple(a_page(faces=faces, **words) for faces in crews)
    least, texts = printed(tmp_path, Batch(sheet, pages, layout=layout))
    assert least >= 9
    assert all("李建国" in text for text in texts)


@pytest.mark.parametrize(("layout", "paper"), list(product(Layout, Paper)))
def test_the_longest_names_on_a_poster_are_whole_and_legible(
    tmp_path: Path, layout: Layout, paper: Paper
) -> None:
    page = a_page(faces=(LONGEST,) * 3)
    least, (text,) = printed(tmp_path, Batch(Sheet.POSTER, (page,), paper, layout))
    assert least >= (9 if paper is Paper.A4 else 9 * 1.41)
    assert text.count("赵" * 64) == (3 if layout is Layout.STANDARD else 1)


def test_a_post_that_fits_two_lines_is_whole(tmp_path: Path) -> None:
    face = replace(LI, title="社区民警兼任网格协管员", grid="兰溪新村第二居民区第三网格")
    _, (text,) = printed(tmp_path, Batch(Sheet.POSTER, (a_page(faces=(face,) * 3),)))
    assert text.count("社区民警兼任网格协管员·兰溪新村第二居民区第三网格") == 3


@pytest.mark.parametrize("layout", Layout)
def test_the_longest_promise_on_a_poster_is_whole_and_legible(
    tmp_path: Path, layout: Layout
) -> None:
    promises = [longest(Wording.POSTER_PROMISE, fill) for fill in FILLS]
    pages = tuple(a_page(promises=promise) for promise in promises)
    least, texts = printed(tmp_path, Batch(Sheet.POSTER, pages, layout=layout))
    assert least >= LEAST_PT[layout]
    assert [
        promise for (promise,), text in zip(promises, texts, strict=True) if promise not in text
    ] == []


def test_markup_in_duties_and_promises_is_only_words(tmp_path: Path) -> None:
    pages = tuple(
        a_page(faces=(replace(LI, duties=words),), promises=(words,)) for words in HOSTILE
    )
    _, texts = printed(tmp_path, Batch(Sheet.BOARD, pages))
    told = ["".join(s for s in words if s.isprintable() and s != " ") for words in HOSTILE]
    assert [text.count(words) for text, words in zip(texts, told, strict=True)] == [2] * len(told)


@pytest.mark.parametrize("fill", FILLS)
def test_the_longest_duties_and_promises_on_a_board_are_whole_and_legible(
    tmp_path: Path, fill: str
) -> None:
    pages = tuple(a_board(count, fill) for count in (1, 2, 3, 4, 6))
    least, texts = printed(tmp_path, Batch(Sheet.BOARD, pages))
    assert least >= LEAST_PT[Layout.STANDARD]
    duties = pages[0].faces[0].duties
    assert [text.count(duties) for text in texts] == [1, 2, 3, 4, 6]
    assert all("".join(pages[0].promises) in text for text in texts)


@pytest.mark.parametrize("fill", FILLS)
def test_a_board_for_elderly_readers_has_the_promises_in_larger_letters(
    tmp_path: Path, fill: str
) -> None:
    pages = tuple(a_board(count, fill) for count in (1, 2, 3, 4))
    least, texts = printed(tmp_path, Batch(Sheet.BOARD, pages, layout=Layout.ELDER))
    assert least >= LEAST_PT[Layout.ELDER]
    assert all("".join(pages[0].promises) in text for text in texts)

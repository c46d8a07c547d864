"""Every sheet is one page for each view, says its names exactly, and its codes read."""

import shutil
from itertools import product
from pathlib import Path

import pytest

from gridapp.printing import chunks
from gridapp.printing.refusals import NothingToPrintError, PrintFaultError, TextTooLongError
from gridapp.printing.shop import print_pdf, print_png
from gridapp.services.photos.clean import small_face
from gridapp.services.prints.views import Batch, Face, Layout, Paper, Sheet
from tests.api.conftest import draw_photo
from tests.printing.sheets import a_page, ink_within, page_count, text_of

# print_pdf reads every code of a small batch back itself, and refuses when one does not read.
ALL = list(product(Sheet, Layout))


@pytest.mark.parametrize(("sheet", "layout"), ALL)
def test_every_sheet_prints_with_its_names_and_readable_codes(
    tmp_path: Path, sheet: Sheet, layout: Layout
) -> None:
    out = tmp_path / "out.pdf"
    assert print_pdf(Batch(sheet, (a_page(1), a_page(2)), layout=layout), out) == 2
    assert page_count(out) == 2
    assert "兰溪新村2号楼" in text_of(out, 1)
    assert "李建国" in text_of(out, 1)
    assert "02152730101" in text_of(out, 1)


@pytest.mark.parametrize("sheet", Sheet)
def test_every_sheet_has_two_layouts(sheet: Sheet) -> None:
    drawn = {print_png(Batch(sheet, (a_page(),), layout=layout)) for layout in Layout}
    assert len(drawn) == len(Layout)


@pytest.mark.parametrize("name", ["𠮷", "䶮", "鿼", "𬭸", "李𠮷䶮鿼𬭸"])
def test_rare_characters_are_printed_exactly(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out.pdf"
    faces = (Face(name, "网格员", "021-52730101", "第一网格"),)
    print_pdf(Batch(Sheet.POSTER, (a_page(name=f"{name}苑", faces=faces),)), out)
    assert f"{name}苑" in text_of(out)
    assert text_of(out).count(name) == 2


HOSTILE = [
    '#panic("x")', "$x^2$ *粗* _斜_", '"], "pages": []}', "\\u0000 \\n {{}}", "</svg><script>",
    "#import sys: inputs", "=标题", "@ref <label>", "a`b`c", "\u202e倒写\u0000控制",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_markup_in_a_name_is_only_a_name(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out.pdf"
    print_pdf(Batch(Sheet.POSTER, (a_page(name=name),)), out)
    seen = "".join(sign for sign in name if sign.isprintable() and sign != " ")
    assert seen in text_of(out)


@pytest.mark.parametrize(("sheet", "layout"), ALL)
def test_the_longest_names_that_can_be_kept_fit_their_boxes(
    tmp_path: Path, sheet: Sheet, layout: Layout
) -> None:
    long = Face("赵" * 64, "员" * 40, "1" * 32, "格" * 80, "责" * 300)
    name = "楼" * (80 if sheet in {Sheet.BOARD, Sheet.BADGE} else 120)
    page = a_page(name=name, address="路" * 200, place="区" * 246, faces=(long,) * 8)
    print_pdf(Batch(sheet, (page,), layout=layout), tmp_path / "out.pdf")
    assert page_count(tmp_path / "out.pdf") == 1
    assert "赵" * 64 in text_of(tmp_path / "out.pdf")


def test_an_endless_latin_word_wraps_inside_its_box() -> None:
    assert ink_within(print_png(Batch(Sheet.POSTER, (a_page(name="W" * 120),))))


def test_a_name_that_cannot_fit_is_refused_by_its_words(tmp_path: Path) -> None:
    batch = Batch(Sheet.POSTER, (a_page(name="楼" * 3000),))
    with pytest.raises(TextTooLongError) as refused:
        print_pdf(batch, tmp_path / "out.pdf")
    assert "楼楼楼" in refused.value.sentence
    assert list(tmp_path.iterdir()) == []


def test_a_photo_takes_the_place_of_the_initial() -> None:
    def drawn(photo: bytes) -> bytes:
        face = Face("李建国", "网格员", "021-52730101", "第一网格", photo=photo)
        return print_png(Batch(Sheet.BOARD, (a_page(faces=(face,)),)))

    jpeg = draw_photo("Li")
    assert len({drawn(photo) for photo in (b"", jpeg, small_face(jpeg))}) == 3


def test_nobody_yet_is_no_fault_and_cards_and_boards_say_whom_to_ring(tmp_path: Path) -> None:
    for sheet in (Sheet.POSTER, Sheet.STAIRWELL, Sheet.CARDS, Sheet.BOARD):
        assert print_pdf(Batch(sheet, (a_page(faces=()),)), tmp_path / "out.pdf") == 1
        is_said = "网格人员调整中，请先打这个电话" in text_of(tmp_path / "out.pdf")
        assert is_said is (sheet in {Sheet.CARDS, Sheet.BOARD})


def test_a3_is_larger_and_says_the_same(tmp_path: Path) -> None:
    pages = (a_page(),)
    for paper in Paper:
        print_pdf(Batch(Sheet.POSTER, pages, paper), tmp_path / f"{paper}.pdf")
    assert text_of(tmp_path / "a3.pdf") == text_of(tmp_path / "a4.pdf")


def test_an_empty_batch_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NothingToPrintError):
        print_pdf(Batch(Sheet.POSTER, ()), tmp_path / "out.pdf")


def test_the_same_batch_gives_the_same_bytes(tmp_path: Path) -> None:
    batch = Batch(Sheet.STAIRWELL, (a_page(),))
    for name in ("one.pdf", "two.pdf"):
        print_pdf(batch, tmp_path / name)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_a_code_that_does_not_read_stops_the_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = shutil.copytree(chunks._TEMPLATES, tmp_path / "templates")
    kit = templates / "kit.typ"
    kit.write_text(kit.read_text().replace("bytes(page.qr)", 'bytes(page.qr.replace("h7", "h1"))'))
    monkeypatch.setattr(chunks, "_TEMPLATES", templates)
    (tmp_path / "here").mkdir()
    with pytest.raises(PrintFaultError, match="兰溪新村1号楼"):
        print_pdf(Batch(Sheet.POSTER, (a_page(1),)), tmp_path / "here" / "out.pdf")
    assert list((tmp_path / "here").iterdir()) == []

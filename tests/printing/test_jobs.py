"""A job of many chunks: in order, stopped cleanly, nothing half-written."""

from pathlib import Path

import pytest

from gridapp.printing import shop
from gridapp.printing.refusals import PrintCancelledError
from gridapp.printing.shop import Ears, print_pdf
from gridapp.services.prints.views import Batch, Sheet
from tests.printing.sheets import a_page, page_count, text_of


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shop, "CHUNK_PAGES", 2)


PAGES = tuple(a_page(number) for number in range(5))


@pytest.mark.usefixtures("small_chunks")
def test_chunks_are_merged_in_order(tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    print_pdf(Batch(Sheet.POSTER, PAGES), out)
    assert page_count(out) == 5
    assert [f"兰溪新村{n}号楼" in text_of(out, n) for n in range(5)] == [True] * 5


@pytest.mark.usefixtures("small_chunks")
def test_progress_is_told_and_ends_at_the_whole(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    ears = Ears(tell=lambda *said: told.append(said))
    print_pdf(Batch(Sheet.POSTER, PAGES), tmp_path / "out.pdf", ears)
    assert told[0] == ("排版并核对", 0, 5)
    assert ("排版并核对", 5, 5) in told
    assert told[-1] == ("合并", 5, 5)


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("at", [0, 2, 5])
def test_a_cancelled_job_leaves_what_was_there_and_nothing_else(tmp_path: Path, at: int) -> None:
    out = tmp_path / "out.pdf"
    out.write_bytes(b"before")
    done: list[int] = []
    ears = Ears(lambda _, count, __: done.append(count), lambda: bool(done) and done[-1] >= at)
    with pytest.raises(PrintCancelledError):
        print_pdf(Batch(Sheet.POSTER, PAGES), out, ears)
    assert out.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [out]

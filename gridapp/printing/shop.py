"""The print shop: a batch of views in, one proofed PDF out; or the picture of one page."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pikepdf

from gridapp.printing.chunks import Form, Order, Press, finish, order_of, start_press
from gridapp.printing.pages import texts_of
from gridapp.printing.refusals import NothingToPrintError, PrintCancelledError
from gridapp.services.prints.glyphs import demand_glyphs
from gridapp.services.prints.views import Batch

# Small enough that progress is seen, and that little is set again after a kill.
CHUNK_PAGES: Final = 125
_LOOK_S: Final = 0.2
_PRESSES_MOST: Final = 4
_SETTING: Final = "排版并核对"
_MERGING: Final = "合并"

Progress = Callable[[str, int, int], None]


def _go_on() -> bool:
    return False


def _silent(_what: str, _done: int, _total: int) -> None:
    pass


@dataclass(frozen=True)
class Ears:
    """Who hears of a job, and who may stop it.

    Args:
        tell: Called with the work's name, the pages done and all pages.
        is_cancelled: Asked several times a second; True ends the job.
    """

    tell: Progress = _silent
    is_cancelled: Callable[[], bool] = _go_on

    def demand_going_on(self) -> None:
        """Go on, unless somebody has stopped the job.

        Raises:
            PrintCancelledError: Somebody has.
        """
        if self.is_cancelled():
            raise PrintCancelledError


def print_pdf(batch: Batch, out: Path, ears: Ears | None = None, kept: Path | None = None) -> int:
    """Print a batch into a file and give the number of pages; the file is whole or not there.

    Args:
        batch: What is printed.
        out: The file.
        ears: Who hears of it, and may stop it.
        kept: A folder that outlives this job: chunks that are set are kept there, and one that is
            there already is not set again.

    Raises:
        NothingToPrintError: The batch is empty.
        GlyphsMissingError: A name holds a character that our fonts lack.
        TextTooLongError: A name does not fit its box.
        PrintFaultError: A code did not read, or a page is missing.
        PrintCancelledError: It was stopped.
    """
    ears = ears or Ears()
    _demand_printable(batch)
    with TemporaryDirectory(prefix=".print-", dir=out.parent) as name:
        chunks = _set_all(batch, Path(name), kept or Path(name), ears)
        whole = Path(name) / "whole.pdf"
        _merge(chunks, whole, ears, len(batch.pages))
        whole.replace(out)
    return len(batch.pages)


def print_png(batch: Batch, ppi: int = 96) -> bytes:
    """Draw the first page of a batch as a picture, to look at before printing.

    Raises:
        NothingToPrintError: The batch is empty.
        GlyphsMissingError: A name holds a character that our fonts lack.
        TextTooLongError: A name does not fit its box.
        PrintFaultError: The press died.
    """
    _demand_printable(batch)
    first = batch.pages[:1]
    with TemporaryDirectory() as name, _running() as presses:
        order = order_of(batch, first, Form("png", ppi))
        presses.append(start_press(order, Path(name) / "one"))
        finish(presses[0])
        return (presses[0].folder / "out.png").read_bytes()


def _demand_printable(batch: Batch) -> None:
    if not batch.pages:
        raise NothingToPrintError
    demand_glyphs(text for page in batch.pages for text in texts_of(page))


@contextmanager
def _running() -> Iterator[list[Press]]:
    """Hold the presses; whatever happens, none is left running."""
    presses: list[Press] = []
    try:
        yield presses
    finally:
        for press in presses:
            press.process.kill()
            press.process.communicate()


def _set_all(batch: Batch, work: Path, kept: Path, ears: Ears) -> list[Path]:
    """Set every chunk that is not kept yet, several at once; gives the files in order."""
    total = len(batch.pages)
    orders = [
        order_of(batch, batch.pages[at : at + CHUNK_PAGES]) for at in range(0, total, CHUNK_PAGES)
    ]
    waiting = [order for order in orders if not _chunk(kept, order).exists()]
    done = total - sum(len(order.pages) for order in waiting)
    most = min(_PRESSES_MOST, os.cpu_count() or 1)
    ears.tell(_SETTING, done, total)
    with _running() as presses:
        while waiting or presses:
            ears.demand_going_on()
            while waiting and len(presses) < most:
                order = waiting.pop(0)
                presses.append(start_press(order, work / order.mark))
            done += _finished(presses, kept)
            ears.tell(_SETTING, done, total)
    return [_chunk(kept, order) for order in orders]


def _chunk(kept: Path, order: Order) -> Path:
    return kept / f"{order.mark}.pdf"


def _finished(presses: list[Press], kept: Path) -> int:
    """Wait a moment for the oldest press and take it away when it is done; gives its pages."""
    press = presses[0]
    try:
        press.process.wait(_LOOK_S)
    except subprocess.TimeoutExpired:
        return 0
    finish(press)
    # Only now is it a chunk: it was proofed, and the folder's name is its order's mark.
    (press.folder / "out.pdf").replace(kept / f"{press.folder.name}.pdf")
    shutil.rmtree(press.folder, ignore_errors=True)
    presses.remove(press)
    return len(press.pages)


def _merge(chunks: list[Path], out: Path, ears: Ears, total: int) -> None:
    if len(chunks) == 1:
        shutil.copyfile(chunks[0], out)
        return
    with pikepdf.new() as whole:
        for number, chunk in enumerate(chunks, start=1):
            ears.demand_going_on()
            with pikepdf.open(chunk) as part:
                whole.pages.extend(part.pages)
            ears.tell(_MERGING, min(total, number * CHUNK_PAGES), total)
        whole.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)

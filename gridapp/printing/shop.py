"""The print shop: a batch of views in, one proofed PDF out; or the picture of one page."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pikepdf

from gridapp.printing.chunks import Form, Press, finish, lay_out, start_press
from gridapp.printing.glyphs import demand_glyphs
from gridapp.printing.pages import texts_of
from gridapp.printing.refusals import NothingToPrintError, PrintCancelledError
from gridapp.services.prints.views import Batch

CHUNK_PAGES: Final = 250
# Every code of a batch up to this size is read back, of a larger one so many of each chunk.
PROOFED_WHOLE: Final = 250
_PROOFED_OF_CHUNK: Final = 5
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


def print_pdf(batch: Batch, out: Path, ears: Ears | None = None) -> int:
    """Print a batch into a file and give the number of pages; the file is whole or not there.

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
        chunks = _set_all(batch, Path(name), ears)
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
        folder = lay_out(batch, first, Path(name) / "one", form=Form("png", ppi))
        presses.append(start_press(folder, first))
        finish(presses[0])
        return (folder / "out.png").read_bytes()


def _demand_printable(batch: Batch) -> None:
    if not batch.pages:
        raise NothingToPrintError
    demand_glyphs(text for page in batch.pages for text in texts_of(page))


def _looked_at(count: int, total: int) -> range:
    if total <= PROOFED_WHOLE:
        return range(count)
    return range(0, count, max(1, count // _PROOFED_OF_CHUNK))


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


def _set_all(batch: Batch, work: Path, ears: Ears) -> list[Path]:
    """Set every chunk, several at once; gives the files in order."""
    total = len(batch.pages)
    chunks = [batch.pages[at : at + CHUNK_PAGES] for at in range(0, total, CHUNK_PAGES)]
    waiting = list(enumerate(chunks))
    most = min(_PRESSES_MOST, os.cpu_count() or 1)
    done = 0
    ears.tell(_SETTING, 0, total)
    with _running() as presses:
        while waiting or presses:
            ears.demand_going_on()
            while waiting and len(presses) < most:
                number, pages = waiting.pop(0)
                folder = lay_out(batch, pages, work / str(number), _looked_at(len(pages), total))
                presses.append(start_press(folder, pages))
            done += _finished(presses)
            ears.tell(_SETTING, done, total)
    return [work / str(number) / "out.pdf" for number in range(len(chunks))]


def _finished(presses: list[Press]) -> int:
    """Wait a moment for the oldest press and take it away when it is done; gives its pages."""
    press = presses[0]
    try:
        press.process.wait(_LOOK_S)
    except subprocess.TimeoutExpired:
        return 0
    finish(press)
    presses.remove(press)
    return len(press.pages)


def _merge(chunks: list[Path], out: Path, ears: Ears, total: int) -> None:
    if len(chunks) == 1:
        chunks[0].replace(out)
        return
    with pikepdf.new() as whole:
        for number, chunk in enumerate(chunks, start=1):
            ears.demand_going_on()
            with pikepdf.open(chunk) as part:
                whole.pages.extend(part.pages)
            ears.tell(_MERGING, min(total, number * CHUNK_PAGES), total)
        whole.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)

"""One chunk of a batch: what a press needs, laid out in a folder; the press; what it answers."""

import hashlib
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from gridapp.printing.pages import Photo, codes_on, data_of
from gridapp.printing.refusals import PrintFaultError, TextTooLongError
from gridapp.services.prints.views import Batch, Printable

_TEMPLATES: Final = Path(__file__).with_name("templates")
_TOO_LONG: Final = "too long: "
_COMPLAINT_MOST: Final = 400


@dataclass(frozen=True)
class Form:
    """What a press makes: a PDF, or a picture at so many dots per inch."""

    kind: str = "pdf"
    ppi: int = 0


PDF: Final = Form()


@dataclass
class Press:
    """A running press, the pages it sets, and the folder it works in."""

    pages: tuple[Printable, ...]
    folder: Path
    process: "subprocess.Popen[str]"


@dataclass(frozen=True)
class Order:
    """Everything that a press makes a chunk of."""

    job: str
    photos: tuple[Photo, ...]
    pages: tuple[Printable, ...]

    @property
    def mark(self) -> str:
        """Tell one order from another: the same order is set to the same bytes."""
        digest = hashlib.sha256(f"{_hands()}\0{self.job}".encode())
        for photo in self.photos:
            digest.update(hashlib.sha256(photo.picture).digest())
        return digest.hexdigest()


@cache
def _hands() -> str:
    """Name what sets the pages: the typesetter's version and our templates."""
    templates = sorted(_TEMPLATES.glob("*.typ"))
    told = [version("typst"), *(one.read_text(encoding="utf-8") for one in templates)]
    return hashlib.sha256("\0".join(told).encode()).hexdigest()


def order_of(batch: Batch, pages: tuple[Printable, ...], form: Form = PDF) -> Order:
    """Give the order for some pages of a batch."""
    data, photos = data_of(batch, pages)
    job = {
        "template": f"{batch.sheet.value}.typ",
        "data": data,
        "form": form.kind,
        "ppi": form.ppi,
        "codes_on_page": codes_on(batch),
    }
    return Order(json.dumps(job, ensure_ascii=False), tuple(photos), pages)


def lay_out(order: Order, folder: Path) -> Path:
    """Put everything that a press needs into a new folder."""
    shutil.copytree(_TEMPLATES, folder)
    for photo in order.photos:
        (folder / photo.name).write_bytes(photo.picture)
    (folder / "job.json").write_text(order.job, encoding="utf-8")
    return folder


def start_press(order: Order, folder: Path) -> Press:
    """Lay an order out in a new folder and start a press on it."""
    lay_out(order, folder)
    command = [sys.executable, "-m", "gridapp.printing.press", str(folder)]
    process = subprocess.Popen(  # noqa: S603 - our own module, our own folder
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    return Press(order.pages, folder, process)


def finish(press: Press) -> None:
    """Wait for a press to end.

    Raises:
        TextTooLongError: A name does not fit its box.
        PrintFaultError: A code did not read, a page is missing, or the press died.
    """
    said, complaint = press.process.communicate()
    if press.process.returncode != 0:
        raise PrintFaultError(words=complaint[-_COMPLAINT_MOST:])
    answer: dict[str, Any] = json.loads(said)
    if not answer["fault"]:
        return
    words = str(answer["words"])
    _, found, text = words.partition(_TOO_LONG)
    if found:
        name = text.strip().strip('"')
        raise TextTooLongError(f"“{name}”太长，最小的字号也印不下，请改短后再打印。")
    if answer["fault"] == "proof":
        page = press.pages[min(int(answer["page"]), len(press.pages) - 1)]
        raise PrintFaultError(f"“{page.name}”的二维码核对不通过，没有生成文件。", words=words)
    raise PrintFaultError(words=words)

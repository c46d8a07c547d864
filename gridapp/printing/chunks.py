"""One chunk of a batch: what a press needs, laid out in a folder; the press; what it answers."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from gridapp.printing.pages import codes_on, data_of
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
    """A running press and the pages it sets."""

    pages: tuple[Printable, ...]
    process: "subprocess.Popen[str]"


def lay_out(
    batch: Batch,
    pages: tuple[Printable, ...],
    folder: Path,
    looked_at: Sequence[int] = (),
    form: Form = PDF,
) -> Path:
    """Put everything that a press needs into a new folder."""
    shutil.copytree(_TEMPLATES, folder)
    data, photos = data_of(batch, pages)
    for photo in photos:
        (folder / photo.name).write_bytes(photo.picture)
    job = {
        "template": f"{batch.sheet.value}.typ",
        "data": data,
        "form": form.kind,
        "ppi": form.ppi,
        "codes_on_page": codes_on(batch),
        "looked_at": list(looked_at),
    }
    (folder / "job.json").write_text(json.dumps(job, ensure_ascii=False), encoding="utf-8")
    return folder


def start_press(folder: Path, pages: tuple[Printable, ...]) -> Press:
    """Start a press on a folder."""
    command = [sys.executable, "-m", "gridapp.printing.press", str(folder)]
    process = subprocess.Popen(  # noqa: S603 - our own module, our own folder
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    return Press(pages, process)


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

"""Sets one chunk in a process of its own: ``python -m gridapp.printing.press FOLDER``.

The typesetter keeps what it has set for the life of its process (over 1 GB after some thousand
posters), so that a process sets at most one chunk and ends. It reads ``job.json`` in the folder and
writes ``out.pdf`` or ``out.png``; what went wrong is one line of JSON on standard output.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any, Final

import typst

from gridapp.printing.proof import Fault, proof
from gridapp.printing.qr import svg_of

FONTS: Final = Path(__file__).with_name("fonts")
# A file must not change because it was made a second later.
_MADE_AT: Final = 0


def typeset(folder: Path, job: dict[str, Any]) -> bytes:
    """Set the job in a folder; gives the PDF, or the picture of its only page."""
    data: dict[str, Any] = job["data"]
    for page in data["pages"]:
        page["qr"] = svg_of(page["url"])
    made = typst.compile(
        folder / job["template"],
        root=folder,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format=job["form"],
        ppi=job["ppi"] if job["form"] == "png" else None,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=_MADE_AT,
    )
    assert isinstance(made, bytes)
    return made


def main(folder: Path) -> dict[str, Any]:
    """Set and proof the job in a folder; tells what went wrong, if anything."""
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    try:
        made = typeset(folder, job)
    except typst.TypstError as error:
        return {"fault": "typeset", "words": error.message}
    urls = [page["url"] for page in job["data"]["pages"]]
    try:
        if job["form"] == "pdf":
            proof(made, urls, job["codes_on_page"])
    except Fault as fault:
        return {"fault": "proof", "page": fault.page, "words": fault.words}
    with (folder / f"out.{job['form']}").open("wb") as out:
        out.write(made)
        out.flush()
        os.fsync(out.fileno())  # a chunk may be kept for a job that goes on after a power cut
    return {"fault": ""}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1])), ensure_ascii=False))  # noqa: T201 - the answer

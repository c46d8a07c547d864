"""Hands out a file that was made for this one answer, and leaves nothing of it behind.

The server opens a ``FileResponse``'s file on its own, after the answer's background task may have
deleted it; so the bytes of a file that does not stay are read here, from a file that is open
already and has no name any more.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final
from urllib.parse import quote

from fastapi import Response
from fastapi.responses import StreamingResponse

_BLOCK_BYTES: Final = 1 << 18


def hand_out(file_name: str, media_type: str, write: Callable[[Path], str]) -> Response:
    """Answer with a file that ``write`` makes; it gives the name under which a browser saves it.

    Args:
        file_name: What the file is called while it is made: writers look at its ending.
        media_type: What it is.
        write: Makes it; whatever it raises is raised on.
    """
    with TemporaryDirectory(prefix="gridapp-") as folder:
        path = Path(folder) / file_name
        name = write(path)
        made = path.open("rb")
        size = path.stat().st_size
    headers = {
        "cache-control": "no-store",
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "content-length": str(size),
    }
    return StreamingResponse(_blocks(made), headers=headers, media_type=media_type)


def _blocks(made: IO[bytes]) -> Iterator[bytes]:
    with made:
        while block := made.read(_BLOCK_BYTES):
            yield block

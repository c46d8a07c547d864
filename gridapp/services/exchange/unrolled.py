"""Rows that were read once and lie ready: a spreadsheet takes longer to read than to take in.

SQLite has one writer. Whoever imports reads the file before it is his turn to write, so that a
report waits for the writing only.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gridapp.services.exchange.reading import Numbered

_ENDING: Final = ".rows"


def is_unrolled(path: Path) -> bool:
    """Tell whether a file holds rows that lie ready; no file that is brought has such a name."""
    return path.suffix == _ENDING


def unroll(rows: Iterator[Numbered], folder: Path) -> Path:
    """Write rows down, one a line; gives the file, which is the caller's to throw away."""
    path = folder / f"table{_ENDING}"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(row)}\n" for row in rows)
    return path


def read_unrolled(path: Path) -> Iterator[Numbered]:
    """Give the rows again, with the line of the first file on which each began."""
    with path.open(encoding="utf-8") as file:
        for text in file:
            line, cells = json.loads(text)
            yield line, cells

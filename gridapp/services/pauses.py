"""Places where a test may hold a server, to kill it exactly there.

Between a commit and its reply lie microseconds; a test that wants to know what a phone does when
the server dies just then cannot hit them by luck. Where ``GRID_TEST_PAUSES`` names a folder, the
server stops at a named point for which a FIFO of that name lies in the folder; whoever writes to
the FIFO lets it go on. Without the variable nothing is ever looked for, and settings refuse it for
a server that anybody else can reach.
"""

from pathlib import Path
from typing import Final, Literal

Point = Literal["after_parse", "after_file", "after_commit"]

REACHED: Final = ".reached"

_folder: list[Path] = []


def allow_pauses(folder: Path | None) -> None:
    """Let tests hold this process by FIFOs in a folder; by None, never."""
    _folder[:] = [folder] if folder is not None else []


def pause_at(point: Point) -> None:
    """Hold here when a test has asked for it; the first who comes takes the FIFO away."""
    if not _folder:
        return
    asked = _folder[0] / point
    reached = asked.with_suffix(REACHED)
    try:
        asked.rename(reached)
    except FileNotFoundError:
        return
    # Blocks without polling until somebody writes, or the process dies.
    reached.read_bytes()

"""What every process of the house does before it touches anything: files and log lines are safe.

Called when the desk is opened, so that serving, importing, the demo and the workers all pass it.
"""

import logging
import os
import re
import traceback
from pathlib import Path
from typing import Any, Final

from gridapp.settings import Settings

_OWNER_ONLY: Final = 0o077
_DIRECTORY, _FILE = 0o700, 0o600
# What lies in the data directory by these names is ours; whatever else lies there is not touched.
_OURS: Final = ("*.key", "*.lock", "gridapp.db*", "files", "imports", "works")
_SQLITE: Final = "sqlite:///"
# Control signs begin lines and paint terminals; the others change what a line seems to say.
_SIGNS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def begin_process(settings: Settings) -> None:
    """Let only the owner read what is written from now on and what stands; make log lines safe."""
    os.umask(_OWNER_ONLY)
    close_to_others(settings)
    logging.setLogRecordFactory(SafeRecord)


def close_to_others(settings: Settings) -> None:
    """Take from others what an earlier version left readable; a directory shuts all below it."""
    found = {path for name in _OURS for path in settings.data_dir.glob(name)}
    if settings.database_url.startswith(_SQLITE):
        base = Path(settings.database_url.removeprefix(_SQLITE))
        found |= {base.with_name(base.name + end) for end in ("", "-wal", "-shm")}
    found.add(Path(settings.files_url))
    for path in found:
        _close(path)


def _close(path: Path) -> None:
    if path.is_symlink() or not path.exists():
        return
    try:
        path.chmod(_DIRECTORY if path.is_dir() else _FILE)
    except PermissionError:
        # Somebody else's, by the operator's own arrangement: said, not fatal.
        logging.getLogger(__name__).warning("cannot close %s to others: not ours", path)


class SafeRecord(logging.LogRecord):
    """A log record in which no word from outside begins a line or reaches a terminal.

    One place for all: whoever logs words of a client need not think of it. Each line of a traceback
    begins with a bar, so that none can pass for a record of its own.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.exc_info and self.exc_info[0] is not None:
            told = "".join(traceback.format_exception(*self.exc_info)).rstrip("\n")
            self.exc_text = "\n".join(f"| {escape_signs(line)}" for line in told.split("\n"))

    def getMessage(self) -> str:  # noqa: N802 - logging's own name
        """Give the message in one line of printable signs."""
        return escape_signs(super().getMessage())


def escape_signs(text: str) -> str:
    r"""Write control signs as ``\x1b`` and ``\n``, so that they are seen and do nothing."""
    return _SIGNS.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)

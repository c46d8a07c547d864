"""Where a brought file lies, and the book of its lines that a dry run writes."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final
from uuid import UUID, uuid4

FILE_MAX_BYTES: Final = 64 * 1024 * 1024
_ARRIVING: Final = "arriving"
_TABLE: Final = "table"
_PROGRESS: Final = "progress"
_LINES: Final = "lines.sqlite"


@dataclass(frozen=True)
class ImportFiles:
    """A folder beside the database; what lies in it holds people's data and is kept for days."""

    root: Path

    @contextmanager
    def arriving(self) -> Iterator["Arriving"]:
        """Give a file to write to; it is gone at the end unless it was kept."""
        folder = self.root / _ARRIVING
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / uuid4().hex
        try:
            with path.open("xb") as file:
                yield Arriving(path, file)
        finally:
            path.unlink(missing_ok=True)

    def keep(self, uid: UUID, arrived: Path) -> None:
        """Keep an arrived file under the id of its import."""
        folder = self._folder(uid)
        folder.mkdir(parents=True, exist_ok=True)
        arrived.replace(folder / _TABLE)

    def table(self, uid: UUID) -> Path:
        """Give where the file lies."""
        return self._folder(uid) / _TABLE

    def lines(self, uid: UUID) -> Path:
        """Give where the book of its lines lies."""
        return self._folder(uid) / _LINES

    def note_progress(self, uid: UUID, work: UUID, done: int, total: int) -> None:
        """Note how many rows a piece of work has read."""
        coming = self._folder(uid) / "progress.coming"
        coming.write_text(f"{work} {done} {total}", encoding="ascii")
        coming.replace(self._folder(uid) / _PROGRESS)

    def progress(self, uid: UUID, work: UUID) -> tuple[int, int]:
        """Give how many rows a piece of work has read, and of how many."""
        try:
            told = (self._folder(uid) / _PROGRESS).read_text(encoding="ascii").split()
        except FileNotFoundError:
            return 0, 0
        return (int(told[1]), int(told[2])) if told[0] == str(work) else (0, 0)

    def remove(self, uid: UUID) -> None:
        """Remove the file and what was made of it."""
        shutil.rmtree(self._folder(uid), ignore_errors=True)

    def kept_before(self, moment: datetime) -> set[UUID]:
        """List the imports of which something lies here since before a moment."""
        folders = self.root.iterdir() if self.root.is_dir() else iter(())
        return {
            UUID(one.name)
            for one in folders
            if one.name != _ARRIVING and one.stat().st_mtime < moment.timestamp()
        }

    def _folder(self, uid: UUID) -> Path:
        return self.root / str(uid)


@dataclass
class Arriving:
    """A file that is being received: counted and hashed as it comes."""

    path: Path
    file: IO[bytes]
    byte_count: int = 0

    def __post_init__(self) -> None:
        self._hash = hashlib.sha256()

    def take(self, chunk: bytes) -> None:
        """Write a piece."""
        self.file.write(chunk)
        self._hash.update(chunk)
        self.byte_count += len(chunk)

    def settle(self) -> str:
        """Put it on the disk and give the hash of its content."""
        self.file.flush()
        os.fsync(self.file.fileno())
        return self._hash.hexdigest()


def imports_in(data_dir: Path) -> ImportFiles:
    """Give the files of imports in a data directory."""
    return ImportFiles(data_dir.absolute() / "imports")

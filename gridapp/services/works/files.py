"""The files that long work makes: each under the hash of its content, and a bench to make it on."""

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from gridapp.services.works.refusals import FileGoneError

_PULSE = "pulse"
_NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Pulse:
    """The signs of life of one attempt: the last one, and when it last had come further."""

    attempt_count: int
    beat_at: datetime
    moved_at: datetime


@dataclass(frozen=True)
class WorkFiles:
    """A folder beside the database; nothing in it is needed again once its time is over."""

    root: Path

    def bench(self, uid: UUID) -> Path:
        """Give the folder in which a piece of work is done; what lies there outlives a process."""
        folder = self.root / "benches" / str(uid)
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def note_pulse(self, uid: UUID, pulse: Pulse) -> None:
        """Note a sign of life; whoever reads meanwhile reads the one before."""
        coming = self.bench(uid) / f"{_PULSE}.coming"
        moments = f"{pulse.beat_at.isoformat()} {pulse.moved_at.isoformat()}"
        coming.write_text(f"{pulse.attempt_count} {moments}", encoding="ascii")
        coming.replace(self.bench(uid) / _PULSE)

    def pulse(self, uid: UUID) -> Pulse | None:
        """Give the last sign of life that was noted on this machine."""
        try:
            told = (self.root / "benches" / str(uid) / _PULSE).read_text(encoding="ascii").split()
        except FileNotFoundError:
            return None
        beat_at, moved_at = (datetime.fromisoformat(moment) for moment in told[1:])
        return Pulse(int(told[0]), beat_at, moved_at)

    def clear(self, uid: UUID) -> None:
        """Clear the bench of a piece of work."""
        shutil.rmtree(self.root / "benches" / str(uid), ignore_errors=True)

    def benches(self) -> set[UUID]:
        """List the work that has a bench."""
        folder = self.root / "benches"
        return {UUID(one.name) for one in folder.iterdir()} if folder.is_dir() else set()

    def keep(self, made: Path, kept_at: datetime) -> tuple[str, int]:
        """Keep a finished file durably, moved from the bench; gives its hash and its size."""
        with made.open("rb") as file:
            name = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
            size = file.seek(0, os.SEEK_END)
        path = self.root / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        made.replace(path)
        os.utime(path, (kept_at.timestamp(), kept_at.timestamp()))
        return name, size

    def find(self, name: str) -> Path:
        """Give where a file lies.

        Raises:
            FileGoneError: It is not kept, or this is no name of a file.
        """
        path = self.root / "files" / name
        if not _NAME.fullmatch(name) or not path.is_file():
            raise FileGoneError
        return path

    def kept_before(self, moment: datetime) -> Iterator[str]:
        """List the files that were last kept before a moment."""
        for path in (self.root / "files").glob("*"):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < moment:
                yield path.name

    def remove(self, name: str) -> None:
        """Remove a file."""
        (self.root / "files" / name).unlink(missing_ok=True)


def works_in(data_dir: Path) -> WorkFiles:
    """Give the files of long work in a data directory."""
    return WorkFiles(data_dir.absolute() / "works")

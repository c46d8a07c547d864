"""A folder of files named by their content: kept whole or not at all, whatever dies meanwhile."""

import fcntl
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from gridapp.domain.errors import NotThereError, StorageFullError

_NAME = re.compile(r"[0-9a-f]{64}")
_ARRIVING = "arriving"
_LOOK_AGAIN_S = 600


class FileStore:
    """Keeps bytes under the SHA-256 of their content, two folders deep.

    A file's time of change is the moment it was last kept; what nobody's row names may be removed
    once that is long enough ago. Safe for several threads and processes on one folder.
    """

    def __init__(self, root: str | Path, spare_bytes: int = 0) -> None:
        self.root = Path(root)
        self.spare_bytes = spare_bytes

    @property
    def free_bytes(self) -> int:
        """How much the disk below has left for whoever is not its administrator."""
        self.root.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self.root).free

    @property
    def is_low(self) -> bool:
        """Whether so little is left that only words are taken."""
        return self.free_bytes < self.spare_bytes

    def demand_room(self) -> None:
        """Let pass what needs the disk, while the database has enough left for its own rows.

        Raises:
            StorageFullError: Less is left than is to be spared.
        """
        if self.is_low:
            raise StorageFullError(retry_after_s=_LOOK_AGAIN_S)

    def keep(self, body: bytes, kept_at: datetime) -> str:
        """Keep the bytes durably and give their name; keeping them again only renews the time.

        Raises:
            StorageFullError: The disk has too little left.
        """
        name = hashlib.sha256(body).hexdigest()
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not self._renew(path, kept_at):
            self.demand_room()
            arrived = self._arrive(body)
            with self._locked(fcntl.LOCK_SH):
                arrived.replace(path)  # over a twin's file too: the content is the same
                os.utime(path, (kept_at.timestamp(), kept_at.timestamp()))
        # Twins sync as well: the one who came first may not have done so yet.
        for folder in (path.parent, path.parent.parent, self.root):
            _sync_folder(folder)
        return name

    def open(self, name: str) -> bytes:
        """Give the bytes kept under a name.

        Raises:
            NotThereError: Nothing is kept under it, or it is no name that ``keep`` gives.
        """
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError as error:
            raise NotThereError from error

    def kept_before(self, moment: datetime, first_digit: str) -> Iterator[str]:
        """List the names with this first digit that were last kept before the moment."""
        for path in sorted(self.root.glob(f"{first_digit}?/??/*")):
            if _NAME.fullmatch(path.name) and _is_older(path, moment):
                yield path.name

    def remove(self, name: str, kept_before: datetime) -> bool:
        """Remove what was last kept before the moment; tell whether it went.

        The time is looked at again behind a lock, so that a file which is kept once more just now
        stays: its row is about to be written.
        """
        path = self._path(name)
        with self._locked(fcntl.LOCK_EX):
            if is_due := _is_older(path, kept_before):
                path.unlink()
            return is_due

    def remove_halves(self, begun_before: datetime) -> int:
        """Remove what a process that died left half-written; tell how many there were."""
        halves = [path for path in self._arriving().iterdir() if _is_older(path, begun_before)]
        for path in halves:
            path.unlink(missing_ok=True)
        return len(halves)

    def _path(self, name: str) -> Path:
        # Only names of our own making: no path can be smuggled in.
        if not _NAME.fullmatch(name):
            raise NotThereError
        return self.root / name[:2] / name[2:4] / name

    def _arriving(self) -> Path:
        folder = self.root / _ARRIVING
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _arrive(self, body: bytes) -> Path:
        """Write the bytes to the disk beside the store, where nobody finds them by name."""
        descriptor, path = tempfile.mkstemp(dir=self._arriving())
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        return Path(path)

    def _renew(self, path: Path, kept_at: datetime) -> bool:
        """Renew the time of a file that is there; tell whether it is."""
        with self._locked(fcntl.LOCK_SH):
            if not path.exists():
                return False
            if _is_older(path, kept_at):
                os.utime(path, (kept_at.timestamp(), kept_at.timestamp()))
            return True

    @contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        """Hold the store's lock: shared by those who keep, alone for one who removes."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / ".lock").open("a") as lock:
            fcntl.flock(lock, how)
            yield


def _is_older(path: Path, moment: datetime) -> bool:
    """Tell whether the file is there and was last kept before the moment."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < moment
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    """Put the folder's list of names on the disk: a renamed file is durable only then."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

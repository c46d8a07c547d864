"""Keeps the assets of former builds: a page that is still open, or kept offline, asks for its own.

They lie in the data directory, ``builds/<version>/…``, because an upgrade replaces the program.
"""

import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

KEPT_FOR: Final = timedelta(days=30)

_CURRENT: Final = "current"
_VERSION: Final = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True)
class Builds:
    """The builds that a data directory has seen.

    Args:
        folder: Where they lie; made when the first is kept.
    """

    folder: Path

    def keep(self, version: str, source: Path, names: tuple[str, ...], now: datetime) -> None:
        """Keep the files of the build that is served from now on."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self.folder / version).is_dir():
            self._copy(version, source, names)
        half = self.folder / f"{_CURRENT}.{os.getpid()}"
        half.write_text(version, encoding="ascii")
        half.replace(self.folder / _CURRENT)
        self.note_served(now)

    def _copy(self, version: str, source: Path, names: tuple[str, ...]) -> None:
        # Whole or not at all: several workers start at once, and any of them may die.
        half = Path(tempfile.mkdtemp(prefix="half-", dir=self.folder))
        for name in names:
            (half / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, half / name)
        try:
            half.rename(self.folder / version)
        except OSError:
            shutil.rmtree(half)  # another worker was quicker

    def find(self, version: str, path: str) -> Path | None:
        """Find a file of a build, or nothing when that build or file is not kept."""
        if not _VERSION.fullmatch(version):
            return None
        build = self.folder / version
        found = (build / path).resolve()
        return found if found.is_relative_to(build.resolve()) and found.is_file() else None

    def note_served(self, now: datetime) -> None:
        """Write down that the current build is still the one that is served."""
        build = self._current()
        if build is not None:
            os.utime(build, (now.timestamp(), now.timestamp()))

    def forget(self, now: datetime) -> int:
        """Remove the builds that have not been served for 30 days; tell how many."""
        self.note_served(now)
        if not self.folder.is_dir():
            return 0
        cutoff = (now - KEPT_FOR).timestamp()
        builds = (one for one in self.folder.iterdir() if one.is_dir())
        stale = [build for build in builds if build.stat().st_mtime < cutoff]
        for build in stale:
            shutil.rmtree(build)
        return len(stale)

    def _current(self) -> Path | None:
        try:
            version = (self.folder / _CURRENT).read_text(encoding="ascii")
        except FileNotFoundError:
            return None
        build = self.folder / version
        return build if _VERSION.fullmatch(version) and build.is_dir() else None


def builds_in(data_dir: Path) -> Builds:
    """Give the builds of a data directory."""
    return Builds(data_dir / "builds")

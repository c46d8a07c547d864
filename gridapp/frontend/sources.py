"""What the front end is made of, as one hash: the same hash needs no build."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from gridapp.frontend.layout import PROJECT_ROOT

# Everything a page can import; a change elsewhere cannot change what the browser gets.
_PACKAGES = ("domain", "services", "screens", "ui", "frontend")
_FILES = (
    "gridapp/gridapp.py",
    "gridapp/contact/assets.py",
    "gridapp/settings.py",
    "rxconfig.py",
    "uv.lock",
    ".npmrc",
)
_FOLDERS = ("assets", "reflex.lock", "gridapp/frontend/map")


def _source_files(root: Path) -> Iterator[Path]:
    for package in _PACKAGES:
        yield from (root / "gridapp" / package).rglob("*.py")
    for name in _FILES:
        yield root / name
    for folder in _FOLDERS:
        yield from (path for path in (root / folder).rglob("*") if path.is_file())


def sources_hash(root: Path = PROJECT_ROOT) -> str:
    """Hash the path and content of every source of the front end."""
    digest = hashlib.sha256()
    for path in sorted(_source_files(root)):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()

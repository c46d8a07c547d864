"""A folder of files named by their content."""

import hashlib
import os
import tempfile
from pathlib import Path


class FileStore:
    """Keeps bytes under the SHA-256 of their content, two folders deep."""

    def __init__(self, root: str | Path) -> None:
        self.root = Path(root)

    def _path(self, name: str) -> Path:
        return self.root / name[:2] / name[2:4] / name

    def keep(self, body: bytes) -> str:
        """Keep the bytes durably and give their name; keeping them again changes nothing."""
        name = hashlib.sha256(body).hexdigest()
        path = self._path(name)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).rename(path)
        return name

    def open(self, name: str) -> bytes:
        """Give the bytes kept under a name."""
        return self._path(name).read_bytes()

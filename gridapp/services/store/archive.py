"""The form of a backup: one tar of named members, and at its end a manifest with their checksums.

Nothing in an archive is ever written under a name that the archive gives: a name that no backup
has is refused, and what is taken out goes where the database and the file store put it.
"""

import gzip
import hashlib
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, Final, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from gridapp.services.store.refusals import DamagedBackupError, NotABackupError

Progress = Callable[[str, int, int], None]

SQLITE_MEMBER: Final = "database.sqlite"
TABLES: Final = "tables/"
FILES: Final = "files/"
_MANIFEST: Final = "manifest.json"
_SEAL: Final = "manifest.sha256"  # the last member: an archive without it was cut
_NAME: Final = re.compile(
    r"database\.sqlite|tables/[a-z_]{1,63}|files/[0-9a-f]{64}|manifest\.(json|sha256)"
)
_MANIFEST_MAX_BYTES: Final = 256 * 1024 * 1024
_CHUNK_BYTES: Final = 1024 * 1024
_GZIP_MAGIC: Final = b"\x1f\x8b"
_GZIP_LEVEL: Final = 5  # photos do not shrink, and tables do at any level
# What tarfile and gzip raise on a file whose bytes are not what they were.
_BROKEN: Final = (
    tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, ValueError, OverflowError,
)  # fmt: skip


class TableFacts(BaseModel):
    """A table of the backup, with its columns in the order they were written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    columns: tuple[str, ...]
    row_count: int


class Manifest(BaseModel):
    """What a backup says of itself.

    Args:
        lost: Names of photo files that were missing or broken when the backup was made.
        sha256: The checksum of every other member.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: int = 1
    gridapp: str
    made_at: AwareDatetime
    kind: str
    revision: str
    tables: tuple[TableFacts, ...]
    lost: tuple[str, ...] = ()
    sha256: dict[str, str]


class ArchiveWriter:
    """Writes the members of a backup one after the other and remembers their checksums."""

    def __init__(self, file: IO[bytes], *, squeezed: bool) -> None:
        self._gzip = (
            gzip.GzipFile(fileobj=file, mode="wb", compresslevel=_GZIP_LEVEL) if squeezed else None
        )
        self._tar = tarfile.open(fileobj=self._gzip or file, mode="w|")  # noqa: SIM115 - finish() closes it
        self.sha256: dict[str, str] = {}

    def add(self, name: str, path: Path) -> None:
        """Add a file of the disk under a name."""
        with path.open("rb") as source:
            hashed = _Hashed(source)
            self._put(name, hashed, path.stat().st_size)
        self.sha256[name] = hashed.sha256.hexdigest()

    def add_bytes(self, name: str, body: bytes) -> None:
        """Add bytes under a name."""
        self._put(name, BytesIO(body), len(body))
        self.sha256[name] = hashlib.sha256(body).hexdigest()

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest and its seal: without them the archive counts as cut."""
        body = manifest.model_dump_json(indent=1).encode()
        self.add_bytes(_MANIFEST, body)
        self.add_bytes(_SEAL, hashlib.sha256(body).hexdigest().encode())
        self._tar.close()
        if self._gzip is not None:
            self._gzip.close()

    def _put(self, name: str, source: "IO[bytes] | _Hashed", size: int) -> None:
        header = tarfile.TarInfo(name)
        header.size, header.mode = size, 0o600
        self._tar.addfile(header, source)


class _Hashed:
    """A source that remembers the checksum of what was read from it."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._source.read(size)
        self.sha256.update(chunk)
        return chunk


class Member(NamedTuple):
    """A member of an archive, to be read once and in its turn."""

    name: str
    source: IO[bytes]


class Archive:
    """A backup file opened for reading."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file = file
        self._size = size

    def members(self) -> Iterator[Member]:
        """Give the members in their order.

        Raises:
            NotABackupError: It is no tar, or one of its members is not a backup's.
            DamagedBackupError: It is broken on the way.
        """
        with _honest():
            for header in self._open():
                if not header.isreg() or not _NAME.fullmatch(header.name):
                    raise NotABackupError(
                        f"{NotABackupError.sentence[:-1]}：里面有{ascii(header.name)[:80]}。"
                    )
                yield Member(header.name, _source(self._tar, header))
            while self._plain.read(_CHUNK_BYTES):
                pass  # to the very end, where gzip keeps its own checksum

    def verify(self, tell: Progress) -> Manifest:
        """Read everything once and hold it against the manifest's checksums.

        Raises:
            NotABackupError: It is no tar, or one of its members is not a backup's.
            DamagedBackupError: Something is missing, doubled or changed.
        """
        seen: dict[str, str] = {}
        kept: dict[str, bytes] = {}
        for name, source in self.members():
            if name in seen:
                raise DamagedBackupError
            with _honest():
                if name in {_MANIFEST, _SEAL}:
                    kept[name] = source.read(_MANIFEST_MAX_BYTES)
                    seen[name] = hashlib.sha256(kept[name]).hexdigest()
                else:
                    seen[name] = _sum_of(source)
            tell("核对备份", self._file.tell() // 1024, self._size // 1024)
        return _agreed(seen, kept)

    def _open(self) -> tarfile.TarFile:
        self._file.seek(0)
        is_gzip = self._file.read(2) == _GZIP_MAGIC
        self._file.seek(0)
        self._plain = gzip.GzipFile(fileobj=self._file) if is_gzip else self._file
        try:
            self._tar = tarfile.open(fileobj=self._plain, mode="r|")  # noqa: SIM115 - reads a file of the caller's
        except _BROKEN as error:
            raise NotABackupError from error
        return self._tar


@contextmanager
def _honest() -> Iterator[None]:
    """Say in one word what tar and gzip have many exceptions for."""
    try:
        yield
    except _BROKEN as error:
        raise DamagedBackupError from error


def _source(tar: tarfile.TarFile, header: tarfile.TarInfo) -> IO[bytes]:
    source = tar.extractfile(header)
    assert source is not None  # it is a regular file
    return source


def _sum_of(source: IO[bytes]) -> str:
    summed = hashlib.sha256()
    while chunk := source.read(_CHUNK_BYTES):
        summed.update(chunk)
    return summed.hexdigest()


def _agreed(seen: dict[str, str], kept: dict[str, bytes]) -> Manifest:
    """Read the manifest when it is sealed and names exactly what was seen."""
    if kept.get(_SEAL, b"") != seen.pop(_MANIFEST, "").encode():
        raise DamagedBackupError
    try:
        manifest = Manifest.model_validate_json(kept[_MANIFEST])
    except (ValidationError, KeyError) as error:
        raise DamagedBackupError from error
    seen.pop(_SEAL)
    if manifest.sha256 != seen:
        raise DamagedBackupError
    return manifest

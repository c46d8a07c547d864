"""Writes database and photos into one archive while people go on working."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from gridapp import __version__
from gridapp.domain.errors import NotThereError
from gridapp.services.file_store import FileStore
from gridapp.services.store.archive import FILES, ArchiveWriter, Manifest, Progress
from gridapp.services.store.dump import Dump, dump
from gridapp.services.store.refusals import BackupPlaceError

_SQUEEZED: Final = (".gz", ".tgz")
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_FOR_THE_OWNER: Final = 0o600  # it holds people's data and the hashes of their passwords


@dataclass(frozen=True)
class BackedUp:
    """What a backup holds.

    Args:
        lost_count: Photo files that a row names and that were missing or broken.
    """

    row_count: int
    file_count: int
    lost_count: int
    byte_count: int


def back_up(
    engine: Engine, files: FileStore, path: Path, *, made_at: datetime, tell: Progress
) -> BackedUp:
    """Write a backup; the file appears under its name whole or not at all, for the owner's eyes.

    The database comes first and the photos after it: a file never changes under its name, so that
    what the rows of that moment name is still what it was. With the ending ``.gz`` it is squeezed.

    Raises:
        BackupPlaceError: The folder is not there, or the name is a folder's.
        NothingToBackUpError: The database has no tables yet.
    """
    if not path.parent.is_dir() or path.is_dir():
        raise BackupPlaceError(f"备份文件无法写到{path}：文件夹不存在，或这是一个文件夹。")
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as name:
        folder = Path(name)
        taken = dump(engine, folder, tell)
        made = folder / "made.tmp"
        with os.fdopen(os.open(made, _NEW, _FOR_THE_OWNER), "wb") as file:
            writer = ArchiveWriter(file, squeezed=path.name.endswith(_SQUEEZED))
            for member, source in taken.members.items():
                writer.add(member, source)
            lost = _add_photos(writer, files, taken.photo_names, tell)
            writer.finish(_manifest(engine, taken, lost, writer.sha256, made_at))
            file.flush()
            os.fsync(file.fileno())
        byte_count = made.stat().st_size
        made.replace(path)
    _sync_folder(path.parent)
    rows = sum(table.row_count for table in taken.tables)
    return BackedUp(rows, len(taken.photo_names) - len(lost), len(lost), byte_count)


def _manifest(
    engine: Engine, taken: Dump, lost: tuple[str, ...], sha256: dict[str, str], made_at: datetime
) -> Manifest:
    return Manifest(
        gridapp=__version__,
        made_at=made_at,
        kind=engine.dialect.name,
        revision=taken.revision,
        tables=taken.tables,
        lost=lost,
        sha256=sha256,
    )


def _add_photos(
    writer: ArchiveWriter, files: FileStore, names: tuple[str, ...], tell: Progress
) -> tuple[str, ...]:
    """Add the photos' files; gives the names of those that are missing or broken.

    A lost photo must not cost the town its backup: it is told, and the others are kept.
    """
    lost = []
    for done, name in enumerate(names, start=1):
        body = _whole(files, name)
        if body is None:
            lost.append(name)
        else:
            writer.add_bytes(FILES + name, body)
        tell("收入照片", done, len(names))
    return tuple(lost)


def _whole(files: FileStore, name: str) -> bytes | None:
    try:
        body = files.open(name)
    except NotThereError:
        return None
    return body if hashlib.sha256(body).hexdigest() == name else None


def _sync_folder(folder: Path) -> None:
    """Put the folder's list of names on the disk: the rename is durable only then."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""Holds the npm lock still: a build uses the packages that were committed, or fails."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gridapp.frontend.errors import LockChangedError

_CHANGED = (
    "前端依赖与 reflex.lock 不一致，已还原。"
    "确需变更请运行 gridapp build --relock 并提交 reflex.lock。"
)


@contextmanager
def kept_lock(folder: Path, *, may_change: bool) -> Iterator[None]:
    """Refuse a build that changes the lock, and put the lock back.

    Raises:
        LockChangedError: Another package or version was wanted.
    """
    before = {} if may_change else _contents(folder)
    try:
        yield
        if not may_change and _meaning(_contents(folder)) != _meaning(before):
            raise LockChangedError(_CHANGED)
    finally:
        # Also when only the order of keys differs: npm orders them by how it came to them.
        if not may_change:
            _put_back(folder, before)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.json")}


def _meaning(contents: dict[str, bytes]) -> dict[str, object]:
    return {name: json.loads(text) for name, text in contents.items()}


def _put_back(folder: Path, contents: dict[str, bytes]) -> None:
    for path in folder.glob("*"):
        if path.name not in contents:
            path.unlink()
    for name, text in contents.items():
        if not (folder / name).exists() or (folder / name).read_bytes() != text:
            (folder / name).write_bytes(text)

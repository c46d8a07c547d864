"""Builds the front end when its sources have changed, once for all who ask at the same time."""

import fcntl
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from gridapp.frontend.errors import BuildError
from gridapp.frontend.layout import (
    COMPILED_DIR,
    KEPT_DIR,
    LOCK_DIR,
    PROJECT_ROOT,
    PUBLISHED_DIR,
    STAMP_FILE,
    reflex_environment,
)
from gridapp.frontend.lock import kept_lock
from gridapp.frontend.node import node_environment
from gridapp.frontend.publish import publish
from gridapp.frontend.sources import sources_hash

_LOG_LINES = 40


def is_stale() -> bool:
    """Tell whether the published front end was made from other sources than these."""
    if not STAMP_FILE.exists() or not PUBLISHED_DIR.is_dir():
        return True
    stamp = json.loads(STAMP_FILE.read_text(encoding="utf-8"))
    return bool(stamp.get("sources") != sources_hash())


def ensure_built(
    say: Callable[[str], None] = print, *, may_change_lock: bool = False, force: bool = False
) -> Path:
    """Build if stale and give the directory to serve; a kept build takes milliseconds.

    Args:
        say: Told before a build starts, since it takes a while.
        may_change_lock: Accept new npm packages into ``reflex.lock`` (``gridapp build --relock``).
        force: Build even if nothing has changed.

    Raises:
        BuildError: The build failed; the published front end is the former one.
        LockChangedError: ``reflex.lock`` would change; it has been put back.
    """
    with _one_at_a_time():
        if force or is_stale():
            say("正在构建前端，首次约需一分钟……")
            with kept_lock(LOCK_DIR, may_change=may_change_lock):
                _compile()
            publish(COMPILED_DIR, PUBLISHED_DIR, time.time())
            # The lock may be new, so the hash is taken after the build.
            STAMP_FILE.write_text(json.dumps({"sources": sources_hash()}), encoding="utf-8")
    return PUBLISHED_DIR


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    KEPT_DIR.mkdir(parents=True, exist_ok=True)
    with (KEPT_DIR / "building.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _compile() -> None:
    environment = node_environment() | reflex_environment()
    done = subprocess.run(
        [sys.executable, "-m", "gridapp.frontend.compile"],
        cwd=PROJECT_ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    (KEPT_DIR / "build.log").write_text(done.stdout, encoding="utf-8")
    if done.returncode:
        tail = "\n".join(done.stdout.splitlines()[-_LOG_LINES:])
        raise BuildError(f"前端构建失败。日志末尾：\n{tail}")

"""Puts a finished build where it is served, and keeps the assets of former builds a while.

A phone that loaded yesterday's page asks for yesterday's chunks; without them the page dies.
"""

import shutil
from pathlib import Path

KEPT_DAYS = 30
_SECONDS_A_DAY = 86_400


def publish(compiled: Path, published: Path, now_s: float) -> None:
    """Swap ``compiled`` in as ``published``; hashed assets younger than 30 days stay reachable.

    Args:
        compiled: What the build made.
        published: What is served.
        now_s: The present, in seconds since 1970 as file systems count.
    """
    fresh = published.with_name(published.name + ".new")
    former = published.with_name(published.name + ".old")
    for leftover in (fresh, former):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(compiled, fresh)
    if published.is_dir():
        _keep_assets(published / "assets", fresh / "assets", now_s - KEPT_DAYS * _SECONDS_A_DAY)
        published.rename(former)
    fresh.rename(published)
    shutil.rmtree(former, ignore_errors=True)


def _keep_assets(old: Path, new: Path, oldest_s: float) -> None:
    # The age counts from the last build that made the asset: copies keep their time.
    for path in old.glob("*"):
        target = new / path.name
        if path.is_file() and not target.exists() and path.stat().st_mtime > oldest_s:
            shutil.copy2(path, target)

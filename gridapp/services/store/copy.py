"""A copy of the town to try things out in, where trying would keep the town's writers waiting."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from gridapp.services.database.engine import open_engine
from gridapp.services.desk import Desk


@contextmanager
def trial_desk(desk: Desk, folder: Path) -> Iterator[Desk]:
    """Give a desk at which a dry run harms nobody.

    SQLite has one writer: what is only tried out is tried in a copy, removed at the end.
    PostgreSQL keeps nobody waiting who writes other rows: there it is the town itself, and the
    dry run undoes what it did.
    """
    if desk.engine.dialect.name != "sqlite":
        yield desk
        return
    copy = folder / "trial.sqlite"
    _remove(copy)
    with closing(desk.engine.raw_connection()) as source, closing(sqlite3.connect(copy)) as target:
        driver: Any = source.driver_connection
        driver.backup(target)
    engine = open_engine(f"sqlite:///{copy}")
    try:
        yield replace(desk, engine=engine, kept={})
    finally:
        engine.dispose()
        _remove(copy)


def _remove(copy: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        copy.with_name(copy.name + ending).unlink(missing_ok=True)

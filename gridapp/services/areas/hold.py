"""Holds the tree while it is changed: of two who change it at once, one waits for the other."""

from typing import Final

from sqlalchemy import func, select

from gridapp.services.desk import Act

_KEY: Final = 7_465_119  # of this lock alone, see tests/jobs/test_rounds.py
_ALONE: Final = select(func.pg_advisory_xact_lock(_KEY))


def hold_tree(act: Act) -> None:
    """Let nobody else change the tree until this transaction ends.

    SQLite's writers wait for each other anyway.
    """
    if act.session.get_bind().dialect.name == "postgresql":
        act.session.execute(_ALONE)

"""A desk at a migrated database in which nothing stands yet."""

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel

from gridapp.services.desk import Desk


def emptied(desk: Desk) -> Desk:
    """Remove every row; numbers begin at 1 again."""
    with Session(desk.engine.execution_options(writes=True)) as session:
        for table in reversed(SQLModel.metadata.sorted_tables):
            session.execute(table.delete())
        if desk.engine.dialect.name == "postgresql":
            counters = "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"
            session.execute(text(counters))
        session.commit()
    desk.kept.clear()
    return desk


@pytest.fixture
def bare_desk(own_desk: Desk) -> Desk:
    """A desk of one's own with real commits in an empty town."""
    return emptied(own_desk)

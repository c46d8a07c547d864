"""A desk at a migrated database in which nothing stands yet."""

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel

from gridapp.services.desk import Desk


@pytest.fixture
def bare_desk(own_desk: Desk) -> Desk:
    """A desk of one's own with real commits; numbers begin at 1 as in any new town."""
    with Session(own_desk.engine.execution_options(writes=True)) as session:
        for table in reversed(SQLModel.metadata.sorted_tables):
            session.execute(table.delete())
        if own_desk.engine.dialect.name == "postgresql":
            counters = "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"
            session.execute(text(counters))
        session.commit()
    own_desk.kept.clear()
    return own_desk

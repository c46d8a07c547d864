"""Migrations go up, down and up again on both databases, and end where the tables in code stand."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlmodel import Session, col, select

from gridapp.services.database.engine import open_engine
from gridapp.services.store import migrate as migrations
from gridapp.services.store.migrate import check_models, downgrade, is_current, migrate
from gridapp.tables import AuditRow, DeedDone
from tests.databases import POSTGRES


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path}/empty.db")
        yield engine
        engine.dispose()
        return
    name = f"gridapp_empty_{uuid4().hex[:12]}"
    try:
        server = psycopg.connect(f"postgresql://{POSTGRES}/postgres", autocommit=True)
    except psycopg.OperationalError:
        pytest.skip(f"no PostgreSQL answers at {POSTGRES}; its half of the tests did not run")
    server.execute(f"CREATE DATABASE {name}".encode())
    engine = open_engine(f"postgresql+psycopg://{POSTGRES}/{name}")
    yield engine
    engine.dispose()
    server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
    server.close()


def test_up_down_and_up_again_ends_at_the_tables_in_code(empty: Engine) -> None:
    migrate(empty)
    check_models(empty)
    downgrade(empty, "base")
    assert set(inspect(empty).get_table_names()) <= {"alembic_version"}
    migrate(empty)
    check_models(empty)


def test_each_migration_alone_goes_down_and_up(empty: Engine) -> None:
    revisions = [r.revision for r in ScriptDirectory(str(migrations.SCRIPTS)).walk_revisions()]
    for revision in reversed(revisions):
        migrate(empty, revision)
        downgrade(empty, "-1")
        migrate(empty, revision)
    assert is_current(empty)


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory(str(migrations.SCRIPTS)).get_heads()) == 1


BEFORE_BOUNDS = "0031_kept_rows"
FAR = {
    "sqlite": ("0001-01-01 00:00:00.000000", "9999-12-31 23:59:59.000000"),
    "postgresql": ("0001-12-31 16:00:00+00 BC", "10000-01-01 00:00:00+00"),
}


def test_what_was_out_of_bounds_is_mended_flagged_and_told(
    empty: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("WARNING")
    migrate(empty, BEFORE_BOUNDS)
    with empty.begin() as connection:
        for far in FAR[empty.dialect.name]:
            connection.execute(
                text(
                    "INSERT INTO deed_done"
                    " (uid, deed, subject, digest, reply, done_at, received_at) VALUES"
                    " (:uid, 'note.write', '', '', '{}', :far, :far)"
                ),
                {"uid": uuid4().hex, "far": far},
            )
    migrate(empty)
    with Session(empty) as session:
        rows = session.exec(select(DeedDone).order_by(col(DeedDone.received_at))).all()
        told = session.exec(select(AuditRow)).one()
    assert [(row.done_at, row.clock_wrong) for row in rows] == [(None, True)] * 2
    assert [row.received_at.year for row in rows] == [2000, 2099]
    assert told.facts == {"deed_done.done_at": 2, "deed_done.received_at": 2}
    assert "mended 2 values out of bounds in deed_done.done_at" in caplog.text

"""Migrations go up, down and up again on both databases, and end where the tables in code stand."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from gridapp.services.store import migrate as migrations
from gridapp.services.store.engine import open_engine
from gridapp.services.store.migrate import check_models, downgrade, is_current, migrate
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

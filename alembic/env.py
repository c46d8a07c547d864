"""Runs the migrations on the connection it is handed, or on GRID_DATABASE_URL."""

from typing import Any

from alembic import context
from sqlalchemy import Connection, create_engine
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import gridapp.tables  # noqa: F401 - importing it fills the metadata
from gridapp.settings import load_settings
from gridapp.tables.base import UtcMoment, Word


def _render(kind: str, thing: Any, _context: Any) -> str | bool:
    """Write our own column types as the plain types they are stored in."""
    if kind == "type" and isinstance(thing, UtcMoment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, Word):
        return "sa.String(length=32)"
    if kind == "type" and isinstance(thing, AutoString):
        return f"sa.String(length={thing.length})" if thing.length else "sa.String()"
    return False


def _ours(thing: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:  # noqa: FBT001 - Alembic's signature
    """Leave the full-text index alone: migrations make it by hand, SQLModel does not know it."""
    del thing
    return not (kind in {"table", "index"} and (name or "").startswith(("case_search", "ft_")))


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        compare_type=True,
        render_item=_render,
        include_object=_ours,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


handed = context.config.attributes.get("connection")
if handed is not None:
    _run(handed)
else:
    with create_engine(load_settings().database_url).connect() as own:
        _run(own)
        own.commit()

"""A street to measure on: a migrated database with buildings to report at, and a bare table."""

from datetime import UTC, datetime
from random import Random
from typing import Final

from sqlalchemy import Column, MetaData, String, Table, Text, Uuid
from sqlmodel import Session

from gridapp.domain.codes import draw_building_code
from gridapp.domain.vocabulary import GridLevel, Root, Urgency
from gridapp.services.calendar.town import copy_published
from gridapp.services.database.engine import open_engine
from gridapp.services.desk import Act, Actor
from gridapp.services.file_store import FileStore
from gridapp.services.store.migrate import migrate
from gridapp.tables import Building, BuildingCode, Category, Grid

BARE: Final = Table(
    "bare_intake",
    MetaData(),
    Column("uid", Uuid, primary_key=True),
    Column("at", String(16)),
    Column("text", Text),
)
_MADE_AT: Final = datetime(2026, 1, 1, tzinfo=UTC)
_LEVELS: Final = (GridLevel.STREET, GridLevel.COMMUNITY, GridLevel.GRID)


def build_street(database_url: str, files: FileStore, building_count: int = 400) -> list[str]:
    """Build the street in an empty database; gives the codes of its buildings."""
    engine = open_engine(database_url)
    migrate(engine)
    BARE.create(engine)
    with Session(engine.execution_options(writes=True)) as session:
        copy_published(Act(session, Actor(), _MADE_AT, files))
        codes = _fill(session, building_count)
        session.commit()
    engine.dispose()
    return codes


def _fill(session: Session, building_count: int) -> list[str]:
    path = "/"
    for number, level in enumerate(_LEVELS, start=1):
        path += f"{number}/"
        above = number - 1 or None
        grid = Grid(
            id=number, code=f"g{number}", name="格", level=level, parent_id=above, path=path
        )
        session.add(grid)
        session.flush()
    lamp = Category(code="lamp", name="路灯", root=Root.RUNNING, urgency=Urgency.ORDINARY)
    session.add(lamp)
    chance = Random(7)  # noqa: S311 - the same street each time
    codes = [draw_building_code(chance) for _ in range(building_count)]
    for number, code in enumerate(codes, start=1):
        session.add(Building(id=number, grid_id=3, name=f"{number}号楼", address="兰溪路"))
        session.flush()
        session.add(BuildingCode(code=code, building_id=number, issued_at=_MADE_AT))
    return codes

"""Grids as one tree, their history, buildings and the codes on their posters."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from gridapp.domain.vocabulary import GridKind, GridLevel
from gridapp.tables.base import UtcMoment, Word


class Grid(SQLModel, table=True):
    """A grid at any level. ``path`` is ``/1/7/42/``: its ancestors' ids and its own."""

    __tablename__ = "grid"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    name: str = Field(max_length=80)
    level: GridLevel = Field(sa_type=Word(GridLevel))
    kind: GridKind = Field(default=GridKind.RESIDENTIAL, sa_type=Word(GridKind))
    parent_id: int | None = Field(default=None, foreign_key="grid.id", index=True)
    path: str = Field(default="", max_length=120, index=True)
    household_count: int = 0
    lng_wgs84: float | None = None
    lat_wgs84: float | None = None
    retired_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class GridChange(SQLModel, table=True):
    """One change of a grid: appended, never edited."""

    __tablename__ = "grid_change"

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id", index=True)
    at: datetime = Field(sa_type=UtcMoment)
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    change: str = Field(max_length=32)
    before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    after: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class Building(SQLModel, table=True):
    """A building; it lies in exactly one grid of the lowest level there is."""

    __tablename__ = "building"

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id", index=True)
    name: str = Field(max_length=120)
    address: str = Field(default="", max_length=200)
    unit_count: int = 1
    floor_count: int = 1
    household_count: int = 0
    lng_wgs84: float | None = None
    lat_wgs84: float | None = None
    accuracy_m: float | None = None
    position_source: str = Field(default="", max_length=32)
    retired_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class BuildingCode(SQLModel, table=True):
    """A code that hangs on a wall; a replaced one is kept, retired, so that it answers kindly."""

    __tablename__ = "building_code"
    __table_args__ = (Index("ix_building_code_building_id", "building_id"),)

    code: str = Field(primary_key=True, max_length=16)
    building_id: int = Field(foreign_key="building.id")
    issued_at: datetime = Field(sa_type=UtcMoment)
    retired_at: datetime | None = Field(default=None, sa_type=UtcMoment)
